// @ts-check
/**
 * The order document of the shown order, and buttons that add the next scan to one of its parcels. They use the admin API with the demo's own key, which
 * a backend accepts only in its demo.
 */

import { byId, make } from "./dom.js";
import { API } from "./widget.js";

/** @typedef {import("./widget.js").DemoOrder} DemoOrder */

/** Key that every demo has, and prints at its start. */
const DEMO_KEY = "demo-admin-key";

/** Scans that can be added: stage, label and the carrier's words. */
const SCANS = /** @type {const} */ ([
  ["in_transit", "On its way", "Left the hub"],
  ["at_local_depot", "At the depot", "Arrived at the delivery depot"],
  ["out_for_delivery", "On the van", "Loaded onto the van"],
  ["delivered", "Delivered", "Delivered to the door"],
]);

/** @type {DemoOrder | undefined} */
let order;
/** @type {{ id: string, stage: string }[]} */
let shipments = [];

/** Requests the document of the order and shows it. */
async function read() {
  const asked = order;
  if (!asked) return;
  const shown = byId("json");
  try {
    const response = await fetch(`${API}/v1/orders/${asked.id}`, { headers: { authorization: `Bearer ${asked.token}` }, cache: "no-store" });
    const document = await response.json();
    if (asked !== order) return;
    shipments = response.ok && Array.isArray(document.shipments) ? document.shipments : [];
    shown.textContent = JSON.stringify(document, null, 2);
  } catch {
    if (asked === order) shown.textContent = "The backend does not answer.";
  }
}

/**
 * Adds a scan to the first parcel that has not arrived, else to the last one.
 * @param {string} stage
 * @param {string} text
 */
async function scan(stage, text) {
  const said = byId("scan-said");
  const shipment = shipments.find((candidate) => candidate.stage !== "delivered") ?? shipments.at(-1);
  if (!order || !shipment) {
    said.textContent = "This order has no parcel.";
    return;
  }
  const id = crypto.randomUUID();
  const at = { local: new Date().toISOString().slice(0, 19), offset_min: 0 };
  const facts = stage === "delivered" ? { facts: { delivered: { to: "recipient" } } } : {};
  const response = await fetch(`${API}/v1/admin/orders/${order.id}/events`, {
    method: "POST",
    headers: { authorization: `Bearer ${DEMO_KEY}`, "content-type": "application/json", "idempotency-key": id },
    body: JSON.stringify({ shipment_id: shipment.id, id, at, stage, text, source: "carrier", ...facts }),
  }).catch(() => undefined);
  said.textContent = response?.ok ? `Added: ${text}.` : `The backend did not take the scan${response ? ` (${response.status})` : ""}.`;
  await read();
}

/**
 * Sets the panel up. `scope` is the element with the widget, whose changes are followed. Returns the function that shows another order.
 * @param {HTMLElement} scope
 * @returns {(next: DemoOrder) => void}
 */
export function scansPanel(scope) {
  byId("scans").append(...SCANS.map(([stage, label, text]) => {
    const press = make("button", { type: "button", class: "button" }, label);
    press.addEventListener("click", () => scan(stage, text));
    return press;
  }));
  const panel = /** @type {HTMLDetailsElement} */ (byId("document"));
  const whenOpen = () => {
    if (panel.open) void read();
  };
  panel.addEventListener("toggle", whenOpen);
  scope.addEventListener("doorstep-change", whenOpen);
  return (next) => {
    order = next;
    shipments = [];
    byId("json").textContent = "";
    byId("scan-said").textContent = "";
    whenOpen();
  };
}
