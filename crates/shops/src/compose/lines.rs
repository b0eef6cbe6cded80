//! Lines of the order, with the amounts that were paid for them.

use doorstep_domain::order::new_order::{NewLine, NewMoney};

use super::quantities::Quantities;
use crate::composed::ShopSettings;
use crate::shop_order::{Amount, ShopLine, ShopOrder};

/// Returns the lines. Lines that an edit removed from the order are left out, unless nothing else is left.
pub(super) fn lines(order: &ShopOrder, quantities: &Quantities, settings: &ShopSettings) -> Vec<NewLine> {
    let mut seen = std::collections::BTreeSet::new();
    let unique: Vec<&ShopLine> = order.lines.iter().filter(|line| seen.insert(&line.id)).collect();
    let kept = unique.iter().filter_map(|known| line(known, quantities.shown(&known.id), settings)).collect::<Vec<_>>();
    if kept.is_empty() { unique.iter().filter_map(|known| line(known, known.quantity, settings)).collect() } else { kept }
}

/// Returns a line with this quantity, or None if it is zero. A part of the quantity has a part of the total, rounded down. The unit
/// price is the total divided by the quantity, also rounded down, so that pieces never add up to more than was paid.
fn line(line: &ShopLine, quantity: u32, settings: &ShopSettings) -> Option<NewLine> {
    if quantity == 0 || line.quantity == 0 {
        return None;
    }
    let share = |total: &Amount, part: u32, whole: u32| {
        let minor = i128::from(total.minor) * i128::from(part) / i128::from(whole);
        i64::try_from(minor).ok().map(|minor| NewMoney { minor, currency: total.currency.clone() })
    };
    let total = line.total.as_ref().and_then(|total| share(total, quantity.min(line.quantity), line.quantity));
    let unit_price = line.total.as_ref().and_then(|total| share(total, 1, line.quantity));
    Some(NewLine {
        id: Some(line.id.clone()),
        title: line.title.clone(),
        variant: line.variant.clone(),
        quantity,
        unit_price,
        total,
        image_url: line.image_url.clone(),
        url: line.url.clone().or_else(|| product_page(line, settings)),
        final_sale: line.final_sale,
    })
}

/// Returns the page of a product by its number. WordPress redirects this address to the product's own.
fn product_page(line: &ShopLine, settings: &ShopSettings) -> Option<String> {
    let shop = settings.shop_url.as_deref()?.trim_end_matches('/');
    let page = format!("{shop}/?p={}", line.product_ids.last()?);
    doorstep_contract::invalid::is_web_link(&page).then_some(page)
}

/// Returns an amount as the order body has it.
pub(super) fn money(amount: &Amount) -> NewMoney {
    NewMoney { minor: amount.minor, currency: amount.currency.clone() }
}
