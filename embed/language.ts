// Which language an element speaks: its own `lang`, that of the page around it, or the browser's; then the best catalogue of those built.

import { read } from './dom';
import { release } from './release';

/** The reference catalogue. */
const DEFAULT = 'en';

export interface Language {
  /** A key of the release's catalogues. */
  readonly catalogue: string;
  /** For Intl: with region where the page names one, so that dates look as people there expect. */
  readonly locale: string;
}

/** Returns the tag that applies to an element, through shadow roots. */
export function tagOf(element: Element): string {
  for (let node: Node | null = element; node; node = node instanceof ShadowRoot ? node.host : read<Node | null>(Node, 'parentNode', node)) {
    const lang = node instanceof Element && Element.prototype.getAttribute.call(node, 'lang')?.trim();
    if (lang) return lang;
  }
  return navigator.language;
}

/** `de-AT` finds `de-AT`, then `de`; what is not there becomes English, dates included: one text, one language. */
export function match(tag: string): Language {
  let locale: string;
  try {
    locale = Intl.getCanonicalLocales(tag.replaceAll('_', '-'))[0] ?? DEFAULT;
  } catch {
    locale = DEFAULT;
  }
  for (let catalogue = locale; catalogue; catalogue = catalogue.slice(0, Math.max(0, catalogue.lastIndexOf('-')))) {
    if (Object.hasOwn(release.catalogues, catalogue)) return { catalogue, locale };
  }
  return { catalogue: DEFAULT, locale: DEFAULT };
}
