// Interface between this loader and the widget in Rust (src/lib.rs). The two files must be changed together.

import type { BrowserTasks, TaskResult } from './browser-tasks';
import type { Formatter, localTime, warm } from './format';
import type { Answer, send, stream } from './network';

/** Texts by their index; a plural is an object. */
export type Catalogue = readonly unknown[];

/** Content that the widget shows: none, a text beside the skeleton, or content in place of the skeleton. */
export type State = 'loading' | 'slow' | 'shown';

/** Options that the page has set for one element. */
export interface Options {
  /** Address of the backend: absolute, without a trailing slash. */
  readonly api: string;
  /** Public id of the order; null if the shopper looks the order up. */
  readonly order: string | null;
  readonly token: string | null;
  /** BCP 47 tag for Intl, in the language of the catalogue. */
  readonly lang: string;
  readonly theme: string | null;
  /** Level of the widget's first heading, 1 to 6. */
  readonly headingLevel: number;
  /** True if the backend can send the first page with the order. */
  readonly firstPage: boolean;
}

export interface MountConfig extends Options {
  /** Returns the local time of an instant in an IANA zone, both in milliseconds since 1970; NaN if the browser does not know the zone. */
  readonly localTime: typeof localTime;
  /** Returns the text of an encoded message in the language of the page. The function in an update knows the texts of the second chunk, if it is loaded. */
  format(message: string): string;
  /**
   * True if the second chunk is loaded, with its code, texts and styles; false if it could not be loaded. Present in updates after `requests` was called,
   * and at the start if the chunk was loaded for the cards of the first page.
   */
  readonly requestsLoaded?: boolean | undefined;
  /** Performs the work of the dialogs. Present if the second chunk is loaded. */
  readonly tasks?: BrowserTasks | undefined;
  /**
   * Promise of the response to the HTTP request for the order that was sent before the WebAssembly was loaded. Only for the first load with exactly
   * these options.
   */
  readonly answer?: Promise<Answer> | undefined;
  /** The response, if it came with a first page. */
  readonly response?: Answer | undefined;
  /** Element of the first page, which the widget takes over. If it is present, `answer` is the response and not a promise. */
  readonly painted?: HTMLElement | undefined;
  /** Sends an HTTP request and reads the response. */
  readonly send: typeof send;
  /** Reads an event stream. */
  readonly stream: typeof stream;
  /** Returns true if the page is visible. */
  visible(): boolean;
  /** Dispatches `doorstep-<name>` on the element; returns false if a listener prevented the default. */
  emit(name: string, detail: object): boolean;
  /** Requests the second chunk: its code, texts and styles. The result comes as an update; after a failure the chunk may be requested again. */
  requests(): void;
  /** Shows or removes the skeleton. */
  state(state: State): void;
}

export interface Handle {
  /**
   * Does the next part of the start, which is divided so that no task of the page is long. Returns false if the view is not drawn yet, true if it is
   * drawn, and undefined once the widget runs.
   */
  step(): boolean | undefined;
  update(config: Partial<MountConfig>): void;
  refresh(): void;
  /** Reports the progress or the result of a task. */
  taskResult(photo: number, result: TaskResult): void;
  unmount(): void;
  free(): void;
}

export interface Glue {
  /** Formatter of the messages of the widget. It comes with the glue, because the first page needs none. */
  readonly Formatter: typeof Formatter;
  readonly localTime: typeof localTime;
  readonly warm: typeof warm;
  default(from: { module_or_path: WebAssembly.Module }): Promise<unknown>;
  mount(root: HTMLElement, config: MountConfig): Handle;
  /** Loads the second chunk into the instance that is running now. Missing if the chunk is part of the first one. */
  enter?(chunk: WebAssembly.Module): Promise<void>;
  /** Sets the function that is called when an exception leaves the WebAssembly. Missing in daily work. */
  onTrap?(listener: () => void): void;
  /** Creates a fresh instance without a new download. */
  __wbg_reset_state?(): void;
}

/** Code of an error after which the loader shows the fallback instead of the widget. */
export type Code = 'wasm-unsupported' | 'wasm-blocked' | 'load-failed' | 'panic' | 'bad-options';
