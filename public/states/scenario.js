// @ts-check
/** One scenario in a frame of its own: a widget on a light or dark page, in the look of a shop. The address names them; unknown names are ignored. */

import { byId } from "../studio/dom.js";
import { shopOf } from "../studio/shops.js";
import { apply, css, themeOf } from "../studio/theme.js";
import { demoOrders, dress, setAttribute, widget } from "../studio/widget.js";

const address = new URLSearchParams(location.search);
const shop = shopOf(address.get("shop"));
const name = address.get("is");
document.documentElement.dataset["theme"] = address.get("scheme") === "dark" ? "dark" : "light";
const stage = byId("scenario");
stage.dataset["shop"] = shop.id;
apply(css(await themeOf(shop.id), {}));
const order = (await demoOrders()).find(({ id }) => id === "ord_demo_on_time");
if (order) {
  const element = widget(name === "lookup" ? { ...order, id: "", token: "" } : order);
  if (name === "lookup") element.removeAttribute("order");
  setAttribute(element, "lang", shop.lang);
  element.setAttribute("heading-level", "1");
  dress(element, shop);
  if (name === "expired") element.addEventListener("doorstep-ready", () => /** @type {any} */ (element).refresh(), { once: true });
  stage.append(element);
}
