// The script tag: `<script async src="…/doorstep.js" data-api="…" data-order="…">` inserts one element right after itself.

import { ATTRIBUTES } from './attributes';
import { create, find } from './dom';
import type { DoorstepTracker } from './element';

export function insertBehind(script: HTMLScriptElement, tag: 'doorstep-tracker'): void {
  if (!script.hasAttribute('data-api') && !script.hasAttribute('data-order')) return;
  if (script.closest('head')) {
    console.warn('Doorstep: the script tag belongs where the widget should appear, in the body of the page.');
    return;
  }
  const element = inserted(script, tag) ?? (create(tag) as DoorstepTracker);
  for (const name of ATTRIBUTES) {
    const value = script.getAttribute(`data-${name}`);
    if (name !== 'token' && value !== null && value !== element.getAttribute(name)) element.setAttribute(name, value);
  }
  // The token is set as a property, so that it does not appear in the page twice.
  const token = script.getAttribute('data-token');
  if (token) element.token = token;
  if (script.nextElementSibling !== element) script.after(element);
}

/**
 * Returns an existing element that shows the same order. A page that restores a copy of its body, or runs its scripts again, has both this element
 * and the script tag, and must not get a second element. If the script tag was removed before it ran, returns undefined, so that the element of the
 * page is not moved.
 */
function inserted(script: HTMLScriptElement, tag: string): DoorstepTracker | undefined {
  if (!script.isConnected) return undefined;
  const same = (element: Element) => ['api', 'order'].every((name) => element.getAttribute(name) === script.getAttribute(`data-${name}`));
  return find<DoorstepTracker>(tag).find(same);
}
