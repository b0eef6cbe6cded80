// The life of one element's content, from the first HTTP request to its end: skeleton, first page, running widget, fallback. The session does not read
// attributes; the element passes it the options.

import type { TokenProvider } from './access';
import { Failed, loadCatalogue, loadCustomisation, loadGlue, loadRequests, loadSheet, loadTasks, readOrder, requestOrder } from './boot';
import { nullProto } from './dom';
import type { ElementState } from './element-state';
import type { Catalogue, Code, Glue, Options } from './glue';
import { match, tagOf } from './language';
import { type Answer, ask, send } from './network';
import type { RunningWidget, SecondChunk } from './running-widget';
import { ShadowContent } from './shadow-content';
import { fallback, makeReadOnly, skeleton } from './skeleton';
import { nextTask } from './task';

/** The element, with the part of its interface that the session reads. */
interface Host extends HTMLElement {
  readonly tokenProvider: TokenProvider | null;
}

/** Options after whose change the widget starts again. */
const RESTARTING = ['source', 'mode', 'hasApi'] as const;
/** Options that determine the order. */
const IDENTIFYING = ['api', 'order', 'token', ...RESTARTING] as const;

export class Session {
  readonly #host: Host;
  readonly #shadow: ShadowRoot;
  readonly #content: ShadowContent;
  #options: Options | null = null;
  #catalogue: Catalogue | null = null;
  #widget: RunningWidget | null = null;
  /** Function for HTTP requests. */
  #ask = ask;
  #requests = new AbortController();
  /** Increased whenever the widget starts or ends. Results that were awaited for an earlier generation are discarded. */
  #generation = 0;
  #loading = false;
  /** True if the last options were unusable and the page has received the event about it. */
  #refused = false;

  /** @param state Takes note of the start, the events and the freshness of the order. */
  constructor(
    host: Host,
    shadow: ShadowRoot,
    readonly state: ElementState,
  ) {
    this.#host = host;
    this.#shadow = shadow;
    this.#content = new ShadowContent(shadow);
  }

  /** Shows the skeleton, which keeps the space free before anything is loaded. */
  wait(): void {
    this.#content.wait();
  }

  /** Applies new options. Null means that the page's options are unusable: the widget ends with an error. */
  async show(options: Options | null): Promise<void> {
    const before = this.#options;
    if (before && options && same(before, options)) return;
    this.#options = options;
    const refused = this.#refused;
    this.#refused = !options;
    if (!options) return refused ? undefined : this.#fail('bad-options', false);
    const differs = (keys: readonly (keyof Options)[]) => !!before && keys.some((key) => before[key] !== options[key]);
    if (this.#widget && !differs(RESTARTING)) return this.#widget.update(options);
    // While the widget is loading, the options are only stored. It receives them right after it is mounted. A first page of another order must not stay.
    const isOther = differs(IDENTIFYING);
    if (!this.#loading || isOther) await this.#start();
  }

  refresh(): void {
    this.#widget?.refresh();
  }

  /** Ends the widget and all requests, and empties the shadow root. `show` may be called again. */
  stop(): void {
    this.#end();
    this.#options = null;
    this.#refused = false;
    this.state.begin();
    this.#shadow.replaceChildren();
  }

  async #start(): Promise<void> {
    this.#end();
    const options = this.#options;
    if (!options) return;
    const generation = this.#generation;
    this.#loading = true;
    this.state.begin();
    // The first page needs the order and the stylesheet, so they are requested before anything else. Each request takes several milliseconds of a slow
    // processor, so the other files follow in other tasks.
    this.#ask = this.#askWithToken(this.#askSource(options));
    const answer = this.#request(options);
    const sheet = loadSheet();
    sheet.catch(() => {});
    if (!this.#content.adoptRendered(options)) this.#content.draw(skeleton());
    await nextTask();
    if (generation !== this.#generation) return;
    const isAwaited = () => generation === this.#generation && !this.#widget;
    const painting = answer && options.firstPage && !this.#content.painted ? this.#content.paint(options, answer, sheet, isAwaited) : null;
    try {
      const loading = loadGlue(this.#shadow, painting, options.lang);
      const texts = Promise.race([painting, loading]).then(() => this.#texts());
      // The cards of requests are drawn by the second chunk. If the first page has cards, the widget waits for the chunk, so that they stay in their place.
      const second = Promise.resolve(painting).then(() => (this.#content.painted?.page.querySelector('.requests') ? this.#secondChunk(loading) : undefined));
      const [glue, catalogue] = await Promise.all([loading, texts, sheet]);
      this.#content.adopt(await sheet);
      await this.#content.awaitAnswer(answer);
      // Nothing may be awaited between this and the mount, because the first page could be shown in the meantime.
      const chunk = this.#content.painted ? await second : undefined;
      if (generation !== this.#generation) return;
      this.#catalogue = catalogue;
      this.#loading = false;
      if (!glue.mayMount()) throw new Failed('panic');
      await this.#run(glue, options, catalogue, answer, chunk);
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
    return firstPage ? readOrder(options, signal, this.#ask) : requestOrder(api, order, token, signal, this.#ask);
  }

  /** Returns the function for HTTP requests; one that asks the source of the page, or that leaves out the actions, if the page wants that. */
  #askSource(options: Options): typeof ask {
    if (!options.source && options.mode !== 'readonly') return ask;
    return later(async () => (await loadCustomisation(this.#shadow)).adapted(ask, options));
  }

  /** Returns a function for HTTP requests that renews the token while the page has a token provider, if the code for it can be loaded. */
  #askWithToken(plain: typeof ask): typeof ask {
    const provider = () => this.#host.tokenProvider;
    const renewing = later(() =>
      loadTasks(this.#shadow).then(
        (tasks) => tasks.renewing(plain, provider, () => this.#options),
        () => plain,
      ),
    );
    return (...request) => (provider() ? renewing : plain)(...request);
  }

  /** Returns the texts of the present language, with those that the page has replaced: of the first load, or with the glue those of the second chunk. */
  async #texts(glue?: Glue): Promise<Catalogue> {
    const { lang = '', registered, strings } = this.#options ?? {};
    const replaced = [registered, strings].filter((texts) => texts != null);
    const texts = await loadCatalogue(match(lang).catalogue, glue?.requestTexts);
    if (!replaced.length) return texts;
    try {
      return (await loadCustomisation(this.#shadow)).overridden(texts, glue ? 1 : 0, replaced);
    } catch (error) {
      console.warn('Doorstep:', error);
      return texts;
    }
  }

  /** Loads the second chunk, in the language that the element has at the end. If it cannot be loaded, returns undefined and warns the developer. */
  async #secondChunk(glue: Promise<Glue>): Promise<SecondChunk | undefined> {
    try {
      for (;;) {
        const options = this.#options;
        const [[sheet, Tasks], texts] = await Promise.all([loadRequests(this.#shadow, glue), glue.then((loaded) => this.#texts(loaded))]);
        if (options === this.#options) return { sheets: [await loadSheet(), sheet], texts, Tasks };
      }
    } catch (error) {
      console.warn('Doorstep:', error instanceof Failed ? error.cause : error);
      return undefined;
    }
  }

  /** Mounts the widget. Options that were changed while it was loaded are applied at once. */
  async #run(glue: Glue, options: Options, catalogue: Catalogue, answer: Promise<Answer> | null, chunk: SecondChunk | undefined): Promise<void> {
    const widget = new glue.RunningWidget(
      glue,
      {
        host: this.#host,
        shadow: this.#shadow,
        content: this.#content,
        state: this.state,
        ask: this.#ask,
        send,
        texts: (loaded) => this.#texts(loaded),
        secondChunk: () => this.#secondChunk(Promise.resolve(glue)),
        emit: (name, detail) => this.#emit(name, detail),
        fail: (code, retryable) => this.#fail(code, retryable),
      },
      options,
      catalogue,
    );
    this.#widget = widget;
    const running = widget.run(answer, chunk);
    if (this.#options && this.#options !== options) widget.update(this.#options);
    await running;
  }

  /** Shows the fallback, or keeps the first page without its actions, and dispatches an error event with the reason. */
  #fail(code: Code, retryable = code === 'load-failed'): void {
    const { painted } = this.#content;
    const page = painted?.isComplete ? painted.page : null;
    this.#end(code === 'panic');
    const retry = retryable ? () => void this.#start() : null;
    const draw = () => (page ? makeReadOnly(page, this.#catalogue, retry) : this.#content.draw(fallback(this.#host, this.#catalogue, retry)));
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
    this.state.heard(name, detail);
    return this.#host.dispatchEvent(new CustomEvent(`doorstep-${name}`, nullProto({ detail: { ...detail }, bubbles: true, composed: true, cancelable: true })));
  }

  /** Ends the widget and all requests. With `isDead`, after a panic, the widget in Rust is not called any more. */
  #end(isDead = false): void {
    this.#generation++;
    this.#loading = false;
    this.#requests.abort();
    this.#requests = new AbortController();
    const widget = this.#widget;
    this.#widget = null;
    this.#content.root = null;
    this.#content.leavePainted();
    widget?.end(isDead);
  }
}

/** Returns a function that loads another one at its first call, and calls it. A failure is that of the call; the next call loads again. */
function later(load: () => Promise<typeof ask>): typeof ask {
  let loading: Promise<typeof ask> | undefined;
  return async (...request) => {
    loading ??= load();
    loading.catch(() => (loading = undefined));
    return (await loading)(...request);
  };
}

function same(a: Options, b: Options): boolean {
  return (Object.keys(a) as (keyof Options)[]).every((key) => a[key] === b[key]);
}
