// Texts that a page puts in place of those of the catalogue. Part of the customisation, which is downloaded only if a page uses it.

import type { Catalogue } from './glue';
import { parsedObject } from './json';
import type { Strings } from './language';

/** Keys of the two catalogues of a language, in the order of their texts. Inserted by the build (`crates/xtask/src/embed.rs`). */
declare const KEYS: readonly [first: readonly string[], second: readonly string[]];

/** Names of plural forms that the formatter knows. */
const FORMS = new Set(['zero', 'one', 'two', 'few', 'many', 'other']);

/** Texts whose problems have been reported, for each of the two catalogues. */
const reported = [new WeakSet<Strings>(), new WeakSet<Strings>()] as const;

/**
 * Returns a catalogue with the texts of the page. A text that does not fit is left out, and the console says why.
 *
 * @param part 0 for the catalogue of the first load, 1 for that of the second chunk.
 * @param all Texts of the page by key, or as JSON; later ones replace earlier ones.
 */
export function overridden(catalogue: Catalogue, part: 0 | 1, all: readonly (Strings | string)[]): Catalogue {
  const texts = [...catalogue];
  for (const strings of all.map((given) => (typeof given === 'string' ? parsed(given) : given))) {
    const isNew = !reported[part].has(strings);
    reported[part].add(strings);
    if (isNew && part === 0) reportUnknown(strings);
    KEYS[part].forEach((key, at) => {
      if (!Object.hasOwn(strings, key)) return;
      const problem = problemOf(strings[key], catalogue[at]);
      if (!problem) texts[at] = strings[key];
      else if (isNew) console.warn(`Doorstep: the text for "${key}" is not used: ${problem}`);
    });
  }
  return texts;
}

/** Texts of attributes, so that the problems of each are reported once. */
const known = new Map<string, Strings>();

/** Returns the texts of an attribute. If it is not a JSON object, returns none, and the console says so. */
function parsed(json: string): Strings {
  const before = known.get(json);
  if (before) return before;
  const strings = parsedObject(json || '{}') as Strings | undefined;
  if (!strings) console.warn('Doorstep: the attribute "strings" is not JSON.');
  known.set(json, strings ?? {});
  return known.get(json) ?? {};
}

/** Reports keys that no catalogue has, each with the most similar known one. */
function reportUnknown(strings: Strings): void {
  const keys = KEYS.flat();
  for (const key of Object.keys(strings)) {
    if (keys.includes(key)) continue;
    const [nearest] = keys.map((name) => [distance(key, name), name] as const).sort(([a], [b]) => a - b);
    console.warn(`Doorstep: there is no text "${key}". The most similar key is "${nearest?.[1] ?? ''}".`);
  }
}

/** Returns the reason why a text cannot replace an entry of the catalogue; null if it can. */
function problemOf(text: unknown, entry: unknown): string | null {
  const forms = typeof text === 'string' ? [text] : text && typeof text === 'object' && !Array.isArray(text) ? Object.values(text) : null;
  if (!forms || !forms.every((form) => typeof form === 'string')) return 'it has to be a string, or an object of plural forms.';
  const allowed = placeholders(typeof entry === 'string' ? [entry] : Object.values(entry as Record<string, string>));
  if (typeof text === 'object') {
    if (!allowed.has('count')) return 'it has plural forms, but the text has no {count}.';
    const unknown = Object.keys(text as object).find((form) => !FORMS.has(form));
    if (unknown) return `"${unknown}" is no plural form; there are ${[...FORMS].join(', ')}.`;
    if (!Object.hasOwn(text as object, 'other')) return 'the plural form "other" is missing.';
  }
  const unknown = [...placeholders(forms)].find((name) => !allowed.has(name));
  const names = [...allowed].map((name) => `{${name}}`).join(', ');
  return unknown === undefined ? null : `{${unknown}} is not known here; ${names ? `there is ${names}` : 'the text has no placeholders'}.`;
}

const placeholders = (texts: readonly string[]) => new Set(texts.flatMap((text) => [...text.matchAll(/\{(.*?)\}/g)].map((found) => found[1] ?? '')));

/** Returns the number of letters that have to be changed, added or removed to make one text from another. */
function distance(a: string, b: string): number {
  let row = [...Array(b.length + 1).keys()];
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
