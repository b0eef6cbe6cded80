//! The fields of an order body that concern mails. They are stored when the order is saved.

use doorstep_domain::order::new_order::NewOrder;

/// Fields of an order body that concern mails.
#[derive(Clone, Debug)]
pub(crate) struct ContactChange {
    /// True if mails are wanted, false if not; None to change nothing.
    pub(super) notify: Option<bool>,
    /// E-mail address.
    pub(super) email: Option<String>,
    /// BCP 47 tag of the language.
    pub(super) language: Option<String>,
}

impl ContactChange {
    /// Returns the fields of this body.
    pub(crate) fn of_new_order(new: &NewOrder) -> Self {
        Self { notify: new.notify, email: new.email.clone(), language: new.lang.clone() }
    }
}
