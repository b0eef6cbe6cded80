// One widget in one shadow root, from the first HTTP request to its end. The session does not read attributes; the element passes it the
// options.

import { Failed, loadCatalogue, loadGlue, loadRequests, loadSheet, readOrder, requestOrder } from './boot';
import { create, nullProto, read } from './dom';
import { paint } from './first-page';
import type { Encoded } from './format';
import type { BrowserTasks } from './browser-tasks';
import type { Catalogue, Code, Glue, Handle, MountConfig, Options, State } from './glue';
import { keepKeys } from './keys';
import { match, tagOf } from './language';
import { type Answer, ask, send, stream } from './network';
import { PaintedPage } from './painted';
import { mayMount, onPanic, panicked } from './panic';
import { release } from './release';
import { fallback, makeReadOnly, skeleton, skeletonSheet } from './skeleton';
import { nextTask } from './task';

export class Session {
  readonly #host: HTMLElement;
  readonly #shadow: ShadowRoot;
  #options: Options | null = null;
  #catalogue: Catalogue | null = null;
  /** BCP 47 tag of the language in which the widget is drawn. */
  #lang = '';
  #glue: Glue | null = null;
  #handle: Handle | null = null;
  #root: HTMLElement | null = null;
  #requests = new AbortController();
  #unsubscribe: () => void = () => {};
  /** Increased whenever the widget starts or ends. Results that were awaited for an earlier generation are discarded. */
  #generation = 0;
  #loading = false;
  /** True if the second chunk is loaded. Its texts then follow the language. */
  #hasRequests = false;
  #requestCatalogue: Catalogue | undefined;
  #tasks: BrowserTasks | null = null;
  /** The root element of a declarative shadow root, until the session starts. */
  #rendered: HTMLElement | null;
  /** The first page, from its painting to the takeover by the widget. */
  #painted: PaintedPage | null = null;
  /** True if the last options were unusable and the page has received the event about it. */
  #refused = false;

  constructor(host: HTMLElement, shadow: ShadowRoot) {
    this.#host = host;
    this.#shadow = shadow;
    this.#rendered = shadow.querySelector<HTMLElement>('.root');
    keepKeys(shadow);
  }

  /** Shows the skeleton, which keeps the space free before anything is loaded. */
  wait(): void {
    if (this.#shadow.firstChild) this.#adoptSkeletonSheet();
    else this.#draw(skeleton());
  }

  /** Replaces the content of the shadow root by the skeleton or the fallback. */
  #draw(content: Element): void {
    this.#adoptSkeletonSheet();
    this.#shadow.replaceChildren(content);
  }

  /** Applies the stylesheet of the element itself, of the skeleton and of the fallback, before the others. */
  #adoptSkeletonSheet(): void {
    // Without constructable stylesheets the widget cannot run either. The loader reports that when it loads the stylesheet.
    const sheet = skeletonSheet();
    if (sheet) this.#shadow.adoptedStyleSheets = [...new Set([sheet, ...this.#shadow.adoptedStyleSheets])];
  }

  /** Applies new options. Null means that the page's options are unusable: the widget ends with an error. */
  async show(options: Options | null): Promise<void> {
    const before = this.#options;
    if (before && options && same(before, options)) return;
    this.#options = options;
    const refused = this.#refused;
    this.#refused = !options;
    if (!options) return refused ? undefined : this.#fail('bad-options', false);
    if (this.#handle) return this.#update(options);
    // While the widget is loading, the options are only stored. It receives them right after it is mounted. A first page of another order must not stay.
    const isOther = before && (['api', 'order', 'token'] as const).some((key) => before[key] !== options[key]);
    if (!this.#loading || isOther) await this.#start();
  }

  refresh(): void {
    this.#call((handle) => handle.refresh());
  }

  /** Ends the widget and all requests, and empties the shadow root. `show` may be called again. */
  stop(): void {
    this.#end();
    this.#options = null;
    this.#refused = false;
    this.#shadow.replaceChildren();
  }

  async #start(): Promise<void> {
    this.#end();
    const options = this.#options;
    if (!options) return;
    const generation = this.#generation;
    this.#loading = true;
    // The first page needs the order and the stylesheet, so they are requested before anything else. Each request takes several milliseconds of a slow
    // processor, so the other files follow in other tasks.
    const answer = this.#request(options);
    const sheet = loadSheet();
    sheet.catch(() => {});
    if (!this.#adoptRendered(options)) this.#draw(skeleton());
    await nextTask();
    if (generation !== this.#generation) return;
    const painting = answer && options.firstPage && !this.#painted ? this.#paint(options, answer, sheet) : null;
    try {
      const loading = loadGlue(this.#shadow, painting, options.lang);
      const texts = Promise.race([painting, loading]).then(() => loadCatalogue(match(options.lang).catalogue));
      // The cards of requests are drawn by the second chunk. If the first page has cards, the widget waits for the chunk, so that they stay in their place.
      const second = Promise.resolve(painting).then(() => (this.#painted?.page.querySelector('.requests') ? this.#loadRequests(loading) : undefined));
      const [glue, catalogue] = await Promise.all([loading, texts, sheet]);
      this.#adopt(await sheet);
      // Only the page of a server has a stylesheet of its own, and a notice for browsers without script.
      for (const extra of this.#shadow.querySelectorAll('link[rel="stylesheet"],noscript')) extra.remove();
      await this.#awaitAnswer(answer);
      // Nothing may be awaited between this and the mount, because the first page could be shown in the meantime.
      if (this.#painted) await second;
      if (generation !== this.#generation) return;
      this.#catalogue = catalogue;
      this.#loading = false;
      if (!mayMount()) throw new Failed('panic');
      this.#glue = glue;
      await this.#mount(glue, options, answer);
    } catch (error) {
      // The first page stays without the widget, so a failure of the widget is handled after it is painted.
      await painting;
      if (generation !== this.#generation) return;
      console.warn('Doorstep:', error instanceof Failed ? (error.cause ?? error.code) : error);
      this.#fail(error instanceof Failed ? error.code : 'load-failed');
    }
  }

  /** Requests the order, with its first page if the backend can send it. If the options name no order, returns null. */
  #request(options: Options): Promise<Answer> | null {
    const { api, order, token, firstPage } = options;
    if (!order) return null;
    const { signal } = this.#requests;
    return firstPage ? readOrder(options, signal) : requestOrder(api, order, token, signal);
  }

  /** Takes over the page of a declarative shadow root as the first page. Returns false if there is none. */
  #adoptRendered(options: Options): boolean {
    const root = this.#rendered;
    this.#rendered = null;
    const page = root?.querySelector<HTMLElement>('.doorstep');
    // The page may have removed its nodes before the start.
    if (!root?.isConnected || !page) return false;
    this.#adoptSkeletonSheet();
    this.#use(root, options);
    this.#painted = new PaintedPage(page, null);
    return true;
  }

  /**
   * Waits for the order of a page that a server has rendered. If the backend refuses the order, removes the page: the widget says why. Throws if there
   * is no answer at present; the page then stays readable.
   */
  async #awaitAnswer(answer: Promise<Answer> | null): Promise<void> {
    const painted = this.#painted;
    if (!painted || painted.answer) return;
    const response = await answer?.catch(() => undefined);
    if (response?.status === 200) painted.answer = response;
    else if (answer && !(response && response.status < 429)) throw new Failed('load-failed');
    else if (painted === this.#painted) {
      this.#painted = null;
      this.#draw(skeleton());
    }
  }

  /** Paints the first page that comes with the order. Does nothing if there is no first page, if painting fails, or if the widget is there first. */
  async #paint(options: Options, response: Promise<Answer>, sheet: Promise<CSSStyleSheet>): Promise<void> {
    const generation = this.#generation;
    try {
      const answer = await response;
      if (!answer.firstPage) return;
      await paint(answer.firstPage, async (page) => {
        const style = await sheet;
        if (generation !== this.#generation || this.#handle) return false;
        if (this.#painted) return true;
        this.#adopt(style);
        const root = this.#createRoot(options);
        root.append(page);
        this.#shadow.replaceChildren(root);
        this.#painted = new PaintedPage(page, answer, false);
        return true;
      });
      if (generation === this.#generation && this.#painted) this.#painted.isComplete = true;
    } catch (error) {
      console.warn('Doorstep:', error);
    }
  }

  /** Applies a stylesheet, after the ones that are applied already. */
  #adopt(sheet: CSSStyleSheet): void {
    this.#shadow.adoptedStyleSheets = [...new Set([...this.#shadow.adoptedStyleSheets, sheet])];
  }

  #createRoot(options: Options): HTMLElement {
    const root = create('div');
    root.className = 'root';
    this.#use(root, options);
    return root;
  }

  /** Makes an element the root of the widget. */
  #use(root: HTMLElement, options: Options): void {
    root.lang = options.lang;
    this.#root = root;
    this.#lang = options.lang;
    this.#theme(options);
  }

  /** Mounts the widget, in several tasks. */
  async #mount(glue: Glue, options: Options, answer: Promise<Answer> | null): Promise<void> {
    const generation = this.#generation;
    const painted = this.#painted;
    const root = (painted && this.#root) || this.#createRoot(options);
    if (!painted) {
      root.hidden = true;
      this.#shadow.append(root);
    }
    this.#unsubscribe = onPanic((retryable) => this.#fail('panic', retryable));
    const config = nullProto<MountConfig>({
      ...options,
      ...this.#textsAndTasks(),
      answer: answer ?? undefined,
      response: painted?.answer ?? undefined,
      painted: painted?.page,
      localTime: glue.localTime,
      send,
      stream,
      visible: () => read<string>(Document, 'visibilityState', document) !== 'hidden',
      emit: (name: string, detail: object) => this.#emit(name, detail),
      requests: () => void this.#bringRequests(glue),
      state: (state: State) => this.#state(root, state),
    });
    try {
      const handle = glue.mount(root, config);
      this.#handle = handle;
      const now = this.#options;
      if (now && now !== options) this.#update(now);
      for (let drawn = handle.step(); drawn !== undefined; drawn = handle.step()) {
        if (drawn) this.#takenOver();
        await nextTask();
        if (generation !== this.#generation) return;
      }
    } catch (error) {
      this.#report(error);
    }
  }

  /** Leaves the first page to the widget, and presses the button that the shopper has pressed before. */
  #takenOver(): void {
    const button = this.#painted?.leave();
    this.#painted = null;
    button?.click();
  }

  #update(options: Options): void {
    this.#theme(options);
    const generation = this.#generation;
    const language = match(options.lang).catalogue;
    // If the second chunk's catalogue in the new language cannot be loaded, its catalogue in the present language stays.
    const second = this.#hasRequests ? loadCatalogue(language, release.requests.catalogues).catch(() => undefined) : undefined;
    Promise.all([loadCatalogue(language), second]).then(
      ([catalogue, requestCatalogue]) => {
        if (generation !== this.#generation || options !== this.#options) return;
        this.#catalogue = catalogue;
        this.#lang = options.lang;
        if (this.#root) this.#root.lang = options.lang;
        this.#requestCatalogue = requestCatalogue ?? this.#requestCatalogue;
        this.#call((handle) => handle.update(nullProto({ ...options, format: this.#format() })));
      },
      () => generation === this.#generation && this.#fail('load-failed'),
    );
  }

  /** Loads the second chunk, with the texts for the current language. If it cannot be loaded, only warns the developer. */
  async #loadRequests(glue: Promise<Glue>): Promise<void> {
    const generation = this.#generation;
    try {
      let language: string;
      do {
        language = this.#options?.lang ?? '';
        const [sheet, texts, Runner] = await loadRequests(this.#shadow, glue, match(language).catalogue);
        if (generation !== this.#generation) return;
        this.#adopt(await loadSheet());
        this.#adopt(sheet);
        this.#requestCatalogue = texts;
        this.#tasks ??= new Runner(ask, (photo, result) => this.#call((handle) => handle.taskResult(photo, nullProto(result))));
      } while (language !== this.#options?.lang);
      this.#hasRequests = true;
    } catch (error) {
      console.warn('Doorstep:', error instanceof Failed ? error.cause : error);
    }
  }

  /** Loads the second chunk for the widget that is running, and reports the result to it. */
  async #bringRequests(glue: Glue): Promise<void> {
    const generation = this.#generation;
    await this.#loadRequests(Promise.resolve(glue));
    if (generation === this.#generation) this.#call((handle) => handle.update(nullProto(this.#textsAndTasks())));
  }

  /** Returns the part of the configuration that depends on the second chunk. */
  #textsAndTasks(): Pick<MountConfig, 'format' | 'requestsLoaded' | 'tasks'> {
    return { format: this.#format(), requestsLoaded: this.#hasRequests, tasks: this.#tasks ?? undefined };
  }

  /** Returns a function that formats encoded messages in the current language, for the widget in Rust. */
  #format(): MountConfig['format'] {
    const formatter = this.#glue && new this.#glue.Formatter(this.#lang, this.#catalogue ?? [], this.#requestCatalogue);
    return (message) => formatter?.text(JSON.parse(message) as Encoded) ?? '';
  }

  #theme(options: Options): void {
    if (options.theme) this.#root?.setAttribute('data-theme', options.theme);
    else this.#root?.removeAttribute('data-theme');
  }

  #state(root: HTMLElement, state: State): void {
    if (root !== this.#root || this.#painted) return;
    root.hidden = state === 'loading';
    const bones = this.#shadow.querySelector('.skeleton');
    if (state === 'shown') bones?.remove();
    else if (!bones) this.#shadow.prepend(skeleton());
  }

  /** Shows the fallback, or keeps the first page without its actions, and dispatches an error event with the reason. */
  #fail(code: Code, retryable = code === 'load-failed'): void {
    const page = this.#painted?.isComplete ? this.#painted.page : null;
    this.#end(code === 'panic');
    const retry = retryable ? () => void this.#start() : null;
    const draw = () => (page ? makeReadOnly(page, this.#catalogue, retry) : this.#draw(fallback(this.#host, this.#catalogue, retry)));
    draw();
    const generation = this.#generation;
    if (!this.#catalogue) {
      // A failure can come before the texts. Without them the fallback is only the author's content.
      loadCatalogue(match(tagOf(this.#host)).catalogue).then(
        (catalogue) => {
          this.#catalogue = catalogue;
          if (generation === this.#generation) draw();
        },
        () => {},
      );
    }
    this.#emit('error', { code, retryable });
  }

  #emit(name: string, detail: object): boolean {
    return this.#host.dispatchEvent(new CustomEvent(`doorstep-${name}`, nullProto({ detail: { ...detail }, bubbles: true, composed: true, cancelable: true })));
  }

  /** Calls the widget in Rust and handles its exceptions. */
  #call(action: (handle: Handle) => void): void {
    if (!this.#handle) return;
    try {
      action(this.#handle);
    } catch (error) {
      this.#report(error);
    }
  }

  /** Handles an exception from Rust, which is a panic: reports it to the developer and to every widget that shares the instance. */
  #report(error: unknown): void {
    console.error('Doorstep:', error);
    if (this.#glue) panicked(this.#glue);
  }

  /** Ends the widget with its tasks and requests. With `dead`, after a panic, the widget in Rust is not called any more. */
  #end(dead = false): void {
    this.#generation++;
    this.#loading = false;
    this.#hasRequests = false;
    this.#requestCatalogue = undefined;
    this.#tasks?.stop();
    this.#tasks = null;
    this.#requests.abort();
    this.#requests = new AbortController();
    this.#unsubscribe();
    const handle = this.#handle;
    this.#handle = null;
    this.#root = null;
    this.#painted?.leave();
    this.#painted = null;
    if (!handle || dead) return;
    try {
      handle.unmount();
      handle.free();
    } catch (error) {
      this.#report(error);
    }
  }
}

function same(a: Options, b: Options): boolean {
  return (Object.keys(a) as (keyof Options)[]).every((key) => a[key] === b[key]);
}
