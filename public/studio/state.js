// @ts-check
/**
 * The state of the studio: validated, written into the fragment of the address and read from it, with undo and redo. A fragment is input from
 * whoever made the link, so every value has to pass a check of its own; nothing of it is used as CSS or as markup as it came.
 */

import { SHOPS } from "./shops.js";
import { DENSITIES } from "./theme.js";
import { FONTS, TOKENS } from "./tokens.js";
import { FORMS, HIDEABLE, LAYOUT } from "./widget.js";

/** @typedef {import("./tokens.js").Value} Value */

/**
 * @typedef {object} State
 * @property {string} shop
 * @property {Record<string, Value>} tokens changed tokens by name
 * @property {Record<string, string>} layout changed attributes by name; an empty text removes the shop's own
 * @property {string} order id of the order
 * @property {string} lang
 * @property {string} dir
 * @property {string} width
 * @property {string} density
 * @property {string} scheme
 */

export const LANGUAGES = /** @type {const} */ ([["en-GB", "English (UK)"], ["en-US", "English (US)"], ["de", "Deutsch"], ["en-XA", "Pseudo (longer)"]]);

/** Values of the settings that have few. The first is the default. */
export const SETTINGS = {
  lang: ["", ...LANGUAGES.map(([tag]) => tag)],
  dir: ["ltr", "rtl"],
  width: ["full", "320", "390", "720"],
  density: ["", ...DENSITIES.keys()],
  scheme: ["both", "light", "dark"],
};

/** Beginning of the names of attributes in a link. A token and an attribute can have one name. */
const ATTRIBUTE = "attr-";

/** Number of characters above which a fragment is refused as a whole. */
const MAX_FRAGMENT = 4_000;
/** Number of steps that can be undone. */
const MAX_STEPS = 100;

/** Returns the state of a new visit. @returns {State} */
export function initial() {
  return { shop: "fieldhouse", tokens: {}, layout: {}, order: "ord_demo_late", lang: "", dir: "ltr", width: "full", density: "", scheme: "both" };
}

/**
 * Returns the value of a token from a text of a link or a file, or undefined if it is not valid.
 * @param {string} name
 * @param {string} text
 * @returns {Value | undefined}
 */
function tokenValue(name, text) {
  const token = TOKENS.get(name);
  if (!token) return undefined;
  if (token.kind === "font") return FONTS.has(text) ? text : undefined;
  if (token.kind === "number") {
    const value = Number(text);
    const { min = 0, max = 0 } = token;
    return /^\d{1,4}(\.\d{1,3})?$/.test(text) && value >= min && value <= max ? value : undefined;
  }
  const [light = "", dark = light, ...more] = text.split("-");
  const valid = (/** @type {string} */ hex) => /^(?:[0-9a-f]{6}|[0-9a-f]{8})$/.test(hex);
  return valid(light) && valid(dark) && more.length === 0 ? [`#${light}`, `#${dark}`] : undefined;
}

/** @param {Value} value */
function tokenText(value) {
  return Array.isArray(value) ? value.map((hex) => hex.slice(1)).join("-") : String(value);
}

/**
 * Returns the value of an attribute from a text, or undefined if it is not valid.
 * @param {string} name
 * @param {string} text
 */
function layoutValue(name, text) {
  if (name === "hide") {
    const words = text.split(" ").filter(Boolean);
    return words.every((word) => /** @type {readonly string[]} */ (HIDEABLE).includes(word)) ? [...new Set(words)].join(" ") : undefined;
  }
  const known = /** @type {Record<string, readonly string[]>} */ (FORMS)[name];
  return text === "" || known?.includes(text) ? text : undefined;
}

/**
 * Sets one field of a state from a text. Returns false if the name or the value is not valid; the state is then unchanged.
 * @param {State} state
 * @param {string} name
 * @param {string} text
 */
function set(state, name, text) {
  if (TOKENS.has(name)) {
    const value = tokenValue(name, text);
    if (value === undefined) return false;
    state.tokens[name] = value;
    return true;
  }
  const attribute = name.startsWith(ATTRIBUTE) ? name.slice(ATTRIBUTE.length) : "";
  if (/** @type {readonly string[]} */ (LAYOUT).includes(attribute)) {
    const value = layoutValue(attribute, text);
    if (value === undefined) return false;
    state.layout[attribute] = value;
    return true;
  }
  if (name === "shop" && SHOPS.some(({ id }) => id === text)) state.shop = text;
  else if (name === "order" && /^ord_demo_[a-z_]{1,40}$/.test(text)) state.order = text;
  else if (Object.hasOwn(SETTINGS, name) && SETTINGS[/** @type {keyof typeof SETTINGS} */ (name)].includes(text)) {
    state[/** @type {keyof typeof SETTINGS} */ (name)] = text;
  } else return false;
  return true;
}

/**
 * Returns the state of pairs of names and texts, and the names that were refused.
 * @param {Iterable<readonly [string, string]>} pairs
 * @returns {{ state: State, refused: string[] }}
 */
export function fromPairs(pairs) {
  const state = initial();
  const refused = [];
  for (const [name, text] of pairs) {
    if (!set(state, name, text)) refused.push(name);
  }
  return { state, refused };
}

/** Returns the pairs of names and texts in which a state differs from that of a new visit. @param {State} state @returns {[string, string][]} */
export function toPairs(state) {
  const plain = initial();
  /** @type {[string, string][]} */
  const pairs = [];
  for (const name of /** @type {const} */ (["shop", "order", "lang", "dir", "width", "density", "scheme"])) {
    if (state[name] !== plain[name]) pairs.push([name, state[name]]);
  }
  for (const [name, value] of Object.entries(state.tokens)) pairs.push([name, tokenText(value)]);
  for (const [name, value] of Object.entries(state.layout)) pairs.push([ATTRIBUTE + name, value]);
  return pairs;
}

/** Returns the fragment of a link to this state, without `#`. @param {State} state */
export function encode(state) {
  return new URLSearchParams([["studio", "1"], ...toPairs(state)]).toString();
}

/**
 * Returns the state of a fragment and the names that were refused. Returns null for a fragment that is not the studio's, or too long.
 * @param {string} hash
 */
export function decode(hash) {
  const text = hash.replace(/^#/, "");
  if (text.length > MAX_FRAGMENT) return null;
  const pairs = [...new URLSearchParams(text)];
  const [mark, ...rest] = pairs;
  return mark?.[0] === "studio" && mark[1] === "1" ? fromPairs(rest) : null;
}

/** The current state with the steps that can be undone and redone. */
export class History {
  /** @type {State[]} */
  #past = [];
  /** @type {State[]} */
  #future = [];
  /** @type {State} */
  #current;

  /** @param {State} state */
  constructor(state) {
    this.#current = structuredClone(state);
  }

  /** Returns a copy of the current state. */
  get current() {
    return structuredClone(this.#current);
  }

  get canUndo() {
    return this.#past.length > 0;
  }

  get canRedo() {
    return this.#future.length > 0;
  }

  /** Makes a state the current one, as a step. An equal state is no step. @param {State} state */
  push(state) {
    if (JSON.stringify(state) === JSON.stringify(this.#current)) return;
    this.#past.push(this.#current);
    if (this.#past.length > MAX_STEPS) this.#past.shift();
    this.#future = [];
    this.#current = structuredClone(state);
  }

  undo() {
    const before = this.#past.pop();
    if (!before) return;
    this.#future.push(this.#current);
    this.#current = before;
  }

  redo() {
    const next = this.#future.pop();
    if (!next) return;
    this.#past.push(this.#current);
    this.#current = next;
  }
}
