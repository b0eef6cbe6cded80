//! Normalises e-mail addresses. The domain is converted to its DNS form (UTS 46, by the `idna` crate), so that Unicode, punycode
//! and decomposed letters give the same domain. The part before the `@` is converted to lower case. Rules of particular mail
//! providers, such as ignored dots, are not applied.

use unicode_normalization::UnicodeNormalization as _;

use super::text::plain;

/// An e-mail address that a guest can give as proof in the look-up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email {
    /// Normal form.
    pub form: String,
    /// Spellings of this address that version 1 of the backend may have hashed.
    pub earlier: Vec<String>,
}

/// Local parts that shop systems fill in for a missing address, and local parts of mailboxes that nobody reads.
const PLACEHOLDER_LOCAL_PARTS: [&str; 17] = [
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
/// Top-level domains that shop systems use as placeholders. Mail cannot reach them.
const PLACEHOLDER_DOMAINS: [&str; 4] = ["invalid", "localhost", "none", "null"];

impl Email {
    /// Parses an address as a person writes it. Returns None if the text is not an address or is a placeholder.
    pub fn read(text: &str) -> Option<Self> {
        let (local, domain) = parts(text)?;
        let ascii = ascii(&domain);
        let ending = ascii.rsplit('.').next().unwrap_or_default();
        let is_placeholder = PLACEHOLDER_LOCAL_PARTS.contains(&&*local)
            || PLACEHOLDER_DOMAINS.contains(&ending)
            || !local.contains(char::is_alphanumeric);
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

/// Returns true if the text has the form of an e-mail address, even of a placeholder.
pub fn is_address(text: &str) -> bool {
    parts(text).is_some()
}

/// Returns the local part and the domain in lower case, without a display name or surrounding punctuation. Returns None if the
/// text contains no address.
fn parts(text: &str) -> Option<(String, String)> {
    let text: String = plain(text).to_lowercase().nfc().collect();
    let text = match (text.rfind('<'), text.rfind('>')) {
        // Mail programs write a display name before the address.
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

/// Returns the domain in its DNS form, or unchanged if it is not a valid domain.
fn ascii(domain: &str) -> String {
    idna::domain_to_ascii(domain).unwrap_or_else(|_| domain.to_owned())
}
