//! Tests of the policy file: the page offers what the file says, and the backend does not start with a broken file.

use std::process::Command;

use serde_json::json;

use crate::shopper::Shopper;
use crate::support::{ADMIN_KEY, Backend};

#[tokio::test]
async fn another_policy_changes_what_orders_offer_after_a_restart() {
    let backend = Backend::with_policy("[returns]\nwindow_days = 30\n").await;
    let (id, token, until) = {
        let shopper = Shopper::delivered(&backend, "household").await;
        (shopper.id.clone(), shopper.token.clone(), shopper.action("start_return").await["until"].clone())
    };
    assert_eq!(until, "2020-02-24T23:00:00Z");
    let backend = backend.restarted_with_policy("[country.DE.returns]\nwindow_days = 100\n[contact]\noffered = false\n").await;
    let shopper = Shopper { backend: &backend, id, token };
    assert_eq!(shopper.action("start_return").await["until"], "2020-05-04T22:00:00Z");
    assert_eq!(shopper.action("contact").await, json!(null));
    assert_eq!(shopper.order().await["version"], 3);
    assert_eq!(backend.app.service.apply_policy().await.unwrap(), 0);
}

#[test]
fn a_broken_policy_starts_nothing_and_says_where_it_is_broken() {
    let directory = tempfile::tempdir().unwrap();
    let (file, database) = (directory.path().join("shop.toml"), directory.path().join("orders.db"));
    for (text, told) in [
        ("[returns]\nwindow_days = 0\n", "shop.toml, line 2: returns.window_days: write 1 to"),
        ("[returns]\n\nwindow = 3\n", "shop.toml, line 3: returns.window: unknown field"),
        ("[returns\n", "shop.toml, line 1: "),
    ] {
        std::fs::write(&file, text).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_doorstep-backend"));
        command.env_clear().args(["--port=0", "--admin-key", ADMIN_KEY, "--secret", "a secret of more than thirty-two bytes"]);
        let output = command.arg("--policy").arg(&file).arg("--database").arg(&database).output().unwrap();
        let message = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && message.contains(told) && message.contains("docs/policy.md"), "{message}");
        assert!(!database.exists());
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_doorstep-backend"));
    command.env_clear().args(["--secret", "a secret of more than thirty-two bytes", "--policy", "/nowhere/shop.toml"]);
    assert!(String::from_utf8(command.output().unwrap().stderr).unwrap().contains("cannot read the policy /nowhere/shop.toml"));
}
