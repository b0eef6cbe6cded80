// Selects the language of an element. The tag comes from the nearest `lang` on or around the element, else from the browser. The best catalogue for this
// tag is used.

import { read } from './dom';
import { release } from './release';

/** Language of the reference catalogue. */
const DEFAULT = 'en';

/** Texts of the page by the key of the catalogue; a plural is an object with its forms. */
export type Strings = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

/** Texts of the page for whole languages, by language tag. */
const registered = new Map<string, Strings>();

/** Registers the texts of a language, or of a variant of one. Throws a RangeError if the tag is invalid. */
export const register = (tag: string, strings: Strings): void => {
  for (const name of Intl.getCanonicalLocales(tag)) registered.set(name, strings);
};

export interface Language {

  /** Key in the release's catalogues. */
  readonly catalogue: string;
  /** Locale for Intl, with a region if the page names one, so that dates have the format that people there expect. */
  readonly locale: string;
  /** Texts that the page has registered for the language. */
  readonly strings: Strings | undefined;
}

/** Returns the language tag that applies to an element, also across shadow roots. */
export function tagOf(element: Element): string {
  for (let node: Node | null = element; node; node = node instanceof ShadowRoot ? node.host : read<Node | null>(Node, 'parentNode', node)) {
    const lang = node instanceof Element && Element.prototype.getAttribute.call(node, 'lang')?.trim();
    if (lang) return lang;
  }
  return navigator.language;
}

/**
 * Returns the language for a tag: `de-AT` finds `de-AT`, then `de`. `de-AT-x-informal` finds `de-x-informal` before them. Without a catalogue the
 * language is English, including the dates, so that one text has one language. Texts that the page has registered replace those of the catalogue.
 */
export function match(tag: string): Language {
  let locale: string;
  try {
    locale = Intl.getCanonicalLocales(tag.replaceAll('_', '-'))[0] ?? DEFAULT;
  } catch {
    locale = DEFAULT;
  }
  const [language = '', form = ''] = locale.split(/(?=-x-)/);
  let strings: Strings | undefined;
  for (const end of [form, '']) {
    for (let start = language; start; start = start.slice(0, Math.max(0, start.lastIndexOf('-')))) {
      const catalogue = start + end;
      strings ??= registered.get(catalogue);
      if (Object.hasOwn(release.catalogues, catalogue)) return { catalogue, locale, strings };
    }
  }
  return { catalogue: DEFAULT, locale: strings ? locale : DEFAULT, strings };
}
