//! Carriers that the project knows, by the codes and names that shops use for them. Each provider has its own code for a carrier,
//! which the file of the provider lists.

use std::collections::BTreeMap;

/// A carrier that the project knows.
///
/// `Dhl` and `Dpd` stand for codes that name a group of companies. A provider that needs the company refuses them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KnownCarrier {
    AustraliaPost,
    AustrianPost,
    CanadaPost,
    ChinaPost,
    DeutschePost,
    Dhl,
    DhlEcommerce,
    DhlExpress,
    DhlGermany,
    Dpd,
    DpdGermany,
    DpdUk,
    Evri,
    FedEx,
    Gls,
    PostNl,
    RoyalMail,
    Ups,
    Usps,
}

impl KnownCarrier {
    /// All known carriers.
    #[cfg(test)]
    pub(super) const ALL: [Self; 19] = [
        Self::AustraliaPost,
        Self::AustrianPost,
        Self::CanadaPost,
        Self::ChinaPost,
        Self::DeutschePost,
        Self::Dhl,
        Self::DhlEcommerce,
        Self::DhlExpress,
        Self::DhlGermany,
        Self::Dpd,
        Self::DpdGermany,
        Self::DpdUk,
        Self::Evri,
        Self::FedEx,
        Self::Gls,
        Self::PostNl,
        Self::RoyalMail,
        Self::Ups,
        Self::Usps,
    ];

    /// Returns the carrier with this code, or else the carrier with this name. Returns None if neither is known.
    pub(super) fn find(code: Option<&str>, name: Option<&str>) -> Option<Self> {
        [code, name].into_iter().flatten().find_map(|text| Self::named(&normal_code(text)))
    }

    fn named(normal: &str) -> Option<Self> {
        Some(match normal {
            "australiapost" | "auspost" => Self::AustraliaPost,
            "austrianpost" | "postat" | "osterreichischepost" | "österreichischepost" => Self::AustrianPost,
            "canadapost" => Self::CanadaPost,
            "chinapost" => Self::ChinaPost,
            "deutschepost" => Self::DeutschePost,
            "dhl" => Self::Dhl,
            "dhlecommerce" | "dhlecs" | "dhlecommerceus" => Self::DhlEcommerce,
            "dhlexpress" => Self::DhlExpress,
            "dhlgermany" | "dhlpaket" | "dhlparcelde" | "dhlde" => Self::DhlGermany,
            "dpd" => Self::Dpd,
            "dpdgermany" | "dpdde" => Self::DpdGermany,
            "dpduk" | "dpdgb" => Self::DpdUk,
            "evri" | "hermesuk" => Self::Evri,
            "fedex" => Self::FedEx,
            "gls" => Self::Gls,
            "postnl" => Self::PostNl,
            "royalmail" => Self::RoyalMail,
            "ups" => Self::Ups,
            "usps" => Self::Usps,
            _ => return None,
        })
    }
}

/// Returns the letters and digits of a carrier's code in lower case, so that `Royal Mail`, `royal-mail` and `royal_mail` are the
/// same code.
pub fn normal_code(code: &str) -> String {
    code.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Codes of carriers at a provider, as the operator sets them. They replace the codes of the tables.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CarrierCodes(BTreeMap<String, String>);

impl CarrierCodes {
    /// Reads settings such as `hafenkurier=hafen_kurier`: the shop's code of a carrier, and the provider's code.
    pub fn read(settings: &[String]) -> Result<Self, String> {
        let mut codes = BTreeMap::new();
        for setting in settings {
            let (carrier, code) = setting.split_once('=').unwrap_or_default();
            let (carrier, code) = (normal_code(carrier), code.trim());
            if carrier.is_empty() || code.is_empty() {
                return Err(format!("`{setting}`: write the shop's code of a carrier, `=`, and the provider's code"));
            }
            if codes.insert(carrier, code.to_owned()).is_some() {
                return Err(format!("`{setting}`: this carrier has two codes"));
            }
        }
        Ok(Self(codes))
    }

    /// Returns the code that the operator has set for a carrier.
    pub(super) fn of(&self, carrier: Option<&str>) -> Option<&str> {
        self.0.get(&normal_code(carrier?)).map(String::as_str)
    }
}
