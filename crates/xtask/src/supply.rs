//! Checks the origin of crates and npm packages, and searches for versions that were withdrawn or have known vulnerabilities.
//! Called by `steps.rs`. `licences.rs` checks the licences.
//!
//! A check whose database cannot be reached is skipped with the reason, so that "not checked" is not mistaken for "nothing
//! found".

use serde_json::Value;

use crate::failure::Failure;
use crate::process::{cargo, command};
use crate::step::Outcome;
use crate::workspace::{self, Workspace};

/// Name in Cargo.lock of the only registry from which crates are accepted.
const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// One crate of Cargo.lock.
pub(crate) struct Locked {
    pub(crate) name: String,
    pub(crate) version: String,
    /// Registry or repository that it comes from; None for the crates of this repository.
    pub(crate) source: Option<String>,
    /// SHA-256 of its archive, in hexadecimal digits.
    pub(crate) checksum: Option<String>,
}

/// Returns the crates of Cargo.lock.
pub(crate) fn locked(workspace: &Workspace) -> Result<Vec<Locked>, Failure> {
    let text = workspace::read_text(&workspace.root.join("Cargo.lock"))?;
    let table: toml::Table =
        text.parse().map_err(|error| Failure::new(format!("Cargo.lock: {error}"), "restore it: `git checkout Cargo.lock`"))?;
    let entries = table.get("package").and_then(toml::Value::as_array).cloned().unwrap_or_default();
    let field = |entry: &toml::Value, key: &str| entry.get(key).and_then(toml::Value::as_str).map(str::to_owned);
    Ok(entries
        .iter()
        .map(|entry| Locked {
            name: field(entry, "name").unwrap_or_default(),
            version: field(entry, "version").unwrap_or_default(),
            source: field(entry, "source"),
            checksum: field(entry, "checksum"),
        })
        .collect())
}

/// Refuses crates and npm packages that come from elsewhere than the two registries, or whose content is not fixed by a hash.
pub(crate) fn sources(workspace: &Workspace) -> Result<(), Failure> {
    let lock: Value = serde_json::from_str(&workspace::read_text(&workspace.root.join("package-lock.json"))?)?;
    let mut refused = foreign_crates(&locked(workspace)?, &own_crates(workspace)?);
    refused.extend(foreign_packages(&lock));
    if refused.is_empty() {
        return Ok(());
    }
    Err(Failure::new(refused.join("\n"), "take it from the registry, by its version, and let the lockfile be written anew"))
}

/// Returns the names of the crates of this repository.
fn own_crates(workspace: &Workspace) -> Result<Vec<String>, Failure> {
    let mut metadata = cargo(&workspace.root);
    metadata.args(["metadata", "--locked", "--offline", "--no-deps", "--format-version", "1"]);
    let metadata: Value = serde_json::from_str(&crate::process::output(&mut metadata, "run `cargo xtask setup`")?)?;
    let packages = metadata.get("packages").and_then(Value::as_array).cloned().unwrap_or_default();
    Ok(packages.iter().filter_map(|package| Some(package.get("name")?.as_str()?.to_owned())).collect())
}

fn foreign_crates(crates: &[Locked], own: &[String]) -> Vec<String> {
    let refusal = |locked: &Locked| match (locked.source.as_deref(), &locked.checksum) {
        (None, _) if own.contains(&locked.name) => None,
        (None, _) => Some("is a path outside the workspace".to_owned()),
        (Some(REGISTRY), Some(_)) => None,
        (Some(REGISTRY), None) => Some("has no checksum".to_owned()),
        (Some(other), _) => Some(format!("comes from {other}")),
    };
    crates
        .iter()
        .filter_map(|locked| Some(format!("the crate {} {} {}", locked.name, locked.version, refusal(locked)?)))
        .collect()
}

/// Returns a line for each npm package that comes from elsewhere or has no SHA-512 hash. `.npmrc` keeps the addresses of the
/// registry out of the lockfile, so any address in the lockfile means another source.
fn foreign_packages(lock: &Value) -> Vec<String> {
    let packages = lock.get("packages").and_then(Value::as_object);
    let refusal = |package: &Value| {
        if package.get("link").is_some() {
            return Some("is a link to a directory".to_owned());
        }
        if let Some(resolved) = package.get("resolved").and_then(Value::as_str) {
            return Some(format!("comes from {resolved}"));
        }
        let fixed = package.get("integrity").and_then(Value::as_str).is_some_and(|hash| hash.starts_with("sha512-"));
        (!fixed).then(|| "has no integrity hash".to_owned())
    };
    let dependencies = packages.into_iter().flatten().filter(|(path, _)| !path.is_empty());
    dependencies.filter_map(|(path, package)| Some(format!("the npm package {path} {}", refusal(package)?))).collect()
}

/// Refuses crates that their authors withdrew after they were locked. Asks Cargo to create a new lockfile with exactly the locked
/// versions; Cargo refuses a withdrawn one. Skipped if Cargo cannot reach the registry.
pub(crate) fn yanked(workspace: &Workspace) -> Result<Outcome, Failure> {
    let directory = workspace.target.join("yanked");
    workspace::remove_dir(&directory)?;
    workspace::write(&directory.join("src/lib.rs"), b"")?;
    workspace::write(&directory.join("Cargo.toml"), manifest_of(&locked(workspace)?).as_bytes())?;
    let output = cargo(&directory).args(["generate-lockfile", "--quiet"]).output();
    let output =
        output.map_err(|error| Failure::new(format!("cargo could not be started: {error}"), "install Rust with rustup"))?;
    let errors = String::from_utf8_lossy(&output.stderr);
    if output.status.success() {
        return Ok(Outcome::Passed);
    }
    if errors.contains("is yanked") {
        return Err(Failure::new(
            errors.trim_end(),
            "move on with `cargo update -p <crate>`, and see what its authors say about it",
        ));
    }
    Ok(Outcome::Skipped(format!("not checked here: Cargo cannot ask the registry: {}", last_line(&errors))))
}

/// Returns the manifest of a package that needs exactly these versions of the crates, without their default features.
fn manifest_of(crates: &[Locked]) -> String {
    let mut manifest =
        "[package]\nname = \"locked\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n".to_owned();
    for (number, locked) in crates.iter().filter(|locked| locked.source.is_some()).enumerate() {
        let Locked { name, version, .. } = locked;
        manifest
            .push_str(&format!("c{number} = {{ package = \"{name}\", version = \"={version}\", default-features = false }}\n"));
    }
    manifest
}

/// Asks cargo-deny for vulnerabilities that were reported for the locked crates. Skipped without cargo-deny or its database.
pub(crate) fn crate_advisories(workspace: &Workspace) -> Result<Outcome, Failure> {
    let Ok(output) = command("cargo-deny", &workspace.root).args(["--locked", "check", "advisories"]).output() else {
        let reason = "not checked here: cargo-deny is not on PATH (`cargo install --locked cargo-deny`)";
        return Ok(Outcome::Skipped(reason.to_owned()));
    };
    let errors = String::from_utf8_lossy(&output.stderr);
    if output.status.success() {
        return Ok(Outcome::Passed);
    }
    if ["failed to fetch advisory database", "failed to load advisory database"].iter().any(|words| errors.contains(words)) {
        return Ok(Outcome::Skipped("not checked here: cargo-deny cannot fetch the advisory database".to_owned()));
    }
    Err(Failure::new(errors.trim_end(), "move on to a version without the fault, or say in deny.toml why it does not concern us"))
}

/// Asks the npm registry for vulnerabilities that were reported for the npm packages. None of them is part of the release.
pub(crate) fn npm_advisories(workspace: &Workspace) -> Result<Outcome, Failure> {
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let output = command(npm, &workspace.root).args(["audit", "--json"]).output();
    let output = output.map_err(|error| Failure::new(format!("npm could not be started: {error}"), "install Node with npm"))?;
    audited(&serde_json::from_slice(&output.stdout).unwrap_or_default())
}

/// Reads the output of `npm audit --json`. Skipped if the output is not a report. Fails if a package has an advisory.
fn audited(report: &Value) -> Result<Outcome, Failure> {
    let Some(vulnerable) = report.get("vulnerabilities").and_then(Value::as_object) else {
        let status = report.get("statusCode").map_or_else(|| "does not answer".to_owned(), |status| format!("answers {status}"));
        return Ok(Outcome::Skipped(format!("not checked here: the registry {status} when it is asked for advisories")));
    };
    let severity = |package: &Value| package.get("severity").and_then(Value::as_str).unwrap_or("unknown").to_owned();
    let found: Vec<String> = vulnerable.iter().map(|(name, package)| format!("{name}: {}", severity(package))).collect();
    if found.is_empty() {
        return Ok(Outcome::Passed);
    }
    Err(Failure::new(
        format!("npm packages with advisories:\n{}", found.join("\n")),
        "`npm audit` says more, and `npm audit fix` what to do",
    ))
}

fn last_line(text: &str) -> &str {
    text.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("it says nothing").trim()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn from(source: Option<&str>, checksum: Option<&str>) -> Locked {
        let text = |text: &str| text.to_owned();
        Locked { name: text("leptos"), version: text("0.8.23"), source: source.map(text), checksum: checksum.map(text) }
    }

    #[test]
    fn a_crate_comes_from_the_registry_with_a_checksum_or_from_here() {
        let own = ["doorstep".to_owned()];
        let refused = |locked: Locked| foreign_crates(&[locked], &own).pop();
        assert_eq!(refused(from(Some(REGISTRY), Some("00"))), None);
        assert_eq!(refused(Locked { name: "doorstep".to_owned(), ..from(None, None) }), None);
        for foreign in [
            from(Some(REGISTRY), None),
            from(None, None),
            from(Some("git+https://git.example/leptos#0a1b"), None),
            from(Some("registry+https://crates.example/index"), Some("00")),
        ] {
            assert!(refused(foreign).is_some_and(|text| text.starts_with("the crate leptos 0.8.23 ")));
        }
    }

    #[test]
    fn an_npm_package_comes_from_the_registry_with_a_hash() {
        let lock = |package: Value| json!({"packages": {"": {"name": "ours"}, "node_modules/esbuild": package}});
        let fixed = "sha512-AAAA";
        assert_eq!(foreign_packages(&lock(json!({"version": "1.0.0", "integrity": fixed}))), Vec::<String>::new());
        for foreign in [
            json!({"version": "1.0.0"}),
            json!({"version": "1.0.0", "integrity": "sha1-AAAA"}),
            json!({"resolved": "git+ssh://git@git.example/esbuild.git#0a1b", "integrity": fixed}),
            json!({"resolved": "../esbuild", "link": true}),
        ] {
            assert_eq!(foreign_packages(&lock(foreign.clone())).len(), 1, "{foreign}");
        }
    }

    #[test]
    fn every_locked_crate_is_asked_for_in_exactly_its_version() {
        let manifest = manifest_of(&[from(None, None), from(Some(REGISTRY), Some("00"))]);
        assert!(
            manifest.ends_with("c0 = { package = \"leptos\", version = \"=0.8.23\", default-features = false }\n"),
            "{manifest}"
        );
        assert_eq!(manifest.matches("leptos").count(), 1);
    }

    #[test]
    fn a_registry_that_does_not_answer_is_not_taken_for_one_without_advisories() {
        let skipped =
            |report: Value| matches!(audited(&report), Ok(Outcome::Skipped(reason)) if reason.starts_with("not checked here"));
        assert!(skipped(json!({"message": "405 Method Not Allowed", "statusCode": 405})));
        assert!(skipped(Value::Null));
        assert!(matches!(audited(&json!({"vulnerabilities": {}})), Ok(Outcome::Passed)));
        assert!(audited(&json!({"vulnerabilities": {"esbuild": {"severity": "low"}}})).is_err());
    }
}
