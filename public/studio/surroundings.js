// @ts-check
/** The page of a shop around the widget: header and footer. All links lead back to the shop, because nothing can be bought. */

import { icon, make } from "./dom.js";

/** @typedef {import("./shops.js").Shop} Shop */

const TOOLS = /** @type {const} */ ([
  ["Search", "M14.5 9a5.5 5.5 0 1 1-11 0 5.5 5.5 0 0 1 11 0M13 13l4 4"],
  ["Your account", "M13.5 7a3.5 3.5 0 1 1-7 0 3.5 3.5 0 0 1 7 0M3.5 17c.8-3.3 3.3-5 6.5-5s5.7 1.7 6.5 5"],
  ["Basket, empty", "M3 8h14l-1.5 9h-11zM7 8l1.5-5M13 8l-1.5-5"],
]);

/** @param {string} label @param {string} target */
const item = (label, target) => make("li", {}, make("a", { href: target }, label));

/** @param {Shop} shop */
function wordmark(shop) {
  const sign = icon(shop.mark);
  sign.setAttribute("viewBox", "0 0 32 32");
  return make("span", { class: "wordmark", translate: "no" }, sign, make("span", {}, shop.name));
}

/**
 * Returns the parts of a shop's header: a bar with a sentence if it has one, and the header itself.
 * @param {Shop} shop
 * @param {string} target of all links
 */
export function header(shop, target) {
  const lang = shop.lang;
  const nav = make("nav", { class: "shop-nav", "aria-label": shop.name, lang }, make("ul", {}, ...shop.nav.map((label) => item(label, target))));
  const tools = make("nav", { class: "shop-tools", "aria-label": `Account at ${shop.name}` },
    ...TOOLS.map(([label, path]) => make("a", { href: target, "aria-label": label }, icon(path))));
  const head = make("div", { class: "shop-header" }, wordmark(shop), nav, tools);
  return shop.bar ? [make("p", { class: "shop-bar", lang }, shop.bar), head] : [head];
}

/** Returns the content of a shop's footer. @param {Shop} shop @param {string} target */
export function footer(shop, target) {
  return [
    make("div", { lang: shop.lang }, make("p", { class: "footer-name" }, shop.name), make("p", {}, shop.motto)),
    make("ul", { lang: shop.lang }, ...shop.footer.map((label) => item(label, target))),
    make("p", { class: "quiet" }, `${shop.name} does not exist: it is a part of the demo of Doorstep. Nothing here can be bought.`),
  ];
}

/** Returns a small header for a preview, without links. @param {Shop} shop */
export function smallHeader(shop) {
  const nav = make("p", { class: "mini-nav", "aria-hidden": "true", lang: shop.lang }, shop.nav.slice(0, 3).join(" · "));
  return make("div", { class: "mini-header" }, wordmark(shop), nav);
}
