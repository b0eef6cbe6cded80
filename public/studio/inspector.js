// @ts-check
/** The inspector: names the part of the widget under the pointer or with the focus, outlines it, and has a rule for it to copy. */

import { button, byId, copy, make } from "./dom.js";

/** Returns the part of an event within a widget, or undefined. @param {Event} event */
function partOf(event) {
  const path = event.composedPath();
  const host = path.findIndex((node) => node instanceof Element && node.localName === "doorstep-tracker");
  return path.slice(0, Math.max(0, host)).find((node) => node instanceof Element && node.hasAttribute("part"));
}

/** Returns the rule for the first name of a part. @param {string} names */
const ruleFor = (names) => `doorstep-tracker::part(${names.split(" ")[0]}) {\n  \n}`;

/**
 * Sets the inspector up for the widgets in an element. It is off until the box is checked. Returns the function that lists the parts again.
 * @param {HTMLElement} panes
 */
export function inspector(panes) {
  const box = /** @type {HTMLInputElement} */ (byId("inspect"));
  const outline = byId("inspect-outline");
  const names = byId("inspect-names");
  const rule = byId("inspect-rule");
  const list = byId("inspect-list");
  /** @type {Element | undefined} */
  let shown;

  const place = () => {
    const area = shown?.getBoundingClientRect();
    outline.hidden = !box.checked || !area || area.width === 0;
    if (!area || outline.hidden) return;
    outline.style.setProperty("inset-block-start", `${area.top + scrollY}px`);
    outline.style.setProperty("left", `${area.left + scrollX}px`);
    outline.style.setProperty("inline-size", `${area.width}px`);
    outline.style.setProperty("block-size", `${area.height}px`);
  };
  const show = (/** @type {Element} */ part) => {
    if (part === shown) return;
    shown = part;
    const text = part.getAttribute("part") ?? "";
    names.textContent = text;
    rule.textContent = ruleFor(text);
    place();
  };
  const look = (/** @type {Event} */ event) => {
    const part = box.checked ? partOf(event) : undefined;
    if (part instanceof Element) show(part);
  };
  const refresh = () => {
    list.hidden = !box.checked;
    if (!box.checked) return;
    const root = panes.querySelector("doorstep-tracker")?.shadowRoot;
    const found = new Map([...(root?.querySelectorAll("[part]") ?? [])].map((part) => [part.getAttribute("part")?.split(" ")[0] ?? "", part]));
    list.replaceChildren(...[...found].map(([name, part]) => make("li", {}, button(name, () => {
      show(part);
      part.scrollIntoView({ block: "nearest" });
      place();
    }, "small-button"))));
  };
  panes.addEventListener("pointermove", look);
  panes.addEventListener("focusin", look);
  box.addEventListener("change", () => {
    refresh();
    place();
  });
  addEventListener("scroll", place, { capture: true, passive: true });
  addEventListener("resize", place);
  byId("inspect-copy").addEventListener("click", () => copy(rule.textContent ?? "", byId("said")));
  return () => {
    shown = undefined;
    place();
    refresh();
  };
}
