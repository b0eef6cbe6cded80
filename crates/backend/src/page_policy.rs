//! Content security policies of the pages that the backend hosts. Computed once, when the process starts.

use axum::http::HeaderValue;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use doorstep_first_page::ORDER_PAGE_STYLES;
use sha2::{Digest as _, Sha256};

use crate::config::Config;
use crate::origins;

/// Returns the policy. Returns an error if a frame ancestor is not an origin.
pub(crate) fn order_page_policy(config: &Config) -> Result<HeaderValue, String> {
    let ancestors = match config.frame_ancestor.as_slice() {
        [] => "'none'".to_owned(),
        ancestors => {
            ancestors.iter().try_for_each(|ancestor| origins::check(ancestor))?;
            ancestors.join(" ")
        }
    };
    let styles = STANDARD.encode(Sha256::digest(ORDER_PAGE_STYLES));
    // A path names files of the page's own origin. In a policy, only an address with a slash at its end covers the files below it.
    let embed = if config.embed_url.starts_with('/') { "'self'".to_owned() } else { format!("{}/", config.embed_url) };
    let policy = format!(
        "default-src 'none'; script-src {embed} 'wasm-unsafe-eval'; style-src {embed} 'sha256-{styles}'; img-src 'self' https:; \
         connect-src 'self' {embed}; base-uri 'none'; form-action 'self'; frame-ancestors {ancestors}; \
         require-trusted-types-for 'script'; trusted-types 'none'"
    );
    policy.parse().map_err(|_| {
        "the addresses of the order page cannot be part of a policy: use letters, digits and signs of an address".to_owned()
    })
}

/// Returns the policy of a page that has only a form and the styles of the order page.
pub(crate) fn form_page_policy() -> Result<HeaderValue, String> {
    let styles = STANDARD.encode(Sha256::digest(ORDER_PAGE_STYLES));
    let policy =
        format!("default-src 'none'; style-src 'sha256-{styles}'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
    policy.parse().map_err(|_| "the policy of a form is not a header value".to_owned())
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use super::*;

    #[test]
    fn a_frame_ancestor_that_is_not_an_origin_is_refused() {
        for ancestor in ["shop.example", "https://shop.example/page", "*", "https://shop.example; script-src *"] {
            let config = Config::try_parse_from(["doorstep-backend", "--frame-ancestor", ancestor]).expect("flags");
            assert!(order_page_policy(&config).is_err_and(|error| error.contains("is not an origin")), "{ancestor}");
        }
    }

    #[test]
    fn the_files_of_another_origin_are_allowed_by_their_directory() {
        let config = Config::try_parse_from(["doorstep-backend", "--embed-url", "https://widgets.example/embed"]).expect("flags");
        let policy = order_page_policy(&config).expect("a policy");
        assert!(
            policy.to_str().is_ok_and(|policy| policy.contains("script-src https://widgets.example/embed/ 'wasm-unsafe-eval'"))
        );
    }
}
