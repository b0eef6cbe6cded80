//! Waiting times: after a failure, between polls, and for `Retry-After`.

use chrono::{DateTime, Utc};

/// Longest wait in milliseconds that a backend can request.
pub const MAX_RETRY_AFTER_MS: u64 = 600_000;
const FIRST_MS: u64 = 500;
const LONGEST_MS: u64 = 30_000;

/// Returns the wait in milliseconds before the next attempt after `failures` failures. The full wait grows exponentially from
/// half a second to half a minute; `random` in 0..1 selects between a quarter of it and all of it. Jitter spreads the attempts of
/// many widgets, and the minimum prevents rapid retries.
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

/// Returns the wait in milliseconds between two polls: the interval that the backend requests, 60 seconds by default, limited to
/// 10 to 600 seconds. `random` in 0..1 varies it by up to a tenth.
pub fn poll_ms(poll_after_s: Option<u32>, random: f64) -> u64 {
    let seconds = u64::from(poll_after_s.unwrap_or(60).clamp(10, 600));
    share(seconds * 1_000, 0.9 + 0.2 * random)
}

/// Value of a `Retry-After` header (RFC 9110, section 10.2.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetryAfter {
    /// A number of seconds.
    Seconds(u64),
    /// A point in time.
    At(DateTime<Utc>),
}

impl RetryAfter {
    /// Reads the header, or returns None if it is neither a number nor a date. The caller provides `date`, because a browser can
    /// already parse dates.
    pub fn read(text: &str, date: impl Fn(&str) -> Option<DateTime<Utc>>) -> Option<Self> {
        let text = text.trim();
        match text.bytes().all(|byte| byte.is_ascii_digit()) && !text.is_empty() {
            true => Some(Self::Seconds(text.parse().unwrap_or(u64::MAX))),
            false => date(text).map(Self::At),
        }
    }

    /// Returns the wait in milliseconds, at most `MAX_RETRY_AFTER_MS`, and 0 for a past time.
    pub fn ms(self, now: DateTime<Utc>) -> u64 {
        match self {
            Self::Seconds(seconds) => seconds.saturating_mul(1_000),
            Self::At(at) => u64::try_from((at - now).num_milliseconds()).unwrap_or_default(),
        }
        .min(MAX_RETRY_AFTER_MS)
    }
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
        let read = |text| RetryAfter::read(text, |text| doorstep_contract::Timestamp::parse(text).map(|at| at.utc()));
        let wait = |text| read(text).map(|wait| wait.ms(now));
        assert_eq!(wait("86400"), Some(MAX_RETRY_AFTER_MS));
        assert_eq!(wait("99999999999999999999999"), Some(MAX_RETRY_AFTER_MS));
        assert_eq!(wait("2026-11-19T12:00:00Z"), Some(0));
        assert_eq!(wait("-5"), None);
        assert_eq!(wait(""), None);
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
