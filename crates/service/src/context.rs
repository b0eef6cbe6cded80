//! State that every command, query and worker shares: the store, the clock, the policy, the keys, and the state of this process.
//! Functions receive it as their first argument. This file does not depend on any command.

use std::collections::BTreeMap;
use std::sync::RwLock;
use std::sync::atomic::AtomicBool;

use chrono::{DateTime, TimeDelta, Utc};
use doorstep_contract::{Order, OrderId};
use doorstep_documents::news::{NewsKind, next_fact_at};
use doorstep_domain::order::OrderAggregate;
use doorstep_domain::policy::{Policy, Rules};
use doorstep_domain::recompute::recompute;
use doorstep_domain::tracking::TransitStatistics;
use doorstep_providers::registration::Routes;
use doorstep_shops::ShopSettings;
use tokio::sync::Notify;

use crate::changes::Changes;
use crate::clock::Clock;
use crate::contact_cipher::ContactCipher;
use crate::documents::Minted;
use crate::error::Error;
use crate::failed_orders::FailedOrders;
use crate::keyed_hashes::KeyedHashes;
use crate::outbox::OutboxSignals;
use crate::photo::PhotoPipeline;
use crate::running_keys::RunningKeys;
use crate::settings::{MailSettings, Settings};
use crate::store::Store;
use crate::token::{Scope, Tokens};

/// Shared state of the service.
pub(crate) struct Context {
    pub(crate) store: Store,
    pub(crate) changes: Changes,
    pub(crate) tokens: Tokens,
    pub(crate) hashes: KeyedHashes,
    pub(crate) policy: Policy,
    pub(crate) running_keys: RunningKeys,
    pub(crate) photo_pipeline: PhotoPipeline,
    pub(crate) outbox_signals: OutboxSignals,
    pub(crate) failed_orders: FailedOrders,
    /// Transit statistics of each carrier, by the carrier's code in lower case.
    pub(crate) transit_statistics: RwLock<BTreeMap<String, TransitStatistics>>,
    /// True while the write-ahead log may still contain erased data.
    pub(crate) wal_has_erased_data: AtomicBool,
    pub(crate) has_helpdesk: bool,
    pub(crate) has_order_webhook: bool,
    pub(crate) registration_routes: Routes,
    /// Public address of the API, without a slash at its end.
    pub(crate) public_url: String,
    pub(crate) lookup_token_ttl: TimeDelta,
    /// Retention time of finished orders; they are kept for ever if absent.
    pub(crate) retain: Option<TimeDelta>,
    /// Settings of the shop, for the orders that its platform reports.
    pub(crate) shop: ShopSettings,
    /// True if mails are sent about the orders that a shop platform reports.
    pub(crate) notify_shop_orders: bool,
    /// Wakes the worker that composes orders of shop platforms.
    pub(crate) shop_orders_wait: Notify,
    /// Mails to shoppers; none are sent if absent.
    pub(crate) mails: Option<Mails>,
    clock: Clock,
    order_page_url: String,
}

/// State of the mails to shoppers.
pub(crate) struct Mails {
    pub(crate) cipher: ContactCipher,
    /// Kinds of news that are sent.
    pub(crate) kinds: Vec<NewsKind>,
    /// Time for which the news of a dispatch waits for further parcels of the order.
    pub(crate) hold: TimeDelta,
    /// Lifetime of the link in a mail.
    pub(crate) link_ttl: TimeDelta,
}

impl Mails {
    fn new(settings: MailSettings) -> Option<Self> {
        let cipher = ContactCipher::new(&settings.contact_key)?;
        Some(Self { cipher, kinds: settings.kinds, hold: settings.hold, link_ttl: settings.link_ttl })
    }
}

impl Context {
    /// Creates the shared state from these settings on this store.
    pub(crate) fn new(settings: Settings, store: Store, clock: Clock) -> Self {
        Self {
            store,
            changes: Changes::default(),
            tokens: Tokens::new(&settings.secret),
            hashes: KeyedHashes::new(settings.lookup_pepper.as_ref().unwrap_or(&settings.secret)),
            policy: settings.policy,
            running_keys: RunningKeys::default(),
            photo_pipeline: PhotoPipeline::default(),
            outbox_signals: OutboxSignals::default(),
            failed_orders: FailedOrders::default(),
            transit_statistics: RwLock::default(),
            // An earlier process may have ended before the log was emptied.
            wal_has_erased_data: AtomicBool::new(true),
            has_helpdesk: settings.has_helpdesk,
            has_order_webhook: settings.has_order_webhook,
            registration_routes: settings.registration_routes,
            public_url: settings.public_url.trim_end_matches('/').to_owned(),
            lookup_token_ttl: settings.lookup_token_ttl,
            retain: settings.retain,
            shop: settings.shop,
            notify_shop_orders: settings.notify_shop_orders,
            shop_orders_wait: Notify::new(),
            mails: settings.mails.and_then(Mails::new),
            clock,
            order_page_url: settings.order_page_url,
        }
    }

    /// Returns the current time of the service's clock.
    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Returns the current time in seconds since the Unix epoch.
    pub(crate) fn now_s(&self) -> i64 {
        self.now().timestamp()
    }

    /// Returns the rules of the policy that apply to an order.
    pub(crate) fn rules(&self, order: &Order) -> &Rules {
        self.policy.for_country(order.destination.as_ref().and_then(|to| to.country.as_deref()))
    }

    /// Brings an order up to the current time. Returns the time of the next recomputation in seconds, or None if the order will
    /// not change with time.
    pub(crate) fn recompute(&self, aggregate: &mut OrderAggregate) -> Option<i64> {
        if let Ok(statistics) = self.transit_statistics.read() {
            let of_shipments = aggregate.order.shipments.iter().filter_map(|shipment| {
                let carrier = shipment.carrier.as_ref()?.code.to_lowercase();
                Some((shipment.id.clone(), *statistics.get(&carrier)?))
            });
            aggregate.private.transit_statistics = of_shipments.collect();
        }
        let due = recompute(aggregate, &self.policy, self.now());
        let fact = self.mails.as_ref().and_then(|_| next_fact_at(&aggregate.order, self.now()));
        let due = due.into_iter().chain(fact).min();
        // The time is rounded up to a whole second, so that the order is never recomputed too early.
        due.map(|due| due.timestamp() + i64::from(due.timestamp_subsec_nanos() > 0))
    }

    /// Returns the expiry of a token that is valid for `ttl` from now, in whole seconds.
    pub(crate) fn expires_after(&self, ttl: TimeDelta) -> Result<DateTime<Utc>, Error> {
        let at = self.now().checked_add_signed(ttl).and_then(|at| DateTime::from_timestamp(at.timestamp(), 0));
        at.ok_or_else(|| Error::Internal("a token would end beyond the calendar".to_owned()))
    }

    /// Mints a token of this epoch for an order, with its link.
    pub(crate) fn mint(&self, order_id: &OrderId, scopes: &[Scope], expires_at: DateTime<Utc>, epoch: u32) -> Minted {
        let token = self.tokens.mint(order_id, scopes, expires_at, epoch);
        let url = format!("{}#doorstep={order_id}/{token}", self.order_page_url);
        Minted { token, expires_at: expires_at.into(), url }
    }
}
