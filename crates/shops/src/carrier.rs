//! Carriers as platforms and their plugins name them, and the codes that Doorstep uses for them in the policy and in transit
//! statistics.
//!
//! Sources of the names: Shopify's documentation of `FulfillmentTrackingInfo.company`; the slugs of WooCommerce Shipment Tracking,
//! of Advanced Shipment Tracking and of AfterShip, and the shipping providers of WooCommerce's own fulfilments.

use doorstep_domain::order::new_order::NewCarrier;

/// Code, name to show, and other spellings in the form of [`key`]. The code and the name are spellings too.
const CARRIERS: &[(&str, &str, &str)] = &[
    ("4px", "4PX", "4px-express"),
    ("amazon", "Amazon Logistics", "amazon-logistics amazon-logistics-uk amazon-logistics-us amzl amazon-fba-us amazon-uk-api"),
    ("an-post", "An Post", "anpost"),
    ("asendia", "Asendia", "asendia-usa asendia-uk asendia-de asendia-hk"),
    ("australia-post", "Australia Post", "auspost aus-post"),
    (
        "austrian-post",
        "Österreichische Post",
        "post-at oesterreichische-post osterreichische-post austria-post austrian-post-registered",
    ),
    ("bpost", "bpost", "bpost-international belgium-post"),
    ("bring", "Bring", "posten-norge posten-bring posten-norge-bring norway-post posten"),
    ("canada-post", "Canada Post", "postes-canada canadapost"),
    ("canpar", "Canpar", "canpar-courier"),
    ("china-post", "China Post", "china-ems ems-china epacket"),
    ("chronopost", "Chronopost", "chronopost-france"),
    ("colissimo", "Colissimo", "la-poste-colissimo laposte-colissimo la-poste-colissimo-shipping"),
    ("correios", "Correios", "correios-brazil brazil-correios correios-br"),
    ("correos", "Correos", "correos-spain spain-correos-es correos-espana"),
    ("ctt", "CTT", "portugal-ctt ctt-express ctt-portugal"),
    ("delhivery", "Delhivery", ""),
    ("deutsche-post", "Deutsche Post", "deutsche-post-de deutsche-post-dhl deutsch-post deutsche-post-mail"),
    (
        "dhl",
        "DHL",
        "dhl-de dhl-germany dhl-paket dhl-parcel dhl-parcel-de dhl-at dhl-intraship dhl-uk dhl-parcel-uk dhl-parcel-nl dhl-nl dhl-benelux",
    ),
    (
        "dhl-ecommerce",
        "DHL eCommerce",
        "dhl-global-mail dhlglobalmail dhl-us dhl-ecommerce-asia dhl-global-mail-asia dhl-ecommerce-us dhl-ecs",
    ),
    ("dhl-express", "DHL Express", "dhlexpress dhl-express-de"),
    (
        "dpd",
        "DPD",
        "dpd-uk dpd-de dpd-local dpd-germany dpd-at dpd-ie dpd-poland dpd-pl dpd-fr dpd-nl dpd-be dpd-ch dpd-co-uk dpd-ro dpd-cz dpd-hu interlink",
    ),
    ("evri", "Evri", "hermes-uk hermes-evri evri-hermes myhermes-uk myhermes evri-uk"),
    ("fedex", "FedEx", "federal-express fedex-sameday fedex-ground fedex-uk"),
    (
        "gls",
        "GLS",
        "gls-de gls-germany gls-italy gls-netherlands gls-us gls-spain gls-france gls-denmark general-logistics-systems",
    ),
    ("hermes", "Hermes", "hermes-de hermes-germany hermes-world hermesworld"),
    ("india-post", "India Post", "india-post-int"),
    ("inpost", "InPost", "inpost-paczkomaty inpost-uk inpost-pl paczkomaty"),
    ("japan-post", "Japan Post", "japan-post-en 日本郵便 jp-post"),
    ("korea-post", "Korea Post", ""),
    ("la-poste", "La Poste", "laposte france-la-poste"),
    ("lasership", "LaserShip", "lasership-ontrac"),
    ("mondial-relay", "Mondial Relay", "mondialrelay"),
    ("mrw", "MRW", "mrw-spain"),
    ("new-zealand-post", "New Zealand Post", "nz-post nzpost"),
    ("nova-poshta", "Нова Пошта", "nova-post novaposhta"),
    ("ontrac", "OnTrac", ""),
    ("packeta", "Packeta", "zasilkovna zásilkovna packeta-zasilkovna"),
    ("parcelforce", "Parcelforce", "parcel-force parcelforce-worldwide"),
    ("poczta-polska", "Poczta Polska", "poland-post"),
    ("poste-italiane", "Poste Italiane", "poste-italiane-paccocelere"),
    ("posti", "Posti", "itella itella-posti"),
    ("postnl", "PostNL", "post-nl postnl-domestic postnl-international postnl-3s tnt-post"),
    (
        "postnord",
        "PostNord",
        "post-nord postnord-se postnord-dk postnord-no postnord-fi postnord-sweden postnord-sverige-ab post-danmark",
    ),
    ("purolator", "Purolator", ""),
    ("royal-mail", "Royal Mail", "royalmail royal-mail-domestic"),
    ("sagawa", "Sagawa", "sagawa-express 佐川急便"),
    ("sendle", "Sendle", ""),
    ("seur", "SEUR", "spanish-seur seur-es"),
    ("sf-express", "SF Express", "sf-international 顺丰速运 順豐速運"),
    ("singapore-post", "Singapore Post", "singpost"),
    ("startrack", "StarTrack", "star-track star-track-express"),
    ("swiss-post", "Swiss Post", "die-schweizerische-post schweizerische-post la-poste-suisse swisspost post-ch"),
    ("tnt", "TNT", "tnt-express tnt-uk tnt-it tnt-france tnt-au"),
    ("toll", "Toll", "toll-ipec toll-priority"),
    ("ups", "UPS", "united-parcel-service ups-mail-innovations ups-mi ups-us ups-uk ups-freight ups-ground"),
    ("usps", "USPS", "united-states-postal-service us-postal-service usps-international stamps-com"),
    ("yamato", "Yamato Transport", "yamato-japan ta-q-bin taqbin kuroneko-yamato ヤマト運輸 クロネコヤマト"),
    ("yodel", "Yodel", "yodel-international yodel-direct"),
    ("yunexpress", "YunExpress", "yun-express"),
];

/// Returns the carrier of a name or slug, and true if it is in the table. An unknown carrier keeps its name, and its code is made
/// from the name.
pub(crate) fn carrier(name: &str) -> (NewCarrier, bool) {
    let key = key(name);
    let is_it = |(code, shown, others): &&(&str, &str, &str)| {
        *code == key || self::key(shown) == key || others.split_whitespace().any(|other| other == key)
    };
    let known = CARRIERS.iter().find(is_it);
    let (code, shown) =
        known.map_or_else(|| (slug(&key), name.trim().to_owned()), |(code, shown, _)| ((*code).to_owned(), (*shown).to_owned()));
    (NewCarrier { code, name: shown, phone: None, url: None }, known.is_some())
}

/// Returns a name in the form that the table compares: small letters and digits of any script, with one hyphen between words.
fn key(name: &str) -> String {
    let words: String = name.to_lowercase().chars().map(|letter| if letter.is_alphanumeric() { letter } else { ' ' }).collect();
    words.split_whitespace().collect::<Vec<_>>().join("-")
}

/// Returns a code for an unknown carrier. It is empty of anything but letters, digits and hyphens, and never empty.
fn slug(key: &str) -> String {
    if key.is_empty() { "other".to_owned() } else { key.chars().take(60).collect() }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_carrier_has_one_code_however_it_is_written() {
        for (written, code, name) in [
            ("UPS", "ups", "UPS"),
            ("ups", "ups", "UPS"),
            ("DHL Express", "dhl-express", "DHL Express"),
            ("DHL", "dhl", "DHL"),
            ("dhl_germany", "dhl", "DHL"),
            ("dhl-at", "dhl", "DHL"),
            ("Royal Mail", "royal-mail", "Royal Mail"),
            ("royal-mail", "royal-mail", "Royal Mail"),
            ("RoyalMail", "royal-mail", "Royal Mail"),
            ("hermes-uk", "evri", "Evri"),
            ("DPD UK", "dpd", "DPD"),
            ("postnord-se", "postnord", "PostNord"),
            ("Canada Post", "canada-post", "Canada Post"),
            ("ヤマト運輸", "yamato", "Yamato Transport"),
            (" FedEx ", "fedex", "FedEx"),
        ] {
            let (carrier, is_known) = carrier(written);
            assert_eq!((carrier.code.as_str(), carrier.name.as_str(), is_known), (code, name, true), "{written}");
        }
    }

    #[test]
    fn an_unknown_carrier_keeps_its_name() {
        for (written, code) in
            [("Hafenkurier & Söhne", "hafenkurier-söhne"), ("Other", "other"), ("宅急便", "宅急便"), ("!", "other")]
        {
            let (carrier, is_known) = carrier(written);
            assert_eq!((carrier.code.as_str(), carrier.name.as_str(), is_known), (code, written, false));
        }
    }

    #[test]
    fn every_spelling_stands_here_once_and_in_its_own_form() {
        let mut seen = BTreeSet::new();
        for (code, shown, others) in CARRIERS {
            let spellings: BTreeSet<_> =
                others.split_whitespace().map(str::to_owned).chain([(*code).to_owned(), key(shown)]).collect();
            for spelling in spellings {
                assert_eq!(key(&spelling), spelling);
                assert!(seen.insert(spelling.clone()), "{spelling}");
            }
        }
        assert!(CARRIERS.is_sorted_by_key(|(code, ..)| *code));
    }
}
