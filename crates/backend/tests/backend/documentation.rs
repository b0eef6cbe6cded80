//! Runs the shell examples of the documentation, page after page in one shell, against one demo. Only the port differs from the
//! documentation, so that tests do not disturb each other.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::durability::Process;

/// The pages in the order in which they lead to each other. One shell runs the examples of all of them.
const PAGES: [&str; 7] = [
    "README.md",
    "crates/backend/README.md",
    "docs/connecting-a-backend.md",
    "docs/returns.md",
    "docs/order-updates.md",
    "docs/tracking-providers.md",
    "docs/helpdesk.md",
];
/// Address at which the examples expect the demo.
const DEMO: &str = "http://127.0.0.1:4180/api";
/// Command with which the examples start the demo.
const START: &str = "cargo run -p doorstep-backend -- --demo --port 4180 --api-base /api";
/// Beginnings of examples that start something, build something or set up a server. They are not run here.
const NOT_RUN: [&str; 7] = [
    "cargo ",
    "doorstep-backend ",
    "export DOORSTEP_SECRET",
    "export DOORSTEP_WEBHOOK_URL",
    "export DOORSTEP_HELPDESK_URL",
    "export DOORSTEP_REGISTER_WITH",
    "npm ",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// Returns every shell example of a page, with the number of the line on which it begins.
fn examples(page: &str) -> Vec<(usize, String)> {
    let text = std::fs::read_to_string(root().join(page)).unwrap();
    let mut found: Vec<(usize, String)> = Vec::new();
    let mut inside = false;
    for (index, line) in text.lines().enumerate() {
        match (inside, line.trim()) {
            (false, "```sh") => {
                inside = true;
                found.push((index + 2, String::new()));
            }
            (true, "```") => inside = false,
            (true, _) => found.last_mut().unwrap().1.push_str(&format!("{line}\n")),
            (false, _) => {}
        }
    }
    found
}

fn is_run(example: &str) -> bool {
    NOT_RUN.iter().all(|start| !example.starts_with(start))
}

#[test]
fn every_shell_example_of_the_documentation_works_as_it_is_pasted() {
    let directory = tempfile::tempdir().unwrap();
    let demo = Process::start_with(&directory.path().join("orders.db"), &["--demo", "--api-base", "/api"]);
    // The script replaces `curl` by a function that fails when a request is refused and that follows a stream for one second. It
    // also replaces the admin key in the examples by the admin key of the tests.
    let mut script = String::from(
        "set -eu\ncurl() {\n  case \" $* \" in *' -N '*) command curl --max-time 1 \"$@\" || test $? = 28;; *) command curl --fail-with-body \"$@\";; esac\n}\n",
    );
    let mut run = 0;
    for page in PAGES {
        for (line, example) in examples(page).iter().filter(|(_, example)| is_run(example)) {
            script.push_str(&format!("echo '--- {page}:{line}' >&2\n{example}"));
            run += 1;
        }
    }
    assert!(run >= 15, "{run} examples are too few to be all");
    let script =
        script.replace(DEMO, &format!("http://{}/api", demo.address)).replace("demo-admin-key", crate::support::ADMIN_KEY);
    assert!(!script.contains(":4180") && !script.contains(".example/v1"), "an example asks somebody else:\n{script}");
    let shell =
        Command::new("bash").arg("-o").arg("pipefail").arg("-c").arg(&script).current_dir(root()).stdin(Stdio::null()).output();
    let output = shell.expect("the examples need bash, curl and openssl: install them");
    let (out, errors) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "the last example that is named here failed:\n{errors}\n{out}");
    for expected in ["\"order_id\":\"shop-1042\"", "\"minor\":2704", "\"return_received\"", "\"changed\":1", "event: order"] {
        assert!(out.contains(expected), "no example was answered with {expected}:\n{errors}\n{out}");
    }
}

#[test]
fn what_the_examples_ask_is_what_the_pages_say_to_start() {
    let starts = examples("docs/connecting-a-backend.md");
    assert!(starts.iter().any(|(_, example)| example.trim() == START), "{starts:?}");
    assert!(std::fs::read_to_string(root().join("README.md")).unwrap().contains("http://127.0.0.1:4180/"));
    for page in PAGES {
        for (line, example) in examples(page) {
            let asks = example.split("http://127.0.0.1:").skip(1).all(|rest| rest.starts_with("4180/"));
            assert!(asks || !is_run(&example), "{page}:{line}: an example asks another port than the demo's:\n{example}");
            for key in example.split("Idempotency-Key: ").skip(1).filter_map(|rest| rest.split(['\'', '"']).next()) {
                assert!(key.bytes().all(|byte| byte.is_ascii_graphic()), "{page}:{line}: {key} cannot be sent in a header");
            }
        }
    }
}
