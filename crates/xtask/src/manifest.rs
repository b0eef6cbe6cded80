//! Writes and reads the list of a release's files, `embed/<version>/manifest.json`. `embed.rs` writes it, the size check reads it, and a
//! retailer's deployment can read it, too.

use std::path::Path;

use base64::Engine;
use serde_json::{Value, json};
use sha2::{Digest, Sha256, Sha384};

use crate::failure::Failure;
use crate::workspace;

/// One file of a release.
pub(crate) struct File {
    /// Role: loader, glue, wasm, css or catalogue; in the second chunk requests-wasm, requests-tasks, requests-css or requests-catalogue.
    pub(crate) role: String,
    pub(crate) name: String,
    /// Size in bytes: uncompressed, then gzip and brotli. The last two are 0 in a development build.
    pub(crate) raw: usize,
    pub(crate) gzip: usize,
    pub(crate) brotli: usize,
    pub(crate) integrity: String,
}

/// Returns the value of an `integrity` attribute, with SHA-384.
pub(crate) fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", base64::engine::general_purpose::STANDARD.encode(Sha384::digest(bytes)))
}

/// Returns the hash that the loader contains for each file. It is SHA-256, which is a third shorter than SHA-384 and strong
/// enough.
pub(crate) fn short_integrity(bytes: &[u8]) -> String {
    format!("sha256-{}", base64::engine::general_purpose::STANDARD.encode(Sha256::digest(bytes)))
}

/// Returns the part of a file name that changes with its content: twelve hexadecimal digits of SHA-384.
pub(crate) fn content_hash(bytes: &[u8]) -> String {
    Sha384::digest(bytes).iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

pub(crate) fn write(path: &Path, version: &str, release: bool, files: &[File]) -> Result<(), Failure> {
    let files: Vec<Value> = files
        .iter()
        .map(|file| {
            json!({
                "role": file.role, "name": file.name, "integrity": file.integrity,
                "bytes": file.raw, "gzip": file.gzip, "brotli": file.brotli,
            })
        })
        .collect();
    let text = serde_json::to_string_pretty(&json!({"version": version, "release": release, "files": files}))?;
    workspace::write(path, format!("{text}\n").as_bytes())
}

/// Returns the files of a release build.
///
/// # Errors
/// Fails when there is no manifest, or when it belongs to a development build, whose files are not compressed.
pub(crate) fn read(path: &Path) -> Result<Vec<File>, Failure> {
    let again = || Failure::new("there is no release build to measure", "run `cargo xtask build` first");
    let text = std::fs::read_to_string(path).map_err(|_| again())?;
    let manifest: Value = serde_json::from_str(&text)?;
    if manifest.get("release") != Some(&Value::Bool(true)) {
        return Err(again());
    }
    let files = manifest.get("files").and_then(Value::as_array).ok_or_else(again)?;
    let text = |file: &Value, key: &str| file.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let number =
        |file: &Value, key: &str| file.get(key).and_then(Value::as_u64).and_then(|n| usize::try_from(n).ok()).unwrap_or_default();
    Ok(files
        .iter()
        .map(|file| File {
            role: text(file, "role"),
            name: text(file, "name"),
            raw: number(file, "bytes"),
            gzip: number(file, "gzip"),
            brotli: number(file, "brotli"),
            integrity: text(file, "integrity"),
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_integrity_of_nothing_is_the_published_one() {
        let empty = "sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb";
        assert_eq!(integrity(b""), empty);
        assert_eq!(content_hash(b""), "38b060a751ac");
    }
}
