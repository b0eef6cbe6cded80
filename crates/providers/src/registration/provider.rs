//! The providers that numbers are registered with, by name.

/// A provider that numbers are registered with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RegistrationProvider {
    /// AfterShip.
    Aftership,
    /// EasyPost.
    Easypost,
    /// Karrio.
    Karrio,
    /// 17TRACK.
    Seventeentrack,
    /// ShipEngine, also called ShipStation API.
    Shipengine,
    /// Shippo.
    Shippo,
}

impl RegistrationProvider {
    /// All providers.
    pub const ALL: [Self; 6] =
        [Self::Aftership, Self::Easypost, Self::Karrio, Self::Seventeentrack, Self::Shipengine, Self::Shippo];

    /// Returns the name of the provider as in the URL of its webhooks.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Aftership => "aftership",
            Self::Easypost => "easypost",
            Self::Karrio => "karrio",
            Self::Seventeentrack => "seventeentrack",
            Self::Shipengine => "shipengine",
            Self::Shippo => "shippo",
        }
    }

    /// Returns the provider with this name, or None if no provider with this name takes numbers.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|provider| provider.as_str() == name)
    }

    /// Returns the address of the provider's API.
    pub fn default_url(self) -> &'static str {
        match self {
            Self::Aftership => "https://api.aftership.com",
            Self::Easypost => "https://api.easypost.com",
            Self::Karrio => "https://api.karrio.io",
            Self::Seventeentrack => "https://api.17track.net",
            Self::Shipengine => "https://api.shipengine.com",
            Self::Shippo => "https://api.goshippo.com",
        }
    }
}
