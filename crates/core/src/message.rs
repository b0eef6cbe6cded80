//! Messages for the shopper as data: a key of the catalogue and its arguments.
//!
//! Every decision module returns messages. The widget's `i18n.rs` looks the key up and formats dates, numbers and plurals with
//! the browser's Intl. No text is stored here.

use chrono::{NaiveDate, NaiveTime};

mod catalogue;
mod key;
pub mod keys;
pub mod request_keys;
mod table;

pub use key::Key;

/// Name of the argument that holds the printed form of a message; no placeholder has this name.
pub const PRINTED: &str = "paper";

/// One message: an entry of the catalogue and the values of its placeholders.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    /// Entry of the catalogue.
    pub key: Key,
    /// Placeholders and values, in no particular order.
    pub args: Vec<(&'static str, MessageArg)>,
}

/// Value of a placeholder.
#[derive(Clone, Debug, PartialEq)]
pub enum MessageArg {
    /// Text that is not from the catalogue, such as a name; shown unchanged.
    Text(String),
    /// A number. Under the name `count` it also selects the plural form of the entry.
    Count(u32),
    /// A calendar date with its weekday.
    Date {
        /// The date.
        date: NaiveDate,
        /// True if the year is shown, because it is not the current one.
        year: bool,
    },
    /// A range of calendar dates, both included.
    Dates {
        /// First date.
        from: NaiveDate,
        /// Last date.
        to: NaiveDate,
        /// True if the year is shown.
        year: bool,
    },
    /// The short name of a date's weekday.
    Weekday(NaiveDate),
    /// A time of day.
    Clock(NaiveTime),
    /// Elapsed time in minutes, hours or days.
    Ago(Ago),
    /// An amount of money.
    Money {
        /// Decimal number such as `12990.50`. Decimals that are all zeros are left out, as in `12990`.
        amount: String,
        /// Currency code (ISO 4217).
        currency: String,
    },
    /// A number with one decimal, given in tenths: 15 is shown as 1.5.
    Tenths(u32),
    /// Another message.
    Message(Message),
}

/// Elapsed time up to now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ago {
    /// Number of units.
    pub count: u32,
    /// Unit of the number.
    pub unit: Unit,
}

/// Unit of elapsed time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// 60 seconds.
    Minute,
    /// 60 minutes.
    Hour,
    /// 24 hours.
    Day,
}

impl Message {
    /// Creates a message without arguments.
    pub fn new(key: Key) -> Self {
        Self { key, args: Vec::new() }
    }

    /// Sets the value of one placeholder.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<MessageArg>) -> Self {
        debug_assert!(self.key.declares(name), "{} has no placeholder {name}", self.key.name());
        self.args.push((name, value.into()));
        self
    }

    /// Sets the message that is printed instead of this one. "Today" or "7 hours ago" mean nothing on paper.
    #[must_use]
    pub fn with_printed_form(mut self, written: Self) -> Self {
        self.args.push((PRINTED, MessageArg::Message(written)));
        self
    }
}

impl From<Key> for Message {
    fn from(key: Key) -> Self {
        Self::new(key)
    }
}

impl From<Message> for MessageArg {
    fn from(message: Message) -> Self {
        Self::Message(message)
    }
}

impl From<Key> for MessageArg {
    fn from(key: Key) -> Self {
        Self::Message(Message::new(key))
    }
}

impl From<u32> for MessageArg {
    fn from(count: u32) -> Self {
        Self::Count(count)
    }
}

impl From<String> for MessageArg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&doorstep_contract::Money> for MessageArg {
    fn from(money: &doorstep_contract::Money) -> Self {
        let written = money.decimal();
        let whole = written.split_once('.').filter(|(_, decimals)| decimals.bytes().all(|digit| digit == b'0'));
        Self::Money { amount: whole.map_or(written.as_str(), |(whole, _)| whole).to_owned(), currency: money.currency.clone() }
    }
}

impl From<&str> for MessageArg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<NaiveTime> for MessageArg {
    fn from(time: NaiveTime) -> Self {
        Self::Clock(time)
    }
}

/// Returns a length as a count for a placeholder, limited to `u32::MAX`.
pub fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
