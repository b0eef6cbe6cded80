//! Configured origins of pages that may call the API from a browser.

use axum::http::HeaderValue;

/// Allowed origins.
pub(crate) struct Origins(Vec<Origin>);

enum Origin {
    Exactly(String),
    AnyPort(String),
}

impl Origins {
    /// Reads the configured origins; returns an error if one is not an origin.
    pub(crate) fn new(configured: &[String]) -> Result<Self, String> {
        configured.iter().map(|text| Origin::new(text)).collect::<Result<_, _>>().map(Self)
    }

    /// Returns true if this origin is allowed.
    pub(crate) fn allow(&self, origin: &HeaderValue) -> bool {
        origin.to_str().is_ok_and(|origin| self.0.iter().any(|allowed| allowed.is(origin)))
    }
}

/// Checks that a text is an origin; returns an error that shows the form.
pub(crate) fn check(text: &str) -> Result<(), String> {
    Origin::new(text).map(drop)
}

impl Origin {
    fn new(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is not an origin: write https://shop.example, or http://127.0.0.1:* for every port");
        let (base, any_port) = text.strip_suffix(":*").map_or((text, false), |base| (base, true));
        let host = base.strip_prefix("https://").or_else(|| base.strip_prefix("http://")).ok_or_else(wrong)?;
        let plain = |c: char| c.is_ascii_digit() || c.is_ascii_lowercase() || ".-:[]".contains(c);
        if host.is_empty() || !host.chars().all(plain) {
            return Err(wrong());
        }
        Ok(if any_port { Self::AnyPort(base.to_owned()) } else { Self::Exactly(base.to_owned()) })
    }

    fn is(&self, origin: &str) -> bool {
        match self {
            Self::Exactly(allowed) => origin == allowed,
            Self::AnyPort(base) => origin.strip_prefix(base.as_str()).is_some_and(|rest| {
                let port = rest.strip_prefix(':').unwrap_or_default();
                rest.is_empty() || (!port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()))
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_configured_origins_are_allowed() {
        let origins = Origins::new(&["https://shop.example".to_owned(), "http://127.0.0.1:*".to_owned()]).unwrap();
        for (origin, allowed) in [
            ("https://shop.example", true),
            ("http://127.0.0.1:8080", true),
            ("http://127.0.0.1", true),
            ("http://shop.example", false),
            ("https://shop.example:8443", false),
            ("https://shop.example.evil.example", false),
            ("http://127.0.0.1:80@evil.example", false),
            ("http://127.0.0.1.evil.example", false),
            ("http://127.0.0.1:", false),
            ("null", false),
        ] {
            assert_eq!(origins.allow(&HeaderValue::from_static(origin)), allowed, "{origin}");
        }
    }

    #[test]
    fn what_is_no_origin_is_refused_at_the_start() {
        for wrong in ["*", "shop.example", "https://", "https://shop.example/", "https://*.example", "HTTPS://SHOP.EXAMPLE"] {
            assert!(Origins::new(&[wrong.to_owned()]).is_err(), "{wrong}");
        }
    }
}
