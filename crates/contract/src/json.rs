//! JSON values, from which the types of `document!` and `vocabulary!` are read. The widget gets them from the browser's parser,
//! the backend and the tests get them from `serde_json`. An object is a list of fields, because objects are small and read once,
//! and a search tree would add to the download of every shopper.

/// A JSON value.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// `null`.
    #[default]
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number. Whole numbers are exact up to 2^53, as in a browser.
    Number(f64),
    /// A text.
    String(String),
    /// A list.
    Array(Vec<Value>),
    /// An object.
    Object(Map),
}

/// Fields of an object, in the order in which they were read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Map(Vec<(String, Value)>);

impl Map {
    /// Creates an object without fields.
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns the field with this name, or None if there is none. If several fields have the name, returns the last one, as
    /// other parsers do.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// Adds a field.
    #[inline(never)]
    pub fn insert(&mut self, name: String, value: Value) {
        self.0.push((name, value));
    }

    /// Returns true if there are no fields.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the values of the fields, to be changed in place.
    pub(crate) fn values_mut(&mut self) -> impl Iterator<Item = &mut Value> {
        self.0.iter_mut().map(|(_, value)| value)
    }

    /// Returns the fields.
    pub fn iter(&self) -> impl Iterator<Item = &(String, Value)> {
        self.0.iter()
    }
}

impl Value {
    /// Returns the field of an object, or None if it is missing or the value is no object.
    pub fn get(&self, name: &str) -> Option<&Self> {
        self.as_object().and_then(|fields| fields.get(name))
    }

    /// Returns the fields of an object, or None for any other value.
    pub fn as_object(&self) -> Option<&Map> {
        if let Self::Object(fields) = self { Some(fields) } else { None }
    }

    /// Returns the entries of a list, or None for any other value.
    pub fn as_array(&self) -> Option<&Vec<Self>> {
        if let Self::Array(entries) = self { Some(entries) } else { None }
    }

    /// Returns a text, or None for any other value.
    pub fn as_str(&self) -> Option<&str> {
        if let Self::String(text) = self { Some(text) } else { None }
    }

    /// Returns `true` or `false`, or None for any other value.
    pub fn as_bool(&self) -> Option<bool> {
        if let Self::Bool(truth) = self { Some(*truth) } else { None }
    }

    /// Returns a number, or None for any other value.
    pub fn as_f64(&self) -> Option<f64> {
        if let Self::Number(number) = self { Some(*number) } else { None }
    }

    /// Returns a whole number, or None for any other value.
    pub fn as_i64(&self) -> Option<i64> {
        let number = self.as_f64()?;
        #[expect(clippy::cast_possible_truncation, reason = "checked on the next line")]
        let whole = number as i64;
        #[expect(
            clippy::cast_precision_loss,
            clippy::float_cmp,
            reason = "a number that survives the way there and back is whole"
        )]
        let exact = whole as f64 == number;
        exact.then_some(whole)
    }
}

impl From<serde_json::Value> for Value {
    fn from(value: serde_json::Value) -> Self {
        match value {
            serde_json::Value::Null => Self::Null,
            serde_json::Value::Bool(truth) => Self::Bool(truth),
            serde_json::Value::Number(number) => number.as_f64().map_or(Self::Null, Self::Number),
            serde_json::Value::String(text) => Self::String(text),
            serde_json::Value::Array(entries) => Self::Array(entries.into_iter().map(Self::from).collect()),
            serde_json::Value::Object(fields) => {
                Self::Object(Map(fields.into_iter().map(|(name, value)| (name, Self::from(value))).collect()))
            }
        }
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_numbers_are_whole() {
        assert_eq!(Value::Number(-3.0).as_i64(), Some(-3));
        for odd in [0.5, f64::NAN, f64::INFINITY, 1e300] {
            assert_eq!(Value::Number(odd).as_i64(), None, "{odd}");
        }
    }

    #[test]
    fn the_last_of_two_fields_counts() {
        let mut fields = Map::new();
        fields.insert("a".to_owned(), 1.into());
        fields.insert("a".to_owned(), 2.into());
        assert_eq!(fields.get("a").and_then(Value::as_i64), Some(2));
    }
}
