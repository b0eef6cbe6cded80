//! The order page that the backend hosts: a page with the widget, for shops that have no page of their own. A browser without script
//! gets a form for the guest look-up instead, and the order as HTML.

use doorstep_core::message::{Key, Message, keys};
use doorstep_view::Texts;

use crate::html::{write_attribute, write_text};
use crate::localizer::Localizer;

/// Styles of the page around the widget. They stand in the page, so that it needs no further request; a policy allows them by hash.
pub const STYLES: &str = include_str!("order_page.css");

/// Presentation of the hosted order page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OrderPage<'a> {
    /// Path of the page, to which the form of the look-up is sent.
    pub path: &'a str,
    /// Base path of the API.
    pub api: &'a str,
    /// Address of the directory with the files of the widget, without the slash at its end.
    pub embed: &'a str,
    /// BCP 47 tag of the language of the page.
    pub language: &'a str,
    /// Name of the shop; empty if it is not known.
    pub shop: &'a str,
    /// Address of the shop's own site, for a link on its name.
    pub home: Option<&'a str>,
}

/// Content of the hosted order page.
#[derive(Clone, Debug, PartialEq)]
pub enum Content<'a> {
    /// The widget. It reads the order that the link of the page names.
    Widget,
    /// An order, for a browser without script.
    Order {
        /// Order number that was looked up.
        number: &'a str,
        /// The order as HTML.
        html: &'a str,
    },
    /// The form of the guest look-up again, with an error.
    Form {
        /// Order number that was sent.
        number: &'a str,
        /// E-mail address or postcode that was sent.
        proof: &'a str,
        /// Failure of the look-up.
        failure: LookupFailure,
    },
}

/// Failure of a guest look-up without script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LookupFailure {
    /// The order number is missing.
    NumberMissing,
    /// The e-mail address or postcode is missing.
    ProofMissing,
    /// No order matches the two.
    NoMatch,
    /// Too many attempts; time to wait in seconds.
    TooMany(u64),
    /// The backend cannot answer at present.
    Unavailable,
}

impl LookupFailure {
    fn message(self) -> Message {
        match self {
            Self::NumberMissing => keys::LOOKUP_NUMBER_MISSING.into(),
            Self::ProofMissing => keys::LOOKUP_PROOF_MISSING.into(),
            Self::NoMatch => keys::LOOKUP_FAILED.into(),
            Self::TooMany(seconds) => {
                let minutes = u32::try_from(seconds.div_ceil(60)).unwrap_or(u32::MAX).max(1);
                Message::new(keys::LOOKUP_TOO_MANY).with("count", minutes)
            }
            Self::Unavailable => keys::LOOKUP_NETWORK.into(),
        }
    }
}

/// Returns the hosted order page as HTML.
pub fn order_page(page: &OrderPage<'_>, content: &Content<'_>) -> String {
    let texts = Localizer::new(page.language);
    let mut writer = Writer { page, texts: &texts, out: String::from("<!doctype html>") };
    writer.page(content);
    writer.out
}

/// One field of the look-up.
struct Field<'a> {
    name: &'a str,
    label: Key,
    hint: Option<Key>,
    value: &'a str,
    autocomplete: &'a str,
    is_wrong: bool,
}

struct Writer<'a> {
    page: &'a OrderPage<'a>,
    texts: &'a Localizer,
    out: String,
}

impl Writer<'_> {
    fn page(&mut self, content: &Content<'_>) {
        self.start("html", &[("lang", &self.texts.tag())]);
        self.head(content);
        self.out.push_str("<body>");
        self.header();
        self.out.push_str("<main>");
        match content {
            Content::Widget => {
                self.start("doorstep-tracker", &[("api", self.page.api), ("first-page", "backend"), ("heading-level", "1")]);
                self.out.push_str("</doorstep-tracker><noscript>");
                self.form("", "", None);
                self.out.push_str("</noscript>");
            }
            Content::Order { html, .. } => {
                self.out.push_str("<doorstep-tracker>");
                self.out.push_str(html);
                self.out.push_str("</doorstep-tracker>");
            }
            Content::Form { number, proof, failure } => self.form(number, proof, Some(*failure)),
        }
        self.out.push_str("</main></body></html>");
    }

    fn head(&mut self, content: &Content<'_>) {
        self.out.push_str(
            "<head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
             <meta name=\"color-scheme\" content=\"light dark\"><meta name=\"robots\" content=\"noindex\"><title>",
        );
        self.text(&self.title(content));
        if !self.page.shop.is_empty() {
            self.text(" · ");
            self.text(self.page.shop);
        }
        self.out.push_str("</title><style>");
        self.out.push_str(STYLES);
        self.out.push_str("</style>");
        if matches!(content, Content::Widget) {
            self.start(
                "script",
                &[("async", ""), ("fetchpriority", "high"), ("src", &format!("{}/v1/doorstep.js", self.page.embed))],
            );
            self.out.push_str("</script>");
        }
        self.out.push_str("</head>");
    }

    /// Returns the title of the page: the error, the number of the order, or the task.
    fn title(&self, content: &Content<'_>) -> String {
        match content {
            Content::Form { failure, .. } => self.texts.message(&failure.message()),
            Content::Order { number, .. } => {
                self.texts.message(&Message::new(keys::ABOUT_ORDER).with("number", (*number).to_owned()))
            }
            Content::Widget => self.texts.key(keys::LOOKUP_TITLE),
        }
    }

    fn header(&mut self) {
        if self.page.shop.is_empty() {
            return;
        }
        self.out.push_str("<header>");
        match self.page.home {
            Some(home) => {
                self.start("a", &[("href", home)]);
                self.text(self.page.shop);
                self.out.push_str("</a>");
            }
            None => self.text(self.page.shop),
        }
        self.out.push_str("</header>");
    }

    /// Writes the form of the guest look-up, for browsers without script.
    fn form(&mut self, number: &str, proof: &str, failure: Option<LookupFailure>) {
        let action = format!("{}?lang={}", self.page.path, self.texts.tag());
        self.start("form", &[("method", "post"), ("action", &action)]);
        self.out.push_str("<h1>");
        self.key(keys::LOOKUP_TITLE);
        self.out.push_str("</h1><p class=\"intro\">");
        self.key(keys::LOOKUP_INTRO);
        self.out.push_str("</p>");
        if let Some(failure) = failure {
            self.out.push_str("<p class=\"error\" id=\"error\" role=\"alert\">");
            self.text(&self.texts.message(&failure.message()));
            self.out.push_str("</p>");
        }
        let is_wrong = |wrong: LookupFailure| failure == Some(wrong) || failure == Some(LookupFailure::NoMatch);
        self.field(&Field {
            name: "number",
            label: keys::LOOKUP_NUMBER,
            hint: None,
            value: number,
            autocomplete: "off",
            is_wrong: is_wrong(LookupFailure::NumberMissing),
        });
        self.field(&Field {
            name: "proof",
            label: keys::LOOKUP_PROOF,
            hint: Some(keys::LOOKUP_PROOF_HINT),
            value: proof,
            autocomplete: "email",
            is_wrong: is_wrong(LookupFailure::ProofMissing),
        });
        self.out.push_str("<button>");
        self.key(keys::LOOKUP_SUBMIT);
        self.out.push_str("</button></form>");
    }

    /// Writes a field with its label and its hint. A wrong field is described by the error of the form.
    fn field(&mut self, field: &Field<'_>) {
        self.out.push_str("<div>");
        self.start("label", &[("for", field.name)]);
        self.key(field.label);
        self.out.push_str("</label>");
        if let Some(hint) = field.hint {
            self.out.push_str("<p class=\"intro\" id=\"hint\">");
            self.key(hint);
            self.out.push_str("</p>");
        }
        let about = [field.hint.map(|_| "hint"), field.is_wrong.then_some("error")];
        let about = about.into_iter().flatten().collect::<Vec<_>>().join(" ");
        let mut attributes = vec![
            ("id", field.name),
            ("name", field.name),
            ("value", field.value),
            ("autocomplete", field.autocomplete),
            ("maxlength", "254"),
            ("spellcheck", "false"),
        ];
        attributes.extend((!about.is_empty()).then_some(("aria-describedby", about.as_str())));
        attributes.extend(field.is_wrong.then_some(("aria-invalid", "true")));
        self.start("input", &attributes);
        self.out.push_str("</div>");
    }

    fn start(&mut self, tag: &str, attributes: &[(&str, &str)]) {
        self.out.push('<');
        self.out.push_str(tag);
        for (name, value) in attributes {
            write_attribute(name, value, &mut self.out);
        }
        self.out.push('>');
    }

    fn key(&mut self, key: Key) {
        self.text(&self.texts.key(key));
    }

    fn text(&mut self, text: &str) {
        write_text(text, &mut self.out);
    }
}

#[cfg(test)]
#[path = "order_page_tests.rs"]
mod tests;
