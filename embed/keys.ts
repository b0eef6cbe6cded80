// Keyboard events inside the widget. Outside its shadow root such an event seems to come from the element, which is not a form field, so that a
// shortcut of the page would swallow a letter that the shopper types.

/** Hides from the page the keys that a control of the widget uses itself. */
export function keepKeys(shadow: ShadowRoot): void {
  for (const type of ['keydown', 'keypress', 'keyup']) shadow.addEventListener(type, keep);
}

/** Stops a keyboard event. Escape, Tab, function keys and shortcuts with a modifier still reach the page; AltGr is part of typing. */
function keep(event: Event): void {
  if (!(event instanceof KeyboardEvent) || !(event.target instanceof Element)) return;
  const { key, ctrlKey, altKey, metaKey } = event;
  if (/^(?:Escape|Tab|F\d+)$/.test(key) || ((ctrlKey || altKey || metaKey) && !event.getModifierState('AltGraph'))) return;
  // Fields use every key; all other controls are operated by these two.
  if (key === 'Enter' || key === ' ' || event.target.matches('input, select, textarea')) event.stopPropagation();
}
