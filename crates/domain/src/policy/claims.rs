//! Section `claims` of the policy: periods in which carriers accept claims. Helpdesk tickets state the deadline.

use std::collections::BTreeMap;

use serde::Deserialize;

/// Section `claims` of the policy.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claims {
    /// Days after the handover of the parcel to the carrier in which the carrier accepts a claim; 0 if it accepts none.
    pub days: u32,
    /// Days for particular carriers, by the carrier code that the orders use.
    pub days_of: BTreeMap<String, u32>,
}
