//! Keys of the texts that only mails have, each with its placeholders. `locales/mail/` has the texts.

/// One entry of the catalogues: its name and its placeholders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct MailKey(pub(crate) &'static str, pub(crate) &'static [&'static str]);

macro_rules! keys {
    ($($name:ident = $entry:literal ($($placeholder:literal)*);)*) => {
        $(pub(crate) const $name: MailKey = MailKey($entry, &[$($placeholder),*]);)*
        /// All keys.
        #[cfg(test)]
        pub(crate) const ALL: &[MailKey] = &[$($name),*];
    };
}

keys! {
    SUBJECT_DISPATCHED = "subject.dispatched" ("number" "count");
    SUBJECT_OUT_FOR_DELIVERY = "subject.out-for-delivery" ("number");
    SUBJECT_READY = "subject.ready" ("number");
    SUBJECT_PICKUP_REMINDER = "subject.pickup-reminder" ("number");
    SUBJECT_HEADLINE = "subject.headline" ("number" "headline");
    SUBJECT_CASE = "subject.case" ("number");
    SUBJECT_REFUND = "subject.refund" ("number");
    SUBJECT_RETURN = "subject.return" ("number");
    SUBJECT_WITHDRAWAL = "subject.withdrawal" ("number");
    WITHDRAWAL_TITLE = "withdrawal.title" ();
    WITHDRAWAL_TEXT = "withdrawal.text" ("number" "moment" "zone");
    WITHDRAWAL_NAME = "withdrawal.name" ("name");
    WITHDRAWAL_WORDS = "withdrawal.words" ("words");
    WITHDRAWAL_ITEMS = "withdrawal.items" ();
    WITHDRAWAL_KEEP = "withdrawal.keep" ();
    NEWS_CASE = "news.case" ();
    NEWS_RETURN = "news.return" ();
    NEWS_REFUND = "news.refund" ();
    LINK_OPEN = "link.open" ();
    LINK_NOTE = "link.note" ();
    FOOTER_SHOP = "footer.shop" ("shop" "number");
    FOOTER_ORDER = "footer.order" ("number");
    FOOTER_UNSUBSCRIBE = "footer.unsubscribe" ();
    FOOTER_REQUIRED = "footer.required" ();
    PAGE_TITLE = "page.title" ();
    PAGE_WANTED = "page.wanted" ();
    PAGE_END = "page.end" ();
    PAGE_ENDED = "page.ended" ();
    PAGE_AGAIN = "page.again" ();
    PAGE_UNKNOWN = "page.unknown" ();
}
