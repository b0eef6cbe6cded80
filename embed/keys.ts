// Keyboard events inside the widget. A listener of the page sees the element as the target of such an event, and the element is not a form field. So a
// page with shortcuts would take a letter that the shopper types as a shortcut. Part of the glue.

/** Hides from the page the keys that a control of the widget uses itself. */
export function keepKeys(shadow: ShadowRoot): void {
  for (const type of ['keydown', 'keypress', 'keyup']) shadow.addEventListener(type, keep);
}

/** Stops a keyboard event. Escape, Tab, function keys and shortcuts with a modifier still reach the page. AltGr is not such a modifier: it types. */
function keep(event: Event): void {
  if (!(event instanceof KeyboardEvent) || !(event.target instanceof Element)) return;
  const { key, ctrlKey, altKey, metaKey } = event;
  if (/^(?:Escape|Tab|F\d+)$/.test(key) || ((ctrlKey || altKey || metaKey) && !event.getModifierState('AltGraph'))) return;
  // Fields use every key. All other controls use only Enter and the space bar.
  if (key === 'Enter' || key === ' ' || event.target.matches('input, select, textarea')) event.stopPropagation();
}
