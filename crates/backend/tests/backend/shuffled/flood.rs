//! Generates webhooks about many parcels, in the intended order and in the order in which they may arrive.

use serde_json::{Value, json};

use super::dice::Dice;
use super::life::{life, tellings};
use super::webhooks::{Webhook, webhooks};
use crate::signing::{Provider, SECRET};
use crate::support::order;

/// A webhook as it is sent, with the secret that signs it.
pub(super) struct Sending {
    pub(super) webhook: Webhook,
    pub(super) secret: &'static str,
}

impl Sending {
    /// Returns the expected status code.
    pub(super) fn status(&self) -> u16 {
        if self.secret == SECRET { 200 } else { 401 }
    }
}

pub(super) struct Flood {
    /// Bodies of the orders.
    pub(super) orders: Vec<Value>,
    webhooks: Vec<Webhook>,
}

impl Flood {
    /// Creates at least `least` webhooks, about orders of two parcels each. Two providers report half of the parcels.
    pub(super) fn of(dice: &mut Dice, least: usize) -> Self {
        let (mut orders, mut all) = (Vec::new(), Vec::new());
        for number in 0.. {
            if all.len() >= least {
                break;
            }
            let parcels = [format!("1ZFLOOD{number}A"), format!("1ZFLOOD{number}B")];
            orders.push(order_of(number, &parcels));
            for (index, parcel) in parcels.iter().enumerate() {
                let scans = life(dice);
                let first = Provider::ALL[(number * 2 + index) % Provider::ALL.len()];
                let second = Some(dice.pick(&Provider::ALL)).filter(|_| dice.one_in(2));
                for provider in [Some(first), second].into_iter().flatten() {
                    let told = tellings(&scans, parcel, dice);
                    all.extend(told.iter().flat_map(|told| webhooks(provider, told)));
                }
            }
        }
        Self { orders, webhooks: all }
    }

    pub(super) fn ids(&self) -> impl Iterator<Item = &str> {
        self.orders.iter().filter_map(|order| order["id"].as_str())
    }

    pub(super) fn len(&self) -> usize {
        self.webhooks.len()
    }

    /// Returns each webhook once, in order.
    pub(super) fn in_order(&self) -> Vec<Sending> {
        self.webhooks.iter().map(|webhook| Sending { webhook: webhook.clone(), secret: SECRET }).collect()
    }

    /// Returns each webhook one to three times, in random order, with forgeries in between.
    pub(super) fn shuffled(&self, dice: &mut Dice) -> Vec<Sending> {
        let mut all = Vec::new();
        for webhook in &self.webhooks {
            let times = 1 + dice.below(3);
            all.extend((0..times).map(|_| Sending { webhook: webhook.clone(), secret: SECRET }));
            if dice.one_in(20) {
                all.push(Sending { webhook: webhook.forged(), secret: "back-door" });
            }
        }
        dice.shuffle(&mut all);
        all
    }
}

fn order_of(number: usize, parcels: &[String]) -> Value {
    let mut body = order(&format!("10{number}"));
    body["id"] = json!(format!("flood-{number}"));
    body["lines"][0]["quantity"] = json!(parcels.len());
    let shipment = body["shipments"][0].clone();
    let shipments = parcels.iter().enumerate().map(|(index, parcel)| {
        let mut shipment = shipment.clone();
        shipment["id"] = json!(format!("s{index}"));
        shipment["tracking_number"] = json!(parcel);
        shipment
    });
    body["shipments"] = shipments.collect();
    body
}
