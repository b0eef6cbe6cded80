//! Limits of failed look-ups. Each look-up is charged before anything is compared, so that simultaneous attempts cannot bypass
//! the limit. Unless the look-up fails by a wrong number or proof, it gets the charge back.
//!
//! An attacker who tries values is limited by network, with one budget for all order numbers and a smaller one for each number.
//! An IPv6 visitor is charged to three budgets: of the /64 (one subscriber), of the /56 (twice as large) and of the /48 (four
//! times as large). Attackers in many networks share the budget of the order number. This budget counts only look-ups by
//! postcode, because there are few enough postcodes to try out. When it is spent, no postcode opens the order for a while, but
//! the e-mail address still does. So nobody can lock out a shopper who knows the e-mail address. For the same reason the total
//! budget is separate for postcodes and e-mail addresses.

use std::time::Instant;

use doorstep_service::Proof;
use sha2::{Digest as _, Sha256};

use super::budget::Budget;
use super::network::Network;
use super::rate::Rate;

type Number = [u8; 32];

/// Budgets of failed look-ups.
pub struct LookupLimits {
    number: Budget<Number>,
    number_in_network: Budget<(Number, Network)>,
    /// Budgets of the visitor's own network and of the two wider networks around it.
    networks: [Budget<Network>; 3],
    total: Budget<Proof>,
}

/// One look-up that is charged.
#[must_use = "a look-up that succeeds has to give back what it took"]
pub struct Attempt<'a> {
    limits: &'a LookupLimits,
    number: Number,
    visitor: Network,
    proof: Proof,
    /// Number of budgets that were charged, in the order in which `take` charges them.
    taken: usize,
}

impl LookupLimits {
    /// Creates the budgets by order number, by network and in total. For one number, a single network gets half the budget of all
    /// networks together.
    pub fn new(number: Rate, network: Rate, total: Rate) -> Self {
        let half = number.burst.get().div_ceil(2);
        let half = Rate { burst: half.try_into().unwrap_or(number.burst), ..number };
        Self {
            number: Budget::new(number, 1),
            number_in_network: Budget::new(half, 1),
            networks: [Budget::new(network, 1), Budget::new(network, 2), Budget::new(network, 4)],
            total: Budget::new(total, 1),
        }
    }

    /// Charges a look-up; if a budget is spent, charges nothing and returns the seconds to wait as an error.
    ///
    /// The networks are charged first, so that one visitor cannot use up the shared budgets.
    pub fn attempt(&self, number_key: &str, visitor: Network, proof: Proof) -> Result<Attempt<'_>, u64> {
        let mut attempt = Attempt { limits: self, number: Sha256::digest(number_key).into(), visitor, proof, taken: 0 };
        for step in 0..STEPS {
            match attempt.take(step, Instant::now()) {
                Ok(()) => attempt.taken = step + 1,
                Err(wait) => {
                    attempt.give_back();
                    return Err(wait);
                }
            }
        }
        Ok(attempt)
    }
}

/// Number of budgets: three networks, the number in the network, the number, the total.
const STEPS: usize = 6;

impl Attempt<'_> {
    /// Gives the charge back, after a look-up that succeeded or that failed for a reason other than a wrong proof.
    pub fn give_back(self) {
        let limits = self.limits;
        for step in 0..self.taken {
            match step {
                0..=2 => {
                    if let (Some(budget), Some(network)) = (limits.networks.get(step), self.visitor.enclosing(step)) {
                        budget.give_back(&network);
                    }
                }
                3 => limits.number_in_network.give_back(&(self.number, self.visitor)),
                4 if self.proof == Proof::Postcode => limits.number.give_back(&self.number),
                4 => {}
                _ => limits.total.give_back(&self.proof),
            }
        }
    }

    fn take(&self, step: usize, now: Instant) -> Result<(), u64> {
        let limits = self.limits;
        match step {
            0..=2 => match (limits.networks.get(step), self.visitor.enclosing(step)) {
                (Some(budget), Some(network)) => budget.take(&network, now),
                _ => Ok(()),
            },
            3 => limits.number_in_network.take(&(self.number, self.visitor), now),
            4 if self.proof == Proof::Postcode => limits.number.take(&self.number, now),
            4 => Ok(()),
            _ => limits.total.take(&self.proof, now),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits(number: &str, network: &str, total: &str) -> LookupLimits {
        let rate = |text: &str| text.parse::<Rate>().unwrap();
        LookupLimits::new(rate(number), rate(network), rate(total))
    }

    fn v4(last: u8) -> Network {
        Network::visitor([192, 0, 2, last].into())
    }

    fn v6(text: &str) -> Network {
        Network::visitor(text.parse().unwrap())
    }

    fn fails(limits: &LookupLimits, number: &str, visitor: Network, proof: Proof) -> bool {
        limits.attempt(number, visitor, proof).is_ok()
    }

    #[test]
    fn each_limit_stops_on_its_own() {
        let number = limits("4/1h", "99/1h", "99/1h");
        assert!([1, 1, 2, 2].into_iter().all(|last| fails(&number, "a", v4(last), Proof::Postcode)));
        assert!(number.attempt("a", v4(3), Proof::Postcode).is_err_and(|wait| (1..=901).contains(&wait)));
        assert!(fails(&number, "b", v4(3), Proof::Postcode));
        let in_network = limits("4/1h", "99/1h", "99/1h");
        assert!([1, 1].into_iter().all(|last| fails(&in_network, "a", v4(last), Proof::Email)));
        assert!(!fails(&in_network, "a", v4(1), Proof::Email) && fails(&in_network, "b", v4(1), Proof::Email));
        let network = limits("99/1h", "1/1h", "99/1h");
        assert!(fails(&network, "a", v4(1), Proof::Postcode) && !fails(&network, "b", v4(1), Proof::Postcode));
        let total = limits("99/1h", "99/1h", "1/1h");
        assert!(fails(&total, "a", v4(1), Proof::Postcode) && !fails(&total, "b", v4(2), Proof::Postcode));
        assert!(fails(&total, "a", v4(3), Proof::Email), "the other proof has a budget of its own");
    }

    #[test]
    fn whoever_guesses_postcodes_the_email_address_still_opens_the_order() {
        let limits = limits("10/1h", "99/1h", "9999/1h");
        let stopped = (0..200).filter(|guesser| !fails(&limits, "a", v4(*guesser), Proof::Postcode)).count();
        assert_eq!(stopped, 190);
        assert!(fails(&limits, "a", v4(250), Proof::Email));
    }

    #[test]
    fn a_look_up_that_succeeds_costs_nothing_and_one_that_is_refused_neither() {
        let limits = limits("2/1h", "2/1h", "2/1h");
        for _ in 0..50 {
            limits.attempt("a", v4(1), Proof::Postcode).ok().unwrap().give_back();
        }
        assert!(fails(&limits, "a", v4(1), Proof::Postcode));
        // The budget of this number in this network is spent. The units of the budgets that were charged before it have been
        // given back.
        for _ in 0..50 {
            assert!(!fails(&limits, "a", v4(1), Proof::Postcode));
        }
        assert!(fails(&limits, "b", v4(1), Proof::Postcode));
    }

    #[test]
    fn an_ipv6_site_is_stopped_however_many_networks_it_has() {
        let limits = limits("9999/1h", "5/1h", "9999/1h");
        let many = |of: fn(u32) -> String| {
            (0..300).filter(|guess| fails(&limits, &guess.to_string(), v6(&of(*guess)), Proof::Postcode)).count()
        };
        assert_eq!(many(|guess| format!("2001:db8:1:1::{guess:x}")), 5, "one subscriber");
        assert_eq!(many(|guess| format!("2001:db8:2:{:x}::1", guess % 256)), 10, "a /56");
        assert_eq!(many(|guess| format!("2001:db8:3:{:x}::1", guess * 0x80)), 20, "a /48");
        assert!(fails(&limits, "x", v6("2001:db8:4::1"), Proof::Postcode));
    }
}
