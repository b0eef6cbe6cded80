//! The imports of one crate, from file to file.

use std::collections::{BTreeMap, BTreeSet};

/// Imports of one crate: each file with the files of the crate that it names, as paths from the root of the repository.
pub(super) type Imports = BTreeMap<String, BTreeSet<String>>;
