//! The release build: Cargo compiles the widget, `embed.rs` makes the embed directory, and the gallery is put beside it. The demo serves the
//! gallery while the widget is being built.

use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::manifest::File;
use crate::process::{self, cargo, command};
use crate::workspace::{self, VERSION, Workspace};
use crate::{embed, size, tools};

/// Name of the command that `demo` runs in parallel.
pub(crate) const WIDGET: &str = "widget";

/// Directories that the gallery reads as they are: the documentation, and the catalogues for its pseudo-locale.
const COPIED: [&str; 2] = ["docs", "locales"];

/// Rebuilds `dist/` from scratch.
pub(crate) fn build(workspace: &Workspace) -> Result<(), Failure> {
    println!("building   dist/ (release)");
    let (embedded, files) = release(workspace)?;
    workspace::remove_dir(&workspace.dist())?;
    gallery(workspace)?;
    place(workspace, &embedded)?;
    println!("built      dist/ with {} files to embed; {}", files.len(), size::summary(&files));
    Ok(())
}

/// Builds the widget into a `dist/` that is served meanwhile.
pub(crate) fn widget(workspace: &Workspace) -> Result<(), Failure> {
    // All other processes have priority, above all the demo's backend and its build.
    #[cfg(unix)]
    let _ = rustix::process::nice(10);
    let (embedded, files) = release(workspace)?;
    place(workspace, &embedded)?;
    println!("built      the widget; {}", size::summary(&files));
    Ok(())
}

/// Builds the embed directory in the target directory. Returns its path and its files.
fn release(workspace: &Workspace) -> Result<(PathBuf, Vec<File>), Failure> {
    tools::setup(workspace)?;
    let embedded = workspace.target.join("embed/release");
    compile(workspace)?;
    let files = embed::release(workspace, &embedded)?;
    Ok((embedded, files))
}

/// Compiles the widget for the browser, in two chunks: without the default feature `one-file`.
pub(crate) fn compile(workspace: &Workspace) -> Result<(), Failure> {
    let mut build = cargo(&workspace.root);
    build.args(["build", "--quiet", "--locked", "--package", "doorstep", "--lib", "--no-default-features"]);
    build.args(["--profile", "wasm-release", "--target", "wasm32-unknown-unknown"]);
    build
        .env("CARGO_TARGET_DIR", &workspace.target)
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", release_flags(workspace)?);
    process::run(&mut build, "the first error above says what failed; compiler errors of the widget are in src/ or crates/core/")
}

/// Puts the gallery into `dist/`, as Trunk does in daily work.
pub(crate) fn gallery(workspace: &Workspace) -> Result<(), Failure> {
    let (root, dist) = (&workspace.root, workspace.dist());
    let page = page(&workspace::read_text(&root.join("index.html"))?)?;
    workspace::copy_dir(&root.join("public"), &dist)?;
    for directory in COPIED {
        workspace::copy_dir(&root.join(directory), &dist.join(directory))?;
    }
    workspace::replace(&dist.join("gallery.css"), &workspace::read(&root.join("style/gallery.css"))?)?;
    workspace::replace(&dist.join("index.html"), page.as_bytes())
}

/// Puts the embed directory into `dist/`. The loader at the address that pages use comes last. Files of an earlier build stay, because a
/// loader from a cache or an open page still asks for them.
fn place(workspace: &Workspace, embedded: &Path) -> Result<(), Failure> {
    for release in [VERSION, "v1"] {
        workspace::copy_dir(&embedded.join(release), &workspace.dist().join("embed").join(release))?;
    }
    Ok(())
}

/// Returns the gallery's page with its directives for Trunk carried out. Fails for a directive that a release does not know.
fn page(source: &str) -> Result<String, Failure> {
    const STYLESHEET: &str = r#"<link data-trunk rel="css" href="style/gallery.css" />"#;
    let mut lines = Vec::new();
    for line in source.lines() {
        let trimmed = line.trim_start();
        if trimmed == STYLESHEET {
            lines.push(line.replace(STYLESHEET, r#"<link rel="stylesheet" href="/gallery.css" />"#));
        } else if trimmed.starts_with(r#"<link data-trunk rel="rust""#)
            || trimmed.starts_with(r#"<link data-trunk rel="copy-dir" href="public""#)
            || COPIED.iter().any(|name| trimmed.starts_with(&format!(r#"<link data-trunk rel="copy-dir" href="{name}""#)))
        {
            // The widget is loaded by its script tag, and the copied files are beside the page already.
        } else if trimmed.contains("data-trunk") {
            return Err(Failure::new(
                format!("index.html asks Trunk for what a release does not do: {trimmed}"),
                "teach `page` in crates/xtask/src/site.rs as well",
            ));
        } else {
            lines.push(line.to_owned());
        }
    }
    Ok(lines.join("\n") + "\n")
}

/// Returns the compiler flags of the release. Fails if a path contains a space. The flags are:
///
/// - the flag of `.cargo/config.toml`, because flags from the environment replace it;
/// - the relocations, which identify the contents of the second chunk;
/// - neutral names for the directories of sources, so that the file is the same on every machine and reveals no path.
///
/// They apply only to WebAssembly, so that build scripts and macros are not built a second time.
fn release_flags(workspace: &Workspace) -> Result<String, Failure> {
    let mut flags = vec!["--cfg=erase_components".to_owned(), "-Clink-arg=--emit-relocs".to_owned()];
    let mut remap = |from: &Path, to: &str| flags.push(format!("--remap-path-prefix={}={to}", from.display()));
    remap(&workspace.root, ".");
    if let Some(cargo) = workspace::cargo_home() {
        // There is one directory for each registry or mirror. Its name identifies the registry, so it is mapped away, too.
        for registry in std::fs::read_dir(cargo.join("registry/src")).into_iter().flatten().flatten() {
            remap(&registry.path(), "/crates");
        }
        remap(&cargo.join("git/checkouts"), "/git");
    }
    let sysroot = process::output(command("rustc", &workspace.root).args(["--print", "sysroot"]), "install Rust with rustup")?;
    remap(&Path::new(sysroot.trim()).join("lib/rustlib/src/rust"), "/rust");
    if let Some(flag) = flags.iter().find(|flag| flag.contains(char::is_whitespace)) {
        return Err(Failure::new(
            format!("a path with a space cannot be handed to the compiler: {flag}"),
            "move the checkout, or set CARGO_HOME, to a path without spaces",
        ));
    }
    Ok(flags.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_released_page_asks_nothing_of_trunk() {
        let source = std::fs::read_to_string(Workspace::find().root.join("index.html")).unwrap();
        let page = page(&source).unwrap();
        assert!(!page.contains("data-trunk"));
        assert!(COPIED.iter().all(|name| source.contains(&format!(r#"href="{name}" data-target-path="{name}""#))));
        assert!(page.contains(r#"<link rel="stylesheet" href="/gallery.css" />"#));
        assert!(page.contains(r#"<script async src="/embed/v1/doorstep.js"></script>"#));
        assert!(super::page(r#"<link data-trunk rel="icon" href="x.svg" />"#).is_err());
    }
}
