// What stands in the shadow root while there is no widget: a skeleton of its size, or the author's own fallback with a way to try again.

import skeletonCss from '../style/skeleton.css';
import { create } from './dom';
import type { Catalogue } from './glue';
import { release } from './release';

let sheet: CSSStyleSheet | undefined;

/** The stylesheet of this file, made once. */
export function skeletonSheet(): CSSStyleSheet | undefined {
  if (!sheet) {
    try {
      const made = new CSSStyleSheet();
      made.replaceSync(skeletonCss);
      sheet = made;
    } catch {
      // A browser from before constructable stylesheets: the fallback follows.
    }
  }
  return sheet;
}

function node<K extends keyof HTMLElementTagNameMap>(tag: K, className: string, ...children: Node[]): HTMLElementTagNameMap[K] {
  const element = create(tag);
  element.className = className;
  element.append(...children);
  return element;
}

/** Bars where headline, rail, promise and rows will be; nothing for a screen reader to say. */
export function skeleton(): HTMLElement {
  const bars = ['headline', 'detail', 'rail', 'promise', 'row', 'row', 'row'].map((bar) => node('div', `bar ${bar}-bar`));
  const element = node('div', 'skeleton', ...bars);
  element.ariaHidden = 'true';
  return element;
}

/** A text of the catalogue, if it has come. */
function text(catalogue: Catalogue | null, key: keyof typeof release.texts): string {
  const value = catalogue?.[release.texts[key]];
  return typeof value === 'string' ? value : '';
}

/** The author's content; when there is none, a plain sentence, but only in the page's language. */
export function fallback(host: Element, catalogue: Catalogue | null, retry: (() => void) | null): HTMLElement {
  const element = node('div', 'fallback', create('slot'));
  const empty = !host.childElementCount && !host.textContent?.trim();
  const message = empty && text(catalogue, 'panic.message');
  if (message) element.append(node('p', 'message', new Text(message)));
  const label = retry && text(catalogue, 'panic.retry');
  if (label) {
    const button = node('button', 'retry', new Text(label));
    button.type = 'button';
    button.addEventListener('click', retry);
    element.append(button);
  }
  return element;
}
