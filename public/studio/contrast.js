// @ts-check
/** Contrast of the pairs of colours that meet in the widget, by the formula of WCAG 2.2, for a light and a dark page. Pure. */

/** @typedef {readonly [red: number, green: number, blue: number, alpha: number]} Colour Channels from 0 to 255, alpha from 0 to 1. */
/** @typedef {{ name: string, ratio: number, needed: number, ok: boolean }} Verdict */
/** @typedef {{ [name: string]: string }} Palette Colours of one scheme by the names of the tokens, and `page`. */

const TEXT = 4.5;
const SHAPE = 3;
const TONES = ["good", "attention", "problem", "quiet"];
/** Share of the tone in the areas behind its icons, as the widget mixes it. */
const TINT = 0.12;

/**
 * Returns the channels of `#rrggbb` or `#rrggbbaa`. Anything else is transparent.
 * @param {string} hex
 * @returns {Colour}
 */
export function parse(hex) {
  if (!/^#(?:[0-9a-f]{6}|[0-9a-f]{8})$/i.test(hex)) return [0, 0, 0, 0];
  const byte = (/** @type {number} */ at) => Number.parseInt(hex.slice(at, at + 2), 16);
  return [byte(1), byte(3), byte(5), hex.length === 9 ? byte(7) / 255 : 1];
}

/**
 * Returns the colour that results if `front` is painted over an opaque `back`.
 * @param {Colour} front
 * @param {Colour} back
 * @returns {Colour}
 */
export function over(front, back) {
  const [r, g, b] = [0, 1, 2].map((at) => (front[at] ?? 0) * front[3] + (back[at] ?? 0) * (1 - front[3]));
  return [r ?? 0, g ?? 0, b ?? 0, 1];
}

/**
 * Returns the contrast ratio of two opaque colours, from 1 to 21.
 * @param {Colour} one
 * @param {Colour} other
 */
export function contrast(one, other) {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
}

/** @param {Colour} colour */
function luminance(colour) {
  const linear = (/** @type {number} */ channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(colour[0]) + 0.7152 * linear(colour[1]) + 0.0722 * linear(colour[2]);
}

/**
 * Returns a verdict for every pair, the worst first.
 * @param {Palette} palette
 * @returns {Verdict[]}
 */
export function verdicts(palette) {
  const raw = (/** @type {string} */ name) => parse(palette[name] ?? "");
  const page = over(raw("page"), [255, 255, 255, 1]);
  const surface = over(raw("surface"), page);
  const sunken = over(raw("sunken"), surface);
  /** @type {[name: string, colour: Colour][]} */
  const areas = [["surface", surface], ["sunken", sunken], ["dialog", over(raw("dialog"), surface)]];
  /** @type {Verdict[]} */
  const found = [];
  const add = (/** @type {string} */ name, /** @type {Colour} */ front, /** @type {Colour} */ back, needed = TEXT) => {
    const ratio = contrast(over(front, back), back);
    found.push({ name, ratio, needed, ok: ratio >= needed });
  };
  for (const [area, back] of areas) {
    for (const name of ["text", "muted", "accent"]) add(`${name} on ${area}`, raw(name), back);
    add(`mark on ${area}`, raw("mark"), back, SHAPE);
  }
  for (const tone of TONES) {
    add(`${tone} on surface`, raw(tone), surface);
    add(`${tone} on sunken`, raw(tone), sunken);
    add(`on-tone on ${tone}`, raw("on-tone"), over(raw(tone), surface));
    const [r, g, b] = raw(tone);
    add(`${tone} on its tint`, raw(tone), over([r, g, b, TINT], surface), SHAPE);
  }
  add("muted on raised", raw("muted"), over(raw("raised"), sunken));
  add("on-accent on accent", raw("on-accent"), over(raw("accent"), surface));
  if (palette["rail"]) {
    add("on-tone on rail", raw("on-tone"), over(raw("rail"), surface));
    add("rail on surface", raw("rail"), surface, SHAPE);
  }
  return found.sort((a, b) => a.ratio / a.needed - b.ratio / b.needed);
}
