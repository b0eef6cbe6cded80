// @ts-check
/** The log of the widget's events. */

import { byId, make } from "./dom.js";

const EVENTS = ["ready", "change", "view", "promise-seen", "action-start", "action", "error"].map((name) => `doorstep-${name}`);
const MAX_ROWS = 50;

/** Shows the events that come from within an element, the newest first. @param {HTMLElement} scope */
export function eventLog(scope) {
  const log = byId("log");
  const note = (/** @type {Event} */ event) => {
    const detail = event instanceof CustomEvent && event.detail !== null ? JSON.stringify(event.detail) : "";
    const at = new Date().toLocaleTimeString("en-GB");
    log.prepend(make("p", {}, make("time", {}, at), " ", make("code", {}, event.type), ...(detail ? [" ", make("span", {}, detail)] : [])));
    while (log.children.length > MAX_ROWS) log.lastElementChild?.remove();
    byId("log-empty").hidden = true;
  };
  for (const name of EVENTS) scope.addEventListener(name, note);
  byId("clear").addEventListener("click", () => {
    log.replaceChildren();
    byId("log-empty").hidden = false;
  });
}
