// The widget in Rust of one element, from its mounting to its end: its configuration, its texts, the second chunk, and its panics. Part of the glue; the
// session brings what it needs from outside.

import type { BrowserTasks, TaskResult } from './browser-tasks';
import { nullProto } from './dom';
import type { ElementState } from './element-state';
import { endStreams, type Streamed, stream } from './event-stream';
import { type Encoded, Formatter, localTime } from './format';
import type { Catalogue, Code, Glue, Handle, MountConfig, Options, State } from './glue';
import { inView } from './in-view';
import { keepKeys } from './keys';
import type { Answer, ask, Sent, send } from './network';
import { copy, fieldOf, focus } from './page-effects';
import { watchPage } from './page-state';
import { onPanic, panicked } from './panic';
import type { ShadowContent } from './shadow-content';
import { nextTask } from './task';

/** The second chunk in a language: its stylesheets, its texts, and the class of its tasks. */
export interface SecondChunk {
  readonly sheets: readonly CSSStyleSheet[];
  readonly texts: Catalogue;
  readonly Tasks: new (via: typeof ask, report: (photo: number, result: TaskResult) => void) => BrowserTasks;
}

/** Functions and objects of the session that a running widget uses. */
export interface Surroundings {
  readonly host: HTMLElement;
  readonly shadow: ShadowRoot;
  readonly content: ShadowContent;
  readonly state: ElementState;
  readonly ask: typeof ask;
  readonly send: typeof send;
  /** Returns the texts of the present language: of the first load, or with the glue those of the second chunk. */
  texts(glue?: Glue): Promise<Catalogue>;
  /** Loads the second chunk in the present language. Returns undefined if it cannot be loaded. */
  secondChunk(): Promise<SecondChunk | undefined>;
  /** Dispatches `doorstep-<name>` on the element; returns false if a listener prevented the default. */
  emit(name: string, detail: object): boolean;
  /** Shows the fallback. */
  fail(code: Code, retryable?: boolean): void;
}

export class RunningWidget {
  #handle: Handle | null = null;
  #hasEnded = false;
  #unsubscribe: () => void = () => {};
  #second: SecondChunk | undefined;
  #tasks: BrowserTasks | undefined;
  /** True as long as the widget is mounted in parts. */
  #isStarting = true;
  /** Functions that end the watching of what comes into view. */
  #unwatch: (() => void)[] = [];
  /** Events of what came into view that have been dispatched for this order. */
  readonly #seen = new Set<string>();

  constructor(
    readonly glue: Glue,
    readonly around: Surroundings,
    /** Options that were applied last. */
    public options: Options,
    public catalogue: Catalogue,
  ) {}

  /**
   * Mounts the widget, in several tasks.
   *
   * @param answer Answer to the request for the order that was sent before.
   * @param second The second chunk, if the cards of the first page need it.
   */
  async run(answer: Promise<Answer> | null, second: SecondChunk | undefined): Promise<void> {
    const { content, emit, fail, send, shadow, state, ask: via } = this.around;
    const first = this.options;
    const { painted } = content;
    const root = content.rootForWidget(this.options);
    keepKeys(shadow);
    this.#unsubscribe = onPanic((retryable) => fail('panic', retryable));
    if (second) this.#adopt(second);
    const config = nullProto<MountConfig>({
      ...this.options,
      format: this.#format(),
      requestsLoaded: !!second || undefined,
      tasks: this.#tasks,
      answer: answer ?? undefined,
      response: painted?.answer ?? undefined,
      painted: painted?.page,
      localTime,
      copy,
      fieldOf,
      focus,
      send: (...request: Sent) => send(...request, via),
      stream: (...request: Streamed) => stream(...request, via, !!this.options.source),
      watchPage,
      emit: (name: string, detail: object) => {
        if (name === 'ready') this.#seen.clear();
        if (name === 'ready' || name === 'change') void this.#watchViews();
        return emit(name, detail);
      },
      requests: () => void this.#loadSecondChunk(),
      state: (shown: State) => {
        state.shown(shown, !this.options.order);
        content.showSkeleton(root, shown);
      },
    });
    try {
      const handle = this.glue.mount(root, config);
      this.#handle = handle;
      for (let drawn = handle.step(); drawn !== undefined; drawn = handle.step()) {
        // The widget has taken the first page over. A button that the shopper has pressed before is pressed again.
        if (drawn) content.leavePainted()?.click();
        await nextTask();
        if (this.#hasEnded) return;
      }
      this.#isStarting = false;
      // Data that the page has set in the meantime is read now.
      if (this.options.edition !== first.edition) this.refresh();
    } catch (error) {
      this.#report(error);
    }
  }

  /** Applies new options. */
  update(options: Options): void {
    const { content, fail, state, texts } = this.around;
    const before = this.options;
    this.options = options;
    const isOther = options.api !== before.api || options.order !== before.order || options.token !== before.token;
    if (isOther) state.begin();
    else if (options.edition !== before.edition && !this.#isStarting) this.refresh();
    content.theme(options);
    // If the second chunk's catalogue in the new language cannot be loaded, its catalogue in the present language stays.
    const second = this.#second && texts(this.glue).catch(() => undefined);
    Promise.all([texts(), second]).then(
      ([catalogue, requestTexts]) => {
        if (this.#hasEnded || options !== this.options) return;
        this.catalogue = catalogue;
        if (content.root) content.root.lang = options.lang;
        if (this.#second && requestTexts) this.#second = { ...this.#second, texts: requestTexts };
        this.#apply();
      },
      () => this.#hasEnded || fail('load-failed'),
    );
  }

  refresh(): void {
    this.#call((handle) => handle.refresh());
  }

  /** Ends the widget with its tasks. With `isDead`, after a panic, the widget in Rust is not called any more. */
  end(isDead: boolean): void {
    this.#hasEnded = true;
    this.#endWatching();
    this.#tasks?.stop();
    this.#unsubscribe();
    const handle = this.#handle;
    this.#handle = null;
    // The streams report to an instance that is not there any more.
    if (isDead) endStreams();
    if (!handle || isDead) return;
    try {
      handle.unmount();
      handle.free();
    } catch (error) {
      this.#report(error);
    }
  }

  /** Loads the second chunk, and reports the result to the widget. */
  async #loadSecondChunk(): Promise<void> {
    const second = await this.around.secondChunk();
    if (this.#hasEnded) return;
    if (second) this.#adopt(second);
    this.#apply({ requestsLoaded: !!second, tasks: this.#tasks });
  }

  #adopt(second: SecondChunk): void {
    this.#second = second;
    for (const sheet of second.sheets) this.around.content.adopt(sheet);
    this.#tasks ??= new second.Tasks(this.around.ask, (photo, result) => this.#call((handle) => handle.taskResult(photo, nullProto(result))));
  }

  /** Passes the options and the texts to the widget, and a report about the second chunk if there is one. */
  #apply(report: Pick<MountConfig, 'requestsLoaded' | 'tasks'> = {}): void {
    this.#call((handle) => handle.update(nullProto({ ...this.options, format: this.#format(), ...report })));
  }

  /** Returns a function that formats encoded messages in the present language, for the widget in Rust. */
  #format(): MountConfig['format'] {
    const formatter = new Formatter(this.around.content.root?.lang ?? '', this.catalogue, this.#second?.texts);
    return (message) => formatter.text(JSON.parse(message) as Encoded);
  }

  /** Dispatches an event when the order comes into view, and another one when its delivery promise does, each once. */
  async #watchViews(): Promise<void> {
    this.#endWatching();
    // The order is drawn after the event about it.
    await nextTask();
    if (this.#hasEnded) return;
    const { emit, host, shadow, state } = this.around;
    this.#endWatching();
    const watch = (element: Element | null, name: string) => {
      if (!element || this.#seen.has(name)) return;
      const report = () => {
        this.#seen.add(name);
        if (state.summary) emit(name, state.summary);
      };
      this.#unwatch.push(inView(element, report));
    };
    watch(host, 'view');
    watch(shadow.querySelector('.promise'), 'promise-seen');
  }

  #endWatching(): void {
    for (const end of this.#unwatch.splice(0)) end();
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
    panicked(this.glue);
  }
}
