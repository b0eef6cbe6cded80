//! Finds or installs Trunk, which only daily work needs, in one version. It comes from PATH or the per-user cache. Otherwise the
//! published program is installed in that cache, after its archive was compared with the SHA-256 that is pinned in this file. If
//! that fails, Cargo builds Trunk from its sources.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use sha2::{Digest, Sha256};

use crate::failure::Failure;
use crate::process::{self, cargo, command};
use crate::{tools, workspace};

const VERSION: &str = "0.21.14";

/// A published archive with one file, the program.
struct Archive<'a> {
    /// Operating system and processor, as the standard library names them.
    system: (&'a str, &'a str),
    name: &'a str,
    sha256: &'a str,
}

/// The published archives. The programs for Linux need no C library of the system.
const ARCHIVES: [Archive<'static>; 5] = [
    Archive {
        system: ("linux", "x86_64"),
        name: "trunk-x86_64-unknown-linux-musl.tar.gz",
        sha256: "a67f4054b249fe9acc5fabc25de1aebf19783aca3ad6ff64bf34d7da44d0ea20",
    },
    Archive {
        system: ("linux", "aarch64"),
        name: "trunk-aarch64-unknown-linux-musl.tar.gz",
        sha256: "e8e2a2bb423ce6702ab9f4f02f8c9ae99d790f0301f7634e986b2dd8706019cc",
    },
    Archive {
        system: ("macos", "x86_64"),
        name: "trunk-x86_64-apple-darwin.tar.gz",
        sha256: "f1ba0e3bbe24e0ae219c6d22c33e24e2825c1608dd27c2556e323495110f1a95",
    },
    Archive {
        system: ("macos", "aarch64"),
        name: "trunk-aarch64-apple-darwin.tar.gz",
        sha256: "764e299dd50d89442a4e96a236349f57961984b701e74d3dbdb39cd1c9f5101e",
    },
    Archive {
        system: ("windows", "x86_64"),
        name: "trunk-x86_64-pc-windows-msvc.zip",
        sha256: "cd6ac15b9daff0365e5695036791ef2ce3c63f61c014f5a8c532363266e4569c",
    },
];

/// Returns the path of Trunk, or None when PATH has it in the right version. Installs it when neither PATH nor the cache has it.
pub(crate) fn find_or_install() -> Result<Option<PathBuf>, Failure> {
    if process::version("trunk").as_deref() == Some(VERSION) {
        return Ok(None);
    }
    let root = tools::cache()?.join(format!("trunk-{VERSION}"));
    let program = root.join("bin").join(file_name());
    if process::version(&program).as_deref() == Some(VERSION) {
        return Ok(Some(program));
    }
    println!("installing trunk {VERSION} (once per user)");
    let archive = archive_for((std::env::consts::OS, std::env::consts::ARCH));
    install_or_build(archive.and_then(|archive| published(archive, &program, download)), || build(&root))?;
    Ok(Some(program))
}

fn file_name() -> String {
    format!("trunk{}", std::env::consts::EXE_SUFFIX)
}

/// Builds Trunk from its sources when the published program cannot be used, and prints the reason.
fn install_or_build(published: Result<(), String>, build: impl FnOnce() -> Result<(), Failure>) -> Result<(), Failure> {
    let Err(reason) = published else { return Ok(()) };
    println!("building trunk from its sources (about seven minutes), because the published program cannot be used: {reason}");
    build()
}

fn archive_for(system: (&str, &str)) -> Result<&'static Archive<'static>, String> {
    ARCHIVES
        .iter()
        .find(|archive| archive.system == system)
        .ok_or_else(|| format!("there is none for {} on {}", system.0, system.1))
}

/// Installs the program of an archive. The error is the reason for the failure, in one line.
fn published(
    archive: &Archive<'_>,
    program: &Path,
    download: impl FnOnce(&str) -> Result<Vec<u8>, String>,
) -> Result<(), String> {
    let bytes = download(&format!("https://github.com/trunk-rs/trunk/releases/download/v{VERSION}/{}", archive.name))?;
    verified(&bytes, archive.sha256)?;
    unpack(&bytes, program)?;
    match process::version(program) {
        Some(version) if version == VERSION => Ok(()),
        Some(version) => Err(format!("it says that it is version {version}")),
        None => Err("it does not start on this machine".to_owned()),
    }
}

/// Returns the content of an address. Fails after ten seconds without a connection, and after three minutes in any case.
fn download(address: &str) -> Result<Vec<u8>, String> {
    let mut curl = Command::new("curl");
    curl.args(["--fail", "--silent", "--show-error", "--location", "--proto", "=https", "--proto-redir", "=https", "--tlsv1.2"]);
    curl.args(["--connect-timeout", "10", "--max-time", "180", address]).stdin(Stdio::null());
    let output = curl.output().map_err(|error| format!("curl could not be started: {error}"))?;
    let errors = String::from_utf8_lossy(&output.stderr);
    if output.status.success() { Ok(output.stdout) } else { Err(errors.lines().last().unwrap_or("curl says nothing").to_owned()) }
}

fn verified(bytes: &[u8], sha256: &str) -> Result<(), String> {
    let found: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    if found == sha256 { Ok(()) } else { Err(format!("its SHA-256 is {found} instead of {sha256}")) }
}

/// Unpacks an archive beside the program and moves the program to its place.
fn unpack(bytes: &[u8], program: &Path) -> Result<(), String> {
    let directory = program.with_extension("unpacked");
    let unpacked = unpack_in(&directory, bytes, program);
    workspace::remove_dir(&directory)
        .and(unpacked)
        .map_err(|failure| failure.to_string().lines().next().unwrap_or_default().to_owned())
}

fn unpack_in(directory: &Path, bytes: &[u8], program: &Path) -> Result<(), Failure> {
    workspace::write(&directory.join("archive"), bytes)?;
    process::output(command("tar", directory).args(["-xf", "archive"]), "put `tar` on PATH")?;
    let unpacked = directory.join(file_name());
    std::fs::rename(&unpacked, program).map_err(|error| Failure::file(&unpacked, &error))
}

fn build(root: &Path) -> Result<(), Failure> {
    // Cargo runs outside the checkout, because the checkout's target directory and flags are not meant for a tool.
    std::fs::create_dir_all(root).map_err(|error| Failure::file(root, &error))?;
    let mut install = cargo(root);
    install.args(["install", "trunk", "--locked", "--force", "--version", &format!("={VERSION}"), "--root"]).arg(root);
    install.env_remove("CARGO_TARGET_DIR");
    process::run(&mut install, &format!("check the network and that a C compiler is installed, or put trunk {VERSION} on PATH"))
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::workspace::Workspace;

    const REPORTS_OUR_VERSION: &str = "#!/bin/sh\necho trunk 0.21.14\n";

    /// Returns an empty directory for a test.
    fn directory(name: &str) -> PathBuf {
        let directory = Workspace::find().target.join("xtask-tests").join(name);
        workspace::remove_dir(&directory).unwrap();
        std::fs::create_dir_all(&directory).unwrap();
        directory
    }

    /// Returns an archive with one file of this name and content, which may be run.
    fn packed(directory: &Path, name: &str, content: &str) -> Vec<u8> {
        workspace::write(&directory.join(name), content.as_bytes()).unwrap();
        #[cfg(unix)]
        std::fs::set_permissions(directory.join(name), std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
        process::output(command("tar", directory).args(["-czf", "packed.tar.gz", name]), "install tar").unwrap();
        workspace::read(&directory.join("packed.tar.gz")).unwrap()
    }

    fn sha256(bytes: &[u8]) -> String {
        verified(bytes, "").unwrap_err().split_whitespace().nth(3).unwrap().to_owned()
    }

    /// Installs the archive `bytes` as if it had been published with this hash.
    fn install(directory: &Path, bytes: &[u8], sha256: &str) -> Result<(), String> {
        let archive = Archive { system: ("linux", "x86_64"), name: "trunk.tar.gz", sha256 };
        published(&archive, &directory.join("bin/trunk"), |address| {
            assert_eq!(address, "https://github.com/trunk-rs/trunk/releases/download/v0.21.14/trunk.tar.gz");
            Ok(bytes.to_vec())
        })
    }

    #[test]
    fn every_archive_has_a_system_and_a_hash_of_its_own() {
        for (index, archive) in ARCHIVES.iter().enumerate() {
            assert!(
                archive.sha256.len() == 64 && archive.sha256.bytes().all(|byte| byte.is_ascii_hexdigit()),
                "{}",
                archive.name
            );
            let others = ARCHIVES.iter().skip(index + 1);
            assert!(
                others.clone().all(|other| other.sha256 != archive.sha256 && other.system != archive.system),
                "{}",
                archive.name
            );
            assert_eq!(archive_for(archive.system).unwrap().name, archive.name);
        }
        assert!(archive_for(("plan9", "mips")).is_err_and(|reason| reason == "there is none for plan9 on mips"));
    }

    #[test]
    fn only_exactly_those_bytes_are_the_published_ones() {
        let hash_of_abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(verified(b"abc", hash_of_abc), Ok(()));
        assert!(verified(b"abd", hash_of_abc).is_err_and(|reason| reason.starts_with("its SHA-256 is ")));
    }

    #[cfg(unix)]
    #[test]
    fn the_published_program_is_unpacked_and_nothing_else_is_left() {
        let directory = directory("trunk-published");
        let bytes = packed(&directory, "trunk", REPORTS_OUR_VERSION);
        assert_eq!(install(&directory, &bytes, &sha256(&bytes)), Ok(()));
        let left: Vec<_> = std::fs::read_dir(directory.join("bin")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left, ["trunk"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_program_that_is_not_the_pinned_one_is_not_unpacked_or_not_used() {
        let directory = directory("trunk-refused");
        let bytes = packed(&directory, "trunk", REPORTS_OUR_VERSION);
        assert!(install(&directory, &bytes, &"0".repeat(64)).is_err_and(|reason| reason.contains("its SHA-256 is")));
        assert!(!directory.join("bin").exists());
        for (name, content, reason) in [
            ("trunk", "#!/bin/sh\necho trunk 0.22.0\n", "it says that it is version 0.22.0"),
            ("trunk", "#!/nowhere/sh\n", "it does not start on this machine"),
            ("other", REPORTS_OUR_VERSION, "bin/trunk.unpacked/trunk: "),
        ] {
            let bytes = packed(&directory, name, content);
            let refused = install(&directory, &bytes, &sha256(&bytes)).unwrap_err();
            assert!(refused.contains(reason) && refused.lines().count() == 1, "{refused}");
        }
        let refused = install(&directory, b"no archive", &sha256(b"no archive")).unwrap_err();
        assert!(refused.starts_with("`tar -xf archive` ended with") && refused.lines().count() == 1, "{refused}");
    }

    #[test]
    fn only_what_cannot_be_used_is_built_from_its_sources() {
        let built = Cell::new(0);
        let build = || {
            built.set(built.get() + 1);
            Ok(())
        };
        assert!(install_or_build(Ok(()), build).is_ok());
        assert_eq!(built.get(), 0);
        assert!(install_or_build(Err("curl: (6) Could not resolve host".to_owned()), build).is_ok());
        assert_eq!(built.get(), 1);
        assert!(install_or_build(Err(String::new()), || Err(Failure::new("no compiler", "install one"))).is_err());
    }
}
