//! Tests of the command `import`, with the real process and a stand-in for the shop.

use std::path::Path;
use std::process::Stdio;

use serde_json::{Value, json};
use tokio::process::{Child, Command};

use crate::durability::{Process, read};
use crate::import_shop::{Scripted, Shop, shopify_order, woocommerce_order};

const SECRET: &str = "a secret of more than thirty-two bytes";
const TOKEN: &str = "an access token of a shop";

/// Returns the command for an import from this stand-in.
fn command(file: &Path, url: &str, platform: &str, flags: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_doorstep-backend"));
    command.env_clear().args(["import", platform, "--since", "2020-01-01", "--import-allow-private", "--secret", SECRET]);
    command.arg("--database").arg(file).args(flags);
    match platform {
        "shopify" => command.args(["--shopify-shop", "example.myshopify.com", "--shopify-api-url", url]),
        _ => command.args(["--woocommerce-url", url, "--woocommerce-key", "ck_1"]),
    };
    command.env("DOORSTEP_SHOPIFY_ACCESS_TOKEN", TOKEN).env("DOORSTEP_WOOCOMMERCE_CONSUMER_SECRET", "cs_1");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
    command
}

/// Runs an import to its end. Returns whether it succeeded, and its error output without the logs.
async fn import(file: &Path, url: &str, platform: &str, flags: &[&str]) -> (bool, String) {
    let output = command(file, url, platform, flags).args(["--log", "off"]).output().await.unwrap();
    assert!(output.stdout.is_empty());
    (output.status.success(), String::from_utf8(output.stderr).unwrap())
}

/// Returns a page of Shopify, with the cursor of the next one.
fn shopify_page(orders: &[Value], next: Option<&str>) -> Scripted {
    let link = next.map(|cursor| {
        let target =
            |cursor| format!("<https://example.myshopify.com/admin/api/2026-01/orders.json?limit=250&page_info={cursor}>");
        ("link", format!("{}; rel=\"previous\", {}; rel=\"next\"", target("back"), target(cursor)))
    });
    let limit = ("x-shopify-shop-api-call-limit", "1/40".to_owned());
    (200, link.into_iter().chain([limit]).collect(), json!({ "orders": orders }).to_string())
}

fn woocommerce_page(orders: &[Value], pages: u32) -> Scripted {
    let headers = vec![("x-wp-total", "250".to_owned()), ("x-wp-totalpages", pages.to_string())];
    (200, headers, json!(orders).to_string())
}

fn refused(status: u16) -> Scripted {
    (status, vec![("retry-after", "0".to_owned())], "{\"errors\":\"Exceeded\"}".to_owned())
}

fn order(id: u64) -> Value {
    shopify_order(id, "2020-01-24T12:00:00+01:00")
}

/// Returns a number that a statement selects.
async fn sql(file: &Path, statement: &'static str) -> i64 {
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(file);
    let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
    let number = sqlx::query_scalar(statement).fetch_one(&pool).await.unwrap();
    pool.close().await;
    number
}

async fn orders(file: &Path) -> i64 {
    sql(file, "SELECT count(*) FROM orders").await
}

fn database() -> (tempfile::TempDir, std::path::PathBuf) {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("orders.db");
    (directory, file)
}

#[tokio::test(flavor = "multi_thread")]
async fn all_pages_are_imported_despite_a_limit_and_an_order_that_cannot_be_read() {
    let (_directory, file) = database();
    let broken = json!({"id": 13, "name": "#13", "updated_at": "2020-01-24T12:00:00+01:00"});
    let pages = || {
        vec![
            shopify_page(&[order(1), order(2)], Some("second")),
            refused(429),
            shopify_page(&[order(3), broken.clone()], Some("third")),
            refused(503),
            shopify_page(&[order(5)], None),
        ]
    };
    let (shop, url) = Shop::open(pages()).await;
    let (succeeded, said) = import(&file, &url, "shopify", &[]).await;
    assert!(succeeded, "{said}");
    let list = "/admin/api/2026-01/orders.json?limit=250";
    let second = format!("{list}&page_info=second");
    let third = format!("{list}&page_info=third");
    let first = format!("{list}&status=any&updated_at_min=2020-01-01T00:00:00Z");
    assert_eq!(shop.asked(), [first, second.clone(), second, third.clone(), third]);
    assert!(shop.values("x-shopify-access-token").iter().all(|token| token == TOKEN));
    for line in [
        "2 orders, last change 2020-01-24T11:00:00Z",
        "429 Too Many Requests; next attempt in 0 s",
        "order 13 is left out: no line_items",
        "done: 5 orders read, 1 of them unreadable",
    ] {
        assert!(said.contains(line), "{line} is missing in\n{said}");
    }
    assert_eq!((orders(&file).await, sql(&file, "SELECT count(*) FROM imports").await), (4, 0));
    // A second import reads the same and changes nothing.
    let versions = sql(&file, "SELECT sum(version) FROM orders").await;
    shop.answer_with(pages());
    assert!(import(&file, &url, "shopify", &[]).await.0);
    assert_eq!(sql(&file, "SELECT sum(version) FROM orders").await, versions);
    let served = file.clone();
    let document = tokio::task::spawn_blocking(move || read(&Process::start_with(&served, &[]).address, "shopify-1"));
    let (status, document) = document.await.unwrap();
    assert!(status == 200 && document.contains("1Z1"), "{status} {document}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_import_continues_with_the_page_that_was_not_stored() {
    let (_directory, file) = database();
    let (shop, url) =
        Shop::open(vec![shopify_page(&[order(1)], Some("second")), shopify_page(&[order(2)], Some("third")), silence()]).await;
    let mut child: Child = command(&file, &url, "shopify", &[]).spawn().unwrap();
    shop.is_silent().await;
    child.kill().await.unwrap();
    assert_eq!((orders(&file).await, sql(&file, "SELECT orders FROM imports").await), (2, 2));
    shop.answer_with(vec![shopify_page(&[order(3)], None)]);
    let (succeeded, said) = import(&file, &url, "shopify", &[]).await;
    assert!(succeeded && said.contains("continues after 2 orders") && said.contains("done: 3 orders"), "{said}");
    assert_eq!(shop.asked(), ["/admin/api/2026-01/orders.json?limit=250&page_info=third"]);
    assert_eq!((orders(&file).await, sql(&file, "SELECT count(*) FROM imports").await), (3, 0));
}

fn silence() -> Scripted {
    (0, Vec::new(), String::new())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_begins_anew_on_request_with_another_time_and_when_the_shop_forgot_the_place() {
    let (_directory, file) = database();
    let (shop, url) = Shop::open(Vec::new()).await;
    let since = |time| format!("/admin/api/2026-01/orders.json?limit=250&status=any&updated_at_min={time}T00:00:00Z");
    let interrupt = || vec![shopify_page(&[order(1)], Some("second")), refused(403)];
    let all = || vec![shopify_page(&[order(1), order(2)], None)];
    for (flags, answers, first) in [
        (&["--restart"][..], all(), since("2020-01-01")),
        (&["--since", "2020-01-15"], all(), since("2020-01-15")),
        (&[], [vec![refused(400)], all()].concat(), "/admin/api/2026-01/orders.json?limit=250&page_info=second".to_owned()),
    ] {
        shop.answer_with(interrupt());
        let (succeeded, said) = import(&file, &url, "shopify", &["--restart"]).await;
        assert!(!succeeded && said.contains("read_orders"), "{said}");
        shop.answer_with(answers);
        let mut again = command(&file, &url, "shopify", &[]);
        if flags.contains(&"--since") {
            again = Command::new(env!("CARGO_BIN_EXE_doorstep-backend"));
            again.env_clear().args(["import", "shopify", "--import-allow-private", "--secret", SECRET, "--database"]).arg(&file);
            again.args(["--shopify-shop", "example.myshopify.com", "--shopify-api-url", &url, "--shopify-access-token", TOKEN]);
        }
        let output = again.args(flags).output().await.unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && said.contains("done: 2 orders"), "{flags:?} {said}");
        assert_eq!(shop.asked()[0], first);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn woocommerces_orders_are_imported_in_the_order_of_their_changes() {
    let (_directory, file) = database();
    let at = |id: u64, second: u32| woocommerce_order(id, &format!("2020-01-24T12:00:{second:02}"));
    let (shop, url) = Shop::open(vec![
        woocommerce_page(&[at(1, 10), at(2, 20)], 3),
        refused(502),
        woocommerce_page(&[at(2, 20), at(3, 30)], 2),
        woocommerce_page(&[at(3, 30)], 1),
    ])
    .await;
    let (succeeded, said) = import(&file, &format!("{url}/"), "woocommerce", &[]).await;
    assert!(succeeded, "{said}");
    let path = |after| {
        format!("/wp-json/wc/v3/orders?per_page=100&page=1&orderby=modified&order=asc&dates_are_gmt=true&modified_after={after}")
    };
    let [second, third] = ["2020-01-24T12:00:19", "2020-01-24T12:00:29"].map(path);
    assert_eq!(shop.asked(), [path("2019-12-31T23:59:59"), second.clone(), second, third]);
    assert!(shop.values("authorization").iter().all(|value| value == "Basic Y2tfMTpjc18x"));
    assert_eq!(orders(&file).await, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_says_what_is_missing_and_stores_nothing() {
    for (platform, status, named) in [
        ("shopify", 401, "DOORSTEP_SHOPIFY_ACCESS_TOKEN"),
        ("shopify", 403, "read_orders"),
        ("shopify", 404, "DOORSTEP_SHOPIFY_SHOP"),
        ("woocommerce", 401, "permission Read"),
        ("woocommerce", 404, "DOORSTEP_WOOCOMMERCE_URL"),
    ] {
        let (_directory, file) = database();
        let (shop, url) = Shop::open(vec![refused(status)]).await;
        let (succeeded, said) = import(&file, &url, platform, &[]).await;
        assert!(!succeeded && said.contains(named) && said.contains(&status.to_string()), "{said}");
        assert!(!said.contains(TOKEN) && !said.contains("cs_1"), "{said}");
        assert_eq!((shop.asked().len(), orders(&file).await), (1, 0));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shop_that_stays_unavailable_ends_the_import_after_a_number_of_attempts() {
    let (_directory, file) = database();
    let (shop, url) = Shop::open((0..20).map(|_| refused(429)).collect()).await;
    let (succeeded, said) = import(&file, &url, "shopify", &[]).await;
    assert!(!succeeded && said.contains("at attempt 9"), "{said}");
    assert_eq!(shop.asked().len(), 9);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_and_the_backend_work_on_one_file_at_the_same_time() {
    let (_directory, file) = database();
    let served = file.clone();
    let backend = tokio::task::spawn_blocking(move || Process::start_with(&served, &[])).await.unwrap();
    let many: Vec<Value> = (1..=40).map(order).collect();
    let (_shop, url) = Shop::open(vec![shopify_page(&many[..20], Some("second")), shopify_page(&many[20..], None)]).await;
    let (succeeded, said) = import(&file, &url, "shopify", &[]).await;
    assert!(succeeded, "{said}");
    let (status, _) = tokio::task::spawn_blocking(move || read(&backend.address, "shopify-40")).await.unwrap();
    assert_eq!((status, orders(&file).await), (200, 40));
}
