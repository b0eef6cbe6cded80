//! Versions of an order in the headers `ETag`, `If-None-Match` and `If-Match`.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

use doorstep_domain::self_service::if_match::IfMatch;
use doorstep_service::OpenedOrder;

/// Returns the `ETag` header of the document that a token opens. A limited document has its own tag, because it differs from the
/// full document of the same version.
pub(crate) fn document_etag(opened: &OpenedOrder) -> (HeaderName, HeaderValue) {
    let value = HeaderValue::from_str(&format!("\"{}\"", opened.tag())).unwrap_or(HeaderValue::from_static("\"0\""));
    (header::ETAG, value)
}

/// Returns true if `If-None-Match` names this document or is `*`.
pub(crate) fn has(headers: &HeaderMap, opened: &OpenedOrder) -> bool {
    let tag = format!("\"{}\"", opened.tag());
    let lines = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|line| line.to_str().ok());
    // Proxies that compress turn tags into weak tags.
    lines.flat_map(|line| line.split(',')).map(str::trim).any(|given| given == "*" || given.trim_start_matches("W/") == tag)
}

/// Returns the `ETag` header of a version.
pub(crate) fn etag(version: u64) -> (HeaderName, HeaderValue) {
    // Digits and quotes always form a valid header value.
    let value = HeaderValue::from_str(&format!("\"{version}\"")).unwrap_or(HeaderValue::from_static("\"0\""));
    (header::ETAG, value)
}

/// Returns the versions that a write may replace, as `If-Match` names them. If the header is missing or has `*`, returns None:
/// the write may replace any version.
pub(crate) fn replaceable(headers: &HeaderMap) -> Option<Vec<u64>> {
    match named(headers, &header::IF_MATCH)? {
        Named::Any => None,
        Named::Versions(versions) => Some(versions),
    }
}

/// Returns the condition that `If-Match` sets on the versions that a request may change.
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
        // Proxies that compress turn tags into weak tags. A tag that is not a version number of this backend matches nothing.
        let version = |tag: &str| tag.trim_start_matches("W/").strip_prefix('"')?.strip_suffix('"')?.parse().ok();
        Named::Versions(tags.into_iter().filter_map(version).collect())
    })
}

#[cfg(test)]
mod tests {
    use doorstep_contract::Access;

    use super::*;
    use doorstep_service::Document;

    fn opened(access: Access) -> OpenedOrder {
        let document = Document { id: "ord_1".into(), version: 17, json: String::new() };
        OpenedOrder { document, access, ends_at: chrono::DateTime::UNIX_EPOCH }
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
        assert_ne!(document_etag(&opened(Access::Limited)), document_etag(&opened(Access::Full)));
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
