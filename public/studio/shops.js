// @ts-check
/**
 * The shops of the gallery. None of them exists. Each has a theme file, attributes and texts for the widget, and content for the page around it.
 * The demo's own shop has no theme: it shows the defaults of the widget.
 */

/**
 * @typedef {object} Shop
 * @property {string} id
 * @property {string} name
 * @property {string} kind in a few words
 * @property {string} shows settings of the widget that the shop is an example of
 * @property {string} lang language of the widget unless another is chosen
 * @property {readonly [light: string, dark: string]} paper background of the page around the widget
 * @property {Record<string, string>} attributes of the widget, without language and direction
 * @property {Record<string, string | Record<string, string>>} strings texts that replace entries of the catalogue
 * @property {string} [banner] sentence in the slot after the headline
 * @property {string} bar sentence above the header; empty for none
 * @property {readonly string[]} nav
 * @property {string} motto
 * @property {readonly string[]} footer
 * @property {string} mark path of the wordmark's sign, in 32 by 32 units
 */

/** @type {readonly Shop[]} */
export const SHOPS = [
  {
    id: "fieldhouse",
    name: "Fieldhouse",
    kind: "outdoor shop",
    shows: "the defaults, without any setting",
    lang: "en-GB",
    paper: ["#fffdf8", "#1b211d"],
    attributes: {},
    strings: {},
    bar: "",
    nav: ["Clothing", "Camp", "Kitchen", "Garden", "Journal"],
    motto: "Things for outdoors and for coming home. Kendal, since 1974.",
    footer: ["Delivery and returns", "Repairs"],
    mark: "M4 27V14L16 5l12 9v13M4 27h24M12 27v-8h8v8M16 5v4",
  },
  {
    id: "aurevoie",
    name: "Aurevoie",
    kind: "luxury house",
    shows: "square corners, letter-spaced capitals on labels and buttons, a hidden address, a plain timeline",
    lang: "en-GB",
    paper: ["#fbf9f5", "#12110f"],
    attributes: { hide: "mark address", rail: "dots", timeline: "plain" },
    strings: { "carrier.title": "Courier" },
    bar: "",
    nav: ["Maison", "Leather", "Silk", "Objects"],
    motto: "Leather goods and silk, made to be repaired.",
    footer: ["Boutiques", "Care and repair", "Client services"],
    mark: "M6 27 16 5l10 22M9.5 20h13",
  },
  {
    id: "larderly",
    name: "Larderly",
    kind: "supermarket",
    shows: "big filled buttons, a rail drawn as a bar, “package” instead of “parcel”, a banner after the headline",
    lang: "en-GB",
    paper: ["#ffffff", "#0f1a14"],
    attributes: { rail: "bar" },
    strings: {
      "parcel.of": "Package {number} of {total}",
      "parcel.items": "In this package",
      "parcel.cancelled": "Cancelled package",
      "action.more": "Help with this package",
      "headline.on-the-way": "Your package is on its way",
      "headline.handed-over": "The carrier has your package",
      "headline.at-local-depot": "Your package is at the depot near you",
      "headline.held": "The carrier is holding your package",
      "headline.attempt-failed": "The driver could not deliver your package",
      "headline.damaged": "Your package was damaged",
      "headline.lost": "The carrier has lost your package",
      "headline.one-of": "Package {number} of {total}: {what}",
      "headline.in-parcels": "On the way in {count} packages",
      "headline.some-arrived": "{count} of {total} packages arrived. The rest is on its way",
      "headline.some-arrived-next": "{count} of {total} packages arrived. The next should come {when}",
      "headline.some-arrived-rest": "{count} of {total} packages arrived. The rest should come {when}",
      "headline.all-delivered": { one: "Your package arrived", other: "All {count} packages arrived" },
    },
    banner: "Hand your empty cool bags to the driver. We credit 50p for each of them.",
    bar: "Order by 22:00, delivered tomorrow",
    nav: ["Fresh", "Pantry", "Drinks", "Household", "Offers"],
    motto: "The weekly shop, at your door.",
    footer: ["Delivery slots", "Refunds", "Recalls"],
    mark: "M5 11h22l-3 16H8zM10 11a6 6 0 0 1 12 0M13 16v6M19 16v6",
  },
  {
    id: "tumblewick",
    name: "Tumblewick",
    kind: "toy shop",
    shows: "pills everywhere, icons and lines of the milestones in a colour of their own, numbered steps, informal German",
    lang: "de",
    paper: ["#fffaf0", "#221640"],
    attributes: { rail: "steps", variant: "informal" },
    strings: {},
    bar: "Bis Mittwoch bestellt, zu Nikolaus da",
    nav: ["Bauen", "Basteln", "Draußen", "Kuscheln"],
    motto: "Spielzeug, das man weitergibt.",
    footer: ["Versand", "Ersatzteile", "Geschenkkarten"],
    mark: "M16 4l3.6 7.6L28 12.8l-6 5.9 1.4 8.3L16 23l-7.4 4 1.4-8.3-6-5.9 8.4-1.2z",
  },
  {
    id: "northmere",
    name: "Northmere Bank",
    kind: "bank that sends cards",
    shows: "a dense layout ruled like a statement, the contact first, a rail drawn as a bar",
    lang: "en-GB",
    paper: ["#ffffff", "#0e1620"],
    attributes: { rail: "bar", sections: "headline contact cases parcels waiting actions help" },
    strings: { "support.title": "Talk to a banker", "parcel.items": "Contents" },
    bar: "Northmere never asks for your PIN by telephone",
    nav: ["Accounts", "Cards", "Savings", "Mortgages"],
    motto: "Northmere Bank is a part of this demo and keeps nobody’s money.",
    footer: ["Security", "Branches", "Complaints"],
    mark: "M4 12 16 5l12 7M6 27h20M8 13v11M14 13v11M20 13v11M26 13v11",
  },
];

/** Returns the shop with this id, else the demo's own. @param {string | null | undefined} id */
export function shopOf(id) {
  return /** @type {Shop} */ (SHOPS.find((shop) => shop.id === id) ?? SHOPS[0]);
}
