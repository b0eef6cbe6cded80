//! Flags for the registration of tracking numbers at tracking providers. A part of the configuration.

use clap::Args;
use doorstep_providers::registration::RegistrationProvider;

/// Flags for the registration of tracking numbers.
#[derive(Clone, Debug, Default, Args)]
pub struct RegistrationFlags {
    /// Provider that is given every new tracking number: aftership, easypost, karrio, seventeentrack, shipengine or shippo. With a
    /// carrier before it, such as royal-mail=aftership, only for this carrier; royal-mail=none for nowhere. Repeatable
    #[arg(
        long,
        env = "DOORSTEP_REGISTER_WITH",
        value_delimiter = ',',
        value_name = "[CARRIER=]PROVIDER",
        help_heading = "Registration"
    )]
    pub register_with: Vec<String>,
    /// Code of a carrier at its provider, such as hafenkurier=hafen_kurier, if it is in no table; repeatable
    #[arg(
        long,
        env = "DOORSTEP_REGISTER_CARRIER",
        value_delimiter = ',',
        value_name = "CARRIER=CODE",
        help_heading = "Registration"
    )]
    pub register_carrier: Vec<String>,
    /// API key for registrations at AfterShip
    #[arg(long, env = "DOORSTEP_AFTERSHIP_API_KEY", hide_env_values = true, value_name = "KEY", help_heading = "Registration")]
    pub aftership_api_key: Option<String>,
    /// API key for registrations at EasyPost
    #[arg(long, env = "DOORSTEP_EASYPOST_API_KEY", hide_env_values = true, value_name = "KEY", help_heading = "Registration")]
    pub easypost_api_key: Option<String>,
    /// API key for registrations at Karrio
    #[arg(long, env = "DOORSTEP_KARRIO_API_KEY", hide_env_values = true, value_name = "KEY", help_heading = "Registration")]
    pub karrio_api_key: Option<String>,
    /// Security key for registrations at 17TRACK
    #[arg(
        long,
        env = "DOORSTEP_SEVENTEENTRACK_API_KEY",
        hide_env_values = true,
        value_name = "KEY",
        help_heading = "Registration"
    )]
    pub seventeentrack_api_key: Option<String>,
    /// API key for registrations at ShipEngine
    #[arg(long, env = "DOORSTEP_SHIPENGINE_API_KEY", hide_env_values = true, value_name = "KEY", help_heading = "Registration")]
    pub shipengine_api_key: Option<String>,
    /// API token for registrations at Shippo
    #[arg(long, env = "DOORSTEP_SHIPPO_API_KEY", hide_env_values = true, value_name = "KEY", help_heading = "Registration")]
    pub shippo_api_key: Option<String>,
    /// Address of a provider's API if it is not the usual one, such as `karrio=https://karrio.shop.example`; repeatable
    #[arg(
        long,
        env = "DOORSTEP_REGISTRATION_URL",
        value_delimiter = ',',
        value_name = "PROVIDER=URL",
        help_heading = "Registration"
    )]
    pub registration_url: Vec<String>,
    /// Allow these addresses to be inside your network and without TLS
    #[arg(long, env = "DOORSTEP_REGISTRATION_ALLOW_PRIVATE", value_parser = clap::builder::BoolishValueParser::new(), help_heading = "Registration")]
    pub registration_allow_private: bool,
}

impl RegistrationFlags {
    /// Returns the API key for a provider.
    pub(crate) fn key(&self, provider: RegistrationProvider) -> Option<&str> {
        match provider {
            RegistrationProvider::Aftership => self.aftership_api_key.as_deref(),
            RegistrationProvider::Easypost => self.easypost_api_key.as_deref(),
            RegistrationProvider::Karrio => self.karrio_api_key.as_deref(),
            RegistrationProvider::Seventeentrack => self.seventeentrack_api_key.as_deref(),
            RegistrationProvider::Shipengine => self.shipengine_api_key.as_deref(),
            RegistrationProvider::Shippo => self.shippo_api_key.as_deref(),
        }
    }

    /// Returns the address of a provider's API. Returns an error if an address is for no provider, or if there are two.
    pub(crate) fn url(&self, provider: RegistrationProvider) -> Result<&str, String> {
        let mut url = None;
        for setting in &self.registration_url {
            let (name, address) = setting.split_once('=').unwrap_or_default();
            let named = RegistrationProvider::named(name);
            let named = named.ok_or_else(|| format!("`{setting}`: write a provider, `=`, and the address of its API"))?;
            if named == provider && url.replace(address).is_some() {
                return Err(format!("`{setting}`: there is an address for this provider already"));
            }
        }
        Ok(url.unwrap_or(provider.default_url()))
    }
}
