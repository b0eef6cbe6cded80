//! Paths of the checkout, the target directory and the user's tools. Reads and writes files with errors that name them.

use std::path::{Path, PathBuf};

use crate::failure::Failure;

/// The checkout that this command belongs to.
pub(crate) struct Workspace {
    /// The directory of the root `Cargo.toml`.
    pub(crate) root: PathBuf,
    /// Cargo's target directory.
    pub(crate) target: PathBuf,
}

/// The version that all packages of the workspace share.
pub(crate) const VERSION: &str = env!("CARGO_PKG_VERSION");

impl Workspace {
    pub(crate) fn find() -> Self {
        let crate_directory = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = crate_directory.ancestors().nth(2).unwrap_or(crate_directory).to_path_buf();
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |dir| root.join(dir));
        Self { root, target }
    }

    pub(crate) fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// Returns the path of a command installed by npm.
    pub(crate) fn npm_bin(&self, name: &str) -> PathBuf {
        self.root.join("node_modules/.bin").join(name)
    }

    /// Returns the path of the backend as built with Cargo's dev profile.
    pub(crate) fn backend(&self) -> PathBuf {
        self.target.join("debug").join(format!("doorstep-backend{}", std::env::consts::EXE_SUFFIX))
    }
}

/// Returns the user's home directory, if there is one.
pub(crate) fn home() -> Option<PathBuf> {
    std::env::var_os("HOME").or_else(|| std::env::var_os("USERPROFILE")).map(PathBuf::from).filter(|home| home.is_absolute())
}

/// Returns Cargo's own directory, which holds registry sources and installed commands.
pub(crate) fn cargo_home() -> Option<PathBuf> {
    std::env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| home().map(|home| home.join(".cargo")))
}

/// Returns rustup's own directory, which holds the toolchains.
pub(crate) fn rustup_home() -> Option<PathBuf> {
    std::env::var_os("RUSTUP_HOME").map(PathBuf::from).or_else(|| home().map(|home| home.join(".rustup")))
}

pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|error| Failure::file(path, &error))
}

pub(crate) fn read_text(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(|error| Failure::file(path, &error))
}

/// Writes a file and creates the directories above it.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent).map_err(|error| Failure::file(parent, &error))?;
    }
    std::fs::write(path, bytes).map_err(|error| Failure::file(path, &error))
}

/// Writes a file so that a concurrent reader gets either the old content or the new one.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    write(Path::new(&beside), bytes)?;
    std::fs::rename(&beside, path).map_err(|error| Failure::file(path, &error))
}

/// Copies a directory with everything in it into another one, each file by `replace`.
pub(crate) fn copy_dir(from: &Path, to: &Path) -> Result<(), Failure> {
    let entries = std::fs::read_dir(from).map_err(|error| Failure::file(from, &error))?;
    for entry in entries {
        let path = entry.map_err(|error| Failure::file(from, &error))?.path();
        let target = to.join(path.file_name().unwrap_or_default());
        if path.is_dir() { copy_dir(&path, &target)? } else { replace(&target, &read(&path)?)? }
    }
    Ok(())
}

/// Removes a directory and everything in it; a missing one is no error.
pub(crate) fn remove_dir(path: &Path) -> Result<(), Failure> {
    match std::fs::remove_dir_all(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Failure::file(path, &error)),
        Ok(()) | Err(_) => Ok(()),
    }
}
