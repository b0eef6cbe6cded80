// The life of one widget, from the first HTTP request to its end. The session does not read attributes; the element passes it the options.

import type { TokenProvider } from './access';
import { Failed, loadCatalogue, loadGlue, loadRequests, loadSheet, loadTasks, readOrder, requestOrder } from './boot';
import { nullProto, read } from './dom';
import type { Encoded } from './format';
import type { BrowserTasks } from './browser-tasks';
import type { Catalogue, Code, Glue, Handle, MountConfig, Options, State } from './glue';
import { match, tagOf } from './language';
import { type Answer, ask, type Sent, send, type Streamed, stream } from './network';
import { mayMount, onPanic, panicked } from './panic';
import { release } from './release';
import { ShadowContent } from './shadow-content';
import { fallback, makeReadOnly, skeleton } from './skeleton';
import { nextTask } from './task';

/** The element, with the part of its interface that the session reads. */
interface Host extends HTMLElement {
  readonly tokenProvider: TokenProvider | null;
}

export class Session {
  readonly #host: Host;
  readonly #shadow: ShadowRoot;
  readonly #content: ShadowContent;
  #options: Options | null = null;
  #catalogue: Catalogue | null = null;
  #glue: Glue | null = null;
  #handle: Handle | null = null;
  /** Function for HTTP requests. */
  #ask = ask;
  #requests = new AbortController();
  #unsubscribe: () => void = () => {};
  /** Increased whenever the widget starts or ends. Results that were awaited for an earlier generation are discarded. */
  #generation = 0;
  #loading = false;
  /** True if the second chunk is loaded. Its texts then follow the language. */
  #hasRequests = false;
  #requestCatalogue: Catalogue | undefined;
  #tasks: BrowserTasks | null = null;
  /** True if the last options were unusable and the page has received the event about it. */
  #refused = false;

  constructor(host: Host, shadow: ShadowRoot) {
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
    this.#ask = this.#askWithToken();
    const answer = this.#request(options);
    const sheet = loadSheet();
    sheet.catch(() => {});
    if (!this.#content.adoptRendered(options)) this.#content.draw(skeleton());
    await nextTask();
    if (generation !== this.#generation) return;
    const isAwaited = () => generation === this.#generation && !this.#handle;
    const painting = answer && options.firstPage && !this.#content.painted ? this.#content.paint(options, answer, sheet, isAwaited) : null;
    try {
      const loading = loadGlue(this.#shadow, painting, options.lang);
      const texts = Promise.race([painting, loading]).then(() => loadCatalogue(match(options.lang).catalogue));
      // The cards of requests are drawn by the second chunk. If the first page has cards, the widget waits for the chunk, so that they stay in their place.
      const second = Promise.resolve(painting).then(() => (this.#content.painted?.page.querySelector('.requests') ? this.#loadRequests(loading) : undefined));
      const [glue, catalogue] = await Promise.all([loading, texts, sheet]);
      this.#content.adopt(await sheet);
      await this.#content.awaitAnswer(answer);
      // Nothing may be awaited between this and the mount, because the first page could be shown in the meantime.
      if (this.#content.painted) await second;
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
    return firstPage ? readOrder(options, signal, this.#ask) : requestOrder(api, order, token, signal, this.#ask);
  }

  /** Returns the function for HTTP requests; one that renews the token, if the page has a token provider and the code for it can be loaded. */
  #askWithToken(): typeof ask {
    const provider = () => this.#host.tokenProvider;
    if (!provider()) return ask;
    const renewing = loadTasks(this.#shadow).then(
      (tasks) => tasks.renewing(ask, provider, () => this.#options),
      () => ask,
    );
    return async (...request) => (await renewing)(...request);
  }

  /** Mounts the widget, in several tasks. */
  async #mount(glue: Glue, options: Options, answer: Promise<Answer> | null): Promise<void> {
    const generation = this.#generation;
    const { painted } = this.#content;
    const root = this.#content.rootForWidget(options);
    const via = this.#ask;
    this.#unsubscribe = onPanic((retryable) => this.#fail('panic', retryable));
    const config = nullProto<MountConfig>({
      ...options,
      ...this.#textsAndTasks(),
      answer: answer ?? undefined,
      response: painted?.answer ?? undefined,
      painted: painted?.page,
      localTime: glue.localTime,
      send: (...request: Sent) => send(...request, via),
      stream: (...request: Streamed) => stream(...request, via),
      visible: () => read<string>(Document, 'visibilityState', document) !== 'hidden',
      emit: (name: string, detail: object) => this.#emit(name, detail),
      requests: () => void this.#bringRequests(glue),
      state: (state: State) => this.#content.showSkeleton(root, state),
    });
    try {
      const handle = glue.mount(root, config);
      this.#handle = handle;
      const now = this.#options;
      if (now && now !== options) this.#update(now);
      for (let drawn = handle.step(); drawn !== undefined; drawn = handle.step()) {
        // The widget has taken the first page over. A button that the shopper has pressed before is pressed again.
        if (drawn) this.#content.leavePainted()?.click();
        await nextTask();
        if (generation !== this.#generation) return;
      }
    } catch (error) {
      this.#report(error);
    }
  }

  #update(options: Options): void {
    this.#content.theme(options);
    const generation = this.#generation;
    const language = match(options.lang).catalogue;
    // If the second chunk's catalogue in the new language cannot be loaded, its catalogue in the present language stays.
    const second = this.#hasRequests ? loadCatalogue(language, release.requests.catalogues).catch(() => undefined) : undefined;
    Promise.all([loadCatalogue(language), second]).then(
      ([catalogue, requestCatalogue]) => {
        if (generation !== this.#generation || options !== this.#options) return;
        this.#catalogue = catalogue;
        if (this.#content.root) this.#content.root.lang = options.lang;
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
        this.#content.adopt(await loadSheet());
        this.#content.adopt(sheet);
        this.#requestCatalogue = texts;
        this.#tasks ??= new Runner(this.#ask, (photo, result) => this.#call((handle) => handle.taskResult(photo, nullProto(result))));
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
    const formatter = this.#glue && new this.#glue.Formatter(this.#content.root?.lang ?? '', this.#catalogue ?? [], this.#requestCatalogue);
    return (message) => formatter?.text(JSON.parse(message) as Encoded) ?? '';
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
    this.#content.root = null;
    this.#content.leavePainted();
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
