//! The page that ends the mails about an order, and begins them again. It needs no script.

use doorstep_first_page::{ORDER_PAGE_STYLES, write_attribute, write_text};

use crate::keys::{self, MailKey};
use crate::words::Words;

/// Content of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnsubscribePage<'a> {
    /// The mails are sent; the button ends them.
    Subscribed {
        /// Address that the form is sent to.
        action: &'a str,
    },
    /// The mails have ended; the button begins them again.
    Ended {
        /// Address that the form is sent to.
        action: &'a str,
    },
    /// The link belongs to no order.
    Unknown,
}

/// Returns the page as HTML in this language. `shop` is the name of the shop, or empty. The page has the styles of the order page, which a
/// policy allows by their hash.
pub fn unsubscribe_page(language: &str, shop: &str, page: UnsubscribePage<'_>) -> String {
    let words = Words::new(language);
    let mut out = String::from("<!doctype html><html");
    write_attribute("lang", &words.tag(), &mut out);
    write_attribute("dir", words.direction(), &mut out);
    out.push_str(
        "><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\"><meta name=\"robots\" content=\"noindex\">",
    );
    let element = |tag: &str, text: &str, out: &mut String| {
        out.push_str(&format!("<{tag}>"));
        write_text(text, out);
        out.push_str(&format!("</{tag}>"));
    };
    let title = words.text(keys::PAGE_TITLE, &[]);
    element("title", &title, &mut out);
    out.push_str("<style>");
    out.push_str(ORDER_PAGE_STYLES);
    out.push_str("</style></head><body>");
    if !shop.is_empty() {
        element("header", shop, &mut out);
    }
    out.push_str("<main>");
    let (text, form): (MailKey, Option<(&str, MailKey, &str)>) = match page {
        UnsubscribePage::Subscribed { action } => (keys::PAGE_WANTED, Some((action, keys::PAGE_END, "end"))),
        UnsubscribePage::Ended { action } => (keys::PAGE_ENDED, Some((action, keys::PAGE_AGAIN, "begin"))),
        UnsubscribePage::Unknown => (keys::PAGE_UNKNOWN, None),
    };
    match form {
        Some((action, label, wish)) => {
            out.push_str("<form method=\"post\"");
            write_attribute("action", action, &mut out);
            out.push('>');
            element("h1", &title, &mut out);
            element("p", &words.text(text, &[]), &mut out);
            out.push_str("<button name=\"mails\"");
            write_attribute("value", wish, &mut out);
            out.push('>');
            write_text(&words.text(label, &[]), &mut out);
            out.push_str("</button></form>");
        }
        None => {
            element("h1", &title, &mut out);
            element("p", &words.text(text, &[]), &mut out);
        }
    }
    out.push_str("</main></body></html>");
    out
}
