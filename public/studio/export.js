// @ts-check
/** The outputs of the studio: CSS, markup, and the theme file, which the studio can open again. Pure. */

import { toPairs } from "./state.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./shops.js").Shop} Shop */

/**
 * Returns the CSS with a line about its origin. The studio itself applies the same CSS.
 * @param {State} state
 * @param {string} css
 */
export function exported(state, css) {
  const source = state.shop === "fieldhouse" ? "the defaults" : `the theme ${state.shop}`;
  return `/* Doorstep theme, made in the studio from ${source}. Put it into a stylesheet of the page. */\n${css}`;
}

/** @param {string} text */
const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;");

/**
 * Returns the markup of the element with its attributes and texts.
 * @param {Shop} shop
 * @param {Record<string, string>} attributes
 * @param {string} lang
 */
export function html(shop, attributes, lang) {
  const all = { api: "https://orders.example/api", order: "ord_5f3c", lang: lang || shop.lang, ...attributes };
  const lines = Object.entries(all).map(([name, value]) => `${name}="${escaped(value)}"`);
  if (Object.keys(shop.strings).length > 0) lines.push(`strings="${escaped(JSON.stringify(shop.strings))}"`);
  const banner = shop.banner ? `\n  <p slot="after-headline">${shop.banner}</p>\n` : "";
  return `<doorstep-tracker ${lines.join("\n                  ")}>${banner}</doorstep-tracker>\n<script async src="https://widgets.example/embed/v1/doorstep.js"></script>`;
}

/**
 * Returns the text of a theme file.
 * @param {State} state
 * @param {Record<string, string>} attributes
 * @param {Shop["strings"]} strings
 * @param {string} css
 */
export function themeFile(state, attributes, strings, css) {
  return `${JSON.stringify({ doorstepTheme: 1, settings: Object.fromEntries(toPairs(state)), attributes, strings, css }, null, 2)}\n`;
}
