// @ts-check
/** Widgets of the gallery: elements with the settings of a shop, by the public interface alone. */

import { make } from "./dom.js";

/** @typedef {import("./shops.js").Shop} Shop */
/** @typedef {{ id: string, number: string, title: string, group?: string, token: string }} DemoOrder */
/** @typedef {HTMLElement & { token?: string | null, strings?: unknown, data?: unknown }} Tracker */

export const API = "/api";

/** Attributes by which the layout is set. */
export const LAYOUT = /** @type {const} */ (["hide", "sections", "rail", "timeline", "variant", "mode"]);

/** Sections and parts of them that `hide` can name. */
export const HIDEABLE = /** @type {const} */ ([
  "mark", "pictures", "about", "cases", "rail", "promise", "days", "history", "timeline", "items", "carrier", "freshness", "waiting", "actions", "help",
  "contact", "address", "support", "checked",
]);

/** Values of the attributes that have few of them. The first is the default of the widget and is not written. */
export const FORMS = {
  sections: ["", "headline contact cases parcels waiting actions help", "contact headline cases parcels waiting actions help"],
  rail: ["icons", "dots", "bar", "steps"],
  timeline: ["line", "plain"],
  variant: ["", "informal"],
  mode: ["", "readonly"],
};

/** Resolves to the orders of the demo. Rejects if the backend does not answer. @returns {Promise<DemoOrder[]>} */
export async function demoOrders() {
  const response = await fetch(`${API}/demo/orders`, { headers: { accept: "application/json" }, cache: "no-store" });
  if (!response.ok) throw new Error(`The backend answered ${response.status}.`);
  const orders = await response.json();
  if (!Array.isArray(orders) || orders.length === 0) throw new Error("The backend has no demo orders.");
  return orders;
}

/**
 * Returns a widget for an order, which is not in the page yet.
 * @param {DemoOrder} order
 */
export function widget(order) {
  const element = /** @type {Tracker} */ (make("doorstep-tracker", { api: API, order: order.id }));
  element.append(make("p", { class: "fallback" }, "Your order status appears here. If it does not, write to ",
    make("a", { href: "mailto:help@fieldhouse.example" }, "help@fieldhouse.example"), " and we will look it up for you."));
  element.token = order.token;
  return element;
}

/**
 * Gives a widget the layout, the texts and the banner of a shop, in place of those of another.
 * @param {Tracker} element
 * @param {Shop} shop
 * @param {Record<string, string>} attributes
 */
export function dress(element, shop, attributes = shop.attributes) {
  for (const name of LAYOUT) setAttribute(element, name, attributes[name]);
  const strings = Object.keys(shop.strings).length > 0 ? shop.strings : null;
  if (strings || element.strings) element.strings = strings;
  element.querySelector(".banner")?.remove();
  if (shop.banner) element.append(make("p", { class: "banner", slot: "after-headline" }, shop.banner));
}

/**
 * Sets an attribute, or removes it for an empty value.
 * @param {Element} element
 * @param {string} name
 * @param {string | undefined} value
 */
export function setAttribute(element, name, value) {
  if (value) element.setAttribute(name, value);
  else element.removeAttribute(name);
}
