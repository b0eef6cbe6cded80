//! Finds the browsers whose engine is not Chromium's. Unlike Chromium they may be missing; their tests are then skipped with the reason.

use std::path::PathBuf;

use crate::debian;

/// A browser with an engine other than Chromium's, and the settings by which the tests reach it.
pub(crate) struct Engine {
    /// Name of its step in `cargo xtask test`.
    pub(crate) step: &'static str,
    /// Name of its project in tests/engines/playwright.config.ts.
    pub(crate) project: &'static str,
    /// Environment variable with the path of the program, for xtask and for the tests.
    pub(crate) variable: &'static str,
    /// Possible names of the program that the tests drive.
    programs: &'static [&'static str],
    /// Other programs that the tests start.
    beside: &'static [&'static str],
    /// Debian packages that contain all these programs.
    packages: &'static [&'static str],
}

/// The engines. Firefox is driven through its own socket. WebKitGTK is driven by its driver, and its browser needs a screen.
pub(crate) const ALL: [Engine; 2] = [
    Engine {
        step: "Firefox tests",
        project: "firefox",
        variable: "DOORSTEP_FIREFOX",
        programs: &["firefox-esr", "firefox"],
        beside: &[],
        packages: &["firefox-esr"],
    },
    Engine {
        step: "WebKit tests",
        project: "webkit",
        variable: "DOORSTEP_WEBKIT",
        programs: &["WebKitWebDriver"],
        beside: &["Xvfb"],
        packages: &["webkit2gtk-driver", "xvfb"],
    },
];

impl Engine {
    /// Returns the program that the variable names, or else a program on PATH. If there is none, installs the program on Debian
    /// as root.
    ///
    /// # Errors
    ///
    /// If there is no program, returns the reason as a text for the summary.
    pub(crate) fn find_or_install(&self) -> Result<PathBuf, String> {
        if let Some(chosen) = std::env::var_os(self.variable).map(PathBuf::from) {
            return if chosen.is_file() { Ok(chosen) } else { Err(format!("{} names no file", self.variable)) };
        }
        if let Some(found) = self.find() {
            return Ok(found);
        }
        let packages = self.packages.join(" and ");
        if !debian::is_root_on_debian() {
            let programs = self.programs.first().into_iter().chain(self.beside).copied().collect::<Vec<_>>().join(" and ");
            return Err(format!("not on PATH: {programs}; on Debian they come with {packages}, or set {}", self.variable));
        }
        debian::install(self.packages, "check the network")
            .map_err(|_| format!("{packages} could not be installed: apt-get says why above"))?;
        self.find().ok_or_else(|| format!("{packages} is installed, but there is no {}", self.programs.join(" or ")))
    }

    fn find(&self) -> Option<PathBuf> {
        let program = debian::on_path(self.programs)?;
        self.beside.iter().all(|name| debian::on_path(&[name]).is_some()).then_some(program)
    }
}
