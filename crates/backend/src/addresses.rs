//! Readers of addresses on the command line. An error describes the correct form.

/// Reads a path before the routes of the API, without the slash at its end.
pub(crate) fn api_base(text: &str) -> Result<String, String> {
    let path = text.trim_end_matches('/');
    let plain = path.chars().all(|c| c.is_ascii_alphanumeric() || "/-_.".contains(c));
    match path.is_empty() || (path.starts_with('/') && plain && !path.contains("//")) {
        true => Ok(path.to_owned()),
        false => Err("write a path like /api".to_owned()),
    }
}

/// Reads an address with http or https.
pub(crate) fn web_address(text: &str) -> Result<String, String> {
    let wrong = || "write an address like https://shop.example/".to_owned();
    let uri: http::Uri = text.parse().map_err(|_| wrong())?;
    let is_web = matches!(uri.scheme_str(), Some("https" | "http")) && uri.authority().is_some();
    if is_web { Ok(text.to_owned()) } else { Err(wrong()) }
}

/// Reads the address of a directory: a path or a web address, without the slash at its end.
pub(crate) fn embed_url(text: &str) -> Result<String, String> {
    let address = text.trim_end_matches('/').to_owned();
    let is_path = address.starts_with('/') && !address.starts_with("//");
    if is_path { api_base(&address) } else { web_address(&address) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_web_addresses_or_paths() {
        for (text, embed, web) in [
            ("/embed/", Some("/embed"), None),
            ("https://shop.example/embed/", Some("https://shop.example/embed"), Some("https://shop.example/embed/")),
            ("//shop.example", None, None),
            ("embed", None, None),
            ("javascript:alert(1)", None, None),
            ("shop.example", None, None),
        ] {
            assert_eq!(embed_url(text).ok().as_deref(), embed, "{text}");
            assert_eq!(web_address(text).ok().as_deref(), web, "{text}");
        }
    }
}
