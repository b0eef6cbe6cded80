// @ts-check
/** Small functions for building the pages of the gallery: elements, copying, and downloads. No markup is made from strings. */

/**
 * Returns the element with this id. Throws if the page has none.
 * @param {string} id
 */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no #${id}`);
  return element;
}

/**
 * Returns a new element with these attributes and children.
 * @param {string} name
 * @param {Record<string, string>} attributes
 * @param {(Node | string)[]} children
 */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
  element.append(...children);
  return element;
}

/**
 * Returns a new icon of 20 by 20 units that is hidden from screen readers.
 * @param {string} path
 */
export function icon(path) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", "icon");
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

/**
 * Returns a button.
 * @param {string} label
 * @param {() => void} press
 * @param {string} className
 */
export function button(label, press, className = "button") {
  const element = make("button", { type: "button", class: className }, label);
  element.addEventListener("click", press);
  return element;
}

/**
 * Returns a group of radio buttons that look like one control. `change` receives the chosen value.
 * @param {string} name
 * @param {string} legend
 * @param {readonly (readonly [value: string, label: string])[]} options
 * @param {string} chosen
 * @param {(value: string) => void} change
 */
export function choices(name, legend, options, chosen, change) {
  const labels = options.map(([value, label]) => {
    const input = /** @type {HTMLInputElement} */ (make("input", { type: "radio", name, value }));
    input.checked = value === chosen;
    input.addEventListener("change", () => change(value));
    return make("label", {}, input, make("span", {}, label));
  });
  return make("fieldset", { class: "choice" }, make("legend", {}, legend), make("div", { class: "choices choices-plain" }, ...labels));
}

/**
 * Copies a text and reports the result in a live region.
 * @param {string} text
 * @param {HTMLElement} said
 */
export async function copy(text, said) {
  try {
    await navigator.clipboard.writeText(text);
    said.textContent = "Copied.";
  } catch {
    said.textContent = "The browser does not allow it; select the text and copy it.";
  }
}

/**
 * Saves a text as a file.
 * @param {string} name
 * @param {string} type
 * @param {string} text
 */
export function download(name, type, text) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = /** @type {HTMLAnchorElement} */ (make("a", { href: url, download: name }));
  link.click();
  // The browser has read the address by the time of the next task.
  setTimeout(() => URL.revokeObjectURL(url));
}
