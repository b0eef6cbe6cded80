//! Adapts wasm-bindgen's glue to the loader:
//!
//! - The ways to load the WebAssembly that the loader does not use are removed, with their warnings. The loader always hands over a compiled
//!   module.
//! - The glue calls the exports through `embed/trap.ts`, which notices panics.
//! - The property descriptor in the glue gets a null prototype, because a page may have added a `get` to `Object.prototype`.

use crate::failure::Failure;

/// Code by which the glue marks an object with its instance.
const MARK: &str = "'__wbg_inst', { ";

/// Import of the function that guards the exports, and the two places where the glue takes the exports of an instance.
const GUARD: &str = "import { guarded } from 'doorstep-trap';\n";
const EXPORTS: [&str; 2] = ["wasm = wasmInstance.exports;", "wasm = instance.exports;"];

/// Largest number of parameters of a guarded function in `embed/trap.ts`.
const MOST_PARAMETERS: usize = 4;

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
        guarded(
            &[classes, MARK, "__proto__: null, ", functions, "let __wbg_init_promise;", entry, INIT, after, "export { ", export]
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

/// Returns the glue with guarded exports. Returns None if it takes them at other places, or if a guarded function has too many parameters.
fn guarded(glue: &str) -> Option<String> {
    let mut guarded = GUARD.to_owned() + glue;
    for place in EXPORTS {
        let [before, after] = <[&str; 2]>::try_from(guarded.split(place).collect::<Vec<_>>()).ok()?;
        let exports = place.trim_start_matches("wasm = ").trim_end_matches(';');
        guarded = [before, "wasm = guarded(", exports, ");", after].concat();
    }
    let mut calls = glue.split("wasm.").skip(1).filter(|call| !call.starts_with("__")).filter_map(|call| call.split_once(')'));
    calls.all(|(call, _)| call.split(',').count() <= MOST_PARAMETERS).then_some(guarded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_way_in_by_a_compiled_module_stays() {
        let glue = "Object.defineProperty(o, '__wbg_inst', { value: i }); wasm = wasmInstance.exports; wasm.mount(a, b); wasm = instance.exports; async function __wbg_load(module) { fetch } function initSync() {} let __wbg_init_promise; async function __wbg_init(m) { __wbg_init_once(m) }
            async function __wbg_init_once(m) { warn; return __wbg_finalize_init(instance, module); } export { initSync, __wbg_init as default };";
        let trimmed = trimmed(glue).unwrap();
        assert!(!["fetch", "initSync", "warn"].iter().any(|gone| trimmed.contains(gone)), "{trimmed}");
        assert!(trimmed.contains("Object.defineProperty(o, '__wbg_inst', { __proto__: null, value: i });"), "{trimmed}");
        assert!(
            trimmed.contains("wasm = guarded(wasmInstance.exports); wasm.mount(a, b); wasm = guarded(instance.exports);"),
            "{trimmed}"
        );
        assert!(trimmed.ends_with("module); } export { __wbg_init as default };"), "{trimmed}");
    }

    #[test]
    fn another_glue_is_refused() {
        assert!(trimmed("export { initSync, __wbg_init as default };").is_err());
    }

    #[test]
    fn a_function_that_the_guard_cannot_call_is_refused() {
        let glue = |call: &str| format!("wasm = wasmInstance.exports; wasm = instance.exports; wasm.{call};");
        assert!(guarded(&glue("invoke(a, b, c, d)")).is_some());
        assert!(guarded(&glue("invoke(a, b, c, d, e)")).is_none());
        assert!(guarded(&glue("__wbindgen_x(a, b, c, d, e)")).is_some());
    }
}
