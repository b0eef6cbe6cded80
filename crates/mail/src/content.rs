//! The content of a mail as a list of blocks, from the order, its view data and the news. `html` and `text` write the blocks.

mod requests;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use doorstep_contract::{CaseId, Order};
use doorstep_core::message::keys as page_keys;
use doorstep_core::order::next_step::NextStep;
use doorstep_core::order::parcel::{Item, Parcel};
use doorstep_core::screen::OrderPage;
use doorstep_core::self_service::{Cards, Page};
use doorstep_documents::news::{News, NewsKind, first_kind};
use doorstep_documents::parcel_delivery;
use doorstep_documents::plain_text::one_line;
use doorstep_first_page::order_view;
use doorstep_service::Declaration;

use crate::keys;
use crate::words::Words;

/// A part of a mail. Every text is on one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Block {
    /// The headline.
    Heading(String),
    /// The title of a parcel or of a request.
    Title(String),
    /// A sentence.
    Line(String),
    /// A sentence that matters most.
    Strong(String),
    /// Words of another person.
    Quote(String),
    /// An entry of a list.
    Item(String),
    /// The link to the order.
    Button {
        /// Text of the link.
        label: String,
        /// Target of the link.
        url: String,
    },
    /// Another link.
    Link {
        /// Text of the link.
        label: String,
        /// Target of the link.
        url: String,
    },
    /// A remark in smaller letters.
    Small(String),
    /// A line between the parts of a mail.
    Rule,
}

/// Content of one mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Content {
    /// BCP 47 tag of the language.
    pub(crate) language: String,
    /// Direction of the script, `ltr` or `rtl`.
    pub(crate) direction: &'static str,
    /// Subject.
    pub(crate) subject: String,
    /// Content from top to bottom.
    pub(crate) blocks: Vec<Block>,
    /// Parcels as schema.org data, safe to embed; None if the mail is not about a parcel.
    pub(crate) linked_data: Option<String>,
}

/// Input of a mail.
pub(crate) struct Source<'a> {
    /// Order document as JSON.
    pub(crate) document: &'a str,
    /// The same order.
    pub(crate) order: &'a Order,
    /// News of the mail, not empty.
    pub(crate) news: &'a [News],
    /// Declarations of shoppers with their requests, by the id of the case.
    pub(crate) declarations: &'a BTreeMap<CaseId, Declaration>,
    /// BCP 47 tag of the language.
    pub(crate) language: &'a str,
    /// Name of the shop; empty if it is not known.
    pub(crate) shop: &'a str,
    /// Link that opens the order.
    pub(crate) link: &'a str,
    /// Link that ends the mails.
    pub(crate) unsubscribe: &'a str,
    /// Base address of the API, for addresses that are given as a path.
    pub(crate) api: &'a str,
    /// Present instant.
    pub(crate) now: DateTime<Utc>,
}

/// Returns the content of a mail. Returns None if there is no news, or if the page would not show an order for the document.
pub(crate) fn content(source: &Source<'_>) -> Option<Content> {
    let first = first_kind(source.news)?;
    let view = order_view(source.document, source.api, source.now)?;
    let words = Words::new(source.language);
    let mut writer = Writer { source, view: &view, words: &words, blocks: Vec::new() };
    let is_about_parcels = source.news.iter().any(|fact| is_about_a_parcel(fact.kind));
    if is_about_parcels {
        writer.blocks.push(Block::Heading(words.page(&view.headline.message)));
        writer.parcels();
    }
    writer.requests(!is_about_parcels);
    writer.link();
    writer.footer(first);
    let linked_data = parcel_delivery::json(source.order).ok().filter(|json| is_about_parcels && json != "[]");
    Some(Content {
        subject: subject(first, &writer),
        language: words.tag(),
        direction: words.direction(),
        blocks: writer.blocks,
        linked_data,
    })
}

fn is_about_a_parcel(kind: NewsKind) -> bool {
    match kind {
        NewsKind::Problem
        | NewsKind::ReadyForPickup
        | NewsKind::PickupReminder
        | NewsKind::Delivered
        | NewsKind::OutForDelivery
        | NewsKind::Dispatched => true,
        NewsKind::Withdrawal | NewsKind::Case | NewsKind::Refund | NewsKind::Return => false,
    }
}

/// Returns the subject of a mail: that of its most important news. Where the facts differ from order to order, it is the headline of the
/// page.
fn subject(first: NewsKind, writer: &Writer<'_>) -> String {
    let words = writer.words;
    let number = one_line(&writer.source.order.number);
    let of_kind = |key| words.text(key, &[("number", &number)]);
    match first {
        NewsKind::Withdrawal => of_kind(keys::SUBJECT_WITHDRAWAL),
        NewsKind::Problem | NewsKind::Delivered => {
            let headline = words.page(&writer.view.headline.message);
            words.text(keys::SUBJECT_HEADLINE, &[("number", &number), ("headline", &headline)])
        }
        NewsKind::ReadyForPickup => of_kind(keys::SUBJECT_READY),
        NewsKind::PickupReminder => of_kind(keys::SUBJECT_PICKUP_REMINDER),
        NewsKind::OutForDelivery => of_kind(keys::SUBJECT_OUT_FOR_DELIVERY),
        NewsKind::Dispatched => {
            let parcels = writer.source.news.iter().filter(|fact| fact.kind == NewsKind::Dispatched).count();
            words.counted(keys::SUBJECT_DISPATCHED, u32::try_from(parcels).unwrap_or(u32::MAX), &[("number", &number)])
        }
        NewsKind::Case => of_kind(keys::SUBJECT_CASE),
        NewsKind::Refund => of_kind(keys::SUBJECT_REFUND),
        NewsKind::Return => of_kind(keys::SUBJECT_RETURN),
    }
}

struct Writer<'a> {
    source: &'a Source<'a>,
    view: &'a OrderPage,
    words: &'a Words,
    blocks: Vec<Block>,
}

impl Writer<'_> {
    /// Writes the parcels that the news is about, in the order of the page.
    fn parcels(&mut self) {
        let is_told = |parcel: &&Parcel| {
            let news = self.source.news.iter();
            news.filter(|fact| is_about_a_parcel(fact.kind)).any(|fact| fact.of == parcel.id)
        };
        let view = self.view;
        for parcel in view.parcels.iter().filter(is_told).collect::<Vec<_>>() {
            self.parcel(parcel);
        }
    }

    fn parcel(&mut self, parcel: &Parcel) {
        let words = self.words;
        let mut add = |block: Block| self.blocks.push(block);
        if let Some(title) = &parcel.title {
            add(Block::Title(words.page(title)));
        }
        let facts = parcel.sentence.iter().chain(&parcel.why);
        facts.for_each(|fact| add(Block::Line(words.page(fact))));
        if let Some(next) = &parcel.next {
            next_step(words, next).into_iter().for_each(&mut add);
        }
        if let Some(proof) = &parcel.proof_of_delivery {
            proof.place.iter().for_each(|place| add(Block::Strong(words.page(place))));
            proof.detail.iter().for_each(|detail| add(Block::Line(one_line(detail))));
            proof.signed_by.iter().for_each(|signed| add(Block::Line(words.page(signed))));
        }
        if let Some(pickup) = &parcel.pickup {
            add(Block::Strong(format!("{}: {}", words.page_key(page_keys::PICKUP_TITLE), one_line(&pickup.name))));
            pickup.lines.iter().for_each(|line| add(Block::Line(one_line(line))));
            pickup.collect_by.iter().for_each(|until| add(Block::Strong(words.page(until))));
            let code = pickup.code.iter().map(|code| format!("{}: {}", words.page_key(page_keys::PICKUP_CODE), one_line(code)));
            code.for_each(|code| add(Block::Strong(code)));
            pickup.hours.iter().for_each(|hours| add(Block::Line(one_line(hours))));
        }
        parcel.items.iter().for_each(|item| add(Block::Item(item_text(words, item))));
        let carrier = [
            parcel.carrier.name.as_ref().map(|name| words.page(name)),
            parcel
                .carrier
                .number
                .as_ref()
                .map(|number| format!("{} {}", words.page_key(page_keys::CARRIER_NUMBER), one_line(number))),
        ];
        let carrier = carrier.into_iter().flatten().collect::<Vec<_>>().join(" · ");
        if !carrier.is_empty() {
            add(Block::Small(carrier));
        }
        if let Some(url) = parcel.carrier.link.clone() {
            add(Block::Link { label: words.page_key(page_keys::CARRIER_LINK), url });
        }
    }

    fn link(&mut self) {
        let label = self.words.text(keys::LINK_OPEN, &[]);
        self.blocks.push(Block::Button { label, url: self.source.link.to_owned() });
        self.blocks.push(Block::Small(self.words.text(keys::LINK_NOTE, &[])));
    }

    fn footer(&mut self, first: NewsKind) {
        let number = one_line(&self.source.order.number);
        let why = match self.source.shop {
            "" => self.words.text(keys::FOOTER_ORDER, &[("number", &number)]),
            shop => self.words.text(keys::FOOTER_SHOP, &[("shop", shop), ("number", &number)]),
        };
        self.blocks.extend([Block::Rule, Block::Small(why)]);
        if first.is_required() {
            self.blocks.push(Block::Small(self.words.text(keys::FOOTER_REQUIRED, &[])));
        } else {
            let label = self.words.text(keys::FOOTER_UNSUBSCRIBE, &[]);
            self.blocks.push(Block::Link { label, url: self.source.unsubscribe.to_owned() });
        }
    }

    /// Returns the cards of cases, returns and refunds as the page has them.
    fn cards(&self) -> Option<Cards> {
        let page = self.view.requests.as_ref()?.0.downcast_ref::<Page>()?;
        Some(page.cards.clone())
    }
}

/// Returns the next step of a parcel: whose move it is, and what happens next.
fn next_step(words: &Words, next: &NextStep) -> Vec<Block> {
    let what = next.what.as_ref().map(|what| Block::Line(words.page(what)));
    let asked = next.asked.as_ref().map(|asked| Block::Line(one_line(asked)));
    let by = next.by.as_ref().map(|by| Block::Strong(words.page(by)));
    [Some(Block::Strong(words.page(&next.party))), what, asked, by].into_iter().flatten().collect()
}

/// Returns an item with its quantity, such as `2× Rain jacket, M`.
fn item_text(words: &Words, item: &Item) -> String {
    let variant = item.variant.as_ref().map(|variant| format!(", {}", one_line(variant))).unwrap_or_default();
    format!("{} {}{variant}", words.page(&item.quantity), one_line(&item.title))
}
