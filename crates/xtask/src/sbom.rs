//! Makes the release's bill of materials, `embed/<version>/sbom.cdx.json`, in the format of CycloneDX 1.6
//! (<https://cyclonedx.org/docs/1.6/json/>). Called by `embed.rs`.
//!
//! The bill of materials has three lists:
//!
//! - the crates that are compiled into the two WebAssembly files, with the hashes of their archives;
//! - the tools that made the release;
//! - the files of the release, with their hashes.
//!
//! It has no time and no serial number, so that two builds of one release have the same bill. No npm package is part of a
//! release: the loader, the glue and the tasks consist of sources of this repository and the output of wasm-bindgen.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine;
use serde_json::{Value, json};

use crate::failure::Failure;
use crate::manifest::File;
use crate::process::{self, cargo};
use crate::supply::{self, Locked};
use crate::workspace::{self, VERSION, Workspace};
use crate::{bindgen, toolchain};

/// Name of the file.
pub(crate) const NAME: &str = "sbom.cdx.json";

/// npm packages that make files of the release without being part of them.
const NPM_TOOLS: [&str; 2] = ["binaryen", "esbuild"];

/// Returns the text of the bill for a release of these files.
pub(crate) fn bill_of_materials(workspace: &Workspace, files: &[File]) -> Result<String, Failure> {
    let mut tree = cargo(&workspace.root);
    tree.args([
        "tree",
        "--locked",
        "--offline",
        "--package",
        "doorstep",
        "--no-default-features",
        "--edges",
        "normal,no-proc-macro",
    ]);
    tree.args(["--target", "wasm32-unknown-unknown", "--prefix", "depth", "--format", "|{p}|{l}"]);
    let graph = Graph::read(&process::output(&mut tree, "run `cargo xtask setup`")?);
    let lock: Value = serde_json::from_str(&workspace::read_text(&workspace.root.join("package-lock.json"))?)?;
    let bill = json!({
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "bom-ref": format!("doorstep@{VERSION}"), "type": "library", "name": "doorstep", "version": VERSION,
                "licenses": [{"expression": env!("CARGO_PKG_LICENSE")}],
                "components": files.iter().map(file).collect::<Vec<_>>(),
            },
            "tools": {"components": tools(&lock)},
        },
        "components": graph.components(&supply::locked(workspace)?),
        "dependencies": graph.dependencies(),
    });
    Ok(format!("{}\n", serde_json::to_string_pretty(&bill)?))
}

/// Describes a file of the release. Its integrity is SHA-384 in base64; CycloneDX requires hexadecimal digits.
fn file(file: &File) -> Value {
    let encoded = file.integrity.trim_start_matches("sha384-");
    let digest = base64::engine::general_purpose::STANDARD.decode(encoded).unwrap_or_default();
    let digits: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    json!({"bom-ref": file.name, "type": "file", "name": file.name, "hashes": [{"alg": "SHA-384", "content": digits}]})
}

/// Lists the programs that made the release, in their pinned versions.
fn tools(lock: &Value) -> Vec<Value> {
    let npm_version = |name: &str| {
        let package = lock.get("packages").and_then(|packages| packages.get(format!("node_modules/{name}")));
        package.and_then(|package| package.get("version")).and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    let pinned = [("rustc", toolchain::RUST.to_owned()), ("wasm-bindgen-cli-support", bindgen::VERSION.to_owned())];
    let from_npm = NPM_TOOLS.iter().map(|name| (*name, npm_version(name)));
    pinned
        .into_iter()
        .chain(from_npm)
        .map(|(name, version)| json!({"type": "application", "name": name, "version": version}))
        .collect()
}

/// Name and version of a crate.
type Id = (String, String);

/// The crates of the widget, with their licences and their direct dependencies.
#[derive(Default)]
struct Graph {
    licences: BTreeMap<Id, String>,
    needs: BTreeMap<Id, BTreeSet<Id>>,
}

impl Graph {
    /// Reads the output of `cargo tree`: lines such as `2|serde v1.0.228|MIT OR Apache-2.0`. The first field is the depth in the
    /// tree. A crate is needed by the nearest crate above it that has a smaller depth.
    fn read(tree: &str) -> Self {
        let mut graph = Self::default();
        let mut path: Vec<Id> = Vec::new();
        for line in tree.lines() {
            let mut fields = line.split('|');
            let (Some(depth), Some(package), licence) =
                (fields.next().and_then(|depth| depth.parse::<usize>().ok()), fields.next(), fields.next())
            else {
                continue;
            };
            let mut words = package.split_whitespace();
            let (Some(name), Some(version)) = (words.next(), words.next()) else {
                continue;
            };
            let id = (name.to_owned(), version.trim_start_matches('v').to_owned());
            path.truncate(depth);
            if let Some(parent) = path.last() {
                graph.needs.entry(parent.clone()).or_default().insert(id.clone());
            }
            // The line of a crate that was listed before ends in `(*)`.
            let licence = licence.unwrap_or_default().trim_end_matches("(*)").trim();
            graph.licences.entry(id.clone()).or_insert_with(|| licence.replace('/', " OR "));
            path.push(id);
        }
        graph
    }

    /// Lists the crates without the widget itself, which is the subject of the bill. Crates of this repository are in no registry and have
    /// no hash.
    fn components(&self, locked: &[Locked]) -> Vec<Value> {
        let others = self.licences.iter().filter(|((name, _), _)| name != "doorstep");
        others
            .map(|((name, version), licence)| {
                let known = locked.iter().find(|locked| (&locked.name, &locked.version) == (name, version));
                let mut component = json!({
                    "bom-ref": format!("{name}@{version}"), "type": "library", "name": name, "version": version,
                    "licenses": [{"expression": licence}],
                });
                if let (Some(checksum), Some(fields)) =
                    (known.and_then(|known| known.checksum.as_ref()), component.as_object_mut())
                {
                    fields.insert("purl".to_owned(), format!("pkg:cargo/{name}@{version}").into());
                    fields.insert("hashes".to_owned(), json!([{"alg": "SHA-256", "content": checksum}]));
                }
                component
            })
            .collect()
    }

    fn dependencies(&self) -> Vec<Value> {
        let reference = |(name, version): &Id| format!("{name}@{version}");
        let needed = |id: &Id| self.needs.get(id).into_iter().flatten().map(reference).collect::<Vec<_>>();
        self.licences.keys().map(|id| json!({"ref": reference(id), "dependsOn": needed(id)})).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TREE: &str = "0|doorstep v0.1.0 (/home/ada/doorstep)|MIT OR Apache-2.0\n\
        1|chrono v0.4.45|MIT/Apache-2.0\n2|num-traits v0.2.19|MIT OR Apache-2.0\n\
        1|doorstep-core v0.1.0 (/home/ada/doorstep/crates/core)|MIT OR Apache-2.0\n2|chrono v0.4.45|MIT/Apache-2.0 (*)\n";

    #[test]
    fn a_crate_is_listed_once_with_the_hash_of_its_archive_and_what_it_needs() {
        let graph = Graph::read(TREE);
        let locked = |name: &str, version: &str, hash: &str| Locked {
            name: name.to_owned(),
            version: version.to_owned(),
            source: None,
            checksum: Some(hash.to_owned()),
        };
        let components = graph.components(&[locked("chrono", "0.4.45", "c0ffee"), locked("num-traits", "0.2.19", "0b")]);
        let names: Vec<_> = components.iter().map(|component| component["name"].as_str().unwrap()).collect();
        assert_eq!(names, ["chrono", "doorstep-core", "num-traits"]);
        assert_eq!(components[0]["hashes"][0]["content"], "c0ffee");
        assert_eq!(components[0]["licenses"][0]["expression"], "MIT OR Apache-2.0");
        assert_eq!(components[0]["purl"], "pkg:cargo/chrono@0.4.45");
        assert_eq!(components[1].get("purl"), None, "it is in no registry");
        let dependencies = graph.dependencies();
        assert_eq!(dependencies[1], json!({"ref": "doorstep@0.1.0", "dependsOn": ["chrono@0.4.45", "doorstep-core@0.1.0"]}));
        assert_eq!(dependencies[2]["dependsOn"], json!(["chrono@0.4.45"]));
        assert!(!serde_json::to_string(&dependencies).unwrap().contains("/home"));
    }

    #[test]
    fn a_file_has_its_hash_in_hexadecimal_digits() {
        let integrity = crate::manifest::integrity(b"");
        let empty = File { role: "css".into(), name: "widget-0.css".into(), raw: 0, gzip: 0, brotli: 0, integrity };
        let digest = file(&empty)["hashes"][0]["content"].as_str().unwrap().to_owned();
        assert!(digest.starts_with("38b060a751ac"));
        assert_eq!(digest.len(), 96);
    }
}
