// @ts-check
/** The documentation: one page of docs/ as elements, with a list of the others. Entry point of /docs/. The page is named by the query. */

import { byId, make } from "../studio/dom.js";
import { markdown } from "./markdown.js";

const PAGES = /** @type {const} */ ([
  ["README", "Contents"], ["embedding", "Embedding"], ["frameworks", "Frameworks"], ["theming", "Theming"], ["customising", "Customising"], ["texts", "Texts"],
  ["connecting-shopify", "Connecting Shopify"], ["connecting-woocommerce", "Connecting WooCommerce"], ["connecting-a-shop", "Connecting any shop"],
  ["connecting-a-backend", "Connecting a backend"], ["mails", "Mails to shoppers"],
  ["tracking-providers", "Tracking providers"], ["policy", "The policy file"], ["returns", "Returns"], ["helpdesk", "The helpdesk"],
  ["order-updates", "Order webhooks"], ["accessibility", "Accessibility"], ["privacy", "Personal data"], ["performance", "Performance"], ["building", "Building"],
]);

const wanted = new URLSearchParams(location.search).get("page");
const [name, title] = PAGES.find(([page]) => page === wanted) ?? PAGES[0];

/**
 * Returns the address of a link of a page: another page, a file of the documentation, or a page of another site. Files of the repository that are not part
 * of this site have none.
 * @param {string} address
 */
function resolve(address) {
  if (/^(?:https?|mailto):/.test(address) || address.startsWith("#")) return address;
  const [, page, hash = ""] = /^([\w-]+)\.md(#.*)?$/.exec(address) ?? [];
  if (page && PAGES.some(([known]) => known === page)) return `?page=${page}${hash}`;
  return /^(?:images\/[\w-]+\.png|llms\.txt)$/.test(address) ? `/docs/${address}` : null;
}

byId("pages").append(...PAGES.map(([page, label]) => make("li", {}, make("a", { href: `?page=${page}`, ...(page === name ? { "aria-current": "page" } : {}) }, label))));
document.title = `${title} · Doorstep`;
try {
  const response = await fetch(`/docs/${name}.md`);
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
  byId("page").replaceChildren(...markdown(await response.text(), resolve));
  // The browser looks for the target of the fragment before the page is there.
  if (location.hash) document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
} catch (error) {
  byId("page").replaceChildren(make("p", { role: "alert" }, `The page cannot be loaded. ${error instanceof Error ? error.message : ""}`));
}
