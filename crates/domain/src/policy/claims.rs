//! Section `claims` of the policy: periods in which carriers accept claims. Helpdesk tickets state the deadline.

use std::collections::BTreeMap;

use serde::Deserialize;

/// Section `claims` of the policy.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claims {
    /// Days after the handover of the parcel in which a carrier accepts a claim; 0 for no claims.
    pub days: u32,
    /// Days for single carriers, by their code in the orders.
    pub days_of: BTreeMap<String, u32>,
}
