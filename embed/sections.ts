// Order of the sections of an order. The widget in Rust gets their places as digits.

/** Names of the sections in their usual order, as in `crates/view/src/context.rs`. */
export const SECTIONS = ['headline', 'cases', 'parcels', 'waiting', 'actions', 'help', 'contact'];

/** Returns the known ones of names that are separated by white space. */
const known = (names: string | null) => (names ?? '').split(/\s+/).filter((name) => SECTIONS.includes(name));

/** Returns the places of the sections with these names, followed by the others. */
export const places = (names: string | null): string => [...new Set([...known(names), ...SECTIONS])].map((name) => SECTIONS.indexOf(name)).join('');

/** Returns the names of sections whose places are given as digits, separated by spaces; an empty text for the usual order. */
export const named = (digits: string): string => (digits === places('') ? '' : [...digits].map((place) => SECTIONS[Number(place)]).join(' '));
