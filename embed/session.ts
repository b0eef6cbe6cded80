// One widget in one shadow root: from the first request to the last breath. Knows no attributes; the element tells it the options.

import { Failed, loadCatalogue, loadGlue, loadRequests, loadSheet, requestOrder } from './boot';
import { bare, create, read } from './dom';
import type { Errands } from './errands';
import type { Catalogue, Code, Glue, Handle, MountConfig, Options, State } from './glue';
import { keepKeys } from './keys';
import { match, tagOf } from './language';
import { type Answer, ask, send, stream } from './network';
import { mayMount, onPanic, panicked } from './panic';
import { release } from './release';
import { fallback, skeleton, skeletonSheet } from './skeleton';

export class Session {
  readonly #host: HTMLElement;
  readonly #shadow: ShadowRoot;
  #options: Options | null = null;
  #catalogue: Catalogue | null = null;
  #glue: Glue | null = null;
  #handle: Handle | null = null;
  #root: HTMLElement | null = null;
  #requests = new AbortController();
  #forget: () => void = () => {};
  /** Counts starts and ends: what was awaited for an earlier one is dropped. */
  #turn = 0;
  #loading = false;
  /** The widget has the second chunk: its texts follow the language. */
  #hasRequests = false;
  #errands: Errands | null = null;
  /** The last options were unusable, and the page knows. */
  #refused = false;

  constructor(host: HTMLElement, shadow: ShadowRoot) {
    this.#host = host;
    this.#shadow = shadow;
    // Without constructable stylesheets there is no widget either: the loader says so when it comes to that.
    const sheet = skeletonSheet();
    if (sheet) shadow.adoptedStyleSheets = [sheet];
    keepKeys(shadow);
  }

  /** The skeleton, also before anything is loaded: it keeps the place free. */
  wait(): void {
    if (!this.#shadow.firstChild) this.#shadow.append(skeleton());
  }

  /** New options; null when they are unusable. */
  async show(options: Options | null): Promise<void> {
    const before = this.#options;
    if (before && options && same(before, options)) return;
    this.#options = options;
    const refused = this.#refused;
    this.#refused = !options;
    if (!options) return refused ? undefined : this.#fail('bad-options', false);
    if (this.#handle) return this.#update(options);
    // Still loading: they are given to the widget right after its mount.
    if (!this.#loading) await this.#start();
  }

  refresh(): void {
    this.#call((handle) => handle.refresh());
  }

  /** Ends everything. The session may be shown again. */
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
    const turn = this.#turn;
    this.#loading = true;
    this.#shadow.replaceChildren(skeleton());
    const { api, order, token, lang } = options;
    const answer = order ? requestOrder(api, order, token, this.#requests.signal) : null;
    try {
      const texts = loadCatalogue(match(lang).catalogue).then((catalogue) => (this.#catalogue = catalogue));
      const [glue, sheet] = await Promise.all([loadGlue(this.#shadow), loadSheet(), texts]);
      if (turn !== this.#turn) return;
      this.#loading = false;
      this.#shadow.adoptedStyleSheets = [...this.#shadow.adoptedStyleSheets.slice(0, 1), sheet];
      if (!mayMount()) return this.#fail('panic', false);
      this.#glue = glue;
      this.#mount(glue, options, answer);
      const now = this.#options;
      if (this.#handle && now && now !== options) this.#update(now);
    } catch (error) {
      if (turn !== this.#turn) return;
      console.warn('Doorstep:', error instanceof Failed ? (error.cause ?? error.code) : error);
      this.#fail(error instanceof Failed ? error.code : 'load-failed');
    }
  }

  #mount(glue: Glue, options: Options, answer: Promise<Answer> | null): void {
    const root = create('div');
    root.className = 'root';
    root.hidden = true;
    root.lang = options.lang;
    this.#root = root;
    this.#theme(options);
    this.#shadow.append(root);
    this.#forget = onPanic((retryable) => this.#fail('panic', retryable));
    const config = bare<MountConfig>({
      ...options,
      catalogue: this.#catalogue ?? [],
      answer: answer ?? undefined,
      send,
      stream,
      visible: () => read<string>(Document, 'visibilityState', document) !== 'hidden',
      emit: (name: string, detail: object) => this.#emit(name, detail),
      requests: () => void this.#bringRequests(glue),
      state: (state: State) => this.#state(root, state),
      panicked: () => panicked(glue),
    });
    try {
      this.#handle = glue.mount(root, config);
    } catch (error) {
      this.#report(error);
    }
  }

  #update(options: Options): void {
    this.#theme(options);
    const turn = this.#turn;
    const language = match(options.lang).catalogue;
    // A second half that cannot be had leaves the one that is there.
    const second = this.#hasRequests ? loadCatalogue(language, release.requests.catalogues).catch(() => undefined) : undefined;
    Promise.all([loadCatalogue(language), second]).then(
      ([catalogue, requestCatalogue]) => {
        if (turn !== this.#turn || options !== this.#options) return;
        this.#catalogue = catalogue;
        if (this.#root) this.#root.lang = options.lang;
        this.#call((handle) => handle.update(bare({ ...options, catalogue, requestCatalogue, errands: this.#errands ?? undefined })));
      },
      () => turn === this.#turn && this.#fail('load-failed'),
    );
  }

  /** The second chunk, with the texts for the language of now. */
  async #bringRequests(glue: Glue): Promise<void> {
    const turn = this.#turn;
    let requestCatalogue: Catalogue | null = null;
    let errands: Errands | undefined;
    try {
      let language: string;
      do {
        language = this.#options?.lang ?? '';
        const [sheet, texts, Runner] = await loadRequests(this.#shadow, glue, match(language).catalogue);
        if (turn !== this.#turn) return;
        this.#shadow.adoptedStyleSheets = [...new Set([...this.#shadow.adoptedStyleSheets, sheet])];
        requestCatalogue = texts;
        errands = this.#errands ??= new Runner(ask, (photo, told) => this.#call((handle) => handle.told(photo, bare(told))));
      } while (language !== this.#options?.lang);
      this.#hasRequests = true;
    } catch (error) {
      console.warn('Doorstep:', error instanceof Failed ? error.cause : error);
    }
    if (turn === this.#turn) this.#call((handle) => handle.update(bare({ requestCatalogue, errands })));
  }

  #theme(options: Options): void {
    if (options.theme) this.#root?.setAttribute('data-theme', options.theme);
    else this.#root?.removeAttribute('data-theme');
  }

  #state(root: HTMLElement, state: State): void {
    if (root !== this.#root) return;
    root.hidden = state === 'loading';
    const bones = this.#shadow.querySelector('.skeleton');
    if (state === 'shown') bones?.remove();
    else if (!bones) this.#shadow.prepend(skeleton());
  }

  /** The fallback, and an event that says why. */
  #fail(code: Code, retryable = code === 'load-failed'): void {
    this.#end(code === 'panic');
    const retry = retryable ? () => void this.#start() : null;
    const draw = () => this.#shadow.replaceChildren(fallback(this.#host, this.#catalogue, retry));
    draw();
    const turn = this.#turn;
    if (!this.#catalogue) {
      // A refusal can come before the texts; without them the fallback is only what the author wrote.
      loadCatalogue(match(tagOf(this.#host)).catalogue).then(
        (catalogue) => {
          this.#catalogue = catalogue;
          if (turn === this.#turn) draw();
        },
        () => {},
      );
    }
    this.#emit('error', { code, retryable });
  }

  #emit(name: string, detail: object): boolean {
    return this.#host.dispatchEvent(new CustomEvent(`doorstep-${name}`, bare({ detail: { ...detail }, bubbles: true, composed: true, cancelable: true })));
  }

  /** Into Rust and back; what it throws stays here. */
  #call(action: (handle: Handle) => void): void {
    if (!this.#handle) return;
    try {
      action(this.#handle);
    } catch (error) {
      this.#report(error);
    }
  }

  /** A throw out of Rust is a panic: told to the developer, and to every widget that shares the instance. */
  #report(error: unknown): void {
    console.error('Doorstep:', error);
    if (this.#glue) panicked(this.#glue);
  }

  /** Takes down what runs. After a panic there is nothing left that could be called. */
  #end(dead = false): void {
    this.#turn++;
    this.#loading = false;
    this.#hasRequests = false;
    this.#errands?.stop();
    this.#errands = null;
    this.#requests.abort();
    this.#requests = new AbortController();
    this.#forget();
    const handle = this.#handle;
    this.#handle = null;
    this.#root = null;
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
