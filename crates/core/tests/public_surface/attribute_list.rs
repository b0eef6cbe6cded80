//! Writes `embed/attributes.ts`: the attributes of the element. The loader derives the attributes of the script tag from this
//! list.

use crate::table::ATTRIBUTES;

/// Returns the content of `embed/attributes.ts`.
pub(crate) fn attribute_list() -> String {
    let names = |is_mirrored: bool| -> String {
        let names = ATTRIBUTES.iter().filter(|attribute| attribute.is_mirrored == is_mirrored);
        names.map(|attribute| ["'", attribute.name, "'"].concat()).collect::<Vec<_>>().join(", ")
    };
    format!(
        "// Attributes of the element. Written by `UPDATE=1 cargo test -p doorstep-core --test public_surface` from the table of the public surface.

/** Attributes that a property mirrors. Its name is that of the attribute, with a capital letter in place of a hyphen. */
export const MIRRORED = [{}] as const;

/** Every attribute. The script tag takes the same names after `data-`. */
export const ATTRIBUTES = [{}, ...MIRRORED] as const;
",
        names(true),
        names(false)
    )
}
