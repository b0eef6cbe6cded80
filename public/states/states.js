// @ts-check
/** All orders of the demo on a light and a dark page, and the scenarios. Previews are in the page only while they are in sight. Entry point of /states/. */

import { byId, choices, make } from "../studio/dom.js";
import { SHOPS, shopOf } from "../studio/shops.js";
import { apply, css, themeOf } from "../studio/theme.js";
import { demoOrders, dress, widget } from "../studio/widget.js";

/** @typedef {import("../studio/widget.js").DemoOrder} DemoOrder */

const SCHEMES = /** @type {const} */ (["light", "dark"]);
/**
 * Number of orders that are shown at once. Each has a stream, and a browser opens six connections to one host: two are left for the requests of the
 * widgets themselves.
 */
const MAX_SHOWN = 4;
const SCENARIOS = /** @type {const} */ ([
  ["lookup", "Look-up", "There is no link and no session: the shopper names the order."],
  ["skeleton", "Skeleton", "The order is on its way to the page."],
  ["offline", "Offline", "The device has no connection, and nothing is known yet."],
  ["expired", "Expired", "The link ended while the order was shown; it stays on the page."],
  ["failure", "Failure", "The backend does not answer as it should."],
  ["fallback", "Fallback", "The browser cannot run the widget; the shop’s own content is shown."],
]);

let shop = shopOf(new URLSearchParams(location.search).get("shop"));
/** Orders by the element that shows them. @type {Map<Element, DemoOrder>} */
const rows = new Map();
/** Rows in sight, in the order in which they came. @type {Set<Element>} */
const inSight = new Set();

/** @param {Element} row */
const isShown = (row) => row.querySelector("doorstep-tracker") !== null;

/** Puts the two widgets of an order into its row. @param {Element} row @param {DemoOrder} order */
function fill(row, order) {
  for (const stage of /** @type {NodeListOf<HTMLElement>} */ (row.querySelectorAll(".stage"))) {
    const element = widget(order);
    element.setAttribute("lang", shop.lang);
    element.setAttribute("heading-level", "4");
    dress(element, shop);
    stage.dataset["shop"] = shop.id;
    stage.replaceChildren(element);
  }
}

/** @param {Element} row */
function clear(row) {
  for (const stage of row.querySelectorAll(".stage")) stage.replaceChildren();
}

/** Shows the rows that are in sight, as many as may be shown at once, and takes the others out of the page. */
function update() {
  for (const row of rows.keys()) if (!inSight.has(row)) clear(row);
  for (const row of [...inSight].slice(-MAX_SHOWN)) {
    const order = rows.get(row);
    if (order && !isShown(row)) fill(row, order);
  }
  for (const row of [...inSight].slice(0, -MAX_SHOWN)) clear(row);
}

const observer = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    inSight.delete(target);
    if (isIntersecting) inSight.add(target);
  }
  update();
});

/** @param {DemoOrder} order */
function row(order) {
  const link = make("a", { href: `/?order=${order.id}&shop=${shop.id}#order-status`, "data-order": order.id }, order.title);
  // A preview is a picture of the widget. The link opens the widget that can be used.
  const previews = SCHEMES.map((scheme) => make("div", { class: "preview", "data-scheme": scheme, inert: "" }, make("div", { class: "stage", "data-shop": shop.id })));
  const element = make("article", { class: "row" }, make("h3", {}, link, " ", make("span", { class: "quiet" }, order.number)),
    make("div", { class: "previews" }, ...previews));
  rows.set(element, order);
  observer.observe(element);
  return element;
}

function showScenarios() {
  byId("scenarios").replaceChildren(...SCENARIOS.map(([name, title, about]) => {
    const frames = SCHEMES.map((scheme) => make("iframe", {
      src: `/states/scenario.html?is=${name}&scheme=${scheme}&shop=${shop.id}`, title: `${title}, ${scheme}`, loading: "lazy",
    }));
    return make("li", { "data-scenario": name }, make("h3", {}, title), make("p", { class: "quiet" }, about), make("div", { class: "previews" }, ...frames));
  }));
}

/** Shows everything in the look of a shop. @param {string} id */
async function wear(id) {
  shop = shopOf(id);
  const theme = await themeOf(shop.id);
  if (shop.id !== id) return;
  apply(css(theme, {}));
  for (const element of rows.keys()) clear(element);
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("[data-order]"))) {
    link.href = `/?order=${link.dataset["order"]}&shop=${shop.id}#order-status`;
  }
  update();
  showScenarios();
}

byId("bar").append(choices("shop", "Shop", SHOPS.map(({ id, name }) => [id, name]), shop.id, (id) => {
  history.replaceState(null, "", `?shop=${id}`);
  void wear(id);
}));
try {
  const orders = await demoOrders();
  byId("matrix").replaceChildren(...orders.map(row));
  await wear(shop.id);
} catch (error) {
  byId("said").textContent = `The demo’s orders cannot be reached. ${error instanceof Error ? error.message : ""}`;
}
