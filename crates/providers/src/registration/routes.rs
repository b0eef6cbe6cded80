//! The choice of the provider that a number is registered with, by carrier.

use std::collections::{BTreeMap, BTreeSet};

use super::carriers::normal_code;
use super::provider::RegistrationProvider;

/// Word for a carrier whose numbers are registered nowhere.
const NOWHERE: &str = "none";

/// Providers that numbers are registered with. Empty if no number is registered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Routes {
    /// Provider of all carriers that are not listed.
    all: Option<RegistrationProvider>,
    /// Providers of single carriers, by normal code. None for a carrier whose numbers are registered nowhere.
    carriers: BTreeMap<String, Option<RegistrationProvider>>,
}

impl Routes {
    /// Reads settings such as `easypost` for all carriers, `royal-mail=aftership` for one carrier, and `hafenkurier=none`.
    pub fn read(settings: &[String]) -> Result<Self, String> {
        let mut routes = Self::default();
        for setting in settings.iter().map(|setting| setting.trim()) {
            let repeated = || format!("`{setting}`: there is a provider for this already");
            match setting.split_once('=') {
                None => {
                    let provider = provider(setting)?;
                    if routes.all.replace(provider).is_some() {
                        return Err(repeated());
                    }
                }
                Some((carrier, name)) => {
                    let provider = if name == NOWHERE { None } else { Some(provider(name)?) };
                    let carrier = normal_code(carrier);
                    if carrier.is_empty() {
                        return Err(format!("`{setting}` names no carrier"));
                    }
                    if routes.carriers.insert(carrier, provider).is_some() {
                        return Err(repeated());
                    }
                }
            }
        }
        Ok(routes)
    }

    /// Returns the provider for the numbers of this carrier, or None if they are registered nowhere.
    pub fn provider(&self, carrier: Option<&str>) -> Option<RegistrationProvider> {
        let listed = carrier.and_then(|carrier| self.carriers.get(&normal_code(carrier)));
        listed.copied().unwrap_or(self.all)
    }

    /// Returns all providers that numbers are registered with.
    pub fn providers(&self) -> BTreeSet<RegistrationProvider> {
        self.carriers.values().copied().chain([self.all]).flatten().collect()
    }
}

fn provider(name: &str) -> Result<RegistrationProvider, String> {
    RegistrationProvider::named(name).ok_or_else(|| {
        let names: Vec<&str> = RegistrationProvider::ALL.into_iter().map(RegistrationProvider::as_str).collect();
        format!("`{name}` takes no numbers: write one of {}, or a carrier, `=`, and one of them or {NOWHERE}", names.join(", "))
    })
}
