// Work on the page that needs more of the browser than the widget in Rust uses otherwise: the focus, the clipboard, and forms. Part of the glue.

/** Returns the element whose attribute is the id of a parcel. The id may contain any characters, so it is not used in a selector. */
const marked = (root: HTMLElement, attribute: string, parcel: string): HTMLElement | undefined =>
  [...root.querySelectorAll<HTMLElement>(`[${attribute}]`)].find((element) => element.getAttribute(attribute) === parcel);

/** Moves the focus after the view has been redrawn: to a selector, or to a row of the timeline of a parcel. */
export function focus(root: HTMLElement, selector: string, parcel?: string, row = 0): void {
  setTimeout(() => {
    const rows = parcel !== undefined && marked(root, selector, parcel)?.querySelectorAll<HTMLElement>('li[tabindex]');
    (rows ? rows[row] : root.querySelector<HTMLElement>(selector))?.focus();
  });
}

/**
 * Copies the tracking number of a parcel to the clipboard. Returns false if that is not possible: insecure pages have no clipboard, and the shopper may
 * deny access to it. The number is then selected, so that the shopper can copy it by hand.
 */
export async function copy(root: HTMLElement, text: string, parcel: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const number = marked(root, 'data-number', parcel);
    if (number) getSelection()?.selectAllChildren(number);
    return false;
  }
}

/** Returns the value of a field of the submitted form, or an empty text if the form has no field of this name. */
export const fieldOf = (submit: Event, name: string): string =>
  (submit.currentTarget as HTMLElement | null)?.querySelector<HTMLInputElement>(`[name=${name}]`)?.value ?? '';
