// Attributes of the element. Written by `UPDATE=1 cargo test -p doorstep-core --test public_surface` from the table of the public surface.

/** Attributes that a property mirrors. Its name is that of the attribute, with a capital letter in place of a hyphen. */
export const MIRRORED = ['api', 'order', 'theme', 'loading', 'heading-level', 'first-page', 'hide', 'sections', 'rail', 'timeline', 'variant', 'mode'] as const;

/** Every attribute. The script tag takes the same names after `data-`. */
export const ATTRIBUTES = ['token', 'lang', 'paused', 'strings', ...MIRRORED] as const;
