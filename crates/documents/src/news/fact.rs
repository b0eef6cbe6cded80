//! A fact of an order that can be news, and its kind.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// Maximum age of news. Tracking providers report some events after a weekend. What is older, such as the delivery of an order that is
/// imported, the shopper knows already.
const MAX_AGE: TimeDelta = TimeDelta::days(3);
/// Maximum age of the news that a parcel is out for delivery. On the next day it is wrong.
const MAX_AGE_OUT_FOR_DELIVERY: TimeDelta = TimeDelta::hours(16);

/// Kind of news. The names are stored with waiting messages and are values of a flag, so they must not change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
#[clap(rename_all = "snake_case")]
pub enum NewsKind {
    /// The shop has received a withdrawal. The law requires this acknowledgement, so it cannot be left out.
    Withdrawal,
    /// Something is wrong with a parcel.
    Problem,
    /// A parcel can be collected.
    ReadyForPickup,
    /// Tomorrow is the last day on which a parcel can be collected.
    PickupReminder,
    /// A parcel was delivered.
    Delivered,
    /// A parcel is out for delivery.
    OutForDelivery,
    /// The carrier has a parcel.
    Dispatched,
    /// The shop has answered or closed a case.
    Case,
    /// A refund has a new state.
    Refund,
    /// A return has a new state.
    Return,
}

impl NewsKind {
    /// All kinds, the most important first. A mail about several has the subject of the first.
    pub const ALL: [Self; 10] = [
        Self::Withdrawal,
        Self::Problem,
        Self::ReadyForPickup,
        Self::PickupReminder,
        Self::Delivered,
        Self::OutForDelivery,
        Self::Dispatched,
        Self::Case,
        Self::Refund,
        Self::Return,
    ];

    /// Returns the name of the kind as it is stored and configured.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Withdrawal => "withdrawal",
            Self::Problem => "problem",
            Self::ReadyForPickup => "ready_for_pickup",
            Self::PickupReminder => "pickup_reminder",
            Self::Delivered => "delivered",
            Self::OutForDelivery => "out_for_delivery",
            Self::Dispatched => "dispatched",
            Self::Case => "case",
            Self::Refund => "refund",
            Self::Return => "return",
        }
    }

    /// Returns true if the law requires the mail. It is sent at once, also at night, and to shoppers who have unsubscribed.
    pub fn is_required(self) -> bool {
        self == Self::Withdrawal
    }

    /// Returns how far a parcel is if this is the news about it, or None if the news is not about a parcel. News with a lower step is
    /// out of date once there is news with a higher one.
    pub(super) fn parcel_step(self) -> Option<u8> {
        match self {
            Self::Dispatched => Some(0),
            Self::OutForDelivery => Some(1),
            Self::Problem | Self::ReadyForPickup | Self::PickupReminder => Some(2),
            Self::Delivered => Some(3),
            Self::Withdrawal | Self::Case | Self::Refund | Self::Return => None,
        }
    }
}

/// A fact of an order that can be news.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct News {
    /// Kind of the fact.
    pub kind: NewsKind,
    /// Id of the shipment, case, return or refund.
    pub of: String,
    /// Value that makes a further fact of the same kind another one, such as a condition or a date; empty if there is only one.
    pub detail: String,
    /// Time of the fact, or None if it is not known.
    #[serde(skip)]
    pub at: Option<DateTime<Utc>>,
}

impl News {
    /// Creates a fact.
    pub(super) fn new(kind: NewsKind, of: &str, detail: impl Into<String>, at: Option<DateTime<Utc>>) -> Self {
        Self { kind, of: of.to_owned(), detail: detail.into(), at }
    }

    /// Returns the name of the fact within its order.
    pub fn key(&self) -> String {
        format!("{}:{}:{}", self.kind.as_str(), self.of, self.detail)
    }

    /// Returns true if the fact is not too old to be news.
    pub(super) fn is_recent(&self, now: DateTime<Utc>) -> bool {
        let most = if self.kind == NewsKind::OutForDelivery { MAX_AGE_OUT_FOR_DELIVERY } else { MAX_AGE };
        self.at.is_none_or(|at| now - at <= most)
    }
}
