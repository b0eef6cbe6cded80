//! Removes from wasm-bindgen's glue the code that no shopper runs: the ways to load the WebAssembly that the loader does not use,
//! with their warnings. The loader always hands over a compiled module. Also gives the property descriptor in the glue a null
//! prototype, because a page may have added a `get` to `Object.prototype`.

use crate::failure::Failure;

/// Code by which the glue marks an object with its instance.
const MARK: &str = "'__wbg_inst', { ";

/// The initialisation function that stays, for a compiled module.
const INIT: &str = "async function __wbg_init_once({ module_or_path: module }) {
    const instance = await WebAssembly.instantiate(module, __wbg_get_imports());
    return __wbg_finalize_init(instance, module);";

/// Returns the glue with `INIT` as its only initialisation function.
///
/// # Errors
/// Fails when the glue is not what this version of wasm-bindgen writes.
pub(crate) fn trimmed(glue: &str) -> Result<String, Failure> {
    let cut = || {
        let (before, rest) = glue.split_once("async function __wbg_load(")?;
        let (classes, functions) = before.split_once(MARK)?;
        let (_, rest) = rest.split_once("let __wbg_init_promise;")?;
        let (entry, rest) = rest.split_once("async function __wbg_init_once(")?;
        let (_, after) = rest.split_once("return __wbg_finalize_init(instance, module);")?;
        let (after, export) = after.split_once("export { initSync, ")?;
        Some(
            [classes, MARK, "__proto__: null, ", functions, "let __wbg_init_promise;", entry, INIT, after, "export { ", export]
                .concat(),
        )
    };
    cut().ok_or_else(|| {
        Failure::new(
            "wasm-bindgen's glue does not load as it did",
            "adapt crates/xtask/src/glue.rs to the new version, or leave the glue as it is",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_way_in_by_a_compiled_module_stays() {
        let glue = "Object.defineProperty(o, '__wbg_inst', { value: i }); async function __wbg_load(module) { fetch } function initSync() {} let __wbg_init_promise; async function __wbg_init(m) { __wbg_init_once(m) }
            async function __wbg_init_once(m) { warn; return __wbg_finalize_init(instance, module); } export { initSync, __wbg_init as default };";
        let trimmed = trimmed(glue).unwrap();
        assert!(!["fetch", "initSync", "warn"].iter().any(|gone| trimmed.contains(gone)), "{trimmed}");
        assert!(trimmed.starts_with("Object.defineProperty(o, '__wbg_inst', { __proto__: null, value: i });"), "{trimmed}");
        assert!(trimmed.ends_with("module); } export { __wbg_init as default };"), "{trimmed}");
    }

    #[test]
    fn another_glue_is_refused() {
        assert!(trimmed("export { initSync, __wbg_init as default };").is_err());
    }
}
