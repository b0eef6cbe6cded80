//! How long to wait: after a failure, between polls, and when the backend says so.

use chrono::{DateTime, Utc};

use super::http_date::http_date;

/// No wait that a backend asks for is longer than this (milliseconds).
pub const MAX_RETRY_AFTER_MS: u64 = 600_000;
const FIRST_MS: u64 = 500;
const LONGEST_MS: u64 = 30_000;

/// The wait before the next attempt after `failures` of them: exponential from half a second to half a minute, with full jitter from a
/// random number in 0..1, and never less than a quarter of it, so that a crowd spreads out and nobody hammers.
///
/// ```
/// use doorstep_core::client::backoff_ms;
/// assert_eq!(backoff_ms(1, 1.0), 500);
/// assert_eq!(backoff_ms(4, 1.0), 4_000);
/// assert_eq!(backoff_ms(99, 0.0), 7_500);
/// ```
pub fn backoff_ms(failures: u32, random: f64) -> u64 {
    let ceiling = FIRST_MS.saturating_mul(1 << failures.saturating_sub(1).min(10)).min(LONGEST_MS);
    share(ceiling, 0.25 + 0.75 * random)
}

/// The wait between two polls: what the backend asks for, within reason, a tenth more or less.
pub fn poll_ms(poll_after_s: Option<u32>, random: f64) -> u64 {
    let seconds = u64::from(poll_after_s.unwrap_or(60).clamp(10, 600));
    share(seconds * 1_000, 0.9 + 0.2 * random)
}

/// `Retry-After` in milliseconds, as seconds or as a date (RFC 9110, section 10.2.3).
pub fn retry_after_ms(text: &str, now: DateTime<Utc>) -> Option<u64> {
    let text = text.trim();
    let wait = match text.bytes().all(|byte| byte.is_ascii_digit()) && !text.is_empty() {
        true => text.parse::<u64>().unwrap_or(u64::MAX).saturating_mul(1_000),
        false => u64::try_from((http_date(text)? - now).num_milliseconds()).unwrap_or_default(),
    };
    Some(wait.min(MAX_RETRY_AFTER_MS))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "milliseconds below an hour, a factor between 0 and 2"
)]
fn share(ms: u64, factor: f64) -> u64 {
    (ms as f64 * factor.clamp(0.0, 2.0)) as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_wait_is_clamped_to_ten_minutes_and_a_past_date_is_no_wait() {
        let now = crate::testing::noon().utc();
        assert_eq!(retry_after_ms("86400", now), Some(MAX_RETRY_AFTER_MS));
        assert_eq!(retry_after_ms("99999999999999999999999", now), Some(MAX_RETRY_AFTER_MS));
        assert_eq!(retry_after_ms("Thu, 19 Nov 2026 12:00:00 GMT", now), Some(0));
        assert_eq!(retry_after_ms("-5", now), None);
        assert_eq!(retry_after_ms("", now), None);
    }

    #[test]
    fn a_backend_cannot_make_the_widget_poll_too_fast_or_never() {
        assert_eq!(poll_ms(Some(0), 0.5), 10_000);
        assert_eq!(poll_ms(Some(u32::MAX), 0.5), 600_000);
        assert_eq!(poll_ms(None, 0.5), 60_000);
    }

    proptest! {
        #[test]
        fn a_backoff_stays_between_an_eighth_and_half_a_minute(failures in any::<u32>(), random in 0.0f64..1.0) {
            let wait = backoff_ms(failures, random);
            prop_assert!((125..=30_000).contains(&wait));
        }
    }
}
