// Interface between this loader and the widget in Rust (src/lib.rs). The two files must be changed together.

import type { BrowserTasks, TaskResult } from './browser-tasks';
import type { Streamed } from './event-stream';
import type { localTime, warm } from './format';
import type { Strings } from './language';
import type { Answer, send } from './network';
import type { copy, fieldOf, focus } from './page-effects';
import type { watchPage } from './page-state';
import type { mayMount, panicked } from './panic';
import type { RunningWidget } from './running-widget';
import type { DoorstepSource } from './types';

/** Texts by their index; a plural is an object. */
export type Catalogue = readonly unknown[];

/** Content that the widget shows: none, a text beside the skeleton, content in place of the skeleton, or an order that may have changed. */
export type State = 'loading' | 'slow' | 'shown' | 'stale';

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
  /** Places of the sections in their order, as digits. */
  readonly sections: string;
  /** Texts of the page, also as JSON; null if it has none. */
  readonly strings: Strings | string | null;
  /** Texts that the page has registered for the language. */
  readonly registered: Strings | undefined;
  /** Source of the page; null if the data comes from the backend. */
  readonly source: DoorstepSource | null;
  /** `readonly`: the order is shown without actions. */
  readonly mode: string | null;
  /** True if there is a backend for what the source cannot do. */
  readonly hasApi: boolean;
  /** Number of changes of the data that the page has set. */
  readonly edition: number;
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
  readonly copy: typeof copy;
  readonly fieldOf: typeof fieldOf;
  readonly focus: typeof focus;
  /** Sends an HTTP request and reads the response. */
  readonly send: typeof send;
  /** Reads an event stream. */
  stream(...request: Streamed): Promise<void>;
  readonly watchPage: typeof watchPage;
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
  /** Applies the options and the texts, and the second chunk if there is a report about it. */
  update(config: Options & Pick<MountConfig, 'format' | 'requestsLoaded' | 'tasks'>): void;
  refresh(): void;
  /** Reports the progress or the result of a task. */
  taskResult(photo: number, result: TaskResult): void;
  unmount(): void;
  free(): void;
}

export interface Glue {
  /** The running widget. It comes with the glue, because the first page needs none. */
  readonly RunningWidget: typeof RunningWidget;
  readonly mayMount: typeof mayMount;
  /** Files with the texts of the second chunk by language tag. Written by the build (`crates/xtask/src/embed.rs`). */
  readonly requestTexts: Readonly<Record<string, string>>;
  readonly panicked: typeof panicked;
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
