//! E-mail addresses. The domain is compared as the name system sees it (UTS 46, by the `idna` crate), so letters, punycode and
//! decomposed letters are one domain. The part before the `@` is compared without capitals; what else a provider takes for the same,
//! such as dots, is the provider's own rule and not applied.

use unicode_normalization::UnicodeNormalization as _;

use super::text::plain;

/// An e-mail address that can be a proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email {
    /// The normal form.
    pub form: String,
    /// How version 1 of the backend may have written the same address before it hashed it.
    pub earlier: Vec<String>,
}

/// Names before the `@` that shop systems fill in where they have no address, or where nobody reads.
const NOBODY: [&str; 17] = [
    "none",
    "null",
    "undefined",
    "unknown",
    "n/a",
    "n-a",
    "na",
    "noemail",
    "no-email",
    "no_email",
    "nomail",
    "no-mail",
    "noreply",
    "no-reply",
    "no_reply",
    "donotreply",
    "do-not-reply",
];
/// Endings that no mail can reach (RFC 2606 and RFC 6761), as far as they are filled in.
const NOWHERE: [&str; 4] = ["invalid", "localhost", "none", "null"];

impl Email {
    /// Reads an address as people write it; `None` where it is none or a placeholder.
    pub fn read(text: &str) -> Option<Self> {
        let (local, domain) = parts(text)?;
        let ascii = ascii(&domain);
        let ending = ascii.rsplit('.').next().unwrap_or_default();
        let is_placeholder = NOBODY.contains(&&*local) || NOWHERE.contains(&ending) || !local.contains(char::is_alphanumeric);
        if is_placeholder || ending.len() < 2 || ending.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let letters = format!("{local}@{}", idna::domain_to_unicode(&ascii).0);
        let form = format!("{local}@{ascii}");
        let typed = text.trim().to_lowercase();
        let earlier = vec![
            typed.nfc().collect(),
            typed.nfd().collect(),
            letters.nfc().collect(),
            letters.nfd().collect(),
            typed,
            form.clone(),
        ];
        Some(Self { form, earlier })
    }
}

/// Whether the text has the shape of an address, whoever it belongs to.
pub fn is_address(text: &str) -> bool {
    parts(text).is_some()
}

/// The part before the `@` and the domain, in small letters and without what surrounds an address.
fn parts(text: &str) -> Option<(String, String)> {
    let text: String = plain(text).to_lowercase().nfc().collect();
    let text = match (text.rfind('<'), text.rfind('>')) {
        // A name stands before the address, as mail programmes write it.
        (Some(from), Some(to)) if from < to => text.get(from + 1..to).unwrap_or_default(),
        _ => &text,
    };
    let around = |c: char| c.is_whitespace() || "\"'<>()[]{},;:.“”‘’«»„‹›".contains(c);
    let text = text.trim_matches(around);
    let text = text.strip_prefix("mailto:").unwrap_or(text);
    let (local, domain) = text.rsplit_once('@')?;
    let local: String = local.chars().filter(|c| !c.is_whitespace()).collect();
    let domain: String = domain.chars().filter(|c| !c.is_whitespace()).collect();
    let domain = domain.trim_matches('.').to_owned();
    (!local.is_empty() && ascii(&domain).contains('.')).then_some((local, domain))
}

/// The domain as the name system sees it; as it was written where it can be no domain.
fn ascii(domain: &str) -> String {
    idna::domain_to_ascii(domain).unwrap_or_else(|_| domain.to_owned())
}
