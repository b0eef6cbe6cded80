//! Makes the npm package `doorstep-tracker` from the release that was built last: `target/packages/doorstep-tracker/`, and beside it the packed
//! file. `packages/` has the sources of the package.
//!
//! The package contains the embed directory as it is, for pages that serve these files themselves. For bundlers it also contains the loader as a module.
//! In that module each file of the release is an `import()` or a `new URL(…, import.meta.url)`, which bundlers recognise.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::embed::PACKAGE_FILES;
use crate::failure::Failure;
use crate::process::{self, command};
use crate::workspace::{self, VERSION, Workspace};
use crate::{embed, site};

const NAME: &str = "doorstep-tracker";

/// Modules of `packages/src/`, each with an entry in `packages/package.json`.
const MODULES: [&str; 3] = ["index", "react", "vue"];

/// Modules of `packages/src/` that the others import and that have no entry.
const SHARED_MODULES: [&str; 1] = ["props"];

/// Files of the checkout that are copied into the package.
const COPIED: [(&str, &str); 5] = [
    ("packages/package.json", "package.json"),
    ("packages/README.md", "README.md"),
    ("embed/types.d.ts", "types.d.ts"),
    ("LICENSE-MIT", "LICENSE-MIT"),
    ("LICENSE-APACHE", "LICENSE-APACHE"),
];

/// Builds the release and the package.
pub(crate) fn run(workspace: &Workspace) -> Result<(), Failure> {
    site::build(workspace)?;
    let packed = make(workspace)?;
    println!("packed     {}", packed.display());
    Ok(())
}

/// Makes the package from the release that was built last. Returns the path of the packed file.
pub(crate) fn make(workspace: &Workspace) -> Result<PathBuf, Failure> {
    let packages = workspace.target.join("packages");
    workspace::remove_dir(&packages)?;
    let out = packages.join(NAME);
    let (embedded, release) = embed::last_release(workspace)?;
    workspace::copy_dir(&embedded, &out.join("embed"))?;
    for (from, to) in COPIED {
        workspace::write(&out.join(to), &workspace::read(&workspace.root.join(from))?)?;
    }
    workspace::write(&out.join("custom-elements.json"), manifest(workspace)?.as_bytes())?;
    write_modules(workspace, &out)?;
    write_loader(workspace, &out, &release)?;
    pack(&out, &packages)
}

/// Returns the custom-elements manifest with the paths of the package.
fn manifest(workspace: &Workspace) -> Result<String, Failure> {
    let text = workspace::read_text(&workspace.root.join("embed/custom-elements.json"))?;
    let script = format!("\"embed/{VERSION}/doorstep.js\"");
    Ok(text.replace("\"doorstep.js\"", &script).replace("\"../README.md\"", "\"README.md\""))
}

/// Writes the modules of `packages/src/` as JavaScript, with their declarations.
fn write_modules(workspace: &Workspace, out: &Path) -> Result<(), Failure> {
    let mut esbuild = command(workspace.npm_bin("esbuild"), &workspace.root);
    esbuild.args(MODULES.iter().chain(&SHARED_MODULES).map(|name| format!("packages/src/{name}.ts")));
    esbuild.args(["--format=esm", "--target=es2022", "--charset=utf8", "--log-level=warning"]);
    esbuild.arg(format!("--define:VERSION=\"{VERSION}\"")).arg(format!("--outdir={}", out.display()));
    process::run(&mut esbuild, "correct the file that is named above; esbuild itself comes with `npm ci`")?;
    let mut tsc = command(workspace.npm_bin("tsc"), &workspace.root);
    tsc.args(["--project", "packages/tsconfig.json", "--outDir"]).arg(out);
    process::run(&mut tsc, "correct the types of packages/src/")
}

/// Writes the loader as a module, and each stylesheet of the release as a module with its text.
fn write_loader(workspace: &Workspace, out: &Path, release: &Value) -> Result<(), Failure> {
    let (mut addresses, mut modules, mut stylesheets) = (String::new(), String::new(), String::new());
    for name in names(release) {
        match Path::new(name).extension().and_then(|extension| extension.to_str()) {
            Some("js") => modules += &format!("    \"{name}\": () => import(\"{PACKAGE_FILES}embed/{VERSION}/{name}\"),\n"),
            Some("css") => {
                let text = workspace::read_text(&out.join("embed").join(VERSION).join(name))?;
                workspace::write(
                    &out.join(format!("styles/{name}.js")),
                    format!("export default {};\n", json!(text)).as_bytes(),
                )?;
                stylesheets += &format!("    \"{name}\": () => import(\"{PACKAGE_FILES}styles/{name}.js\"),\n");
            }
            Some(_) | None => {
                addresses += &format!("    \"{name}\": new URL(\"./embed/{VERSION}/{name}\", import.meta.url).href,\n")
            }
        }
    }
    let files = format!(
        "export const PACKAGED = {{\n  addresses: {{\n{addresses}  }},\n  modules: {{\n{modules}  }},\n  stylesheets: {{\n{stylesheets}  }},\n}};\n"
    );
    let table = workspace.target.join("embed/packaged.js");
    workspace::write(&table, files.as_bytes())?;
    workspace::write(&out.join("loader.js"), &embed::packaged_loader(workspace, release, &table)?)
}

/// Returns the names of the files that a release consists of, without their integrity, each once.
fn names(release: &Value) -> Vec<&str> {
    match release {
        Value::String(text) => text.split_once(' ').map(|(name, _)| name).into_iter().filter(|name| name.contains('.')).collect(),
        Value::Object(map) => map.values().flat_map(names).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => Vec::new(),
    }
}

/// Packs the package as `npm publish` does. Returns the path of the file.
fn pack(package: &Path, destination: &Path) -> Result<PathBuf, Failure> {
    let mut npm = command(if cfg!(windows) { "npm.cmd" } else { "npm" }, package);
    npm.args(["pack", "--silent", "--pack-destination"]).arg(destination);
    let name = process::output(&mut npm, "npm comes with Node; the output above says what it refused")?;
    Ok(destination.join(name.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_package_has_the_version_of_the_workspace_and_an_entry_for_each_module() {
        let text = workspace::read_text(&Workspace::find().root.join("packages/package.json")).unwrap();
        let package: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(package["name"], NAME);
        assert_eq!(package["version"], VERSION);
        for module in MODULES {
            let entry = if module == "index" { ".".to_owned() } else { format!("./{module}") };
            assert_eq!(package["exports"][&entry]["default"], format!("./{module}.js"));
            assert_eq!(package["exports"][&entry]["types"], format!("./{module}.d.ts"));
        }
    }

    #[test]
    fn the_files_of_a_release_are_found_in_its_description() {
        let release = json!({
            "version": "0.1.0", "base": "./", "glue": "glue-1.js sha384-a",
            "catalogues": {"de": "de-1.json sha384-b"}, "requests": {"wasm": "", "tasks": "tasks-1.js sha384-c"}, "texts": {"panic.retry": 3},
        });
        let mut found = names(&release);
        found.sort_unstable();
        assert_eq!(found, ["de-1.json", "glue-1.js", "tasks-1.js"]);
    }
}
