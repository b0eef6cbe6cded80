//! Finds files that import each other, directly or through others.

use std::collections::BTreeSet;

use super::imports::Imports;

/// Returns the groups of files that import each other, each in the order of their names.
pub(super) fn import_cycles(imports: &Imports) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let mut grouped: BTreeSet<&str> = BTreeSet::new();
    for file in imports.keys() {
        if grouped.contains(file.as_str()) {
            continue;
        }
        let reached = reachable(imports, file);
        let group: Vec<String> = reached
            .iter()
            .filter(|other| reachable(imports, other).contains(file.as_str()))
            .map(|&other| other.to_owned())
            .collect();
        if group.len() > 1 {
            grouped.extend(reached.iter().filter(|other| group.iter().any(|member| member == *other)));
            found.push(group);
        }
    }
    found
}

/// Returns the files that a file imports, directly or through other files. The file itself is one of them if it is in a cycle.
fn reachable<'a>(imports: &'a Imports, file: &str) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<&str> = imports.get(file).into_iter().flatten().map(String::as_str).collect();
    while let Some(next) = open.pop() {
        if reached.insert(next) {
            open.extend(imports.get(next).into_iter().flatten().map(String::as_str));
        }
    }
    reached
}

#[cfg(test)]
mod tests {
    use super::*;

    fn imports(pairs: &[(&str, &[&str])]) -> Imports {
        pairs.iter().map(|(from, to)| ((*from).to_owned(), to.iter().map(|to| (*to).to_owned()).collect())).collect()
    }

    #[test]
    fn a_circle_is_found_once_and_a_chain_is_none() {
        let circle = imports(&[("a", &["b"]), ("b", &["c", "d"]), ("c", &["a"]), ("d", &[]), ("e", &["a"])]);
        assert_eq!(import_cycles(&circle), [["a", "b", "c"]]);
        assert!(import_cycles(&imports(&[("a", &["b", "c"]), ("b", &["c"]), ("c", &[])])).is_empty());
    }
}
