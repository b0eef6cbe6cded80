// Selects the language of an element. The tag comes from the nearest `lang` on or around the element, else from the browser. The best catalogue for this
// tag is used.

import { read } from './dom';
import { release } from './release';

/** Language of the reference catalogue. */
const DEFAULT = 'en';

export interface Language {
  /** Key in the release's catalogues. */
  readonly catalogue: string;
  /** Locale for Intl, with a region if the page names one, so that dates have the format that people there expect. */
  readonly locale: string;
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
 * language is English, including the dates, so that one text has one language.
 */
export function match(tag: string): Language {
  let locale: string;
  try {
    locale = Intl.getCanonicalLocales(tag.replaceAll('_', '-'))[0] ?? DEFAULT;
  } catch {
    locale = DEFAULT;
  }
  const [language = '', form = ''] = locale.split(/(?=-x-)/);
  for (const end of [form, '']) {
    for (let start = language; start; start = start.slice(0, Math.max(0, start.lastIndexOf('-')))) {
      if (Object.hasOwn(release.catalogues, start + end)) return { catalogue: start + end, locale };
    }
  }
  return { catalogue: DEFAULT, locale: DEFAULT };
}
