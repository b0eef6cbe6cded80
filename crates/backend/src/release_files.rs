//! Files of the widget's release that the backend serves, from the manifest of the release.

use std::path::Path;

use serde::Deserialize;

/// Version of the release that belongs to this backend.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A stylesheet of the release.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Stylesheet {
    /// Address of the file.
    pub(crate) address: String,
    /// Subresource integrity of the file.
    pub(crate) integrity: String,
}

#[derive(Deserialize)]
struct Manifest {
    files: Vec<File>,
}

#[derive(Deserialize)]
struct File {
    role: String,
    name: String,
    integrity: String,
}

/// Returns the stylesheet of the widget in the release that the site at `site` contains. Returns None if it contains no release of
/// this version. `embed_url` is the address of the directory `embed`.
pub(crate) async fn stylesheet(site: &Path, embed_url: &str) -> Option<Stylesheet> {
    let manifest = tokio::fs::read(site.join("embed").join(VERSION).join("manifest.json")).await.ok()?;
    let manifest: Manifest = serde_json::from_slice(&manifest).ok()?;
    let file = manifest.files.into_iter().find(|file| file.role == "css")?;
    Some(Stylesheet { address: format!("{embed_url}/{VERSION}/{}", file.name), integrity: file.integrity })
}
