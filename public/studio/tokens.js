// @ts-check
/**
 * The design tokens of the widget as the studio edits them: group, label, kind and default. A browser test compares names and defaults with
 * docs/theming.md.
 */

/** @typedef {readonly [light: string, dark: string]} Pair Two colours, as `#rrggbb` or `#rrggbbaa`. */
/** @typedef {Pair | number | string} Value A pair of colours, a number in the unit of the token, or the name of a font. */

/**
 * @typedef {object} Token
 * @property {string} name without `--doorstep-`
 * @property {string} label
 * @property {"colour" | "number" | "font"} kind
 * @property {string} css the default as the widget has it
 * @property {Pair} [pair] the default of a colour as a pair
 * @property {number} [start] value from which an unset number starts
 * @property {number} [min]
 * @property {number} [max]
 * @property {number} [step]
 * @property {string} [unit]
 */

/**
 * @param {string} name
 * @param {string} label
 * @param {string} css
 * @param {Pair} pair
 * @returns {Token}
 */
const colour = (name, label, css, ...pair) => ({ name, label, kind: "colour", css, pair: [pair[0], pair[1]] });

/**
 * @param {string} name
 * @param {string} label
 * @param {string} css
 * @param {number} start
 * @param {{ min: number, max: number, step: number, unit: string }} range
 * @returns {Token}
 */
const number = (name, label, css, start, range) => ({ name, label, kind: "number", css, start, ...range });

const CORNERS = { min: 0, max: 99, step: 1, unit: "px" };

/** Returns the text that the documentation has for a pair. @param {string} light @param {string} dark */
const both = (light, dark) => `light-dark(${light}, ${dark})`;

/** @type {readonly (readonly [group: string, tokens: readonly Token[]])[]} */
export const GROUPS = [
  ["Text and surface", [
    colour("text", "Text", both("#1c2126", "#f1f3f5"), "#1c2126", "#f1f3f5"),
    colour("muted", "Text of second rank", both("#545f6a", "#adb6c0"), "#545f6a", "#adb6c0"),
    colour("surface", "Surface", "transparent", "#00000000", "#00000000"),
    colour("sunken", "Areas set apart", both("rgb(28 33 38 / 4.5%)", "rgb(255 255 255 / 7%)"), "#1c21260b", "#ffffff12"),
    colour("raised", "Days on the scale", both("rgb(255 255 255 / 80%)", "rgb(0 0 0 / 22%)"), "#ffffffcc", "#00000038"),
    colour("dialog", "Dialog", both("#ffffff", "#1c2127"), "#ffffff", "#1c2127"),
    colour("line", "Hairlines", both("#d8dde2", "#3c444d"), "#d8dde2", "#3c444d"),
    colour("mark", "Borders of controls", both("#808a94", "#7c8791"), "#808a94", "#7c8791"),
  ]],
  ["Accent", [
    colour("accent", "Links and buttons", both("#1d5bb8", "#8db9ff"), "#1d5bb8", "#8db9ff"),
    colour("on-accent", "Text on the accent", both("#ffffff", "#0d1b2e"), "#ffffff", "#0d1b2e"),
  ]],
  ["Tones", [
    colour("good", "Goes as expected", both("#17774a", "#62cf98"), "#17774a", "#62cf98"),
    colour("attention", "Needs attention", both("#945600", "#f0b65c"), "#945600", "#f0b65c"),
    colour("problem", "Went wrong", both("#b3261e", "#ff8f80"), "#b3261e", "#ff8f80"),
    colour("quiet", "Nothing to report", both("#5b6671", "#a8b2bc"), "#5b6671", "#a8b2bc"),
    colour("on-tone", "On the colour of a tone", both("#ffffff", "#14181d"), "#ffffff", "#14181d"),
    colour("rail", "Milestones", "var(--tone)", "#17774a", "#62cf98"),
  ]],
  ["Type", [
    { name: "font", label: "Font", kind: "font", css: "inherit" },
    number("headline-size", "Size of the headline", "clamp(1.5em, 1.2em + 1.6cqi, 1.9em)", 1.6, { min: 1, max: 3, step: 0.05, unit: "em" }),
    number("headline-weight", "Weight of the headline", "650", 650, { min: 300, max: 900, step: 50, unit: "" }),
  ]],
  ["Corners and space", [
    number("radius", "Areas and pictures", "10px", 10, CORNERS),
    number("panel-radius", "Panels", "14px", 14, CORNERS),
    number("control-radius", "Buttons and fields", "8px", 8, CORNERS),
    number("pill-radius", "Round things", "99px", 99, CORNERS),
    number("gap", "Space between sections", "24px", 24, { min: 8, max: 64, step: 2, unit: "px" }),
  ]],
];

/** All tokens by their names. */
export const TOKENS = new Map(GROUPS.flatMap(([, tokens]) => tokens.map((token) => [token.name, token])));

/** Fonts to choose from, by name. All of them are installed somewhere: a theme loads no file. */
export const FONTS = new Map([
  ["page", "inherit"],
  ["system", 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif'],
  ["grotesque", '"Helvetica Neue", Helvetica, Arial, sans-serif'],
  ["humanist", 'Optima, Candara, "Gill Sans", "Trebuchet MS", sans-serif'],
  ["rounded", 'ui-rounded, "SF Pro Rounded", "Arial Rounded MT Bold", Nunito, sans-serif'],
  ["book", '"Iowan Old Style", "Palatino Linotype", Palatino, Georgia, serif'],
  ["fashion", 'Didot, "Bodoni 72", "Bodoni MT", "Playfair Display", "Times New Roman", serif'],
  ["typewriter", 'ui-monospace, "SF Mono", Menlo, Consolas, monospace'],
]);

/**
 * Returns the CSS of a value.
 * @param {Token} token
 * @param {Value} value
 */
export function cssOf(token, value) {
  if (typeof value === "number") return `${value}${token.unit ?? ""}`;
  if (typeof value === "string") return FONTS.get(value) ?? "inherit";
  return value[0] === value[1] ? value[0] : `light-dark(${value[0]}, ${value[1]})`;
}

/**
 * Returns the value of a token from the CSS of a theme. Returns undefined for CSS that the controls of the studio cannot express.
 * @param {Token} token
 * @param {string} css
 * @returns {Value | undefined}
 */
export function valueOf(token, css) {
  const text = css.trim();
  if (token.kind === "font") return [...FONTS].find(([, stack]) => stack === text)?.[0];
  if (token.kind === "number") {
    const [, digits, unit] = /^(\d+(?:\.\d+)?)([a-z]*)$/.exec(text) ?? [];
    return digits !== undefined && unit === token.unit ? Number(digits) : undefined;
  }
  const [, light, dark] = /^light-dark\((#[0-9a-f]{6,8}),\s*(#[0-9a-f]{6,8})\)$/i.exec(text) ?? /^((#[0-9a-f]{6,8}))$/i.exec(text) ?? [];
  return light && dark ? [light.toLowerCase(), dark.toLowerCase()] : undefined;
}
