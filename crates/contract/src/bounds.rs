//! Limits on the contents of requests. The readers enforce them and the OpenAPI document states them.

/// Maximum characters of a shopper's text.
pub const NOTE: usize = 2_000;
/// Maximum characters of an e-mail address or a telephone number.
pub const CONTACT: usize = 254;
/// Maximum characters of a text that the retailer's staff write to a shopper.
pub const MESSAGE: usize = 4_000;
/// Maximum characters of an event's text, of its id, and of the name of its place.
pub const EVENT_TEXT: usize = 1_000;
/// Maximum offset from UTC in minutes, in either direction.
pub const OFFSET_MIN: i32 = 14 * 60;
/// Maximum characters of an order's id.
pub const IDENTITY: usize = 64;
/// Maximum characters of an idempotency key.
pub const IDEMPOTENCY_KEY: usize = 255;
/// Maximum lifetime of a token in seconds.
pub const TOKEN_LIFE_S: u32 = 366 * 86_400;
/// Maximum amount of money in the minor unit: the largest whole number that every reader of JSON reads without loss (RFC 8259, section 6).
pub const AMOUNT: i64 = 9_007_199_254_740_991;
/// Maximum number of cases in one response.
pub const CASES: u32 = 500;
/// Maximum number of orders in one response.
pub const ORDERS: u32 = 200;
/// Range of a rating.
pub const RATING: std::ops::RangeInclusive<u32> = 1..=5;
