// @ts-check
/** The panel of contrast verdicts: each pair of colours that fails, with its ratio and the needed one. */

import { verdicts } from "./contrast.js";
import { byId, make } from "./dom.js";

/** @typedef {import("./tokens.js").Value} Value */

/**
 * Shows the verdicts for a light and a dark page.
 * @param {Record<string, Value>} values of all tokens
 * @param {readonly [light: string, dark: string]} paper colours of the page around the widget
 */
export function showVerdicts(values, paper) {
  let pairs = 0;
  const failing = /** @type {const} */ (["light", "dark"]).flatMap((scheme, at) => {
    /** @type {Record<string, string>} */
    const palette = { page: paper[at] ?? "" };
    for (const [name, value] of Object.entries(values)) {
      if (Array.isArray(value)) palette[name] = value[at] ?? "";
    }
    const all = verdicts(palette);
    pairs += all.length;
    return all.filter(({ ok }) => !ok).map(({ name, ratio, needed }) => {
      // A ratio just below the needed one is not rounded up to it.
      const shown = (Math.floor(ratio * 100) / 100).toFixed(2);
      return make("li", {}, make("span", { class: "pair" }, `${scheme}: ${name}`), " ", make("span", { class: "ratio" }, `${shown}:1, needs ${needed}:1`));
    });
  });
  const summary = failing.length === 0 ? `All ${pairs} pairs pass AA, light and dark.` : `${failing.length} of ${pairs} pairs fail AA.`;
  const said = byId("verdict-summary");
  if (said.textContent !== summary) said.textContent = summary;
  said.dataset["ok"] = String(failing.length === 0);
  byId("verdict-list").replaceChildren(...failing);
}
