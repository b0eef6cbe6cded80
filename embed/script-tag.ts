// The one script tag: `<script async src="…/doorstep.js" data-api="…" data-order="…">` puts one element right behind itself.

import type { DoorstepTracker } from './element';

const NAMES = ['api', 'order', 'lang', 'theme', 'loading', 'heading-level'] as const;

export function insertBehind(script: HTMLScriptElement, tag: string): void {
  if (!script.hasAttribute('data-api') && !script.hasAttribute('data-order')) return;
  if (script.closest('head')) {
    console.warn('Doorstep: the script tag belongs where the widget should appear, in the body of the page.');
    return;
  }
  const element = document.createElement(tag) as DoorstepTracker;
  for (const name of NAMES) {
    const value = script.getAttribute(`data-${name}`);
    if (value !== null) element.setAttribute(name, value);
  }
  // As a property, so that it does not stand in the page twice.
  const token = script.getAttribute('data-token');
  if (token) element.token = token;
  script.after(element);
}
