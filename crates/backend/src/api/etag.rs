//! Versions in headers: `ETag`, `If-None-Match`, `If-Match`. Called by the handlers of orders.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::service::{IfMatch, Opened};

/// Returns the tag of a document as the holder of a token gets it. A limited one has a tag of its own: it is no representation of what
/// the same version says to the shopper.
pub(crate) fn of_opened(opened: &Opened) -> (HeaderName, HeaderValue) {
    let value = HeaderValue::from_str(&format!("\"{}\"", opened.tag())).unwrap_or(HeaderValue::from_static("\"0\""));
    (header::ETAG, value)
}

/// Whether the reader has exactly this document already.
pub(crate) fn has(headers: &HeaderMap, opened: &Opened) -> bool {
    let tag = format!("\"{}\"", opened.tag());
    let lines = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|line| line.to_str().ok());
    // Proxies that compress make tags weak.
    lines.flat_map(|line| line.split(',')).map(str::trim).any(|given| given == "*" || given.trim_start_matches("W/") == tag)
}

/// The tag of a version.
pub(crate) fn etag(version: u64) -> (HeaderName, HeaderValue) {
    // Digits and quotes are a header value always.
    let value = HeaderValue::from_str(&format!("\"{version}\"")).unwrap_or(HeaderValue::from_static("\"0\""));
    (header::ETAG, value)
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
    use doorstep_core::wire::Access;

    use super::*;
    use crate::service::Document;

    fn opened(access: Access) -> Opened {
        let document = Document { id: "ord_1".to_owned(), version: 17, json: String::new() };
        Opened { document, access, ends_at: chrono::DateTime::UNIX_EPOCH }
    }

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
            assert_eq!(has(&headers, &opened(Access::Full)), known, "{tags}");
        }
        assert!(!has(&HeaderMap::new(), &opened(Access::Full)));
    }

    #[test]
    fn a_limited_document_and_the_whole_one_never_stand_for_each_other() {
        let of = |tag: &str| HeaderMap::from_iter([(header::IF_NONE_MATCH, tag.parse().unwrap())]);
        assert_ne!(of_opened(&opened(Access::Limited)), of_opened(&opened(Access::Full)));
        for (tag, access, known) in [
            ("\"17\"", Access::Full, true),
            ("\"17-limited\"", Access::Full, false),
            ("\"17\"", Access::Limited, false),
            ("W/\"17-limited\"", Access::Limited, true),
        ] {
            assert_eq!(has(&of(tag), &opened(access.clone())), known, "{tag} {access:?}");
        }
    }

    #[test]
    fn a_condition_that_cannot_be_read_is_not_met() {
        let headers = HeaderMap::from_iter([(header::IF_MATCH, "abc".parse().unwrap())]);
        assert_eq!(replaceable(&headers), Some(Vec::new()));
        assert_eq!(replaceable(&HeaderMap::new()), None);
    }
}
