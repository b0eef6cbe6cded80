//! Installs packages that the checks need, where that is allowed: on Debian, as root.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::Failure;
use crate::process;

/// Returns true on Debian as root, where packages can be installed without asking the user.
pub(crate) fn is_root_on_debian() -> bool {
    Path::new("/etc/debian_version").exists() && is_root()
}

/// Installs packages. Fails if apt-get fails, for example without a network.
pub(crate) fn install(packages: &[&str], what_to_do: &str) -> Result<(), Failure> {
    println!("installing {} (once)", packages.join(", "));
    let _ = Command::new("apt-get").args(["update", "-qq"]).status();
    let mut install = Command::new("apt-get");
    install.env("DEBIAN_FRONTEND", "noninteractive").args(["install", "-y", "-qq", "--no-install-recommends"]).args(packages);
    process::run(&mut install, what_to_do)
}

/// Returns the path of the first program on PATH that has one of these names, or None. The order of directories on PATH counts
/// before the order of names.
pub(crate) fn on_path(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .flat_map(|directory| names.iter().map(move |name| directory.join(name)).collect::<Vec<_>>())
        .find(|candidate| candidate.is_file())
}

fn is_root() -> bool {
    #[cfg(unix)]
    return rustix::process::geteuid().is_root();
    #[cfg(not(unix))]
    return false;
}
