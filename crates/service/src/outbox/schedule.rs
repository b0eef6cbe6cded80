//! Schedule of further attempts for a message that was not accepted. Pure, except for a random jitter that keeps many senders
//! from trying at the same time.

use super::transport::Failure;
use crate::store::{Attempt, Message};

/// Wait before each further attempt, in seconds.
const WAITS_S: [i64; 8] = [10, 30, 120, 600, 3_600, 3 * 3_600, 6 * 3_600, 12 * 3_600];
/// Maximum wait in seconds that a receiver may ask for.
const LONGEST_S: i64 = 86_400;

/// Returns the outcome of a failed attempt: a further attempt, or a dead letter if the failure is permanent or no attempt is
/// left. `now` is in seconds.
pub(crate) fn next_attempt(message: &Message, failure: &Failure, now: i64) -> Attempt {
    let why = failure.stored_text();
    if let Failure::Paused { wait_s, .. } = failure {
        return Attempt::Paused(now.saturating_add((*wait_s).clamp(1, LONGEST_S)), why);
    }
    let (Failure::Retryable { retry_after_s, .. }, Some(wait)) =
        (failure, usize::try_from(message.attempts).ok().and_then(|attempts| WAITS_S.get(attempts)))
    else {
        return Attempt::Dead(why);
    };
    let wait = (wait + jitter(*wait)).max(retry_after_s.unwrap_or_default()).min(LONGEST_S);
    Attempt::Again(now.saturating_add(wait), why)
}

/// Returns a random deviation of up to a fifth of the wait in either direction, in seconds.
fn jitter(wait: i64) -> i64 {
    let mut random = [0; 2];
    // Without randomness, the deviation is constant. Several senders may then try at the same time.
    let _ = getrandom::fill(&mut random);
    let spread = (wait / 5).max(1);
    i64::from(u16::from_be_bytes(random)) * (2 * spread + 1) / 65_536 - spread
}

#[cfg(test)]
mod tests {
    use super::*;
    use doorstep_contract::OrderId;

    use crate::store::{Channel, MessageState};

    fn message(attempts: u32) -> Message {
        let text = String::new;
        Message {
            id: text(),
            channel: Channel::Helpdesk,
            order_id: OrderId::default(),
            case_id: None,
            event: text(),
            payload: text(),
            state: MessageState::Waiting,
            attempts,
            next_at: 0,
            last_error: None,
            reason: None,
            made_at: 0,
        }
    }

    fn later(retry_after_s: Option<i64>) -> Failure {
        Failure::Retryable { reason: "503".to_owned().into(), retry_after_s }
    }

    #[test]
    fn each_wait_is_longer_and_about_what_is_documented() {
        for (attempts, wait) in (0..).zip(WAITS_S) {
            for _ in 0..50 {
                let Attempt::Again(at, _) = next_attempt(&message(attempts), &later(None), 1_000) else { panic!("{attempts}") };
                assert!((at - 1_000 - wait).abs() <= (wait / 5).max(1), "{attempts}: {at}");
            }
        }
        assert_eq!(next_attempt(&message(8), &later(None), 0), Attempt::Dead("503".to_owned()));
    }

    #[test]
    fn a_receiver_can_ask_for_more_time_but_not_for_ever() {
        let Attempt::Again(at, _) = next_attempt(&message(0), &later(Some(500)), 0) else { panic!() };
        assert_eq!(at, 500);
        let Attempt::Again(at, _) = next_attempt(&message(0), &later(Some(i64::MAX)), 0) else { panic!() };
        assert_eq!(at, 86_400);
    }

    #[test]
    fn a_receiver_that_takes_nothing_at_present_makes_no_dead_letter() {
        for (wait_s, at) in [(900, 1_900), (0, 1_001), (i64::MIN, 1_001), (i64::MAX, 87_400)] {
            let paused = Failure::Paused { reason: "key refused".to_owned().into(), wait_s };
            assert_eq!(next_attempt(&message(80), &paused, 1_000), Attempt::Paused(at, "key refused".to_owned()));
        }
    }

    #[test]
    fn what_will_never_be_taken_is_put_aside_at_once() {
        assert_eq!(next_attempt(&message(0), &Failure::Permanent("401".to_owned().into()), 0), Attempt::Dead("401".to_owned()));
    }
}
