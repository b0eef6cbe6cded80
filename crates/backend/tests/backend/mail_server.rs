//! A mail server for tests: takes mails by SMTP (RFC 5321) on a port of its own, refuses recipients when it is told to, and can leave a
//! mail without an answer. Mails are read as mail programs read them.

use std::collections::VecDeque;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

const PATIENCE: Duration = Duration::from_secs(20);

/// Behaviour towards the next mail, instead of accepting it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// Refuses the recipient with this code. The answer repeats the address, as those of real servers do.
    Refuse(u16),
    /// Takes the mail and does not answer.
    Silence,
}

/// A mail as it was received.
#[derive(Clone, Debug)]
pub(crate) struct Mail {
    /// Address of the envelope.
    pub(crate) to: String,
    /// Headers in their order, unfolded and decoded.
    pub(crate) headers: Vec<(String, String)>,
    /// Content as plain text.
    pub(crate) text: String,
    /// Content as HTML.
    pub(crate) html: String,
    /// Lines of the message as they were sent.
    pub(crate) raw: String,
}

impl Mail {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map_or("", |(_, value)| value)
    }

    pub(crate) fn subject(&self) -> &str {
        self.header("subject")
    }

    /// Returns the first address of the text that begins like this.
    pub(crate) fn link(&self, beginning: &str) -> &str {
        self.text.lines().find(|line| line.starts_with(beginning)).unwrap_or_default()
    }
}

#[derive(Default)]
struct State {
    mails: Vec<Mail>,
    answers: VecDeque<Answer>,
}

/// The mail server. Its threads end with the process of the tests.
pub(crate) struct MailServer {
    state: Arc<(Mutex<State>, Condvar)>,
    pub(crate) url: String,
}

impl MailServer {
    pub(crate) fn open(answers: &[Answer]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let state =
            Arc::new((Mutex::new(State { answers: answers.iter().copied().collect(), ..State::default() }), Condvar::new()));
        let shared = state.clone();
        std::thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                let shared = shared.clone();
                std::thread::spawn(move || converse(&connection, &shared));
            }
        });
        Self { state, url }
    }

    /// Returns all mails so far.
    pub(crate) fn mails(&self) -> Vec<Mail> {
        self.state.0.lock().unwrap().mails.clone()
    }

    /// Waits until so many mails have come. Returns all mails.
    pub(crate) fn wait_for(&self, count: usize) -> Vec<Mail> {
        let (state, changed) = &*self.state;
        let waited = changed.wait_timeout_while(state.lock().unwrap(), PATIENCE, |state| state.mails.len() < count);
        let mails = waited.unwrap().0.mails.clone();
        assert!(mails.len() >= count, "{} mails of {count}", mails.len());
        mails
    }
}

/// Speaks with one client until it leaves.
fn converse(connection: &TcpStream, shared: &(Mutex<State>, Condvar)) -> Option<()> {
    let mut lines = BufReader::new(connection.try_clone().ok()?).lines();
    let say = |text: &str| {
        let mut out = connection;
        write!(out, "{text}\r\n").ok()
    };
    say("220 mail.example ESMTP")?;
    let mut to = String::new();
    loop {
        let line = lines.next()?.ok()?;
        match line.to_uppercase().split([' ', ':']).next().unwrap_or_default() {
            "EHLO" => say("250-mail.example\r\n250-8BITMIME\r\n250 SMTPUTF8")?,
            "RCPT" => {
                to = line.split_once('<')?.1.split_once('>')?.0.to_owned();
                let refusal = shared.0.lock().ok()?.answers.pop_front_if(|answer| matches!(answer, Answer::Refuse(_)));
                match refusal {
                    Some(Answer::Refuse(code)) => say(&format!("{code} 5.1.1 <{to}> is not known here"))?,
                    Some(Answer::Silence) | None => say("250 ok")?,
                }
            }
            "DATA" => {
                say("354 go on")?;
                let mut raw = String::new();
                loop {
                    let line = lines.next()?.ok()?;
                    if line == "." {
                        break;
                    }
                    raw.push_str(line.strip_prefix('.').unwrap_or(&line));
                    raw.push('\n');
                }
                let mut state = shared.0.lock().ok()?;
                state.mails.push(read(&to, &raw));
                let silence = state.answers.pop_front_if(|answer| *answer == Answer::Silence);
                drop(state);
                shared.1.notify_all();
                if silence.is_none() {
                    say("250 taken")?;
                }
            }
            "QUIT" => return say("221 bye"),
            _ => say("250 ok")?,
        }
    }
}

fn read(to: &str, raw: &str) -> Mail {
    let (head, body) = raw.split_once("\n\n").unwrap();
    let headers = headers(head);
    let value = |name: &str| headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.clone());
    let kind = value("content-type").unwrap();
    let boundary = format!("--{}", kind.split("boundary=\"").nth(1).unwrap().split('"').next().unwrap());
    let parts: Vec<(String, String)> = body.split(&boundary).filter(|part| part.contains("\n\n")).map(part).collect();
    let of_kind = |wanted: &str| parts.iter().find(|(kind, _)| kind.starts_with(wanted)).map(|(_, text)| text.clone()).unwrap();
    Mail {
        to: to.to_owned(),
        text: of_kind("text/plain"),
        html: of_kind("text/html"),
        headers: headers.clone(),
        raw: raw.to_owned(),
    }
}

/// Returns the type and the decoded content of a part.
fn part(raw: &str) -> (String, String) {
    let (head, body) = raw.trim_start_matches('\n').split_once("\n\n").unwrap();
    let headers = headers(head);
    let value = |name: &str| headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map_or("", |(_, value)| value);
    let text = match value("content-transfer-encoding") {
        "base64" => String::from_utf8(STANDARD.decode(body.replace('\n', "")).unwrap()).unwrap(),
        "quoted-printable" => quoted_printable(body),
        _ => body.to_owned(),
    };
    (value("content-type").to_owned(), text)
}

/// Returns the headers, unfolded, with their encoded words decoded (RFC 2047).
fn headers(head: &str) -> Vec<(String, String)> {
    let unfolded = head.replace("\n ", " ").replace("\n\t", " ");
    let headers = unfolded.lines().filter_map(|line| line.split_once(": "));
    headers.map(|(name, value)| (name.to_owned(), words(value))).collect()
}

fn words(value: &str) -> String {
    let mut text = String::new();
    for (index, word) in value.split("=?").enumerate() {
        let decoded = word.split_once("?=").and_then(|(word, after)| {
            let mut parts = word.splitn(3, '?').skip(1);
            let bytes = match parts.next()?.to_lowercase().as_str() {
                "b" => STANDARD.decode(parts.next()?).ok()?,
                _ => quoted_printable(&parts.next()?.replace('_', " ")).into_bytes(),
            };
            Some(format!("{}{}", String::from_utf8(bytes).ok()?, if after.trim().is_empty() { "" } else { after }))
        });
        text.push_str(&decoded.filter(|_| index > 0).unwrap_or_else(|| word.to_owned()));
    }
    text
}

fn quoted_printable(text: &str) -> String {
    let text = text.replace("=\n", "");
    let (mut bytes, mut rest) = (Vec::new(), text.as_bytes());
    while let Some((first, after)) = rest.split_first() {
        let code = (*first == b'=')
            .then(|| after.get(..2).and_then(|code| u8::from_str_radix(std::str::from_utf8(code).ok()?, 16).ok()));
        match code.flatten() {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap()
}
