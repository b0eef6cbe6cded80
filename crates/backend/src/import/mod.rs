//! The command `import`: reads the existing orders of a shop through the API of its platform and stores them as its webhooks would.
//! `flags` has the command line, `request` gets one page. Pages and records are read by `doorstep_shops::import`.
//!
//! Each page is stored in one transaction with the position of the next one, so that an import which was interrupted continues there.
//! Records are recognised, so that a page that is read twice changes nothing. The backend may run on the same file meanwhile: SQLite
//! lets one of them write at a time.

mod flags;
mod request;

use chrono::{DateTime, SecondsFormat, Utc};
use doorstep_outbound::{OrdersApi, ShopAccount};
use doorstep_service::clock::Clock;
use doorstep_service::store::{ImportId, ImportState, Kind, Store};
use doorstep_service::{Error, Service, Settings};
use doorstep_shops::import::{ListAnswer, Page, Platform, Position};

pub use self::flags::{ImportCommand, ImportFlags, ImportFrom, ShopifyImport, WooCommerceImport};
use self::request::{Refused, page};
use crate::{startup, telemetry};

/// Argument with which the binary imports orders instead of serving.
pub const ARGUMENT: &str = "import";

/// Carries out the command. Returns an error text for the operator.
pub async fn run(command: ImportCommand) -> Result<(), String> {
    match command.from {
        ImportFrom::Shopify(import) => {
            let url = import.shopify_api_url.clone().unwrap_or_else(|| format!("https://{}", import.shopify_shop));
            let account = ShopAccount::Shopify { access_token: import.shopify_access_token.trim() };
            let api = OrdersApi::new(&url, &account, import.flags.import_allow_private)?;
            import_from(Platform::Shopify, &import.shopify_shop, &api, &import.flags).await
        }
        ImportFrom::Woocommerce(import) => {
            let (key, secret) = (import.woocommerce_key.trim(), import.woocommerce_consumer_secret.trim());
            let account = ShopAccount::WooCommerce { key, secret };
            let api = OrdersApi::new(&import.woocommerce_url, &account, import.flags.import_allow_private)?;
            import_from(Platform::WooCommerce, import.woocommerce_url.trim_end_matches('/'), &api, &import.flags).await
        }
    }
}

/// Opens the database, imports all pages into it, and closes it.
async fn import_from(platform: Platform, source: &str, api: &OrdersApi, flags: &ImportFlags) -> Result<(), String> {
    if flags.config.demo {
        return Err("the demo has orders of its own: run the import without --demo.".to_owned());
    }
    startup::check(&flags.config)?;
    // Shoppers are not told about what happened before the import.
    let settings = Settings { notify_shop_orders: false, ..flags.config.service_settings()? };
    telemetry::start_logs(flags.config.log_format, &flags.config.log)?;
    let file = flags.config.database.clone().unwrap_or_else(|| "doorstep.db".into());
    let store = Store::open_as(Some(&file), Kind::Shop).await;
    let store = store.map_err(|error| format!("cannot open the database {}: {error}", file.display()))?;
    let service = Service::new(settings, store, Clock::system());
    let id = ImportId { shop: platform.name(), source: source.to_owned(), since: flags.since.timestamp() };
    let imported = Import { platform, since: flags.since, id, service: &service, api }.run(flags.restart).await;
    service.close().await;
    imported
}

/// An import with all that it needs.
struct Import<'a> {
    platform: Platform,
    since: DateTime<Utc>,
    id: ImportId,
    service: &'a Service,
    api: &'a OrdersApi,
}

/// Numbers of orders so far.
#[derive(Clone, Copy, Default)]
struct Progress {
    orders: i64,
    unreadable: i64,
}

impl Import<'_> {
    /// Imports page after page until the last one.
    async fn run(&self, restart: bool) -> Result<(), String> {
        let first = (self.platform.first(self.since), Progress::default());
        let interrupted = if restart { None } else { self.interrupted().await? };
        let mut is_continued = interrupted.is_some();
        if let Some((_, progress)) = &interrupted {
            eprintln!("continues after {} orders; --restart begins anew", progress.orders);
        }
        let (mut position, mut progress) = interrupted.unwrap_or_else(|| first.clone());
        loop {
            let answer = match page(self.api, self.platform, &position.path()).await {
                Ok(answer) => answer,
                Err(Refused::Expired) if is_continued => {
                    eprintln!("the shop has forgotten the place at which the import was interrupted: it begins anew");
                    (position, progress) = first.clone();
                    is_continued = false;
                    continue;
                }
                Err(Refused::Expired) => {
                    return Err(
                        "the shop answers 400 Bad Request: it does not know its own link to the next page. Run the command \
                                again with --restart."
                            .to_owned(),
                    );
                }
                Err(Refused::Because(reason)) => return Err(reason),
            };
            is_continued = false;
            let list =
                ListAnswer { body: &answer.body, link: answer.link.as_deref(), total_pages: answer.total_pages.as_deref() };
            let page = position.read(&list, self.service.now());
            let page = page.map_err(|reason| format!("the answer of the shop is no list of orders: {reason}."))?;
            let (last_change, next) = (page.last_change, page.next.clone());
            progress = self.store(page, progress).await?;
            report(progress, last_change);
            match next {
                Some(next) => position = next,
                None => break,
            }
        }
        eprintln!("done: {} orders read, {} of them unreadable", progress.orders, progress.unreadable);
        Ok(())
    }

    /// Returns the position and the numbers of an import that was interrupted.
    async fn interrupted(&self) -> Result<Option<(Position, Progress)>, String> {
        let state = self.service.interrupted_import(&self.id).await.map_err(|error| describe(&error))?;
        Ok(state.and_then(|state| {
            let progress = Progress { orders: state.orders, unreadable: state.unreadable };
            Some((serde_json::from_str(&state.position).ok()?, progress))
        }))
    }

    /// Stores a page and composes its orders. Names the orders that could not be read. Returns the numbers after it.
    async fn store(&self, page: Page, before: Progress) -> Result<Progress, String> {
        for unreadable in &page.unreadable {
            eprintln!("order {} is left out: {}", unreadable.order, unreadable.reason);
        }
        let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        let progress = Progress {
            orders: before.orders.saturating_add(count(page.orders)),
            unreadable: before.unreadable.saturating_add(count(page.unreadable.len())),
        };
        let position = page.next.as_ref().map(serde_json::to_string).transpose().map_err(|error| error.to_string())?;
        let state = position.map(|position| ImportState { position, orders: progress.orders, unreadable: progress.unreadable });
        let stored = self.service.receive_imported_page(self.id.clone(), page.changes, state).await;
        stored.map_err(|error| describe(&error))?;
        self.service.compose_shop_orders().await.map_err(|error| describe(&error))?;
        Ok(progress)
    }
}

/// Writes the numbers so far and the last change of an order on the page to standard error.
fn report(progress: Progress, last_change: Option<DateTime<Utc>>) {
    let last = last_change.map(|at| format!(", last change {}", at.to_rfc3339_opts(SecondsFormat::Secs, true)));
    eprintln!("{} orders{}", progress.orders, last.unwrap_or_default());
}

/// Returns a text about an error of the database.
fn describe(error: &Error) -> String {
    let detail = error.internal_detail().unwrap_or_else(|| error.code());
    format!("the orders cannot be stored: {detail}. Run the command again: it continues here.")
}
