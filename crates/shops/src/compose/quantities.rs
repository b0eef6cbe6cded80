//! Counts the pieces of each line that were bought, sent, cancelled, and are left to be sent.
//!
//! A refund says whether its goods were never sent (cancelled) or came back (returned). If it says neither, its pieces count against
//! the sent ones first, because a shop that refunds without a word about stock has usually sent the goods. Where Shopify states what
//! it still has to send (`fulfillable_quantity`) and nothing is newer than the order, that number is the limit.

use std::collections::BTreeMap;

use super::known::Known;
use crate::shop_order::{OrderState, Restock, ShopLine};

/// Pieces of one line.
#[derive(Clone, Debug, Default)]
struct Pieces {
    bought: u32,
    digital: bool,
    sent: u32,
    /// Pieces that were taken out of the order without a refund, by an edit of the order.
    removed: u32,
    cancelled: u32,
    returned: u32,
    refunded_otherwise: u32,
    fulfillable: Option<u32>,
}

impl Pieces {
    /// Returns the refunded pieces that cannot have been sent.
    fn refunded_unsent(&self) -> u32 {
        self.refunded_otherwise.saturating_sub(self.sent.saturating_sub(self.returned))
    }

    /// Returns the pieces that are left to be sent.
    fn left(&self) -> u32 {
        let gone = self.sent.saturating_add(self.removed).saturating_add(self.cancelled).saturating_add(self.refunded_unsent());
        let left = self.bought.saturating_sub(gone);
        if self.digital { 0 } else { left.min(self.fulfillable.unwrap_or(left)) }
    }

    /// Returns the quantity to show: what was bought, without pieces that an edit removed. What was sent is always shown.
    fn shown(&self) -> u32 {
        self.bought.saturating_sub(self.removed).max(self.sent)
    }
}

/// Pieces of all lines, by the platform's id of the line.
pub(super) struct Quantities {
    lines: BTreeMap<String, Pieces>,
    /// Ids in the order of the lines.
    order: Vec<String>,
}

impl Quantities {
    /// Reads lines and refunds. Nothing is sent yet.
    pub(super) fn of(known: &Known<'_>) -> Self {
        let mut all = Self { lines: BTreeMap::new(), order: Vec::new() };
        for line in &known.order.lines {
            if !all.lines.contains_key(&line.id) {
                all.order.push(line.id.clone());
                all.lines.insert(line.id.clone(), pieces(line, known));
            }
        }
        all
    }

    /// Takes pieces of a line for a shipment, at most those that were bought and not sent yet. Returns the number taken, and None if
    /// there is no such line.
    pub(super) fn send(&mut self, line_id: &str, quantity: u32) -> Option<u32> {
        let pieces = self.lines.get_mut(line_id)?;
        let taken = quantity.min(pieces.bought.saturating_sub(pieces.sent));
        pieces.sent += taken;
        Some(taken)
    }

    /// Takes everything that is left to be sent. Returns the lines with their quantities.
    pub(super) fn send_rest(&mut self) -> Vec<(String, u32)> {
        let rest = self.rest();
        for (line_id, quantity) in &rest {
            self.send(line_id, *quantity);
        }
        rest
    }

    /// Returns true if pieces of a line are not sent in a parcel.
    pub(super) fn is_digital(&self, line_id: &str) -> bool {
        self.lines.get(line_id).is_some_and(|pieces| pieces.digital)
    }

    /// Returns the quantity of a line to show. A line that was removed from the order has none.
    pub(super) fn shown(&self, line_id: &str) -> u32 {
        self.lines.get(line_id).map_or(0, Pieces::shown)
    }

    /// Returns the lines that are left to be sent, with their quantities. Nothing is left of a cancelled or completed order.
    pub(super) fn unshipped(&self, known: &Known<'_>) -> Vec<(String, u32)> {
        if known.is_ended() || known.order.state == OrderState::Sent { Vec::new() } else { self.rest() }
    }

    fn rest(&self) -> Vec<(String, u32)> {
        let left = |id: &String| Some((id.clone(), self.lines.get(id)?.left())).filter(|(_, quantity)| *quantity > 0);
        self.order.iter().filter_map(left).collect()
    }
}

fn pieces(line: &ShopLine, known: &Known<'_>) -> Pieces {
    let mut pieces =
        Pieces { bought: line.quantity, digital: line.state.digital, cancelled: line.state.cancelled, ..Pieces::default() };
    for part in known.refunds.iter().flat_map(|refund| &refund.parts).filter(|part| part.line_id == line.id) {
        let counter = match part.restock {
            Restock::Cancelled => &mut pieces.cancelled,
            Restock::Returned => &mut pieces.returned,
            Restock::Unstated => &mut pieces.refunded_otherwise,
        };
        *counter = counter.saturating_add(part.quantity);
    }
    let refunded = pieces.cancelled.saturating_add(pieces.returned).saturating_add(pieces.refunded_otherwise);
    let gone = line.state.current.map_or(0, |current| line.quantity.saturating_sub(current));
    pieces.removed = gone.saturating_sub(refunded);
    pieces.fulfillable = line.state.fulfillable.filter(|_| known.is_order_newest);
    pieces
}
