//! Lists the catalogues in `locales/mail/`, so that a new language needs no change of code.

use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../locales/mail");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut entries = String::from("&[");
    for entry in fs::read_dir(&folder)? {
        let path = entry?.path();
        if let (Some(language), Some("json")) =
            (path.file_stem().and_then(|name| name.to_str()), path.extension().and_then(|end| end.to_str()))
        {
            entries += &format!("({language:?}, include_str!({:?})),", path.canonicalize()?);
        }
    }
    entries.push(']');
    fs::write(Path::new(&env::var("OUT_DIR").map_err(io::Error::other)?).join("catalogues.rs"), entries)
}
