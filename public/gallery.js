// @ts-check
/**
 * The gallery: lists the demo's orders, shows the widget for one of them, and has controls for width, theme, language and direction. It
 * runs under a strict content security policy: no inline script or style, no HTML from strings. It uses only the public interface of the
 * widget.
 */

/** @typedef {{ id: string, number: string, title: string, group?: string, token: string }} DemoOrder */
/** @typedef {HTMLElement & { token?: string }} Tracker */

const API = "/api";
const LOADER = "/embed/v1/doorstep.js";
/** Milliseconds between two requests for a loader that is not there yet. */
const INTERVAL = 2_000;
const OPTIONS = /** @type {const} */ (["width", "theme", "dir", "lang"]);
const EVENTS = ["doorstep-ready", "doorstep-change", "doorstep-error"];
const LOG_LENGTH = 50;

/** @param {string} id */
function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no #${id}`);
  return element;
}

/**
 * @param {string} name
 * @param {Record<string, string>} attributes
 * @param {(Node | string)[]} children
 */
function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
  element.append(...children);
  return element;
}

const bench = /** @type {HTMLFormElement} */ (byId("bench"));
const codeForm = /** @type {HTMLFormElement} */ (byId("code-form"));
const narrow = matchMedia("(max-width: 60rem)");

/** @type {DemoOrder[]} */
let orders = [];
/** @type {DemoOrder | undefined} */
let shown;
/** @type {Tracker | undefined} */
let tracker;

// The selected settings are part of the address, so that they can be linked to.

/** @param {string} name */
function chosen(name) {
  const field = bench.elements.namedItem(name);
  return field instanceof RadioNodeList || field instanceof HTMLSelectElement ? field.value : "";
}

function readAddress() {
  const address = new URLSearchParams(location.search);
  for (const name of OPTIONS) {
    const value = address.get(name);
    const field = bench.elements.namedItem(name);
    if (!value) continue;
    if (field instanceof RadioNodeList && [...field].some((choice) => choice instanceof HTMLInputElement && choice.value === value)) {
      field.value = value;
    }
    if (field instanceof HTMLSelectElement && [...field.options].some((choice) => choice.value === value)) field.value = value;
  }
  document.body.toggleAttribute("data-bare", address.has("bare"));
}

/** @param {Record<string, string | undefined>} changes */
function addressWith(changes) {
  const address = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) address.delete(name);
    else address.set(name, value);
  }
  const query = address.toString();
  return query ? `?${query}` : location.pathname;
}

// The widget.

function applyOptions() {
  const frame = byId("frame");
  frame.dataset.width = chosen("width");
  frame.dir = chosen("dir");
  document.documentElement.dataset.theme = chosen("theme");
  if (tracker) present(tracker);
  showCode();
}

/** @param {Tracker} element */
function present(element) {
  element.setAttribute("lang", chosen("lang"));
  const theme = chosen("theme");
  if (theme === "auto") element.removeAttribute("theme");
  else element.setAttribute("theme", theme);
  element.setAttribute("dir", chosen("dir"));
}

/** @param {DemoOrder} order */
function showOrder(order) {
  shown = order;
  const element = /** @type {Tracker} */ (make("doorstep-tracker", { api: API, order: order.id }));
  element.append(make("p", { class: "fallback" }, "Your order status appears here. If it does not, write to ",
    make("a", { href: "mailto:help@fieldhouse.example" }, "help@fieldhouse.example"), " and we will look it up for you."));
  element.token = order.token;
  present(element);
  tracker = element;
  byId("order-status").replaceChildren(element);
  byId("order-title").textContent = `Order ${order.number}`;
  byId("order-situation").textContent = order.title;
  byId("bare").setAttribute("href", addressWith({ order: order.id, bare: "1" }));
  document.title = `${order.title} · Fieldhouse`;
  for (const link of byId("orders-nav").querySelectorAll("a")) {
    if (link.dataset.order === order.id) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  showCode();
}

/** Returns the order that the address names, or the first one. */
function orderOfAddress() {
  const wanted = new URLSearchParams(location.search).get("order");
  return orders.find((order) => order.id === wanted || order.id === `ord_demo_${wanted}`) ?? orders[0];
}

/** Shows a notice while the demo is still building the widget, and loads the page again when the loader is there. */
async function waitForWidget() {
  const building = "The widget is still being built. This page shows it when it is ready; the orders and the API are here already.";
  const ended = "The demo ended before the widget was built. Its last lines say why; this page shows the widget when it is ready.";
  const notice = byId("building");
  while (!customElements.get("doorstep-tracker")) {
    const response = await fetch(LOADER, { method: "HEAD", cache: "no-store" }).catch(() => undefined);
    const waiting = notice.hasChildNodes();
    if (response?.ok && waiting) location.reload();
    if (response?.ok || (!waiting && response?.status !== 404)) return;
    const text = response ? building : ended;
    if (notice.textContent !== text) notice.replaceChildren(make("p", {}, text));
    await new Promise((resolve) => setTimeout(resolve, INTERVAL));
  }
}

// The list of orders.

function showList() {
  /** @type {Map<string, DemoOrder[]>} */
  const groups = new Map();
  for (const order of orders) {
    const group = order.group ?? "Orders";
    groups.set(group, [...(groups.get(group) ?? []), order]);
  }
  const sections = [...groups].map(([group, members], index) => {
    const heading = make("h2", { id: `group-${index}` }, group);
    const links = members.map((order) => {
      const link = make("a", { href: addressWith({ order: order.id }), "data-order": order.id },
        make("span", { class: "order-what" }, order.title), make("span", { class: "order-no" }, order.number));
      return make("li", {}, link);
    });
    return make("section", { "aria-labelledby": `group-${index}` }, heading, make("ul", {}, ...links));
  });
  byId("orders-nav").replaceChildren(...sections);
  byId("orders-count").textContent = String(orders.length);
}

byId("orders-nav").addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  const order = orders.find((candidate) => candidate.id === link?.dataset.order);
  if (!order || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  history.pushState(null, "", addressWith({ order: order.id }));
  showOrder(order);
  if (narrow.matches) byId("orders").removeAttribute("open");
  byId("order-title").focus();
});

// The code for embedding the widget in a page.

function showCode() {
  const form = new FormData(codeForm).get("form");
  const order = shown?.id ?? "ORDER_ID";
  const language = chosen("lang");
  const theme = chosen("theme");
  const extra = [["lang", language], ...(theme === "auto" ? [] : [["theme", theme]])];
  const attributes = (/** @type {string} */ prefix) => extra.map(([name, value]) => `${prefix}${name}="${value}"`).join(" ");
  const source = `${location.origin}/embed/v1/doorstep.js`;
  byId("code").textContent = form === "element"
    ? [
      `<script async src="${source}"></script>`,
      `<doorstep-tracker api="${location.origin}${API}" order="${order}" ${attributes("")}>`,
      "  <p>Your order status appears here.</p>",
      "</doorstep-tracker>",
      "",
      "<!-- In your own script; the token comes from your server: -->",
      'document.querySelector("doorstep-tracker").token = token;',
    ].join("\n")
    : [
      `<script async src="${source}"`,
      `        data-api="${location.origin}${API}" data-order="${order}"`,
      `        ${attributes("data-")}></script>`,
      "",
      "<!-- The link to the page carries the token:",
      `     ${location.origin}/#doorstep=${order}/TOKEN -->`,
    ].join("\n");
}

byId("copy").addEventListener("click", async () => {
  const said = byId("copied");
  try {
    await navigator.clipboard.writeText(byId("code").textContent ?? "");
    said.textContent = "Copied.";
  } catch {
    said.textContent = "The browser does not allow it; select the code and copy it.";
  }
});

// The log of the widget's events.

/** @param {Event} event */
function note(event) {
  const detail = event instanceof CustomEvent && event.detail !== null ? JSON.stringify(event.detail) : "";
  const at = new Date().toLocaleTimeString("en-GB");
  const entry = make("li", {}, make("time", {}, at), " ", make("code", {}, event.type), ...(detail ? [" ", make("span", {}, detail)] : []));
  const log = byId("log");
  log.prepend(entry);
  while (log.children.length > LOG_LENGTH) log.lastElementChild?.remove();
  byId("log-empty").hidden = true;
}

for (const name of EVENTS) document.addEventListener(name, note);
byId("clear").addEventListener("click", () => {
  byId("log").replaceChildren();
  byId("log-empty").hidden = false;
});

// Start of the page.

async function load() {
  byId("failure").hidden = true;
  try {
    const response = await fetch(`${API}/demo/orders`, { headers: { accept: "application/json" }, cache: "no-store" });
    if (!response.ok) throw new Error(`The backend answered ${response.status}.`);
    orders = await response.json();
    const order = orderOfAddress();
    if (!order) throw new Error("The backend has no demo orders.");
    showList();
    showOrder(order);
    byId("frame").hidden = false;
  } catch (error) {
    byId("frame").hidden = true;
    byId("orders-nav").replaceChildren(make("p", { class: "quiet" }, "No orders to show."));
    byId("failure-reason").textContent = error instanceof Error ? error.message : "";
    byId("failure").hidden = false;
  }
}

bench.addEventListener("change", () => {
  history.replaceState(null, "", addressWith(Object.fromEntries(OPTIONS.map((name) => [name, chosen(name)]))));
  applyOptions();
  // The links of the list keep the selected settings.
  if (orders.length > 0 && shown) {
    showList();
    byId("orders-nav").querySelector(`[data-order="${shown.id}"]`)?.setAttribute("aria-current", "page");
    byId("bare").setAttribute("href", addressWith({ order: shown.id, bare: "1" }));
  }
});
bench.addEventListener("submit", (event) => event.preventDefault());
codeForm.addEventListener("change", showCode);
for (const choice of document.querySelectorAll("input[form=code-form]")) choice.addEventListener("change", showCode);
byId("retry").addEventListener("click", load);
addEventListener("popstate", () => {
  readAddress();
  applyOptions();
  const order = orderOfAddress();
  if (order && order.id !== shown?.id) showOrder(order);
});

byId("orders").toggleAttribute("open", !narrow.matches);
narrow.addEventListener("change", () => byId("orders").toggleAttribute("open", !narrow.matches));
readAddress();
applyOptions();
void load();
if (document.readyState === "complete") void waitForWidget();
else addEventListener("load", waitForWidget);
