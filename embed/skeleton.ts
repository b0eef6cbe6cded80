// Content of the shadow root while there is no widget: a skeleton of the widget's size, or the author's own fallback with a button to try again.

import { create } from './dom';
import type { Catalogue } from './glue';
import { release } from './release';

/** `style/skeleton.css`, inserted by the build (`crates/xtask/src/embed.rs`). */
declare const SKELETON_CSS: string;

let sheet: CSSStyleSheet | undefined;

/** Returns the stylesheet of the skeleton and the fallback, created once. If the browser has no constructable stylesheets, returns undefined. */
export function skeletonSheet(): CSSStyleSheet | undefined {
  if (!sheet) {
    try {
      const made = new CSSStyleSheet();
      made.replaceSync(SKELETON_CSS);
      sheet = made;
    } catch {
      // The browser has no constructable stylesheets. The fallback is shown later.
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

/** Returns bars in the places of headline, milestones, promise and rows, hidden from screen readers. */
export function skeleton(): HTMLElement {
  const bars = ['headline', 'detail', 'rail', 'promise', 'row', 'row', 'row'].map((bar) => node('div', `bar ${bar}-bar`));
  const element = node('div', 'skeleton', ...bars);
  element.ariaHidden = 'true';
  return element;
}

/** Returns a text of the catalogue, or an empty text if the catalogue is not loaded. */
function text(catalogue: Catalogue | null, key: keyof typeof release.texts): string {
  const value = catalogue?.[release.texts[key]];
  return typeof value === 'string' ? value : '';
}

/** Returns a button that calls `retry`. If `retry` is null, or if the catalogue with its text is not loaded, returns null. */
function retryButton(catalogue: Catalogue | null, retry: (() => void) | null): HTMLButtonElement | null {
  const label = retry && text(catalogue, 'panic.retry');
  if (!label) return null;
  const button = node('button', 'retry', new Text(label));
  button.type = 'button';
  button.addEventListener('click', retry);
  return button;
}

/**
 * Removes the actions and the other buttons of the first page, because they cannot work without the widget. If the catalogue is loaded, adds a notice above the page. If it
 * is not, a second call with the catalogue adds the notice.
 */
export function makeReadOnly(page: Element, catalogue: Catalogue | null, retry: (() => void) | null): void {
  for (const action of page.querySelectorAll('.actions, .help, button')) action.remove();
  const message = text(catalogue, 'panic.read-only');
  if (!message) return;
  const notice = node('div', 'notice', node('p', '', new Text(message)));
  notice.setAttribute('part', 'notice');
  const button = retryButton(catalogue, retry);
  if (button) notice.append(button);
  (page.querySelector('.order') ?? page).prepend(notice);
}

/**
 * Returns the author's content, with a button if `retry` is given. If there is no content, adds a sentence. Button and sentence need a catalogue:
 * without one, they are left out.
 */
export function fallback(host: Element, catalogue: Catalogue | null, retry: (() => void) | null): HTMLElement {
  const element = node('div', 'fallback', create('slot'));
  const empty = ![...host.childNodes].some((node) => (node instanceof Element ? !node.slot : node.textContent?.trim()));
  const message = empty && text(catalogue, 'panic.message');
  if (message) element.append(node('p', 'message', new Text(message)));
  const button = retryButton(catalogue, retry);
  if (button) element.append(button);
  return element;
}
