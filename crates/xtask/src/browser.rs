//! Finds the browser that the browser tests drive.

use std::path::PathBuf;

use crate::failure::Failure;
use crate::{debian, workspace};

const NAMES: [&str; 5] = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome"];
const MAC_PATHS: [&str; 2] =
    ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium"];

/// Returns the browser that `DOORSTEP_BROWSER` names. If the variable is not set, returns the browser on PATH, in the usual
/// places of macOS or in Playwright's cache. If there is none, installs Chromium on Debian as root, and fails elsewhere.
pub(crate) fn find_or_install() -> Result<PathBuf, Failure> {
    if let Some(chosen) = std::env::var_os("DOORSTEP_BROWSER").map(PathBuf::from) {
        return chosen.is_file().then_some(chosen).ok_or_else(|| {
            Failure::new("DOORSTEP_BROWSER names no file", "set it to the program of Chromium or Chrome, or unset it")
        });
    }
    if let Some(found) = find() {
        return Ok(found);
    }
    let what_to_do = "install Chromium or Chrome, run `npx playwright install chromium`, or set DOORSTEP_BROWSER";
    if debian::is_root_on_debian() {
        debian::install(&["chromium"], what_to_do)?;
    }
    find().ok_or_else(|| Failure::new("no browser found for the browser tests", what_to_do))
}

fn find() -> Option<PathBuf> {
    let elsewhere = || MAC_PATHS.map(PathBuf::from).into_iter().find(|candidate| candidate.is_file());
    debian::on_path(&NAMES).or_else(elsewhere).or_else(of_playwright)
}

/// Returns the newest browser in Playwright's cache. Playwright has one directory for each revision, and the newest revision
/// sorts last by name.
fn of_playwright() -> Option<PathBuf> {
    let cache = std::env::var_os("PLAYWRIGHT_BROWSERS_PATH")
        .map(PathBuf::from)
        .or_else(|| workspace::home().map(|home| home.join(".cache/ms-playwright")))?;
    let mut revisions: Vec<PathBuf> = std::fs::read_dir(cache).ok()?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    revisions.sort();
    revisions.iter().rev().find_map(|revision| {
        ["chrome-linux64/chrome", "chrome-linux/chrome"]
            .map(|program| revision.join(program))
            .into_iter()
            .find(|program| program.is_file())
    })
}
