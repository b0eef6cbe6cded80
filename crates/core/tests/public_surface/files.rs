//! Reads the project's files, and compares or rewrites those that are generated.

use std::path::PathBuf;

/// Returns the path of a file that is named from the root of the project.
fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").join(name)
}

/// Returns the content of a file, which must not be empty.
pub(crate) fn text(name: &str) -> String {
    let text = std::fs::read_to_string(path(name)).unwrap_or_default();
    assert!(!text.is_empty(), "{name} cannot be read");
    text
}

/// Returns name and content of each file in `folder` whose name ends with `ending`.
pub(crate) fn files(folder: &str, ending: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(path(folder)).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.ends_with(ending) {
            let file = [folder, "/", &name].concat();
            let content = text(&file);
            found.push((file, content));
        }
    }
    assert!(!found.is_empty(), "{folder} has no {ending}");
    found
}

/// Checks that a generated file has the expected content. Writes it instead if the variable `UPDATE` is set.
pub(crate) fn check_generated(name: &str, expected: &str) {
    if std::env::var_os("UPDATE").is_some() {
        let written = std::fs::write(path(name), expected);
        assert!(written.is_ok(), "{name}: {written:?}");
    } else {
        assert_eq!(text(name), expected, "{name}: run the test once with UPDATE=1");
    }
}
