//! Tests of the settings with which the binary refuses to start, and of the permissions of its files.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::json;

use crate::durability::{Process, read, write};
use crate::support::order;

/// Starts the binary with these arguments alone. Returns its error output; panics if it starts.
fn refused(arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_doorstep-backend"));
    let output = command.env_clear().arg("--port=0").args(arguments).stdin(Stdio::null()).output().unwrap();
    assert!(!output.status.success() && output.stdout.is_empty(), "{arguments:?} was accepted");
    String::from_utf8(output.stderr).unwrap()
}

fn demo(file: &Path) -> Process {
    let file = file.to_str().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_doorstep-backend"));
    Process::of(command.env_clear().args(["--port=0", "--demo", "--database", file]))
}

fn shop(file: &Path) -> Process {
    Process::start_with(file, &[])
}

/// Returns the number that a statement on this file selects.
fn sql(file: &Path, statement: &'static str) -> i64 {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(file);
        let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
        let number = sqlx::query_scalar(statement).fetch_one(&pool).await.unwrap();
        pool.close().await;
        number
    })
}

const SECRETS: [&str; 4] = ["--secret", "a secret of more than thirty-two bytes", "--admin-key", "an admin key for tests"];

#[test]
fn a_demo_that_others_could_reach_and_a_secret_that_protects_nothing_are_refused_with_advice() {
    assert!(refused(&["--demo", "--bind", "0.0.0.0"]).contains("127.0.0.1"));
    assert!(refused(&["--demo", "--bind", "::"]).contains("--bind"));
    for (flag, variable) in [("--admin-key", "DOORSTEP_ADMIN_KEY"), ("--webhook-secret", "DOORSTEP_WEBHOOK_SECRET")] {
        for value in ["", "short"] {
            let said = refused(&["--secret", "a secret of more than thirty-two bytes", flag, value]);
            assert!(said.contains(variable) && said.contains("openssl rand"), "{said}");
        }
    }
}

#[test]
fn a_shops_database_never_becomes_the_demos_nor_the_other_way_round() {
    let directory = tempfile::tempdir().unwrap();
    let (shops, demos) = (directory.path().join("shop.db"), directory.path().join("demo.db"));
    let process = shop(&shops);
    let mut body = order("1042");
    body["id"] = json!("ord_1");
    write(&process.address, "/v1/admin/orders", "k", &body).unwrap();
    drop(process);
    let said = refused(&["--demo", "--database", shops.to_str().unwrap()]);
    assert!(said.contains("not a database of the demo") && said.contains("--database"), "{said}");
    drop(demo(&demos));
    // The demo starts again on its own database, and a shop does not start on it.
    drop(demo(&demos));
    let said = refused(&[&SECRETS[..], &["--database", demos.to_str().unwrap()]].concat());
    assert!(said.contains("database of the demo"), "{said}");
    assert_eq!(read(&shop(&shops).address, "ord_1").0, 200);
    assert_eq!(sql(&shops, "SELECT count(*) FROM orders"), 1, "no demo order came in");
}

#[test]
fn the_database_and_the_files_beside_it_are_their_owners_alone() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("orders.db");
    let process = shop(&file);
    write(&process.address, "/v1/admin/orders", "k", &order("1042")).unwrap();
    let modes = || -> Vec<(String, u32)> {
        let entries = std::fs::read_dir(directory.path()).unwrap().map(Result::unwrap);
        entries
            .map(|entry| (entry.file_name().into_string().unwrap(), entry.metadata().unwrap().permissions().mode() & 0o777))
            .collect()
    };
    assert!(modes().len() == 3 && modes().iter().all(|(_, mode)| *mode == 0o600), "{:?}", modes());
    drop(process);
    // An older release left the file readable for everybody. Starting the backend removes this permission. The permissions of the
    // group are up to the operator, so they stay.
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
    let _process = shop(&file);
    let found = modes().into_iter().find(|(name, _)| name == "orders.db").unwrap();
    assert_eq!(found.1, 0o640);
}

#[test]
fn a_database_that_a_newer_release_has_written_to_is_refused_and_left_as_it_is() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("orders.db");
    let process = shop(&file);
    write(&process.address, "/v1/admin/orders", "k", &order("1042")).unwrap();
    drop(process);
    sql(&file, "UPDATE orders SET schema = schema + 1 RETURNING schema");
    let said = refused(&[&SECRETS[..], &["--database", file.to_str().unwrap()]].concat());
    assert!(said.contains("newer release") && said.contains("orders.db"), "{said}");
}
