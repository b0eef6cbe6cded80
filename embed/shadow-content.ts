// The content of one shadow root: stylesheets, skeleton, first page, and the root element of the widget. The session decides which of them is shown.

import { Failed } from './boot';
import { create } from './dom';
import { paint } from './first-page';
import type { Options, State } from './glue';
import type { Answer } from './network';
import { PaintedPage } from './painted';
import { skeleton, skeletonSheet } from './skeleton';

export class ShadowContent {
  readonly #shadow: ShadowRoot;
  /** The root element of a declarative shadow root, until the session starts. */
  #rendered: HTMLElement | null;
  /** The root element of the widget or of the first page. */
  root: HTMLElement | null = null;
  /** The first page, from its painting to the takeover by the widget. */
  painted: PaintedPage | null = null;

  constructor(shadow: ShadowRoot) {
    this.#shadow = shadow;
    this.#rendered = shadow.querySelector<HTMLElement>('.root');
  }

  /** Shows the skeleton, which keeps the space free before anything is loaded. */
  wait(): void {
    if (this.#shadow.firstChild) this.#adoptSkeletonSheet();
    else this.draw(skeleton());
  }

  /** Replaces the content of the shadow root by the skeleton or the fallback. */
  draw(content: Element): void {
    this.#adoptSkeletonSheet();
    this.#shadow.replaceChildren(content);
  }

  /** Applies the stylesheet of the element itself, of the skeleton and of the fallback, before the others. */
  #adoptSkeletonSheet(): void {
    // Without constructable stylesheets the widget cannot run either. The loader reports that when it loads the stylesheet.
    const sheet = skeletonSheet();
    if (sheet) this.#shadow.adoptedStyleSheets = [...new Set([sheet, ...this.#shadow.adoptedStyleSheets])];
  }

  /** Applies a stylesheet, after the ones that are applied already. */
  adopt(sheet: CSSStyleSheet): void {
    this.#shadow.adoptedStyleSheets = [...new Set([...this.#shadow.adoptedStyleSheets, sheet])];
  }

  /** Takes over the page of a declarative shadow root as the first page. Returns false if there is none. */
  adoptRendered(options: Options): boolean {
    const root = this.#rendered;
    this.#rendered = null;
    const page = root?.querySelector<HTMLElement>('.doorstep');
    // The page may have removed its nodes before the start.
    if (!root?.isConnected || !page) return false;
    this.#adoptSkeletonSheet();
    this.#use(root, options);
    this.painted = new PaintedPage(page, null);
    return true;
  }

  /**
   * Removes what only the page of a server has: its stylesheet, and the notice for browsers without script. Waits for the order of such a page. If the
   * backend refuses the order, removes the page: the widget says why. Throws if there is no answer at present; the page then stays readable.
   */
  async awaitAnswer(answer: Promise<Answer> | null): Promise<void> {
    for (const extra of this.#shadow.querySelectorAll('link[rel="stylesheet"],noscript')) extra.remove();
    const painted = this.painted;
    if (!painted || painted.answer) return;
    const response = await answer?.catch(() => undefined);
    if (response?.status === 200) painted.answer = response;
    else if (answer && !(response && response.status < 429)) throw new Failed('load-failed');
    else if (painted === this.painted) {
      this.painted = null;
      this.draw(skeleton());
    }
  }

  /**
   * Paints the first page that comes with the order. Does nothing if there is no first page, if painting fails, or if the widget is there first.
   * `isAwaited` returns false if the widget has been mounted or has ended in the meantime.
   */
  async paint(options: Options, response: Promise<Answer>, sheet: Promise<CSSStyleSheet>, isAwaited: () => boolean): Promise<void> {
    try {
      const answer = await response;
      if (!answer.firstPage) return;
      await paint(answer.firstPage, async (page) => {
        const style = await sheet;
        if (!isAwaited()) return false;
        if (this.painted) return true;
        this.adopt(style);
        const root = this.#createRoot(options);
        root.append(page);
        this.#shadow.replaceChildren(root);
        this.painted = new PaintedPage(page, answer, false);
        return true;
      });
      if (this.painted && isAwaited()) this.painted.isComplete = true;
    } catch (error) {
      console.warn('Doorstep:', error);
    }
  }

  /** Creates a root element; the caller inserts it. */
  #createRoot(options: Options): HTMLElement {
    const root = create('div');
    root.className = 'root';
    this.#use(root, options);
    return root;
  }

  /** Returns the root element of the first page, or inserts a hidden one for the widget. */
  rootForWidget(options: Options): HTMLElement {
    if (this.painted && this.root) return this.root;
    const root = this.#createRoot(options);
    root.hidden = true;
    this.#shadow.append(root);
    return root;
  }

  /** Makes an element the root of the widget. */
  #use(root: HTMLElement, options: Options): void {
    this.root = root;
    root.lang = options.lang;
    this.theme(options);
  }

  /** Applies the theme to the root element. */
  theme({ theme }: Options): void {
    if (theme) this.root?.setAttribute('data-theme', theme);
    else this.root?.removeAttribute('data-theme');
  }

  /** Shows or removes the skeleton beside a root element. Does nothing if the root element has been replaced, or if a first page is shown. */
  showSkeleton(root: HTMLElement, state: State): void {
    if (root !== this.root || this.painted) return;
    root.hidden = state === 'loading';
    const bones = this.#shadow.querySelector('.skeleton');
    if (state === 'shown' || state === 'stale') bones?.remove();
    else if (!bones) this.#shadow.prepend(skeleton());
  }

  /** Leaves the first page to the widget. Returns the button that the shopper has pressed before. */
  leavePainted(): HTMLButtonElement | null | undefined {
    const painted = this.painted;
    this.painted = null;
    return painted?.leave();
  }
}
