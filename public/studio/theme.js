// @ts-check
/** Theme files: read into tokens and rules for parts, put together again with changed tokens, and applied to the page. */

import { TOKENS, cssOf, valueOf } from "./tokens.js";

/** @typedef {import("./tokens.js").Value} Value */
/** @typedef {{ tokens: Record<string, string>, other: string, parts: string }} Theme Tokens by name without prefix, other declarations, other rules. */

const PREFIX = "--doorstep-";
/** The theme of the demo's own shop. @type {Theme} */
export const NO_THEME = { tokens: {}, other: "", parts: "" };

/** Densities of the studio: size of the texts and space between the sections. */
export const DENSITIES = new Map([["compact", { size: "0.875rem", gap: 14 }], ["roomy", { size: "1.125rem", gap: 36 }]]);

/** @type {Map<string, Promise<Theme>>} */
const loaded = new Map();
const sheet = new CSSStyleSheet();
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

/**
 * Resolves to the theme of a shop. Rejects if its file cannot be loaded; the next call then tries again.
 * @param {string} shop
 */
export function themeOf(shop) {
  if (shop === "fieldhouse") return Promise.resolve(NO_THEME);
  let theme = loaded.get(shop);
  if (!theme) {
    theme = load(shop);
    loaded.set(shop, theme);
    theme.catch(() => loaded.delete(shop));
  }
  return theme;
}

/** @param {string} shop */
async function load(shop) {
  const response = await fetch(`/themes/${shop}.css`);
  if (!response.ok) throw new Error(`the theme file of ${shop} answered ${response.status}`);
  return parse(await response.text());
}

/**
 * Returns the content of a theme file. Its first rule has the tokens.
 * @param {string} css
 * @returns {Theme}
 */
export function parse(css) {
  const rules = new CSSStyleSheet();
  rules.replaceSync(css);
  const [first] = rules.cssRules;
  /** @type {Record<string, string>} */
  const tokens = {};
  const other = [];
  if (first instanceof CSSStyleRule && first.selectorText === "doorstep-tracker") {
    for (const name of first.style) {
      const value = first.style.getPropertyValue(name).trim();
      if (name.startsWith(PREFIX)) tokens[name.slice(PREFIX.length)] = value;
      else other.push(`${name}: ${value};`);
    }
  }
  const after = css.indexOf("}", css.indexOf("doorstep-tracker {"));
  return { tokens, other: other.join(" "), parts: css.slice(after + 1).trim() };
}

/**
 * Returns the CSS of a theme with changed tokens. It is what the studio applies and what it exports.
 * @param {Theme} theme
 * @param {Record<string, Value>} changes
 * @param {string} density
 */
export function css(theme, changes, density = "") {
  const tokens = { ...theme.tokens };
  const dense = DENSITIES.get(density);
  if (dense) tokens["gap"] = `${dense.gap}px`;
  for (const [name, value] of Object.entries(changes)) {
    const token = TOKENS.get(name);
    if (token) tokens[name] = cssOf(token, value);
  }
  const lines = [...TOKENS.keys()].filter((name) => name in tokens).map((name) => `  ${PREFIX}${name}: ${tokens[name]};`);
  const other = dense ? `font-size: ${dense.size};` : theme.other;
  if (other) lines.push(`  ${other}`);
  const main = lines.length > 0 ? `doorstep-tracker {\n${lines.join("\n")}\n}\n` : "";
  return theme.parts ? `${main}\n${theme.parts}\n` : main;
}

/** Applies CSS to every widget of the page, in place of what was applied before. @param {string} text */
export function apply(text) {
  sheet.replaceSync(text);
}

/**
 * Returns the value of every token as the controls show it: changed, else the theme's, else the default. A value that the controls cannot express is
 * left out.
 * @param {Theme} theme
 * @param {Record<string, Value>} changes
 * @returns {Record<string, Value>}
 */
export function values(theme, changes) {
  /** @type {Record<string, Value>} */
  const found = {};
  for (const [name, token] of TOKENS) {
    const own = theme.tokens[name];
    const value = changes[name] ?? (own === undefined ? token.pair ?? valueOf(token, token.css) : valueOf(token, own));
    if (value !== undefined && !(name === "rail" && own === undefined && !changes[name])) found[name] = value;
  }
  return found;
}
