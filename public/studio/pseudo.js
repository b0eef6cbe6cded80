// @ts-check
/** A pseudo-locale: the English catalogue with accents and 40 % longer, which shows texts that do not fit or are not translated. */

export const PSEUDO = "en-XA";
const GROWTH = 0.4;
const ACCENTS = /** @type {Record<string, string>} */ ({
  a: "á", c: "ç", d: "đ", e: "é", g: "ğ", h: "ĥ", i: "î", j: "ĵ", k: "ķ", l: "ļ", n: "ñ", o: "ö", r: "ŕ", s: "š", t: "ţ", u: "ü", w: "ŵ", y: "ý", z: "ž",
  A: "Á", C: "Ç", D: "Đ", E: "É", G: "Ğ", H: "Ĥ", I: "Î", J: "Ĵ", K: "Ķ", L: "Ļ", N: "Ñ", O: "Ö", R: "Ŕ", S: "Š", T: "Ţ", U: "Ü", W: "Ŵ", Y: "Ý", Z: "Ž",
});

/** Returns a text with accents and 40 % longer. Placeholders stay as they are. @param {string} text */
export function pseudo(text) {
  const pieces = text.split(/(\{[^}]*\})/);
  const letters = pieces.filter((_, index) => index % 2 === 0).join("").replace(/\s/g, "").length;
  if (letters === 0) return text;
  const accented = pieces.map((piece, index) => (index % 2 ? piece : piece.replace(/[a-z]/gi, (letter) => ACCENTS[letter] ?? letter)));
  return `${accented.join("")} ${"öñé ".repeat(Math.ceil((letters * GROWTH) / 4)).trim()}`;
}

/** @param {unknown} entry @returns {unknown} */
function changed(entry) {
  if (typeof entry === "string") return pseudo(entry);
  if (typeof entry !== "object" || entry === null) return entry;
  return Object.fromEntries(Object.entries(entry).map(([form, text]) => [form, changed(text)]));
}

/**
 * Registers the pseudo-locale. Resolves to false if this release of the widget takes no locales from the page, or the catalogue cannot be loaded.
 */
export async function registerPseudo() {
  await customElements.whenDefined("doorstep-tracker");
  const element = /** @type {{ registerLocale?: (tag: string, strings: unknown) => void }} */ (/** @type {unknown} */ (customElements.get("doorstep-tracker")));
  if (typeof element.registerLocale !== "function") return false;
  const response = await fetch("/locales/en.json").catch(() => undefined);
  if (!response?.ok) return false;
  element.registerLocale(PSEUDO, /** @type {Record<string, unknown>} */ (changed(await response.json())));
  return true;
}
