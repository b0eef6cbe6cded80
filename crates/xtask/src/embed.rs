//! Makes the embed directory: the files that a shop's page loads. Called by `cargo xtask build`, and in daily work after each
//! build of Trunk.
//!
//! `embed/v1/doorstep.js` is the address that retailers paste. Its content changes with each release, so it is cached only for a
//! short time. `embed/<version>/` never changes. The loader contains the names of the other files, and these names contain their
//! hash, so a cached loader cannot load another release's WebAssembly.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use doorstep_core::message::{keys, request_keys};
use serde_json::{Map, Value, json};

use crate::failure::Failure;
use crate::manifest::{self, File};
use crate::process::{self, command};
use crate::workspace::{self, VERSION, Workspace};
use crate::{compress, sbom};

/// Builds the embed directory in Trunk's staging directory, from the files that Trunk left there. Fails for a release, which Trunk does not
/// make.
pub(crate) fn from_hook(workspace: &Workspace) -> Result<(), Failure> {
    let staging = std::env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from).ok_or_else(|| {
        Failure::new("TRUNK_STAGING_DIR is not set", "this command is called by Trunk: use `cargo xtask build` or `serve`")
    })?;
    if std::env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "release") {
        return Err(Failure::new("Trunk makes no releases of Doorstep", "use `cargo xtask build`, which splits the widget"));
    }
    let (glue, wasm) = (staging.join("doorstep.js"), staging.join("doorstep_bg.wasm"));
    let kind = Kind::Daily { glue: glue.clone(), wasm: wasm.clone() };
    Build { workspace, kind, out: staging.join("embed") }.run()?;
    // No page loads Trunk's own copies.
    for path in [glue, wasm] {
        let _ = std::fs::remove_file(path);
    }
    Ok(())
}

/// Builds the files of a release in a directory and returns them.
pub(crate) fn release(workspace: &Workspace, out: &Path) -> Result<Vec<File>, Failure> {
    Build { workspace, kind: Kind::Release, out: out.to_path_buf() }.run()
}

/// Returns the two WebAssembly files of the release that was built last, with the names of their functions.
pub(crate) fn named_chunks(workspace: &Workspace) -> Result<[Vec<u8>; 2], Failure> {
    Build { workspace, kind: Kind::Release, out: PathBuf::new() }.named_chunks()
}

/// Returns the embed directory of the release that was built last, and its description. Fails if none was built.
pub(crate) fn last_release(workspace: &Workspace) -> Result<(PathBuf, Value), Failure> {
    let path = description(workspace);
    let text = std::fs::read_to_string(&path).map_err(|error| {
        Failure::new(format!("{}: {error}", path.display()), "build the release first, with `cargo xtask build`")
    })?;
    Ok((workspace.target.join("embed/release"), serde_json::from_str(&text)?))
}

/// Beginning of the imports that the loader of the npm package keeps. esbuild would take a relative path for one of the checkout.
pub(crate) const PACKAGE_FILES: &str = "doorstep-package-files/";

/// Returns the loader of the npm package as a module. `files` is a module that exports `PACKAGED`, the table of the files that
/// `embed/release.ts` describes; the files themselves stay outside.
pub(crate) fn packaged_loader(workspace: &Workspace, release: &Value, files: &Path) -> Result<Vec<u8>, Failure> {
    let build = Build { workspace, kind: Kind::Release, out: PathBuf::new() };
    let inject = format!("--inject:{}", files.display());
    let outside = format!("--external:{PACKAGE_FILES}*");
    let script = build.script("embed/packaged.ts", release, &["--format=esm", "--define:IS_PACKAGED=true", &inject, &outside])?;
    Ok(String::from_utf8_lossy(&script).replace(PACKAGE_FILES, "./").into_bytes())
}

/// Returns the path of the description of the release that was built last, which the loader of the npm package contains.
fn description(workspace: &Workspace) -> PathBuf {
    workspace.target.join("embed/release.json")
}

/// A language with its messages as JSON: for the first load, and for the second chunk.
type Catalogue = (String, [Vec<u8>; 2]);

/// Purpose of a build.
pub(crate) enum Kind {
    /// A release: split, small, compressed, and without a path of this machine.
    Release,
    /// Daily work: quick to build, with the glue and the WebAssembly that wasm-bindgen made for Trunk.
    Daily { glue: PathBuf, wasm: PathBuf },
}

/// One run, which turns Cargo's output into the files of the embed directory.
pub(crate) struct Build<'a> {
    pub(crate) workspace: &'a Workspace,
    pub(crate) kind: Kind,
    out: PathBuf,
}

impl Build<'_> {
    fn run(&self) -> Result<Vec<File>, Failure> {
        workspace::remove_dir(&self.out)?;
        let mut files = Vec::new();
        let widget = self.widget()?;
        let wasm = self.emit(&mut files, "wasm", "doorstep", "wasm", &widget.main)?;
        let css = self.emit(&mut files, "css", "widget", "css", &self.stylesheet(&["tokens.css", "widget.css"])?)?;
        let mut catalogues = Map::new();
        let mut request_catalogues = Map::new();
        for (language, [first, second]) in self.catalogues()? {
            let name = self.emit(&mut files, "catalogue", &language, "json", &first)?;
            catalogues.insert(language.clone(), Value::String(name));
            let name = self.emit(&mut files, "requests-catalogue", &format!("{language}-requests"), "json", &second)?;
            request_catalogues.insert(language, Value::String(name));
        }
        // The glue has the names of the second chunk's catalogues, because no catalogue of it is needed before the glue is there.
        let request_catalogues = Value::Object(request_catalogues);
        let request_texts = format!("export const requestTexts={request_catalogues};\n");
        let glue = self.emit(&mut files, "glue", "glue", "js", &[widget.glue, request_texts.into_bytes()].concat())?;
        let chunk = match &widget.chunk {
            Some(chunk) => self.emit(&mut files, "requests-wasm", "requests", "wasm", chunk)?,
            None => String::new(),
        };
        let request_css = self.emit(&mut files, "requests-css", "request", "css", &self.stylesheet(&["request.css"])?)?;
        let tasks = self.esbuild(&["embed/browser-tasks.ts", "--bundle", "--format=esm"])?;
        let tasks = self.emit(&mut files, "requests-tasks", "tasks", "js", &tasks)?;
        let keys = format!("--define:KEYS={}", json!([names(keys::ALL), names(request_keys::ALL)]));
        let customisation = self.esbuild(&["embed/customisation.ts", "--bundle", "--format=esm", &keys])?;
        let customisation = self.emit(&mut files, "customisation", "customisation", "js", &customisation)?;
        let release = |base: &str| {
            json!({
                "version": VERSION, "base": base, "glue": glue, "wasm": wasm, "css": css, "catalogues": catalogues,
                "requests": {"wasm": chunk, "css": request_css, "tasks": tasks},
                "customisation": customisation,
                "texts": places(&["panic.message", "panic.retry", "panic.read-only"]),
            })
        };
        let moving = self.loader(&release(&format!("../{VERSION}/")))?;
        self.write(&self.out.join("v1/doorstep.js"), &moving)?;
        let pinned = self.loader(&release("./"))?;
        let (brotli, gzip) = self.write(&self.out.join(VERSION).join("doorstep.js"), &pinned)?;
        let integrity = manifest::integrity(&pinned);
        files.insert(0, File { role: "loader".into(), name: "doorstep.js".into(), raw: pinned.len(), gzip, brotli, integrity });
        manifest::write(&self.out.join(VERSION).join("manifest.json"), VERSION, self.is_release(), &files)?;
        if self.is_release() {
            let mut described = release("./");
            if let Some(members) = described.as_object_mut() {
                members.insert("requestTexts".to_owned(), request_catalogues);
            }
            workspace::write(&description(self.workspace), described.to_string().as_bytes())?;
            let bill = sbom::bill_of_materials(self.workspace, &files)?;
            self.write(&self.out.join(VERSION).join(sbom::NAME), bill.as_bytes())?;
        }
        Ok(files)
    }

    fn is_release(&self) -> bool {
        matches!(self.kind, Kind::Release)
    }

    /// Returns the loader as one classic script. A classic script works in any page, also with `async`, and can determine its own
    /// address. A page in another encoding than UTF-8 reads a classic script in its own encoding, so the loader is ASCII. Fails when
    /// it is not.
    fn loader(&self, release: &Value) -> Result<Vec<u8>, Failure> {
        let script = self.script("embed/doorstep.ts", release, &["--format=iife", "--define:IS_PACKAGED=false"])?;
        match script.is_ascii() {
            true => Ok(script),
            false => Err(Failure::new("the loader has a character outside ASCII", "write it as an escape, such as `\\u2013`")),
        }
    }

    /// Returns the loader that begins with an entry point, for a release, with further options of esbuild.
    fn script(&self, entry: &str, release: &Value, options: &[&str]) -> Result<Vec<u8>, Failure> {
        let skeleton = self.stylesheet(&["skeleton.css"])?;
        let release = format!("--define:RELEASE={release}");
        let skeleton = format!("--define:SKELETON_CSS={}", Value::from(String::from_utf8_lossy(&skeleton)));
        let banner = format!("--banner:js=/*! Doorstep {VERSION} | {} */", env!("CARGO_PKG_LICENSE"));
        let common = [entry, "--bundle", "--legal-comments=none", "--charset=ascii", &release, &skeleton, &banner];
        self.esbuild(&[&common, options].concat())
    }

    /// Returns one stylesheet made of several files. Tokens with their defaults come before the rules that use them.
    fn stylesheet(&self, names: &[&str]) -> Result<Vec<u8>, Failure> {
        let style = self.workspace.root.join("style");
        let imports: String =
            names.iter().filter(|name| style.join(name).exists()).map(|name| format!("@import \"./{name}\";\n")).collect();
        let entry = self.workspace.target.join("embed/entry.css");
        let imports = imports.replace("./", &format!("{}/", style.display()));
        workspace::write(&entry, imports.as_bytes())?;
        self.esbuild(&[&entry.display().to_string(), "--bundle"])
    }

    /// Returns the languages, sorted by name, with both halves of their catalogues as JSON arrays without white space.
    fn catalogues(&self) -> Result<Vec<Catalogue>, Failure> {
        let directory = self.workspace.root.join("locales");
        let entries = std::fs::read_dir(&directory).map_err(|error| Failure::file(&directory, &error))?;
        let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
        paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
        paths.sort();
        let mut written = BTreeMap::new();
        for path in paths {
            let language = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let texts: Map<String, Value> = serde_json::from_str(&workspace::read_text(&path)?)
                .map_err(|error| Failure::new(format!("{}: {error}", path.display()), "correct the catalogue: it is JSON"))?;
            written.insert(language, texts);
        }
        let in_tables = |language: &String| {
            let texts = texts(&written, language)?;
            Ok((language.clone(), [keys::ALL, request_keys::ALL].map(|table| in_order(&texts, table).to_string().into_bytes())))
        };
        written.keys().map(in_tables).collect()
    }

    /// Writes a file whose name contains its hash and adds it to `files`. Returns its name and its integrity in the form that the loader
    /// reads.
    fn emit(&self, files: &mut Vec<File>, role: &str, stem: &str, extension: &str, bytes: &[u8]) -> Result<String, Failure> {
        let name = format!("{stem}-{}.{extension}", manifest::content_hash(bytes));
        let (brotli, gzip) = self.write(&self.out.join(VERSION).join(&name), bytes)?;
        let integrity = manifest::integrity(bytes);
        files.push(File { role: role.into(), name: name.clone(), raw: bytes.len(), gzip, brotli, integrity });
        Ok(format!("{name} {}", manifest::short_integrity(bytes)))
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> Result<(usize, usize), Failure> {
        if self.is_release() {
            refuse_paths_of_this_machine(self.workspace, path, bytes)?;
        }
        workspace::write(path, bytes)?;
        if self.is_release() { compress::beside(path, bytes) } else { Ok((0, 0)) }
    }

    pub(crate) fn esbuild(&self, arguments: &[&str]) -> Result<Vec<u8>, Failure> {
        let mut esbuild = self.tool("esbuild");
        esbuild.args(["--target=es2022", "--charset=utf8", "--log-level=warning"]).args(arguments);
        if self.is_release() {
            esbuild.arg("--minify");
        }
        Ok(process::output(&mut esbuild, "correct the file that is named above; esbuild itself comes with `npm ci`")?
            .into_bytes())
    }

    /// Returns the command of this name that npm installed. If npm has not installed it, returns the command on PATH.
    pub(crate) fn tool(&self, name: &str) -> std::process::Command {
        let program = Some(self.workspace.npm_bin(name)).filter(|program| program.is_file());
        command(program.unwrap_or_else(|| name.into()), &self.workspace.root)
    }
}

/// Refuses a released file that contains a path of this machine: a release must be the same on every machine.
fn refuse_paths_of_this_machine(workspace: &Workspace, file: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let places = [workspace::home(), workspace::cargo_home(), workspace::rustup_home(), Some(workspace.root.clone())];
    for place in places.into_iter().flatten().map(|place| place.display().to_string()).filter(|place| place.len() > 1) {
        if contains(bytes, place.as_bytes()) {
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            return Err(Failure::new(
                format!("{name} contains the path {place}"),
                "find what brings it in; `release_flags` in crates/xtask/src/site.rs maps the paths that the compiler writes",
            ));
        }
    }
    Ok(())
}

/// Returns true if the path occurs in the bytes, followed by a separator. Without a separator, `/root` may be a word of the
/// widget.
fn contains(haystack: &[u8], path: &[u8]) -> bool {
    haystack.windows(path.len() + 1).any(|window| window.starts_with(path) && matches!(window.last(), Some(b'/' | b'\\')))
}

/// Returns the texts of a language. A catalogue with a private-use subtag, such as `de-x-informal`, has only the texts that differ
/// from those of the tag without it; the others are taken from there. Fails if there is no catalogue of that tag.
fn texts(written: &BTreeMap<String, Map<String, Value>>, language: &str) -> Result<Map<String, Value>, Failure> {
    let mut all = language.split_once("-x-").map_or_else(|| Ok(Map::new()), |(base, _)| texts(written, base))?;
    let missing =
        || Failure::new(format!("there is no catalogue {language}.json"), "add it to locales/: another one is based on it");
    all.extend(written.get(language).ok_or_else(missing)?.clone());
    Ok(all)
}

/// Returns the messages of one half of a catalogue in the order in which the widget numbers them.
fn in_order(catalogue: &Map<String, Value>, table: &[(&str, &[&str])]) -> Value {
    table.iter().map(|(name, _)| catalogue.get(*name).cloned().unwrap_or_default()).collect()
}

/// Returns the keys of one half of a catalogue in the order in which the widget numbers them.
fn names(table: &[(&'static str, &[&str])]) -> Vec<&'static str> {
    table.iter().map(|(name, _)| *name).collect()
}

/// Returns the positions of these messages in the catalogue of the first load, by name. The loader itself shows them.
fn places(names: &[&str]) -> Value {
    let place = |name: &&str| keys::ALL.iter().position(|(known, _)| known == name);
    names.iter().map(|name| ((*name).to_owned(), Value::from(place(name)))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_names_the_checkout_is_not_released() {
        let workspace = Workspace::find();
        let path = workspace.root.join("src/lib.rs").display().to_string();
        let refused = refuse_paths_of_this_machine(&workspace, Path::new("embed/glue.js"), format!("// {path}").as_bytes());
        assert!(refused.is_err_and(|failure| failure.to_string().starts_with("glue.js contains the path")));
        assert!(refuse_paths_of_this_machine(&workspace, Path::new("glue.js"), b"// ./src/lib.rs").is_ok());
    }

    #[test]
    fn an_overlay_is_released_with_all_texts_of_its_language() {
        let catalogue = |texts: Value| texts.as_object().cloned().unwrap_or_default();
        let (formal, informal) = (json!({"a": "Ihr Paket", "b": "Zugestellt"}), json!({"a": "Dein Paket"}));
        let mut written = BTreeMap::from([("de-x-informal".to_owned(), catalogue(informal))]);
        let refused = texts(&written, "de-x-informal");
        assert!(refused.is_err_and(|failure| failure.to_string().starts_with("there is no catalogue de.json")));
        written.insert("de".to_owned(), catalogue(formal.clone()));
        assert!(texts(&written, "de").is_ok_and(|texts| Value::from(texts) == formal));
        let whole = json!({"a": "Dein Paket", "b": "Zugestellt"});
        assert!(texts(&written, "de-x-informal").is_ok_and(|texts| Value::from(texts) == whole));
    }

    #[test]
    fn every_language_is_released_with_every_text() {
        let workspace = Workspace::find();
        let build = Build { workspace: &workspace, kind: Kind::Release, out: PathBuf::new() };
        let catalogues = build.catalogues().unwrap_or_default();
        assert!(catalogues.iter().any(|(language, _)| language == "de-x-informal"));
        for (language, chunks) in catalogues {
            for (chunk, keys) in chunks.iter().zip([keys::ALL, request_keys::ALL]) {
                let texts: Vec<Value> = serde_json::from_slice(chunk).unwrap_or_default();
                assert!(texts.len() == keys.len() && !texts.contains(&Value::Null), "{language}");
            }
        }
    }

    #[test]
    fn a_path_is_found_and_a_word_is_not() {
        assert!(contains(b"...at /home/ada/x.rs", b"/home/ada"));
        assert!(!contains(b"the /home/adam of", b"/home/ada"));
    }
}
