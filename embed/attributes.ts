// Attributes of the element. Written by `UPDATE=1 cargo test -p doorstep-core --test public_surface` from the table of the public surface.

/** Every attribute. The script tag takes the same names after `data-`. */
export const ATTRIBUTES = ['api', 'order', 'token', 'lang', 'theme', 'loading', 'heading-level', 'first-page'] as const;

/** Properties that mirror an attribute. `token` is held in memory, and every element has `lang`. */
export const MIRRORED = { api: 'api', order: 'order', theme: 'theme', loading: 'loading', headingLevel: 'heading-level', firstPage: 'first-page' } as const;
