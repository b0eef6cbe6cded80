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
    use crate::client::{Access, Response};
    use crate::screen::{Env, Model, Msg};
    use crate::testing::{noon, zone};
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

    #[test]
    fn every_learned_order_is_looked_at() {
        let env = Env { now: noon().utc(), random: 0.5, to_local: &zone };
        let mut model = Model::default();
        let access = Access { api: "/api".to_owned(), order: "ord_1".to_owned(), token: None };
        drop(model.update(Msg::Configured(access), &env));
        let asks = |model: &mut Model, version: u32, cases: Value| {
            let body = Some(json!({"id": "ord_1", "number": "1042", "version": version, "cases": cases}));
            let answer = Response { status: 200, body, ..Response::default() };
            model.update(Msg::OrderAnswered(model.generation, Ok(answer)), &env).contains(&Effect::LoadRequests)
        };
        assert!(!asks(&mut model, 1, json!([])));
        assert!(asks(&mut model, 2, json!([{"id": "c1"}])), "a change brings the first case");
        assert!(model.update(Msg::RequestsLoaded { ok: false }, &env).iter().all(|effect| *effect != Effect::LoadRequests));
        assert!(!asks(&mut model, 2, json!([{"id": "c1"}])), "nothing new was learned");
        assert!(asks(&mut model, 3, json!([{"id": "c1"}])));
    }
}
