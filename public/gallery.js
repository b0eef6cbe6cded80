// @ts-check
/**
 * The product page with its demo shop: lists the demo's orders, shows the widget for one of them in the look of a shop, and has controls for shop, width,
 * theme, language and direction. It runs under a strict content security policy: no inline script or style, no HTML from strings. It uses only the
 * public interface of the widget.
 */

import { codePanel } from "./studio/code.js";
import { byId, copy, make } from "./studio/dom.js";
import { eventLog } from "./studio/log.js";
import { PSEUDO, registerPseudo } from "./studio/pseudo.js";
import { scansPanel } from "./studio/scans.js";
import { SHOPS, shopOf } from "./studio/shops.js";
import { footer, header } from "./studio/surroundings.js";
import { NO_THEME, apply, css, themeOf } from "./studio/theme.js";
import { demoOrders, dress, setAttribute, widget } from "./studio/widget.js";

/** @typedef {import("./studio/widget.js").DemoOrder} DemoOrder */
/** @typedef {import("./studio/widget.js").Tracker} Tracker */

const LOADER = "/embed/v1/doorstep.js";
/** Milliseconds between two requests for a loader that is not there yet. */
const INTERVAL = 2_000;
const OPTIONS = /** @type {const} */ (["shop", "width", "theme", "dir", "lang"]);
/** Order of the widget beside the first sentence: one that moves while the page is open. */
const LIVING = "ord_demo_out_for_delivery";

const bench = /** @type {HTMLFormElement} */ (byId("bench"));
const narrow = matchMedia("(max-width: 60rem)");
const showCode = codePanel();
const showDocument = scansPanel(byId("order-status"));

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

/** @param {string} name @param {string | null} value */
function choose(name, value) {
  const field = bench.elements.namedItem(name);
  if (!value) return;
  if (field instanceof RadioNodeList && [...field].some((choice) => choice instanceof HTMLInputElement && choice.value === value)) field.value = value;
  if (field instanceof HTMLSelectElement && [...field.options].some((choice) => choice.value === value)) field.value = value;
}

function readAddress() {
  const address = new URLSearchParams(location.search);
  if (address.has("shop")) choose("lang", shopOf(address.get("shop")).lang);
  for (const name of OPTIONS) choose(name, address.get(name));
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

// The widget and the page of the shop around it.

function applyOptions() {
  const shop = shopOf(chosen("shop"));
  const frame = byId("frame");
  frame.dataset["width"] = chosen("width");
  frame.dir = chosen("dir");
  document.documentElement.dataset["theme"] = chosen("theme");
  const page = byId("shop");
  if (page.dataset["shop"] !== shop.id) {
    page.dataset["shop"] = shop.id;
    byId("shop-top").replaceChildren(...header(shop, "#shop"));
    byId("shop-footer").replaceChildren(...footer(shop, "#shop"));
  }
  byId("shop-shows").textContent = `${shop.name} shows ${shop.shows}.`;
  byId("edit").setAttribute("href", `/studio/#studio=1&shop=${shop.id}`);
  themeOf(shop.id).catch(() => NO_THEME).then((theme) => {
    if (shop.id === chosen("shop")) apply(css(theme, {}));
  });
  if (tracker) present(tracker);
  if (shown) document.title = `${shown.title} · ${shop.name}`;
  describe();
}

/** @param {Tracker} element */
function present(element) {
  dress(element, shopOf(chosen("shop")));
  element.setAttribute("lang", chosen("lang"));
  setAttribute(element, "theme", chosen("theme") === "auto" ? "" : chosen("theme"));
  element.setAttribute("dir", chosen("dir"));
  element.setAttribute("heading-level", "3");
}

/** Shows the code of the current embedding. */
function describe() {
  const theme = chosen("theme");
  const { attributes: own, banner, strings } = shopOf(chosen("shop"));
  const texts = Object.keys(strings).length > 0 ? { strings: JSON.stringify(strings) } : {};
  const attributes = { lang: chosen("lang"), ...(theme === "auto" ? {} : { theme }), ...own, ...texts };
  showCode({ origin: location.origin, order: shown?.id ?? "ORDER_ID", attributes, ...(banner ? { banner } : {}) });
}

/** @param {DemoOrder} order */
function showOrder(order) {
  shown = order;
  tracker = widget(order);
  present(tracker);
  byId("order-status").replaceChildren(tracker);
  byId("order-title").textContent = `Order ${order.number}`;
  byId("order-situation").textContent = order.title;
  byId("bare").setAttribute("href", addressWith({ order: order.id, bare: "1" }));
  document.title = `${order.title} · ${shopOf(chosen("shop")).name}`;
  for (const link of byId("orders-nav").querySelectorAll("a")) {
    if (link.dataset["order"] === order.id) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  describe();
  showDocument(order);
}

/** Shows the widget beside the first sentence. */
function showLiving() {
  const order = orders.find(({ id }) => id === LIVING);
  if (!order || document.body.hasAttribute("data-bare")) return;
  const element = widget(order);
  element.setAttribute("lang", "en-GB");
  element.setAttribute("heading-level", "2");
  element.setAttribute("hide", "history timeline items carrier freshness actions help contact");
  byId("living").replaceChildren(element);
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
    const heading = make("h3", { id: `group-${index}` }, group);
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
  const order = orders.find((candidate) => candidate.id === link?.dataset["order"]);
  if (!order || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  history.pushState(null, "", addressWith({ order: order.id }));
  showOrder(order);
  if (narrow.matches) byId("orders").removeAttribute("open");
  byId("order-title").focus();
});

// Start of the page.

async function load() {
  byId("failure").hidden = true;
  try {
    orders = await demoOrders();
    showList();
    const order = orderOfAddress();
    if (order) showOrder(order);
    showLiving();
    byId("frame").hidden = false;
  } catch (error) {
    byId("frame").hidden = true;
    byId("orders-nav").replaceChildren(make("p", { class: "quiet" }, "No orders to show."));
    byId("failure-reason").textContent = error instanceof Error ? error.message : "";
    byId("failure").hidden = false;
  }
}

bench.addEventListener("change", (event) => {
  if (event.target === bench.elements.namedItem("shop")) choose("lang", shopOf(chosen("shop")).lang);
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
byId("retry").addEventListener("click", load);
addEventListener("popstate", () => {
  readAddress();
  applyOptions();
  const order = orderOfAddress();
  if (order && order.id !== shown?.id) showOrder(order);
});

const line = `<script async src="${location.origin}${LOADER}" data-api="${location.origin}/api"></script>`;
byId("one-line").textContent = line;
byId("copy-line").addEventListener("click", () => copy(line, byId("line-copied")));

byId("shops").append(...SHOPS.map(({ id, name, kind }) => make("option", { value: id }, `${name}, ${kind}`)));
byId("orders").toggleAttribute("open", !narrow.matches);
narrow.addEventListener("change", () => byId("orders").toggleAttribute("open", !narrow.matches));
eventLog(byId("order-status"));
readAddress();
applyOptions();
void load();
void registerPseudo().then((registered) => {
  if (!registered) bench.querySelector(`option[value="${PSEUDO}"]`)?.remove();
  else if (chosen("lang") === PSEUDO && shown) showOrder(shown);
});
if (document.readyState === "complete") void waitForWidget();
else addEventListener("load", waitForWidget);
