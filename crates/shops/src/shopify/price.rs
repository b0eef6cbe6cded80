//! Amounts of an order. Shopify writes each amount in the currency of the shop and in the one that the shopper paid in, the
//! presentment currency. An order is read in the presentment currency if all of its amounts have it, and else in the currency of the
//! shop, so that it has one currency.

use serde_json::Value;

use crate::decimal::Decimal;
use crate::fields::{is_true, list, quantity, text};
use crate::remark::Remark;
use crate::shop_order::Amount;

/// Currency and taxes with which the amounts of an order are read.
pub(super) struct Prices {
    currency: String,
    is_presentment: bool,
    taxes_included: bool,
}

impl Prices {
    /// Chooses the currency of an order.
    pub(super) fn of_order(order: &Value) -> Self {
        let taxes_included = is_true(order, "taxes_included");
        let shop = text(order, "currency").unwrap_or_default();
        let presentment = text(order, "presentment_currency").filter(|presentment| *presentment != shop);
        if let Some(currency) = presentment {
            let prices = Self { currency, is_presentment: true, taxes_included };
            let lines = list(order, "line_items").iter().all(|line| prices.paid_for_line(line).is_some());
            let delivery = prices.delivery(order);
            if lines && delivery.is_some() {
                return prices;
            }
        }
        Self { currency: shop, is_presentment: false, taxes_included }
    }

    /// Returns the amount paid for a line: its price times its quantity, minus all discounts, plus taxes that are not included.
    pub(super) fn line(&self, line: &Value, remarks: &mut Vec<Remark>) -> Option<Amount> {
        let amount = self.paid_for_line(line).and_then(|paid| paid.amount(&self.currency));
        if amount.is_none() {
            let id = text(line, "id").unwrap_or_default();
            remarks.push(Remark::AmountUnreadable { field: format!("line_items/{id}/price") });
        }
        amount
    }

    /// Returns the amount paid for the delivery: all shipping lines that were not removed, minus discounts, plus taxes that are not
    /// included.
    pub(super) fn delivery_cost(&self, order: &Value, remarks: &mut Vec<Remark>) -> Option<Amount> {
        let amount = self.delivery(order).and_then(|paid| paid.amount(&self.currency));
        if amount.is_none() {
            remarks.push(Remark::AmountUnreadable { field: "shipping_lines".to_owned() });
        }
        amount
    }

    fn paid_for_line(&self, line: &Value) -> Option<Decimal> {
        let full = self.amount(line, "price")?.times(quantity(line, "quantity")?);
        self.paid(line, full)
    }

    fn delivery(&self, order: &Value) -> Option<Decimal> {
        let lines = list(order, "shipping_lines").iter().filter(|line| !is_true(line, "is_removed"));
        lines
            .map(|line| self.paid(line, self.amount(line, "price")?))
            .try_fold(Decimal::default(), |sum, paid| Some(sum.plus(paid?)))
    }

    /// Returns an amount after the discounts that are allocated to it, and with its taxes.
    fn paid(&self, json: &Value, full: Decimal) -> Option<Decimal> {
        let sum = |mut all: std::slice::Iter<'_, Value>, name: &str| {
            all.try_fold(Decimal::default(), |sum, part| Some(sum.plus(self.amount(part, name)?)))
        };
        let discounted = full.minus(sum(list(json, "discount_allocations").iter(), "amount")?);
        let taxes = if self.taxes_included { Decimal::default() } else { sum(list(json, "tax_lines").iter(), "price")? };
        Some(discounted.plus(taxes))
    }

    /// Returns the amount of a field. The set beside it has both currencies; the field itself is in the currency of the shop.
    fn amount(&self, json: &Value, name: &str) -> Option<Decimal> {
        let set = json.get(format!("{name}_set"));
        let money = |kind: &str| {
            let money = set?.get(kind)?;
            let fits = text(money, "currency_code").is_none_or(|code| code == self.currency);
            Decimal::read(money.get("amount")?).filter(|_| fits)
        };
        if self.is_presentment {
            return money("presentment_money");
        }
        money("shop_money").or_else(|| Decimal::read(json.get(name)?))
    }
}
