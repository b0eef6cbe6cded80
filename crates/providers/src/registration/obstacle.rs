//! Reasons for which a number is not registered, each with its stable code, its consequence and advice for the retailer's staff.

/// Reason for which a provider did not register a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// The provider cannot tell the carrier of the number.
    UnknownCarrier,
    /// The carrier is not connected to the account at the provider.
    CarrierNotConnected,
    /// The number is not one of the carrier's numbers.
    InvalidNumber,
    /// The provider refuses the request for another reason.
    RequestRefused,
    /// The provider refuses the key.
    KeyRefused,
    /// The account has no registrations left.
    PlanLimit,
    /// The provider asks for fewer requests.
    RateLimited,
    /// There is no such API at the configured address.
    WrongAddress,
    /// The provider is no longer configured.
    NotConfigured,
    /// The provider does not answer, or not in its documented format.
    Unavailable,
}

/// Consequence of an obstacle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Consequence {
    /// The number is refused. A repetition of the request would be refused as well.
    Refused,
    /// The provider takes no number at present. The value is the wait in seconds, unless the provider asks for another one.
    Paused(i64),
    /// The request is repeated by the schedule of the outbox.
    Repeated,
}

impl Obstacle {
    /// All obstacles.
    pub const ALL: [Self; 10] = [
        Self::UnknownCarrier,
        Self::CarrierNotConnected,
        Self::InvalidNumber,
        Self::RequestRefused,
        Self::KeyRefused,
        Self::PlanLimit,
        Self::RateLimited,
        Self::WrongAddress,
        Self::NotConfigured,
        Self::Unavailable,
    ];

    /// Returns the code of the obstacle as it is stored, transmitted and counted.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::UnknownCarrier => "unknown-carrier",
            Self::CarrierNotConnected => "carrier-not-connected",
            Self::InvalidNumber => "invalid-number",
            Self::RequestRefused => "request-refused",
            Self::KeyRefused => "key-refused",
            Self::PlanLimit => "plan-limit",
            Self::RateLimited => "rate-limited",
            Self::WrongAddress => "wrong-address",
            Self::NotConfigured => "not-configured",
            Self::Unavailable => "unavailable",
        }
    }

    /// Returns the obstacle with this code, or None if no obstacle has this code.
    pub fn named(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|obstacle| obstacle.as_str() == code)
    }

    /// Returns the consequence for the number and for its provider.
    pub fn consequence(self) -> Consequence {
        match self {
            Self::UnknownCarrier | Self::CarrierNotConnected | Self::InvalidNumber | Self::RequestRefused => Consequence::Refused,
            Self::KeyRefused | Self::WrongAddress => Consequence::Paused(15 * 60),
            Self::PlanLimit | Self::NotConfigured => Consequence::Paused(3_600),
            Self::RateLimited => Consequence::Paused(60),
            Self::Unavailable => Consequence::Repeated,
        }
    }

    /// Returns advice for the retailer's staff.
    pub fn what_to_do(self) -> &'static str {
        match self {
            Self::UnknownCarrier => {
                "Correct the carrier in the order, which registers the number again. If the carrier is right, set the \
                 provider's code for it with --register-carrier, restart, and send this message again."
            }
            Self::CarrierNotConnected => "Connect the carrier to your account at the provider, then send this message again.",
            Self::InvalidNumber => {
                "Compare the number with the label. A corrected number in the order is registered by itself. If the number is \
                 right, the carrier of the order is wrong."
            }
            Self::RequestRefused => {
                "Read the answer of the provider in last_error. Send this message again when its cause is removed."
            }
            Self::KeyRefused => {
                "Set a valid API key of this provider and restart. The waiting numbers are sent within a quarter of an hour."
            }
            Self::PlanLimit => {
                "Raise the limit of your plan at the provider. The waiting numbers are sent within an hour of that."
            }
            Self::RateLimited => "Nothing: the waiting numbers are sent when the provider allows it.",
            Self::WrongAddress => {
                "Correct the address of the provider's API and restart. The waiting numbers are sent within a quarter of an hour."
            }
            Self::NotConfigured => {
                "Configure this provider again, with its API key. The waiting numbers are sent within an hour of that."
            }
            Self::Unavailable => {
                "Nothing while the message waits: it is sent again. If it is dead, send it again when the provider works."
            }
        }
    }
}
