//! Errors of a request body whose JSON is well-formed but whose values are not acceptable. Each error names its field.

use crate::FieldProblem;

/// Refusal of a request body. Every error has a JSON pointer and a stable code.
#[derive(Clone, Debug, PartialEq)]
pub struct Invalid {
    /// Errors in single fields; at least one.
    pub errors: Vec<FieldProblem>,
}

/// Collects the errors of a request body, so that the sender gets all of them in one response.
#[derive(Default)]
pub struct Findings(Vec<FieldProblem>);

impl Findings {
    /// Adds an error for the field at `pointer`.
    pub fn refuse(&mut self, pointer: impl Into<String>, code: &str) {
        self.0.push(FieldProblem { pointer: pointer.into(), code: code.to_owned() });
    }

    /// Adds an error for the field at `pointer` if `wrong` is true.
    pub fn refuse_if(&mut self, wrong: bool, pointer: impl Into<String>, code: &str) {
        if wrong {
            self.refuse(pointer, code);
        }
    }

    /// Refuses a text without a visible character.
    pub fn text(&mut self, text: &str, pointer: impl Into<String>) {
        self.refuse_if(is_blank(text), pointer, "empty");
    }

    /// Refuses a picture URL that is neither `https:` with a host nor a path on the origin of the backend. Accepts None.
    pub fn picture(&mut self, url: Option<&String>, pointer: impl Into<String>) {
        self.refuse_if(url.is_some_and(|url| !is_web_link(url) && !is_path_on_backend(url)), pointer, "not-https");
    }

    /// Refuses a link that is not `https:` with a host. Accepts None.
    pub fn link(&mut self, url: Option<&String>, pointer: impl Into<String>) {
        self.refuse_if(url.is_some_and(|url| !is_web_link(url)), pointer, "not-https");
    }

    /// Refuses a country code that is not two capital letters, the form of ISO 3166-1 alpha-2. Accepts None.
    pub fn country(&mut self, country: Option<&String>, pointer: impl Into<String>) {
        let wrong = country.is_some_and(|code| code.len() != 2 || !code.bytes().all(|byte| byte.is_ascii_uppercase()));
        self.refuse_if(wrong, pointer, "not-a-country-code");
    }

    /// Refuses a word that `known` does not list. The word `unknown` is always accepted.
    pub fn word<T: AsRef<str>>(&mut self, word: T, known: &[&str], pointer: impl Into<String>) {
        let word = word.as_ref();
        self.refuse_if(word != "unknown" && !known.contains(&word), pointer, "unknown-value");
    }

    /// Returns `Err` with all errors that were added, or `Ok` if there are none.
    pub fn into_result(self) -> Result<(), Invalid> {
        if self.0.is_empty() { Ok(()) } else { Err(Invalid { errors: self.0 }) }
    }
}

/// Returns true if a text is empty or has only white space and control characters.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|letter| letter.is_whitespace() || letter.is_control())
}

/// Returns true for an `https:` URL with a host and without `\`.
pub fn is_web_link(url: &str) -> bool {
    let uri = url.parse::<http::Uri>().ok().filter(|_| !url.contains('\\'));
    uri.is_some_and(|uri| uri.scheme_str() == Some("https") && uri.host().is_some_and(|host| !host.is_empty()))
}

/// Returns true for a path on the origin of the backend: a URL that begins with exactly one `/`. Returns false if the URL
/// contains `\`, because browsers read `\` as `/`.
fn is_path_on_backend(url: &str) -> bool {
    !url.contains('\\') && url.starts_with('/') && !url.starts_with("//") && url.parse::<http::Uri>().is_ok()
}

/// Returns true for a link with which a shopper can contact a person: a web link, or a `mailto:` or `tel:` link without white
/// space.
pub fn is_contact_link(url: &str) -> bool {
    let plain = |rest: &str| !rest.is_empty() && !rest.chars().any(|letter| letter.is_whitespace() || letter.is_control());
    is_web_link(url) || ["mailto:", "tel:"].iter().any(|scheme| url.strip_prefix(scheme).is_some_and(plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_secure_links_and_ways_to_a_person_are_links() {
        assert!(is_web_link("https://shop.example/a?b=c"));
        assert!(
            is_path_on_backend("/demo/porch.jpg")
                && !is_path_on_backend("//elsewhere.example/porch.jpg")
                && !is_path_on_backend("/\\elsewhere.example")
        );
        for bad in [
            "http://127.0.0.1/",
            "http://shop.example/",
            "javascript:alert(1)",
            "//shop.example",
            "/a",
            "",
            "https://",
            "data:,x",
            "https://a b",
            "https:\\\\a.example",
        ] {
            assert!(!is_web_link(bad), "{bad}");
        }
        assert!(is_contact_link("mailto:help@shop.example") && is_contact_link("tel:+442071234567"));
        assert!(!is_contact_link("mailto:") && !is_contact_link("sms:1"));
    }
}
