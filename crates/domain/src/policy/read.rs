//! Reads the policy of a shop from its file. Merges the file over the default policy and finds the line of each mistake.

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};
use toml::de::{DeTable, DeValue};
use toml::{Spanned, Table, Value};

use super::check::check;
use super::rules::Rules;

/// Text of the default policy, which applies to every setting that the shop leaves out.
pub const DEFAULT: &str = include_str!("../../policy.toml");

/// The policy of a shop.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    everywhere: Rules,
    countries: BTreeMap<String, Rules>,
    hash: String,
}

impl Policy {
    /// Reads the text of the shop's file. An error lists every mistake in the file with its line number.
    ///
    /// ```
    /// use doorstep_domain::policy::Policy;
    /// let policy = Policy::read("[country.SE.withdraw]\ndays = 30\n").unwrap();
    /// assert_eq!(policy.for_country(Some("SE")).withdraw.days, 30);
    /// assert_eq!(policy.for_country(Some("DE")).withdraw.days, 14);
    /// assert_eq!(Policy::read("[withdraw]\ndays = \"30\"\n").unwrap_err()[0].line, 2);
    /// ```
    pub fn read(text: &str) -> Result<Self, Vec<Flaw>> {
        read(text)
    }

    /// Returns the default policy.
    pub fn standard() -> Result<Self, Vec<Flaw>> {
        Self::read("")
    }

    /// Returns the rules for the country of the destination. A country without settings, or None, gets the general rules.
    pub fn for_country(&self, country: Option<&str>) -> &Rules {
        country.and_then(|country| self.countries.get(country)).unwrap_or(&self.everywhere)
    }

    /// Returns a hash of the texts of the default policy and the shop's file. Another text gives another hash.
    pub fn hash(&self) -> &str {
        &self.hash
    }
}

/// A mistake in the policy file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// Line number, counted from one.
    pub line: usize,
    /// Name of the setting, such as `reschedule.windows.0.to`; empty if the file is not valid TOML.
    pub field: String,
    /// Description of the mistake, often with a valid value.
    pub what: String,
}

impl std::fmt::Display for Flaw {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.field.as_str() {
            "" => write!(out, "line {}: {}", self.line, self.what),
            field => write!(out, "line {}: {field}: {}", self.line, self.what),
        }
    }
}

fn read(text: &str) -> Result<Policy, Vec<Flaw>> {
    let source = Source::new(text)?;
    let mut file: Table = text.parse().map_err(|error: toml::de::Error| vec![syntax(text, &error)])?;
    let mut everywhere: Table = DEFAULT.parse().map_err(|error: toml::de::Error| vec![syntax(DEFAULT, &error)])?;
    let shop_countries =
        countries(&mut file).map_err(|field| vec![source.flaw(&field, "must be tables, such as [country.DE.withdraw]")])?;
    let default_countries = countries(&mut everywhere).unwrap_or_default();
    overlay(&mut everywhere, file);
    let mut flaws = Vec::new();
    let base = rules(&everywhere, "", &source, &mut flaws);
    let mut by_country = BTreeMap::new();
    let mut tables = default_countries;
    for (code, table) in shop_countries {
        overlay(tables.entry(code).or_default(), table);
    }
    for (code, table) in tables {
        let at = format!("country.{code}.");
        if !super::check::is_country(&code) {
            flaws.push(source.flaw(&format!("country.{code}"), "is no country: write two capital letters, such as DE"));
        }
        let mut whole = everywhere.clone();
        overlay(&mut whole, table);
        // If the general rules are wrong, the same mistakes would be found again for every country.
        if base.is_some()
            && let Some(rules) = rules(&whole, &at, &source, &mut flaws)
        {
            by_country.insert(code, rules);
        }
    }
    flaws.sort_by_key(|flaw| flaw.line);
    match base {
        Some(everywhere) if flaws.is_empty() => Ok(Policy { everywhere, countries: by_country, hash: hash(text) }),
        _ => Err(flaws),
    }
}

/// Removes the country tables from a file and returns them. If `country` or one of its settings is not a table, returns the name
/// of this field as the error.
fn countries(file: &mut Table) -> Result<BTreeMap<String, Table>, String> {
    let Some(countries) = file.remove("country") else {
        return Ok(BTreeMap::new());
    };
    let Value::Table(countries) = countries else { return Err("country".to_owned()) };
    let table = |(code, value)| {
        let Value::Table(table) = value else { return Err(format!("country.{code}")) };
        Ok((code, table))
    };
    countries.into_iter().map(table).collect()
}

/// Merges the table `over` into the table `under`. Tables are merged recursively; every other value, including a list, is
/// replaced.
fn overlay(under: &mut Table, over: Table) {
    for (key, value) in over {
        match (under.get_mut(&key), value) {
            (Some(Value::Table(under)), Value::Table(over)) => overlay(under, over),
            (_, value) => {
                under.insert(key, value);
            }
        }
    }
}

fn rules(table: &Table, at: &str, source: &Source<'_>, flaws: &mut Vec<Flaw>) -> Option<Rules> {
    match serde_path_to_error::deserialize::<_, Rules>(Value::Table(table.clone())) {
        Ok(rules) => {
            let found = check(&rules);
            let is_valid = found.is_empty();
            flaws.extend(found.into_iter().map(|(field, what)| source.flaw(&format!("{at}{field}"), &what)));
            is_valid.then_some(rules)
        }
        Err(error) => {
            let message = error.inner().message().to_owned();
            let mut path = path(error.path());
            // The message names an unknown or missing field, but the path of the error does not always include its name.
            if let ("unknown field" | "missing field", Some(name)) =
                (message.get(..13).unwrap_or_default(), message.split('`').nth(1))
                && path.rsplit('.').next() != Some(name)
            {
                path = if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
            }
            flaws.push(source.flaw(&format!("{at}{path}"), &message));
            None
        }
    }
}

fn path(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    let steps = path.iter().filter_map(|step| match step {
        Segment::Seq { index } => Some(index.to_string()),
        Segment::Map { key } => Some(key.clone()),
        Segment::Enum { variant } => Some(variant.clone()),
        Segment::Unknown => None,
    });
    steps.collect::<Vec<_>>().join(".")
}

fn hash(text: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(DEFAULT.as_bytes());
    hash.update([0]);
    hash.update(text.as_bytes());
    hash.finalize().iter().take(12).map(|byte| format!("{byte:02x}")).collect()
}

fn syntax(text: &str, error: &toml::de::Error) -> Flaw {
    let at = error.span().map_or(0, |span| span.start);
    Flaw { line: line(text, at), field: String::new(), what: error.message().to_owned() }
}

fn line(text: &str, at: usize) -> usize {
    1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count()
}

/// The text of the file, and its parsed tree with the position of each value.
struct Source<'a> {
    text: &'a str,
    tree: Spanned<DeTable<'a>>,
}

impl<'a> Source<'a> {
    fn new(text: &'a str) -> Result<Self, Vec<Flaw>> {
        let tree = DeTable::parse(text).map_err(|error| vec![syntax(text, &error)])?;
        Ok(Self { text, tree })
    }

    fn flaw(&self, field: &str, what: &str) -> Flaw {
        Flaw { line: line(self.text, self.place(field)), field: field.to_owned(), what: what.to_owned() }
    }

    /// Returns the byte position of a field, or of the nearest part of the file that contains it.
    fn place(&self, field: &str) -> usize {
        let mut found = 0;
        let mut table = Some(self.tree.get_ref());
        let mut list: Option<&toml::de::DeArray<'a>> = None;
        for step in field.split('.') {
            let (at, value) = match (table, list) {
                (Some(table), _) => match table.iter().find(|(key, _)| key.get_ref() == step) {
                    Some((key, value)) => (key.span().start, value),
                    None => return found,
                },
                (None, Some(list)) => match step.parse().ok().and_then(|index: usize| list.get(index)) {
                    Some(value) => (value.span().start, value),
                    None => return found,
                },
                (None, None) => return found,
            };
            found = at;
            table = if let DeValue::Table(table) = value.get_ref() { Some(table) } else { None };
            list = if let DeValue::Array(list) = value.get_ref() { Some(list) } else { None };
        }
        found
    }
}
