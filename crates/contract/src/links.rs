//! Checks links and picture URLs from the backend against one allow-list, so that a link opens only a web page, a telephone or a
//! mail program.

use super::concat::concat;

/// Returns the link if its scheme is `https:`, `tel:` or `mailto:`, else None.
///
/// ```
/// use doorstep_contract::links::link;
/// assert!(link("https://carrier.example/track?n=1").is_some());
/// assert!(link("javascript:alert(1)").is_none());
/// ```
pub fn link(url: &str) -> Option<String> {
    let url = plain(url)?;
    ["https://", "tel:", "mailto:"].iter().any(|scheme| starts_with(url, scheme)).then(|| url.to_owned())
}

/// Returns the address of a picture if it is an `https:` URL or a path. A path is resolved against the origin of `api`, the base
/// address of the backend. Returns None for any other address.
pub fn picture(url: &str, api: &str) -> Option<String> {
    let url = plain(url)?;
    if starts_with(url, "https://") {
        return Some(url.to_owned());
    }
    let path = url.starts_with('/') && !url.starts_with("//");
    path.then(|| concat(&[origin(api), url]))
}

/// Returns the scheme and host of an absolute base address, or an empty text if the address is relative to the page.
fn origin(api: &str) -> &str {
    let Some((scheme, rest)) = api.split_once(':') else {
        return "";
    };
    let host = rest.trim_start_matches('/').split('/').next().unwrap_or_default();
    api.get(..scheme.len() + 3 + host.len()).unwrap_or_default()
}

/// Returns the URL without surrounding white space, or None if it is empty or has a control character, white space or `\` in it.
/// Browsers drop tabs and line ends inside a URL and treat `\` as `/`, so such a URL is refused, not repaired.
fn plain(url: &str) -> Option<&str> {
    let url = url.trim();
    let odd = |letter: char| letter.is_control() || letter.is_whitespace() || letter == '\\';
    (!url.is_empty() && !url.contains(odd)).then_some(url)
}

fn starts_with(url: &str, scheme: &str) -> bool {
    url.len() > scheme.len() && url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_pages_telephones_and_mail_are_links() {
        for good in ["https://a.example/b?c#d", "HTTPS://a.example", "tel:+441234", "mailto:help@shop.example"] {
            assert!(link(good).is_some(), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            " javascript:alert(1)",
            "java\tscript:alert(1)",
            "data:text/html,x",
            "http://a.example",
            "//a.example",
            "https:\\\\a.example",
            "https://",
            "vbscript:x",
            "blob:https://a",
            "file:///etc/passwd",
            "",
            "ftp://a",
            "\u{1}https://a.example",
        ] {
            assert_eq!(link(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_path_is_a_picture_of_the_backend() {
        assert_eq!(picture("/photos/1.jpg", "https://api.example/v").as_deref(), Some("https://api.example/photos/1.jpg"));
        assert_eq!(picture("/photos/1.jpg", "/api").as_deref(), Some("/photos/1.jpg"));
        for bad in ["//evil.example/1.jpg", "http://a.example/1.jpg", "data:image/png;base64,", "1.jpg", "/\\evil.example"] {
            assert_eq!(picture(bad, "/api"), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_let_through_has_an_allowed_scheme(url in "\\PC{0,40}|(j|J)ava[ \\t\\n]?script:.{0,20}|[ -~]{0,40}") {
            if let Some(url) = link(&url) {
                let lower = url.to_ascii_lowercase();
                prop_assert!(lower.starts_with("https://") || lower.starts_with("tel:") || lower.starts_with("mailto:"));
            }
        }
    }
}
