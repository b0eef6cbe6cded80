//! Lenient reading: the two macros that define the wire types, and the rules for reading them from any JSON.
//!
//! A derived `Deserialize` fails at the first unexpected value and adds several kilobytes to the widget for every struct. Here a
//! document is parsed once into [`Value`] and each type picks its fields from this value, so an unexpected value affects only its
//! field.

use super::json::{Map, Value};

/// Maximum size in bytes of a text in a received body. `read_document` cuts a longer text at a character boundary; no carrier
/// sends a text of this length. `Deserialize` cuts nothing, because a backend uses it for stored documents and writes them back.
pub const MAX_TEXT_BYTES: usize = 4_000;
/// Maximum number of entries that are read from a list. Further entries are ignored.
pub const MAX_LIST: usize = 10_000;

/// Error for a body that cannot be read. The body is not a JSON object, or it lacks a required field of the requested type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable;

/// A type that can be read from any JSON value.
pub trait Lenient: Sized {
    /// Reads the value and leaves out parts that cannot be read. Returns None if the value has the wrong JSON type or lacks a
    /// required field.
    fn read(json: &Value) -> Option<Self>;
}

/// Reads a whole document from the text of a body. Returns an error if the text is not a JSON object or lacks a required field.
pub fn read_document<T: Lenient>(body: &str) -> Result<T, Unreadable> {
    let json: serde_json::Value = serde_json::from_str(body).map_err(|_| Unreadable)?;
    let mut json = Value::from(json);
    cut_texts(&mut json);
    T::read(&json).ok_or(Unreadable)
}

/// Cuts every text of a body to `MAX_TEXT_BYTES`.
fn cut_texts(json: &mut Value) {
    match json {
        Value::String(text) => cut(text),
        Value::Array(entries) => entries.iter_mut().for_each(cut_texts),
        Value::Object(fields) => fields.values_mut().for_each(cut_texts),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Cuts a text to `MAX_TEXT_BYTES`, at a character boundary.
#[inline(never)]
pub fn cut(text: &mut String) {
    let end = (0..=MAX_TEXT_BYTES.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default();
    text.truncate(end);
}

/// Type of a field that may be missing from a document. `take` returns the empty value of the type for a missing or unreadable
/// field: None, an empty list, an empty text, false or 0.
///
/// The implementations for `Option`, `Vec` and `String` are not inlined, like [`Fields::next`], because the widget reads 150
/// fields and each copy of their code would add to its download.
pub(crate) trait Field {
    fn take(json: Option<&Value>) -> Self;
}

impl<T: Lenient> Field for Option<T> {
    #[inline(never)]
    fn take(json: Option<&Value>) -> Self {
        json.and_then(T::read)
    }
}

impl<T: Lenient> Field for Vec<T> {
    #[inline(never)]
    fn take(json: Option<&Value>) -> Self {
        let entries = json.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let mut read = Self::new();
        for entry in entries.iter().take(MAX_LIST) {
            read.extend(T::read(entry));
        }
        read
    }
}

impl Field for String {
    #[inline(never)]
    fn take(json: Option<&Value>) -> Self {
        json.and_then(Self::read).unwrap_or_default()
    }
}

impl Field for bool {
    fn take(json: Option<&Value>) -> Self {
        json.and_then(Value::as_bool).unwrap_or_default()
    }
}

macro_rules! whole_number_field {
    ($($number:ty),*) => {$(
        impl Lenient for $number {
            fn read(json: &Value) -> Option<Self> {
                json.as_i64().and_then(|number| number.try_into().ok())
            }
        }
        impl Field for $number {
            fn take(json: Option<&Value>) -> Self {
                json.and_then(<$number>::read).unwrap_or_default()
            }
        }
    )*};
}
whole_number_field!(u32, u64, i32, i64);

impl Lenient for f64 {
    fn read(json: &Value) -> Option<Self> {
        json.as_f64()
    }
}

impl Lenient for bool {
    fn read(json: &Value) -> Option<Self> {
        json.as_bool()
    }
}

impl Lenient for String {
    #[inline(never)]
    fn read(json: &Value) -> Option<Self> {
        match json {
            Value::String(text) => Some(text.clone()),
            // Some backends write an id or a postcode as a number.
            Value::Number(_) => json.as_i64().and_then(|number| number.try_into().ok()).map(super::digits::text),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
        }
    }
}

/// A word of a vocabulary.
pub(crate) enum Word {
    /// Index of a known word in the list of the vocabulary.
    Known(usize),
    /// Any other word. The word `unknown` is stored as an empty text.
    Unknown(String),
}

/// Finds a word in the list of a vocabulary. All vocabularies share this one function, to keep the download of the widget small.
#[inline(never)]
pub(crate) fn word(known: &[&str], word: String) -> Word {
    match known.iter().position(|known| *known == word) {
        Some(index) => Word::Known(index),
        None if word == "unknown" => Word::Unknown(String::new()),
        None => Word::Unknown(word),
    }
}

/// Reads a word of a vocabulary. Returns None if there is no value, or one that is no text.
#[inline(never)]
pub(crate) fn read_word(known: &[&str], json: Option<&Value>) -> Option<Word> {
    json.and_then(String::read).map(|text| word(known, text))
}

/// Fields of a JSON object, in the order in which a document declares them. All names are in one text, because 150 separate texts
/// would add to the download of the widget.
pub(crate) struct Fields<'a> {
    object: &'a Map,
    names: &'static str,
}

impl<'a> Fields<'a> {
    /// Takes an object and the names of the fields, each followed by a space. Returns None if `json` is not an object.
    pub(crate) fn new(json: &'a Value, names: &'static str) -> Option<Self> {
        Some(Self { object: json.as_object()?, names })
    }

    /// Returns the next field, or None if the object lacks it. Not inlined because it is called for every field.
    #[inline(never)]
    pub(crate) fn next(&mut self) -> Option<&'a Value> {
        let (name, others) = self.names.split_once(' ')?;
        self.names = others;
        self.object.get(name)
    }
}

/// Defines a document: a struct whose fields are written as declared and read leniently.
///
/// Fields under `later` are left out by `read_first`, because the first load of the widget does not need them.
///
/// If a field under `requires` is missing or unreadable, the whole document is unreadable, and the list or option that holds the
/// document leaves it out. Any other missing or unreadable field is left empty.
macro_rules! document {
    ($(#[$meta:meta])* pub struct $name:ident {
        $(requires { $($(#[$needed_meta:meta])* pub $needed:ident: $needed_type:ty,)* })?
        $($(#[$field_meta:meta])* pub $field:ident: $type:ty,)*
        $(later { $($(#[$later_meta:meta])* pub $later:ident: $later_type:ty,)* })?
    }) => {
        #[serde_with::skip_serializing_none]
        #[derive(Clone, Debug, PartialEq, serde::Serialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        $(#[$meta])*
        pub struct $name {
            $($($(#[$needed_meta])* pub $needed: $needed_type,)*)?
            $($(#[$field_meta])* pub $field: $type,)*
            $($($(#[$later_meta])* pub $later: $later_type,)*)?
        }

        impl $crate::lenient::Lenient for $name {
            fn read(json: &$crate::Value) -> Option<Self> {
                let mut fields = $crate::lenient::Fields::new(json, Self::FIELDS)?;
                $($(let $needed = <$needed_type as $crate::lenient::Lenient>::read(fields.next()?)?;)*)?
                Some(Self {
                    $($($needed,)*)?
                    $($field: <$type as $crate::lenient::Field>::take(fields.next()),)*
                    $($($later: <$later_type as $crate::lenient::Field>::take(fields.next()),)*)?
                })
            }
        }

        impl $name {
            /// Names of the fields in the order in which they are read, each followed by a space.
            const FIELDS: &'static str = concat!(
                $($(stringify!($needed), " ",)*)?
                $(stringify!($field), " ",)*
                $($(stringify!($later), " ",)*)?
            );

            /// Reads all fields except those under `later`, which stay empty.
            #[allow(dead_code, clippy::allow_attributes, reason = "only documents with such parts are read in two goes")]
            pub(crate) fn read_first(json: &$crate::Value) -> Option<Self> {
                let mut fields = $crate::lenient::Fields::new(json, Self::FIELDS)?;
                $($(let $needed = <$needed_type as $crate::lenient::Lenient>::read(fields.next()?)?;)*)?
                Some(Self {
                    $($($needed,)*)?
                    $($field: <$type as $crate::lenient::Field>::take(fields.next()),)*
                    $($($later: <$later_type as Default>::default(),)*)?
                })
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
                let json = $crate::Value::from(serde_json::Value::deserialize(source)?);
                $crate::lenient::Lenient::read(&json)
                    .ok_or_else(|| serde::de::Error::custom(concat!("not readable as ", stringify!($name))))
            }
        }
    };
}

/// Defines a vocabulary: an enum of known values that keeps any other text as `Unknown`.
macro_rules! vocabulary {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$word_meta:meta])* $variant:ident = $word:literal,)* }) => {
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
        $(#[$meta])*
        pub enum $name {
            $($(#[$word_meta])* $variant,)*
            /// A value that this version does not know, or no value at all. The page shows it as unknown, with the text if there
            /// is one.
            Unknown(String),
        }

        impl $name {
            /// Every known value, in the order of the contract.
            pub const VALUES: &'static [&'static str] = &[$($word,)*];

            /// Returns the value as written in JSON.
            pub fn as_str(&self) -> &str {
                // The compiler reduces this match on indexes to a subtraction. A match on words would have code for each word.
                enum Index { $($variant,)* }
                let index = match self {
                    $(Self::$variant => Index::$variant as usize,)*
                    Self::Unknown(word) if word.is_empty() => return "unknown",
                    Self::Unknown(word) => return word,
                };
                Self::VALUES.get(index).copied().unwrap_or_default()
            }

            /// Returns the known value with this index in `VALUES`. A function of its own, because together with the code for
            /// unknown words the compiler would not turn the indexes into an addition.
            #[inline(never)]
            fn known(index: usize) -> Option<Self> {
                enum Index { $($variant,)* }
                $(if index == Index::$variant as usize {
                    return Some(Self::$variant);
                })*
                None
            }

            fn from_word(word: $crate::lenient::Word) -> Self {
                match word {
                    $crate::lenient::Word::Known(index) => Self::known(index).unwrap_or_default(),
                    $crate::lenient::Word::Unknown(word) => Self::Unknown(word),
                }
            }
        }

        impl From<&str> for $name {
            fn from(word: &str) -> Self {
                Self::from_word($crate::lenient::word(Self::VALUES, word.to_owned()))
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::Unknown(String::new())
            }
        }

        impl $crate::lenient::Lenient for $name {
            fn read(json: &$crate::Value) -> Option<Self> {
                $crate::lenient::read_word(Self::VALUES, Some(json)).map(Self::from_word)
            }
        }

        impl $crate::lenient::Field for $name {
            fn take(json: Option<&$crate::Value>) -> Self {
                $crate::lenient::read_word(Self::VALUES, json).map(Self::from_word).unwrap_or_default()
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, sink: S) -> Result<S::Ok, S::Error> {
                sink.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
                let word = <String as serde::Deserialize>::deserialize(source)?;
                Ok(Self::from(word.as_str()))
            }
        }

        #[cfg(feature = "openapi")]
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                utoipa::openapi::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::Type::String)
                    .description(Some(concat!("One of: ", $($word, ", ",)* "unknown; readers accept any other word as unknown.")))
                    .examples([$($word,)*])
                    .into()
            }
        }
        #[cfg(feature = "openapi")]
        impl utoipa::ToSchema for $name {}
    };
}

pub(crate) use {document, vocabulary};
