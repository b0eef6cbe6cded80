//! Creates the sender of registrations from the configuration. `doorstep_providers::registration` defines the requests to each
//! provider, and `doorstep_outbound` sends them. Called by the binary.

use doorstep_outbound::{ProviderAccount, RegistrationSender};
use doorstep_providers::registration::{CarrierCodes, RegistrationProvider, Routes};

use crate::config::Config;

/// Returns the sender of registrations. If numbers are registered nowhere, returns None. If the configuration cannot be used, returns
/// an error.
pub fn sender(config: &Config) -> Result<Option<RegistrationSender>, String> {
    let flags = &config.registration;
    let providers = Routes::read(&flags.register_with)?.providers();
    if providers.is_empty() {
        return Ok(None);
    }
    let account = |provider: RegistrationProvider| {
        let name = provider.as_str();
        let key = flags.key(provider).filter(|key| !key.trim().is_empty());
        let key = key.ok_or_else(|| {
            format!("numbers are registered with {name}: set DOORSTEP_{}_API_KEY beside --register-with", name.to_uppercase())
        })?;
        Ok::<_, String>(ProviderAccount { provider, url: flags.url(provider)?.to_owned(), key: key.trim().to_owned() })
    };
    let accounts = providers.into_iter().map(account).collect::<Result<Vec<_>, _>>()?;
    let codes = CarrierCodes::read(&flags.register_carrier)?;
    RegistrationSender::new(accounts, codes, flags.registration_allow_private).map(Some)
}
