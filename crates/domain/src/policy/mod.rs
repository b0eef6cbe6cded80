//! The policy: the self-service actions of a shopper, their periods and their consequences. A shop's file is merged over the
//! default policy, and its settings for one country over both. Pure: the caller supplies the text.

mod check;
mod claims;
mod read;
mod returns;
pub mod rules;
mod tracking;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

pub use claims::Claims;
pub use read::Flaw;
pub use rules::Rules;

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
    /// Reads the shop's file. An error lists everything that is wrong with the file, with line numbers.
    ///
    /// ```
    /// use doorstep_domain::policy::Policy;
    /// let policy = Policy::read("[country.SE.withdraw]\ndays = 30\n").unwrap();
    /// assert_eq!(policy.for_country(Some("SE")).withdraw.days, 30);
    /// assert_eq!(policy.for_country(Some("DE")).withdraw.days, 14);
    /// assert_eq!(Policy::read("[withdraw]\ndays = \"30\"\n").unwrap_err()[0].line, 2);
    /// ```
    pub fn read(text: &str) -> Result<Self, Vec<Flaw>> {
        read::read(text)
    }

    /// Returns the default policy.
    pub fn standard() -> Result<Self, Vec<Flaw>> {
        Self::read("")
    }

    /// Returns the rules for the country of the destination.
    pub fn for_country(&self, country: Option<&str>) -> &Rules {
        country.and_then(|country| self.countries.get(country)).unwrap_or(&self.everywhere)
    }

    /// Returns a hash of the default policy and the shop's file. It differs if the policy differs.
    pub fn hash(&self) -> &str {
        &self.hash
    }
}
