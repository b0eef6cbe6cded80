//! Pins the one version of Rust that everything is checked and released with.
//!
//! `rust-toolchain.toml` names only the channel, so that Cargo alone works with the toolchain installed under that name. The commands of
//! xtask run with exactly this version, independent of the version of the channel.

use std::process::ExitCode;

use crate::failure::Failure;
use crate::process::{self, command};
use crate::workspace::Workspace;

/// The pinned version. Raised only deliberately, because a new version changes the bytes of the release and the lints.
pub(crate) const RUST: &str = "1.95.0";

/// Environment variable that is set for the second run, which must not start a third.
const SECOND_RUN_VARIABLE: &str = "DOORSTEP_PINNED_RUST";

/// Returns None when the compiler in use is the pinned one. Otherwise installs the pinned one with rustup, runs the command again with it
/// and returns the exit code.
pub(crate) fn rerun_with_pinned_toolchain(workspace: &Workspace) -> Result<Option<ExitCode>, Failure> {
    let mut rustc = command("rustc", &workspace.root);
    let version = process::output(rustc.arg("--version"), "install Rust with rustup")?;
    if is_pinned(&version) {
        return Ok(None);
    }
    let what_to_do = format!("install Rust {RUST}: `rustup toolchain install {RUST}`, then `rustup run {RUST} cargo xtask …`");
    if std::env::var_os(SECOND_RUN_VARIABLE).is_some() {
        return Err(Failure::new(format!("Doorstep is built with Rust {RUST}, and this is {}", version.trim()), what_to_do));
    }
    println!("Doorstep is built with Rust {RUST}, and this is {}: going on with {RUST}", version.trim());
    let mut install = command("rustup", &workspace.root);
    install.args(["toolchain", "install", RUST, "--no-self-update", "--profile", "minimal"]);
    install.args(["--component", "rustfmt,clippy", "--target", "wasm32-unknown-unknown"]);
    process::run(&mut install, &what_to_do)?;
    let mut again = command("rustup", &workspace.root);
    again.args(["run", RUST, "cargo", "xtask"]).args(std::env::args_os().skip(1)).env(SECOND_RUN_VARIABLE, "1");
    let failed = |error: std::io::Error| Failure::new(format!("rustup could not be started: {error}"), what_to_do);
    // The second run replaces this process where that is possible, so that it receives its signals.
    #[cfg(unix)]
    return Err(failed(std::os::unix::process::CommandExt::exec(&mut again)));
    #[cfg(not(unix))]
    again.status().map_err(failed).map(|status| Some(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE }))
}

/// Returns true if the output of `rustc --version` names the pinned version, such as `rustc 1.95.0 (59807616e 2026-04-14)`.
fn is_pinned(version: &str) -> bool {
    version.split_whitespace().nth(1) == Some(RUST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_exactly_that_version_is_the_pinned_one() {
        assert!(is_pinned("rustc 1.95.0 (59807616e 2026-04-14)\n"));
        for other in ["rustc 1.95.1 (0)", "rustc 1.96.0 (0)", "rustc 1.95.0-nightly (0)", "rustc", ""] {
            assert!(!is_pinned(other), "{other}");
        }
    }

    #[test]
    fn the_pinned_version_is_the_oldest_that_cargo_accepts() {
        assert!(RUST.starts_with(env!("CARGO_PKG_RUST_VERSION")));
    }
}
