//! When the second chunk is fetched: an order that has a case, a return or a refund needs what draws them.
//!
//! Asked for once; after a failure the next order that is learned asks again.

use super::Effect;
use super::effects::Effects;
use crate::wire::Order;

/// How far the second chunk is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Requests {
    /// Not asked for, or in vain.
    #[default]
    Absent,
    /// On its way.
    Asked,
    /// Here.
    Loaded,
}

impl Requests {
    /// An order was learned.
    pub(super) fn learned(&mut self, order: &Order, out: &mut Effects) {
        let wanted = !(order.cases.is_empty() && order.returns.is_empty() && order.refunds.is_empty());
        if wanted && *self == Self::Absent {
            *self = Self::Asked;
            out.push(Effect::LoadRequests);
        }
    }

    /// The shell tried.
    pub(super) fn answered(&mut self, ok: bool) {
        *self = if ok { Self::Loaded } else { Self::Absent };
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::wire::Lenient;

    fn order(document: Value) -> Order {
        Order::read(&document).unwrap()
    }

    fn learned(requests: &mut Requests, order: &Order) -> usize {
        let mut out = Effects::default();
        requests.learned(order, &mut out);
        out.into_vec().iter().filter(|effect| **effect == Effect::LoadRequests).count()
    }

    #[test]
    fn the_second_chunk_is_asked_for_once_and_after_a_failure_again() {
        let plain = order(json!({"id": "ord_1"}));
        let with_case = order(json!({"id": "ord_1", "cases": [{"id": "c1"}]}));
        let mut requests = Requests::default();
        assert_eq!(learned(&mut requests, &plain), 0);
        assert_eq!(learned(&mut requests, &with_case), 1);
        assert_eq!(learned(&mut requests, &with_case), 0, "it is on its way");
        requests.answered(false);
        assert_eq!(learned(&mut requests, &plain), 0);
        assert_eq!(learned(&mut requests, &with_case), 1);
        requests.answered(true);
        assert_eq!(learned(&mut requests, &with_case), 0, "it is here");
    }
}
