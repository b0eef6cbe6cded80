// @ts-check
/** The controls of the studio for tokens and layout. They report changes and show a state that they are given; they hold none. */

import { button, make } from "./dom.js";
import { FONTS, GROUPS } from "./tokens.js";
import { FORMS, HIDEABLE } from "./widget.js";

/** @typedef {import("./tokens.js").Token} Token */
/** @typedef {import("./tokens.js").Value} Value */

/**
 * Receives a changed value. `undefined` takes the change back. `last` is false while a pointer still moves.
 * @callback Change
 * @param {string} name
 * @param {Value | undefined} value
 * @param {boolean} last
 * @returns {void}
 */

/** @typedef {(values: Record<string, Value>, changed: Record<string, Value>) => void} Sync Shows values, and marks the changed ones. */

const HEX = /^#?([0-9a-f]{6}|[0-9a-f]{8})$/i;

/** Listens to both events of an input. @param {HTMLElement} input @param {(last: boolean) => void} listener */
function hear(input, listener) {
  input.addEventListener("input", () => listener(false));
  input.addEventListener("change", () => listener(true));
}

/** @param {Token} token @param {Change} change */
function colourRow(token, change) {
  /** @type {[string, string]} */
  let pair = ["#000000", "#000000"];
  const fields = /** @type {const} */ (["light", "dark"]).map((scheme, at) => {
    const well = /** @type {HTMLInputElement} */ (make("input", { type: "color", "aria-label": `${token.label}, ${scheme}` }));
    const text = /** @type {HTMLInputElement} */ (make("input", {
      type: "text", class: "hex", "aria-label": `${token.label}, ${scheme}, as hex`, maxlength: "9", autocomplete: "off", spellcheck: "false",
      "data-token": token.name, "data-scheme": scheme,
    }));
    const report = (/** @type {string} */ hex, /** @type {boolean} */ last) => {
      const next = /** @type {[string, string]} */ ([...pair]);
      next[at] = hex;
      change(token.name, next, last);
    };
    // The well has no alpha channel, so a colour that is chosen in it is opaque.
    hear(well, (last) => report(well.value, last));
    text.addEventListener("change", () => {
      const hex = HEX.exec(text.value.trim())?.[1];
      text.setAttribute("aria-invalid", String(!hex));
      if (hex) report(`#${hex.toLowerCase()}`, true);
    });
    const sync = (/** @type {string} */ hex) => {
      well.value = hex.slice(0, 7);
      text.value = hex;
      text.removeAttribute("aria-invalid");
    };
    return { node: make("span", { class: "colour", "data-scheme": scheme }, well, text), sync };
  });
  const sync = (/** @type {Value | undefined} */ value) => {
    pair = Array.isArray(value) ? [value[0], value[1]] : [...(token.pair ?? pair)];
    fields.forEach((field, at) => field.sync(pair[at] ?? ""));
  };
  return { nodes: fields.map(({ node }) => node), sync };
}

/** @param {Token} token @param {Change} change */
function numberRow(token, change) {
  const { min = 0, max = 0, step = 1 } = token;
  const input = /** @type {HTMLInputElement} */ (make("input", {
    type: "range", "aria-label": token.label, min: String(min), max: String(max), step: String(step), "data-token": token.name,
  }));
  const shown = make("output", { class: "amount" });
  hear(input, (last) => change(token.name, Number(input.value), last));
  const sync = (/** @type {Value | undefined} */ value) => {
    input.value = String(value ?? token.start ?? min);
    const text = value === undefined ? "by theme" : `${value}${token.unit ?? ""}`;
    shown.textContent = text;
    input.setAttribute("aria-valuetext", text);
  };
  return { nodes: [input, shown], sync };
}

/** @param {Token} token @param {Change} change */
function fontRow(token, change) {
  const own = /** @type {HTMLOptionElement} */ (make("option", { value: "" }, "by theme"));
  const select = /** @type {HTMLSelectElement} */ (make("select", { "aria-label": token.label, "data-token": token.name }, own,
    ...[...FONTS.keys()].map((name) => make("option", { value: name }, name === "page" ? "of the page" : name))));
  select.addEventListener("change", () => change(token.name, select.value || undefined, true));
  const sync = (/** @type {Value | undefined} */ value) => {
    select.value = typeof value === "string" ? value : "";
  };
  return { nodes: [select], sync };
}

/** @param {Token} token @param {Change} change */
function row(token, change) {
  const control = token.kind === "colour" ? colourRow(token, change) : token.kind === "number" ? numberRow(token, change) : fontRow(token, change);
  const reset = button("Take back", () => change(token.name, undefined, true), "small-button");
  reset.setAttribute("aria-label", `Take back: ${token.label}`);
  const node = make("div", { class: "token", role: "group", "aria-label": token.label },
    make("p", { class: "token-label" }, token.label, " ", make("code", {}, token.name)), make("div", { class: "token-fields" }, ...control.nodes, reset));
  /** @type {Sync} */
  const sync = (values, changed) => {
    control.sync(values[token.name]);
    reset.hidden = !(token.name in changed);
  };
  return { node, sync };
}

/**
 * Fills the panel with a group of controls for each group of tokens. Returns the function that shows a state.
 * @param {HTMLElement} panel
 * @param {Change} change
 * @returns {Sync}
 */
export function tokenControls(panel, change) {
  /** @type {Sync[]} */
  const syncs = [];
  GROUPS.forEach(([title, tokens], index) => {
    const rows = tokens.map((token) => row(token, change));
    syncs.push(...rows.map(({ sync }) => sync));
    const details = make("details", { class: "group", ...(index === 0 ? { open: "" } : {}) }, make("summary", {}, title), ...rows.map(({ node }) => node));
    panel.append(details);
  });
  return (values, changed) => syncs.forEach((sync) => sync(values, changed));
}

/**
 * Adds a group of controls for the attributes of the layout. `change` receives the name and the value of an attribute. Returns the function that
 * shows the attributes in use.
 * @param {HTMLElement} panel
 * @param {(name: string, value: string) => void} change
 * @returns {(attributes: Record<string, string>) => void}
 */
export function layoutControls(panel, change) {
  const selects = Object.entries(FORMS).map(([name, values]) => {
    const options = values.map((value, at) => make("option", { value: at === 0 ? "" : value }, value || "as usual"));
    const select = /** @type {HTMLSelectElement} */ (make("select", { name }, ...options));
    select.addEventListener("change", () => change(name, select.value));
    return { name, select, node: make("label", { class: "line-field" }, make("code", {}, name), select) };
  });
  const boxes = HIDEABLE.map((word) => {
    const box = /** @type {HTMLInputElement} */ (make("input", { type: "checkbox", value: word }));
    box.addEventListener("change", () => change("hide", boxes.filter(({ box }) => box.checked).map(({ word }) => word).join(" ")));
    return { word, box, node: make("label", { class: "check" }, box, word) };
  });
  const hide = make("fieldset", { class: "hide" }, make("legend", {}, "Hidden sections ", make("code", {}, "hide")), ...boxes.map(({ node }) => node));
  panel.append(make("details", { class: "group" }, make("summary", {}, "Layout"), ...selects.map(({ node }) => node), hide));
  return (attributes) => {
    for (const { name, select } of selects) select.value = attributes[name] ?? "";
    const hidden = new Set((attributes["hide"] ?? "").split(" "));
    for (const { word, box } of boxes) box.checked = hidden.has(word);
  };
}
