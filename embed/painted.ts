// The first page on the page of the shop, painted by the loader or rendered by a server, until the takeover by the widget.

import type { Answer } from './network';

export class PaintedPage {
  /** Button that the shopper has pressed before the widget ran. */
  #pressed: HTMLButtonElement | null = null;
  #hasLeft = false;

  /**
   * @param answer Response that the page came with. A page that a server has rendered comes without one; it is set later.
   * @param isComplete False as long as parts of the page are missing.
   */
  constructor(
    readonly page: HTMLElement,
    public answer: Answer | null,
    public isComplete = true,
  ) {
    page.addEventListener('click', (event) => this.#press(event));
  }

  /** Remembers a button that is pressed before the widget runs, and marks it as busy. */
  #press({ target }: Event): void {
    const button = !this.#hasLeft && target instanceof Element && target.closest('button');
    if (!button) return;
    this.#pressed?.removeAttribute('aria-busy');
    button.setAttribute('aria-busy', 'true');
    this.#pressed = button;
  }

  /** Ends the remembering of buttons. Returns the button that was pressed last, no longer busy. */
  leave(): HTMLButtonElement | null {
    this.#hasLeft = true;
    this.#pressed?.removeAttribute('aria-busy');
    return this.#pressed;
  }
}
