//! The policy: what a shopper can do, when, and what comes of it. A shop's file is laid over the default policy, and what it says for
//! one country over both. Pure: the text comes from elsewhere.

mod check;
mod read;
mod returns;
pub mod rules;
mod tracking;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

pub use read::Flaw;
pub use rules::Rules;

/// What is in force where the shop says nothing.
pub const DEFAULT: &str = include_str!("../../../policy.toml");

/// The policy of the shop.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    everywhere: Rules,
    countries: BTreeMap<String, Rules>,
    hash: String,
}

impl Policy {
    /// Reads the shop's file; an error says everything that is wrong with it, and on which lines.
    ///
    /// ```
    /// use doorstep_backend::domain::policy::Policy;
    /// let policy = Policy::read("[country.SE.withdraw]\ndays = 30\n").unwrap();
    /// assert_eq!(policy.for_country(Some("SE")).withdraw.days, 30);
    /// assert_eq!(policy.for_country(Some("DE")).withdraw.days, 14);
    /// assert_eq!(Policy::read("[withdraw]\ndays = \"30\"\n").unwrap_err()[0].line, 2);
    /// ```
    pub fn read(text: &str) -> Result<Self, Vec<Flaw>> {
        read::read(text)
    }

    /// What is in force where the shop says nothing.
    pub fn standard() -> Result<Self, Vec<Flaw>> {
        Self::read("")
    }

    /// The rules of the country that the order goes to.
    pub fn for_country(&self, country: Option<&str>) -> &Rules {
        country.and_then(|country| self.countries.get(country)).unwrap_or(&self.everywhere)
    }

    /// Differs where the policy differs.
    pub fn hash(&self) -> &str {
        &self.hash
    }
}
