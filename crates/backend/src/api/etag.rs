//! Versions in headers: `ETag`, `If-None-Match`, `If-Match`. Called by the handlers of orders.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::service::IfMatch;

/// The tag of a version.
pub(crate) fn etag(version: u64) -> (HeaderName, HeaderValue) {
    // Digits and quotes are a header value always.
    let value = HeaderValue::from_str(&format!("\"{version}\"")).unwrap_or(HeaderValue::from_static("\"0\""));
    (header::ETAG, value)
}

/// Whether the reader has this version already.
pub(crate) fn is_known(headers: &HeaderMap, version: u64) -> bool {
    matches!(named(headers, &header::IF_NONE_MATCH), Some(Named::Any))
        || versions(headers, &header::IF_NONE_MATCH).contains(&version)
}

/// The versions that a write may replace; `None` where it may replace any.
pub(crate) fn replaceable(headers: &HeaderMap) -> Option<Vec<u64>> {
    match named(headers, &header::IF_MATCH)? {
        Named::Any => None,
        Named::Versions(versions) => Some(versions),
    }
}

/// What a request says about the versions that it may change.
pub(crate) fn if_match(headers: &HeaderMap) -> IfMatch {
    match named(headers, &header::IF_MATCH) {
        None => IfMatch::Absent,
        Some(Named::Any) => IfMatch::Any,
        Some(Named::Versions(versions)) => IfMatch::Versions(versions),
    }
}

enum Named {
    Any,
    Versions(Vec<u64>),
}

fn versions(headers: &HeaderMap, name: &HeaderName) -> Vec<u64> {
    match named(headers, name) {
        Some(Named::Versions(versions)) => versions,
        Some(Named::Any) | None => Vec::new(),
    }
}

fn named(headers: &HeaderMap, name: &HeaderName) -> Option<Named> {
    headers.contains_key(name).then(|| {
        let lines = headers.get_all(name).iter().filter_map(|line| line.to_str().ok());
        let tags: Vec<&str> = lines.flat_map(|line| line.split(',')).map(str::trim).collect();
        if tags.contains(&"*") {
            return Named::Any;
        }
        // Proxies that compress make tags weak; a tag that is none of ours matches nothing.
        let version = |tag: &str| tag.trim_start_matches("W/").strip_prefix('"')?.strip_suffix('"')?.parse().ok();
        Named::Versions(tags.into_iter().filter_map(version).collect())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_read_as_the_standard_has_them() {
        for (tags, known) in [
            ("\"17\"", true),
            ("W/\"17\"", true),
            ("\"16\", \"17\"", true),
            ("*", true),
            ("\"16\"", false),
            ("17", false),
            ("", false),
        ] {
            let headers = HeaderMap::from_iter([(header::IF_NONE_MATCH, tags.parse().unwrap())]);
            assert_eq!(is_known(&headers, 17), known, "{tags}");
        }
        assert!(!is_known(&HeaderMap::new(), 17));
    }

    #[test]
    fn a_condition_that_cannot_be_read_is_not_met() {
        let headers = HeaderMap::from_iter([(header::IF_MATCH, "abc".parse().unwrap())]);
        assert_eq!(replaceable(&headers), Some(Vec::new()));
        assert_eq!(replaceable(&HeaderMap::new()), None);
    }
}
