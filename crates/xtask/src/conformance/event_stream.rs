//! Reads server-sent events from the bytes of a stream, which may be cut anywhere (HTML Living Standard, section 9.2.6).

/// One dispatched event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct StreamEvent {
    /// Type of the event; `message` if the server named none.
    pub(super) name: String,
    /// Data lines, joined by line feeds.
    pub(super) data: String,
    /// Last event id received so far; absent if the server sent none.
    pub(super) id: Option<String>,
}

/// Largest size of one event in bytes. A longer event is dropped, because it cannot be an order document.
const MAX_EVENT_BYTES: usize = 8_000_000;

/// Parser of a stream, with the state between two chunks.
#[derive(Debug, Default)]
pub(super) struct Parser {
    line: Vec<u8>,
    after_return: bool,
    started: bool,
    name: String,
    data: String,
    id: Option<String>,
    overflow: bool,
}

impl Parser {
    /// Reads the next chunk and returns the events that it completes.
    pub(super) fn feed(&mut self, bytes: &[u8]) -> Vec<StreamEvent> {
        let mut events = Vec::new();
        for byte in bytes {
            match byte {
                b'\n' if std::mem::take(&mut self.after_return) => {}
                b'\n' | b'\r' => {
                    self.after_return = *byte == b'\r';
                    events.extend(self.line_ended());
                }
                _ => {
                    self.after_return = false;
                    if self.line.len() + self.data.len() < MAX_EVENT_BYTES {
                        self.line.push(*byte);
                    } else {
                        self.overflow = true;
                    }
                }
            }
        }
        events
    }

    fn line_ended(&mut self) -> Option<StreamEvent> {
        let bytes = std::mem::take(&mut self.line);
        // A line that is not UTF-8 is ignored like a comment, because order documents are UTF-8.
        let text = std::str::from_utf8(&bytes).unwrap_or(":");
        let first = !std::mem::replace(&mut self.started, true);
        let line = if first { text.strip_prefix('\u{feff}').unwrap_or(text) } else { text };
        if line.is_empty() {
            return self.dispatch();
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => value.clone_into(&mut self.name),
            "data" => {
                self.data.push_str(value);
                self.data.push('\n');
            }
            "id" if !value.contains('\0') => self.id = Some(value.to_owned()),
            _ => {}
        }
        None
    }

    fn dispatch(&mut self) -> Option<StreamEvent> {
        let name = std::mem::take(&mut self.name);
        let mut data = std::mem::take(&mut self.data);
        if std::mem::take(&mut self.overflow) || data.pop().is_none() {
            return None;
        }
        Some(StreamEvent { name: if name.is_empty() { "message".to_owned() } else { name }, data, id: self.id.clone() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<StreamEvent> {
        Parser::default().feed(text.as_bytes())
    }

    fn event(name: &str, data: &str, id: Option<&str>) -> StreamEvent {
        StreamEvent { name: name.to_owned(), data: data.to_owned(), id: id.map(str::to_owned) }
    }

    #[test]
    fn the_cases_of_the_standard() {
        let table = [
            ("data: a\n\n", vec![event("message", "a", None)]),
            ("\u{feff}data:a\r\ndata: b\r\n\r\n", vec![event("message", "a\nb", None)]),
            ("event: order\rid: 7\rdata: {}\r\r", vec![event("order", "{}", Some("7"))]),
            (": comment\n\n", vec![]),
            ("data\n\n", vec![event("message", "", None)]),
            ("event: order\n\ndata: a\n\n", vec![event("message", "a", None)]),
            ("id: 1\ndata: a\n\ndata: b\n\n", vec![event("message", "a", Some("1")), event("message", "b", Some("1"))]),
            ("id: a\0b\ndata: a\n\n", vec![event("message", "a", None)]),
            ("data: cut off", vec![]),
            ("data:  two\n\n", vec![event("message", " two", None)]),
            ("unknown: x\ndata: a\n\n", vec![event("message", "a", None)]),
        ];
        for (text, expected) in table {
            assert_eq!(read(text), expected, "{text:?}");
        }
    }

    #[test]
    fn an_endless_event_is_dropped_and_the_next_one_is_read() {
        let mut parser = Parser::default();
        parser.feed(b"data: ");
        for _ in 0..9 {
            parser.feed(&vec![b'x'; 1_000_000]);
        }
        assert_eq!(parser.feed(b"\n\ndata: a\n\n"), vec![event("message", "a", None)]);
    }
}
