//! Rates and durations as written in the configuration.

use std::num::NonZeroU32;
use std::time::Duration;

/// A rate: a number of uses in a time, written `10/1h`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// Number of uses at once, when fully restored.
    pub burst: NonZeroU32,
    /// Time in which the complete burst is restored.
    pub per: Duration,
}

impl std::str::FromStr for Rate {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (burst, per) = text.split_once('/').ok_or("write a rate like 10/1h")?;
        let burst = burst.parse().map_err(|_| "write a rate like 10/1h".to_owned())?;
        Ok(Self { burst, per: duration(per)? })
    }
}

/// Reads a duration such as `500ms`, `15s`, `30m`, `1h` or `30d`.
pub(crate) fn duration(text: &str) -> Result<Duration, String> {
    let (number, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()));
    let milliseconds: u64 = match unit {
        "ms" => 1,
        "s" => 1_000,
        "m" => 60_000,
        "h" => 3_600_000,
        "d" => 86_400_000,
        _ => return Err("write a time like 15s, 30m, 1h or 30d".to_owned()),
    };
    let number: u64 = number.parse().map_err(|_| "write a time like 15s, 30m, 1h or 30d".to_owned())?;
    let time = number.checked_mul(milliseconds).filter(|time| *time > 0).ok_or("the time must be above zero")?;
    Ok(Duration::from_millis(time))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_a_unit() {
        assert_eq!(duration("15s"), Ok(Duration::from_secs(15)));
        assert_eq!(duration("30d"), Ok(Duration::from_secs(30 * 86_400)));
        for wrong in ["", "15", "s", "-1s", "1.5h", "0s", "99999999999999999d"] {
            assert!(duration(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_rate_is_a_number_and_a_time() {
        for wrong in ["", "10", "0/1h", "10/", "10/1", "-1/1h", "10/0s"] {
            assert!(wrong.parse::<Rate>().is_err(), "{wrong}");
        }
    }
}
