//! Checks windows: `kind` states if the ends are dates or instants, and both ends must be of this kind.

use doorstep_contract::{Date, Timestamp, WindowKind};
use serde_json::Value;

use super::value::{is_instant, short};
use super::{Kind, Walk};

/// One end of a window.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum End {
    Date(Date),
    Instant(Timestamp),
}

impl Walk<'_> {
    pub(super) fn window(&mut self, pointer: &str, value: &Value) {
        let Some(fields) = value.as_object() else {
            return self.report(Kind::Type, pointer, format!("{} is not an object", short(value)));
        };
        let mut text = |name: &str| match fields.get(name).filter(|value| !value.is_null()) {
            Some(Value::String(text)) => Some(text.as_str()),
            Some(other) => {
                self.report(Kind::Type, &format!("{pointer}/{name}"), format!("{} is not a text", short(other)));
                None
            }
            None => {
                self.report(Kind::Missing, &format!("{pointer}/{name}"), "is missing");
                None
            }
        };
        let (kind, from, to) = (text("kind"), text("from"), text("to"));
        if let Some(kind) = kind {
            self.word(&format!("{pointer}/kind"), WindowKind::VALUES, kind);
        }
        let from = from.and_then(|from| self.end(&format!("{pointer}/from"), from));
        let to = to.and_then(|to| self.end(&format!("{pointer}/to"), to));
        if let (Some(kind), Some(from), Some(to)) = (kind, from, to)
            && let Some(what) = mismatch(&WindowKind::from(kind), from, to)
        {
            self.report(Kind::Window, pointer, what);
        }
    }

    fn end(&mut self, pointer: &str, text: &str) -> Option<End> {
        let instant = Timestamp::parse(text).filter(|_| is_instant(text)).map(End::Instant);
        let end = Date::parse(text).map(End::Date).or(instant);
        if end.is_none() {
            self.report(
                Kind::Time,
                pointer,
                format!("{text:?} is neither a date (YYYY-MM-DD) nor an instant (RFC 3339 with an offset)"),
            );
        }
        end
    }
}

fn mismatch(kind: &WindowKind, from: End, to: End) -> Option<&'static str> {
    let dates = matches!((from, to), (End::Date(_), End::Date(_)));
    let instants = matches!((from, to), (End::Instant(_), End::Instant(_)));
    if !dates && !instants {
        return Some("one end is a date, the other an instant");
    }
    if from > to {
        return Some("ends before it begins");
    }
    match kind {
        WindowKind::Day if !dates || from != to => Some("a `day` has the same date at both ends"),
        WindowKind::Days if !dates => Some("`days` have dates at both ends"),
        WindowKind::Time if !instants => Some("a `time` has instants at both ends"),
        WindowKind::Day | WindowKind::Days | WindowKind::Time | WindowKind::Unknown(_) => None,
    }
}
