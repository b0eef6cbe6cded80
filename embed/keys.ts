// Keys that are pressed inside the widget. Outside its shadow root such an event seems to come from the element, which is no field: a shortcut
// of the page would swallow the letter that a shopper types.

/** Keeps keys from the page that a control of the widget uses itself. */
export function keepKeys(shadow: ShadowRoot): void {
  for (const type of ['keydown', 'keypress', 'keyup']) shadow.addEventListener(type, keep);
}

/** Escape, Tab, function keys and shortcuts with a modifier stay everybody's; AltGr is part of typing. */
function keep(event: Event): void {
  if (!(event instanceof KeyboardEvent) || !(event.target instanceof Element)) return;
  const { key, ctrlKey, altKey, metaKey } = event;
  if (/^(?:Escape|Tab|F\d+)$/.test(key) || ((ctrlKey || altKey || metaKey) && !event.getModifierState('AltGraph'))) return;
  // Fields use every key; what else can be focused is pressed by these two.
  if (key === 'Enter' || key === ' ' || event.target.matches('input, select, textarea')) event.stopPropagation();
}
