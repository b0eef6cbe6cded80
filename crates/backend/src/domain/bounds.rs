//! The limits of what requests may hold, in one place: the readers refuse by them, and the OpenAPI document states them.

/// Characters of what a shopper writes.
pub(crate) const NOTE: usize = 2_000;
/// Characters of an e-mail address or a telephone number.
pub(crate) const CONTACT: usize = 254;
/// Characters of what the retailer's people write to a shopper.
pub(crate) const MESSAGE: usize = 4_000;
/// Characters of an event's words, its identity, and the name of its place.
pub(crate) const EVENT_TEXT: usize = 1_000;
/// Minutes that an offset from UTC has at most, either way.
pub(crate) const OFFSET_MIN: i32 = 14 * 60;
/// Characters of an order's identity.
pub(crate) const IDENTITY: usize = 64;
/// Characters of an idempotency key.
pub(crate) const IDEMPOTENCY_KEY: usize = 255;
/// Seconds that a token lives at most.
pub(crate) const TOKEN_LIFE_S: u32 = 366 * 86_400;
/// Cases of one answer.
pub(crate) const CASES: u32 = 500;
/// Maximum number of orders in one answer.
pub(crate) const ORDERS: u32 = 200;
/// What a rating can be.
pub(crate) const RATING: std::ops::RangeInclusive<u32> = 1..=5;
