// @ts-check
/** The studio: a theme is edited beside two widgets, one light and one dark, and exported. Entry point of /studio/. */

import { layoutControls, tokenControls } from "./controls.js";
import { byId, choices, copy, download, make } from "./dom.js";
import { inspector } from "./inspector.js";
import { exported, html, themeFile } from "./export.js";
import { PSEUDO, registerPseudo } from "./pseudo.js";
import { SHOPS, shopOf } from "./shops.js";
import { History, LANGUAGES, decode, encode, fromPairs, initial } from "./state.js";
import { smallHeader } from "./surroundings.js";
import { NO_THEME, apply, css, themeOf, values } from "./theme.js";
import { showVerdicts } from "./verdicts.js";
import { LAYOUT, demoOrders, dress, setAttribute, widget } from "./widget.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./widget.js").Tracker} Tracker */

const SCHEMES = /** @type {const} */ (["light", "dark"]);
const said = byId("said");
const start = decode(location.hash);
const history = new History(start?.state ?? initial());
/** State that is shown, which is not yet a step while a pointer moves. */
let state = history.current;
let theme = NO_THEME;
/** @type {import("./widget.js").DemoOrder[]} */
let orders = [];
/** Order of the widgets in the page. */
let mounted = "";

/** Returns the attributes of the widget: those of the shop with the changes. */
function attributes() {
  const all = { ...shopOf(state.shop).attributes, ...state.layout };
  return Object.fromEntries(LAYOUT.flatMap((name) => (all[name] ? [[name, all[name]]] : [])));
}

const trackers = () => /** @type {Tracker[]} */ ([...byId("panes").querySelectorAll("doorstep-tracker")]);

// The state and its steps.

/** Makes a change that can be undone. @param {(next: State) => void} edit */
function step(edit) {
  const next = structuredClone(state);
  edit(next);
  history.push(next);
  void show(history.current);
}

/** @type {import("./controls.js").Change} */
const changeToken = (name, value, last) => {
  const next = structuredClone(state);
  if (value === undefined) delete next.tokens[name];
  else next.tokens[name] = value;
  if (last) history.push(next);
  void show(next);
};

const syncTokens = tokenControls(byId("controls"), changeToken);
const syncLayout = layoutControls(byId("controls"), (name, value) => step((next) => {
  if ((shopOf(next.shop).attributes[name] ?? "") === value) delete next.layout[name];
  else next.layout[name] = value;
}));

// The settings above the previews.

const selects = {
  shop: /** @type {HTMLSelectElement} */ (byId("shop")),
  order: /** @type {HTMLSelectElement} */ (byId("order")),
  lang: /** @type {HTMLSelectElement} */ (byId("lang")),
};
selects.shop.append(...SHOPS.map(({ id, name, kind }) => make("option", { value: id }, `${name}, ${kind}`)));
selects.lang.append(make("option", { value: "" }, "of the shop"), ...LANGUAGES.map(([tag, label]) => make("option", { value: tag, lang: tag }, label)));
// Another shop starts from its own theme.
selects.shop.addEventListener("change", () => step((next) => Object.assign(next, { shop: selects.shop.value, tokens: {}, layout: {} })));
selects.order.addEventListener("change", () => step((next) => Object.assign(next, { order: selects.order.value })));
selects.lang.addEventListener("change", () => step((next) => Object.assign(next, { lang: selects.lang.value })));

const RADIOS = /** @type {const} */ ([
  ["scheme", "Scheme", [["both", "Both"], ["light", "Light"], ["dark", "Dark"]]],
  ["width", "Width", [["320", "320"], ["390", "390"], ["720", "720"], ["full", "Full"]]],
  ["density", "Density", [["compact", "Compact"], ["", "Theme"], ["roomy", "Roomy"]]],
  ["dir", "Direction", [["ltr", "LTR"], ["rtl", "RTL"]]],
]);
byId("radios").append(...RADIOS.map(([name, legend, options]) => choices(name, legend, options, state[name], (value) => step((next) => {
  next[name] = value;
}))));

/** Shows the current state in all controls. */
function syncSettings() {
  selects.shop.value = state.shop;
  selects.order.value = state.order;
  selects.lang.value = state.lang;
  for (const [name] of RADIOS) {
    for (const input of /** @type {NodeListOf<HTMLInputElement>} */ (document.getElementsByName(name))) input.checked = input.value === state[name];
  }
  const [undo, redo] = [byId("undo"), byId("redo")];
  for (const [element, can] of /** @type {const} */ ([[undo, history.canUndo], [redo, history.canRedo]])) element.setAttribute("aria-disabled", String(!can));
}

// The previews.

/** Builds the two previews for the current order, if they show another one. */
function mount() {
  const order = orders.find(({ id }) => id === state.order) ?? orders[0];
  if (!order || mounted === order.id) return;
  mounted = order.id;
  byId("panes").replaceChildren(...SCHEMES.map((scheme) => {
    const stage = make("div", { class: "stage", "data-scheme": scheme }, make("div", { class: "mini" }), widget(order));
    const heading = make("h2", { id: `pane-${scheme}` }, scheme === "light" ? "Light" : "Dark");
    return make("section", { class: "pane", "data-scheme": scheme, "aria-labelledby": `pane-${scheme}` }, heading, make("div", { class: "scroller" }, stage));
  }));
}

/** Builds the previews again, which is needed for a locale that has come after them. */
function renew() {
  mounted = "";
  void show(state);
}

function dressPreviews() {
  const shop = shopOf(state.shop);
  byId("panes").dataset["show"] = state.scheme;
  for (const element of trackers()) {
    dress(element, shop, attributes());
    element.setAttribute("heading-level", "3");
    element.setAttribute("lang", state.lang || shop.lang);
    setAttribute(element, "dir", state.dir);
    const stage = /** @type {HTMLElement} */ (element.parentElement);
    Object.assign(stage.dataset, { shop: shop.id, width: state.width });
    stage.querySelector(".mini")?.replaceChildren(smallHeader(shop));
  }
}

/** Shows a state. A later call that is faster wins. @param {State} next */
async function show(next) {
  state = next;
  syncSettings();
  try {
    const loaded = await themeOf(state.shop);
    if (next !== state) return;
    theme = loaded;
  } catch (error) {
    said.textContent = error instanceof Error ? error.message : "The theme could not be loaded.";
    return;
  }
  mount();
  dressPreviews();
  const all = values(theme, state.tokens);
  const text = css(theme, state.tokens, state.density);
  apply(text);
  syncTokens(all, state.tokens);
  syncLayout(attributes());
  showVerdicts(all, shopOf(state.shop).paper);
  byId("css").textContent = exported(state, text);
  byId("html").textContent = html(shopOf(state.shop), attributes(), state.lang);
  document.documentElement.dataset["studio"] = "ready";
}

// Steps back and forth, links and files.

function undo() {
  history.undo();
  void show(history.current);
}

function redo() {
  history.redo();
  void show(history.current);
}

byId("undo").addEventListener("click", undo);
byId("redo").addEventListener("click", redo);
byId("reset").addEventListener("click", () => step((next) => Object.assign(next, { tokens: {}, layout: {}, density: "" })));
addEventListener("keydown", (event) => {
  const types = event.composedPath()[0] instanceof HTMLInputElement && /** @type {HTMLInputElement} */ (event.composedPath()[0]).type === "text";
  if (event.key.toLowerCase() !== "z" || !(event.ctrlKey || event.metaKey) || event.altKey || types) return;
  event.preventDefault();
  if (event.shiftKey) redo();
  else undo();
});
byId("share").addEventListener("click", () => {
  const hash = encode(state);
  window.history.replaceState(null, "", `#${hash}`);
  void copy(`${location.origin}${location.pathname}#${hash}`, said);
});
byId("copy-css").addEventListener("click", () => copy(byId("css").textContent ?? "", said));
byId("copy-html").addEventListener("click", () => copy(byId("html").textContent ?? "", said));
byId("save-css").addEventListener("click", () => download("doorstep-theme.css", "text/css", byId("css").textContent ?? ""));
byId("save-theme").addEventListener("click", () => download("doorstep-theme.json", "application/json",
  themeFile(state, attributes(), shopOf(state.shop).strings, css(theme, state.tokens, state.density))));
const file = /** @type {HTMLInputElement} */ (byId("open-theme"));
file.addEventListener("change", async () => {
  const chosen = file.files?.[0];
  file.value = "";
  if (!chosen || chosen.size > 200_000) return;
  try {
    const { settings } = JSON.parse(await chosen.text());
    arrive(fromPairs(Object.entries(settings).map(([name, text]) => /** @type {const} */ ([name, String(text)]))));
  } catch {
    said.textContent = "This is not a theme file of the studio.";
  }
});

/** Takes a state from a link or a file as a step, and says what was refused. @param {{ state: State, refused: string[] }} found */
function arrive(found) {
  history.push(found.state);
  void show(history.current);
  said.textContent = refusal(found.refused);
}

/** @param {readonly string[]} refused */
function refusal(refused) {
  if (refused.length === 0) return "";
  return `${refused.length === 1 ? "One setting was" : `${refused.length} settings were`} not valid and left out.`;
}

addEventListener("hashchange", () => {
  const found = decode(location.hash);
  if (found) arrive(found);
  else if (location.hash.startsWith("#studio=")) said.textContent = "This link is not valid.";
});

// Start of the page.

const relist = inspector(byId("panes"));
for (const type of ["doorstep-ready", "doorstep-change"]) byId("panes").addEventListener(type, relist);
if (start) said.textContent = refusal(start.refused);
else if (location.hash.startsWith("#studio=")) said.textContent = "This link is not valid.";

void registerPseudo().then((registered) => {
  if (!registered) selects.lang.querySelector(`[value="${PSEUDO}"]`)?.remove();
  else if (state.lang === PSEUDO) renew();
});
try {
  orders = await demoOrders();
  selects.order.append(...orders.map(({ id, title }) => make("option", { value: id }, title)));
} catch (error) {
  byId("panes").replaceChildren(make("p", { class: "notice", role: "alert" }, `The demo’s orders cannot be reached. ${error instanceof Error ? error.message : ""}`));
}
void show(history.current);
