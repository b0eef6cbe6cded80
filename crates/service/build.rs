//! Rebuilds the crate when a migration is added, because the compiler does not watch the folder.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
}
