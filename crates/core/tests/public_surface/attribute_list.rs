//! Writes `embed/attributes.ts`: the attributes of the element. The loader derives the attributes of the script tag from this
//! list.

use crate::table::ATTRIBUTES;

/// Returns the content of `embed/attributes.ts`.
pub(crate) fn attribute_list() -> String {
    let names: Vec<String> = ATTRIBUTES.iter().map(|attribute| ["'", attribute.name, "'"].concat()).collect();
    let mirrored: Vec<String> = ATTRIBUTES
        .iter()
        .filter(|attribute| attribute.is_mirrored)
        .filter_map(|attribute| Some([attribute.property?, ": '", attribute.name, "'"].concat()))
        .collect();
    format!(
        "// Attributes of the element. Written by `UPDATE=1 cargo test -p doorstep-core --test public_surface` from the table of the public surface.

/** Every attribute. The script tag takes the same names after `data-`. */
export const ATTRIBUTES = [{}] as const;

/** Properties that mirror an attribute. `token` is held in memory, and every element has `lang`. */
export const MIRRORED = {{ {} }} as const;
",
        names.join(", "),
        mirrored.join(", ")
    )
}
