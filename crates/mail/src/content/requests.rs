//! The parts of a mail about cases, returns and refunds, as the page shows them on their cards, and the acknowledgement of a withdrawal.

use std::str::FromStr as _;

use chrono_tz::Tz;
use doorstep_contract::{Case, CaseId};
use doorstep_core::local_clock::LocalClock;
use doorstep_core::message::request_keys as page_keys;
use doorstep_core::order::parcel::items;
use doorstep_core::self_service::{Cards, CaseCard, RefundCard, ReturnCard};
use doorstep_documents::news::{News, NewsKind};
use doorstep_documents::plain_text::one_line;

use super::{Block, Writer, item_text};
use crate::keys;
use crate::words::Words;

impl Writer<'_> {
    /// Writes the news of cases, returns and refunds. With `is_headed`, the first of them is the headline of the mail.
    pub(super) fn requests(&mut self, is_headed: bool) {
        let cards = self.cards().unwrap_or_default();
        let mut is_first = is_headed;
        let news = self.source.news;
        for fact in news.iter().filter(|fact| !super::is_about_a_parcel(fact.kind)) {
            let title = match fact.kind {
                NewsKind::Withdrawal => keys::WITHDRAWAL_TITLE,
                NewsKind::Refund => keys::NEWS_REFUND,
                NewsKind::Return => keys::NEWS_RETURN,
                NewsKind::Case
                | NewsKind::Problem
                | NewsKind::ReadyForPickup
                | NewsKind::PickupReminder
                | NewsKind::Delivered
                | NewsKind::OutForDelivery
                | NewsKind::Dispatched => keys::NEWS_CASE,
            };
            let title = self.words.text(title, &[]);
            self.blocks.push(if is_first { Block::Heading(title) } else { Block::Title(title) });
            is_first = false;
            match fact.kind {
                NewsKind::Withdrawal => self.withdrawal(fact, &cards),
                NewsKind::Refund => self.refund(fact, &cards),
                NewsKind::Return => self.returned(fact, &cards),
                NewsKind::Case
                | NewsKind::Problem
                | NewsKind::ReadyForPickup
                | NewsKind::PickupReminder
                | NewsKind::Delivered
                | NewsKind::OutForDelivery
                | NewsKind::Dispatched => self.answered(fact, &cards),
            }
        }
    }

    /// Writes the acknowledgement of a withdrawal: the declaration with date and time, what it covers, and what happens next.
    fn withdrawal(&mut self, fact: &News, cards: &Cards) {
        let (order, words) = (self.source.order, self.words);
        let Some(case) = order.cases.iter().find(|case| case.id == *fact.of) else { return };
        let number = one_line(&order.number);
        let zone = order.time_zone.as_deref().filter(|zone| Tz::from_str(zone).is_ok()).unwrap_or("UTC");
        let to_local =
            |at: chrono::DateTime<chrono::Utc>, zone: &str| Some(at.with_timezone(&Tz::from_str(zone).ok()?).naive_local());
        let clock = LocalClock { now: self.source.now, zone: Some(zone), to_local: &to_local };
        let moment = case.opened_at.map(|at| words.page(&clock.written(at))).unwrap_or_default();
        let mut add = |block: Block| self.blocks.push(block);
        add(Block::Strong(words.text(keys::WITHDRAWAL_TEXT, &[("number", &number), ("moment", &moment), ("zone", zone)])));
        if let Some(declared) = self.source.declarations.get(&case.id) {
            declared.name.iter().for_each(|name| add(Block::Line(words.text(keys::WITHDRAWAL_NAME, &[("name", name)]))));
            declared.note.iter().for_each(|note| add(Block::Quote(words.text(keys::WITHDRAWAL_WORDS, &[("words", note)]))));
        }
        let covered = items(&order.lines, &case.lines, self.source.api);
        if !covered.is_empty() {
            add(Block::Line(words.text(keys::WITHDRAWAL_ITEMS, &[])));
            covered.iter().for_each(|item| add(Block::Item(item_text(words, item))));
        }
        if let Some(card) = card_of(cards, &case.id) {
            add(Block::Line(words.page(&card.reference)));
            card.next.iter().for_each(|next| add(Block::Strong(words.page(next))));
            let returned = card.returned.iter().flat_map(|returned| return_lines(words, returned));
            let refund = card.refund.iter().flat_map(|refund| refund_lines(words, refund));
            returned.chain(refund).for_each(&mut add);
        }
        add(Block::Line(words.text(keys::WITHDRAWAL_KEEP, &[])));
    }

    /// Writes an answered case: what it is about, its state, the shop's words, and what happens next.
    fn answered(&mut self, fact: &News, cards: &Cards) {
        let Some(case) = self.source.order.cases.iter().find(|case| case.id == *fact.of) else { return };
        let words = self.words;
        let mut add = |block: Block| self.blocks.push(block);
        if let Some(card) = card_of(cards, &case.id) {
            add(Block::Strong(format!("{} · {}", words.page(&card.title), words.page(&card.state))));
            add(Block::Small(words.page(&card.reference)));
            card.outcome.iter().for_each(|outcome| add(Block::Line(words.page(outcome))));
            written(case, fact).into_iter().for_each(|text| add(Block::Quote(text)));
            card.next.iter().for_each(|next| add(Block::Strong(words.page(next))));
        }
    }

    fn returned(&mut self, fact: &News, cards: &Cards) {
        let of_cases = cards.cases.iter().filter_map(|card| card.returned.as_ref());
        let Some(card) = cards.returns.iter().chain(of_cases).find(|card| card.id == fact.of) else { return };
        self.blocks.extend(return_lines(self.words, card));
        let items: Vec<Block> = card.items.iter().map(|item| Block::Item(item_text(self.words, item))).collect();
        self.blocks.extend(items);
    }

    fn refund(&mut self, fact: &News, cards: &Cards) {
        let order = self.source.order;
        let is_of_case = |case: &Case| {
            let refund = order.refunds.iter().find(|refund| refund.id == fact.of);
            case.refund_id.as_ref() == Some(&fact.of) || refund.is_some_and(|refund| refund.case_id.as_ref() == Some(&case.id))
        };
        let of_case = order.cases.iter().find(|case| is_of_case(case)).and_then(|case| card_of(cards, &case.id));
        let shown: Vec<&RefundCard> = match of_case.and_then(|card| card.refund.as_ref()) {
            Some(card) => vec![card],
            None => cards.refunds.iter().collect(),
        };
        let lines: Vec<Block> = shown.into_iter().flat_map(|card| refund_lines(self.words, card)).collect();
        self.blocks.extend(lines);
    }
}

fn card_of<'a>(cards: &'a Cards, id: &CaseId) -> Option<&'a CaseCard> {
    cards.cases.iter().find(|card| card.id == *id)
}

fn refund_lines(words: &Words, card: &RefundCard) -> Vec<Block> {
    let reference = |reference: &String| format!("{}: {}", words.page_key(page_keys::REFUND_REFERENCE), one_line(reference));
    let amount = [Block::Strong(words.page(&card.amount)), Block::Line(words.page(&card.state))];
    amount.into_iter().chain(card.reference.as_ref().map(reference).map(Block::Small)).collect()
}

fn return_lines(words: &Words, card: &ReturnCard) -> Vec<Block> {
    let state = Block::Strong(words.page(&card.state));
    let lines = [&card.method, &card.drop_off, &card.estimate].into_iter().flatten().map(|line| Block::Line(words.page(line)));
    std::iter::once(state).chain(lines).collect()
}

/// Returns the shop's words of the timeline entry that a fact is about, line by line.
fn written(case: &Case, fact: &News) -> Vec<String> {
    let entry =
        case.timeline.iter().find(|entry| fact.detail == format!("{}-{}", entry.what.as_str(), entry.at.utc().timestamp()));
    let text = entry.and_then(|entry| entry.text.as_deref()).unwrap_or_default();
    text.lines().map(one_line).filter(|line| !line.is_empty()).collect()
}
