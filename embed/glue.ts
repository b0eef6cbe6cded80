// The border between this loader and the widget in Rust (src/lib.rs): the two sides change together.

import type { Errands, Told } from './errands';
import type { Answer, send, stream } from './network';

/** Texts by their place; a plural is an object. */
export type Catalogue = readonly unknown[];

/** What the widget has to show: nothing, a word beside the skeleton, or something instead of it. */
export type State = 'loading' | 'slow' | 'shown';

/** What the page decided about one element. */
export interface Options {
  /** Absolute, without a slash at the end. */
  readonly api: string;
  /** Null: the shopper looks the order up. */
  readonly order: string | null;
  readonly token: string | null;
  /** A BCP 47 tag, for Intl; its language is the catalogue's. */
  readonly lang: string;
  readonly theme: string | null;
  /** The level of the widget's first heading, 1 to 6. */
  readonly headingLevel: number;
}

export interface MountConfig extends Options {
  readonly catalogue: Catalogue;
  /** Only by an update, as the answer to `requests`: the texts of the second chunk, which is there; null when it could not be brought. */
  readonly requestCatalogue?: Catalogue | null | undefined;
  /** With `requestCatalogue`: does what dialogs lead to. */
  readonly errands?: Errands | undefined;
  /** The order, asked for before the WebAssembly was there. Only for the first load of exactly these options. */
  readonly answer?: Promise<Answer> | undefined;
  /** Sends a request and reads its answer. */
  readonly send: typeof send;
  /** Reads an event stream. */
  readonly stream: typeof stream;
  /** Whether the page is in front. */
  visible(): boolean;
  /** Dispatches `doorstep-<name>` on the element; false when a listener prevented the default. */
  emit(name: string, detail: object): boolean;
  /** Has the second chunk brought: its code, texts and styles. The answer is an update; after a failure it may be asked for again. */
  requests(): void;
  /** Skeleton on or off. */
  state(state: State): void;
  /** Called by the panic hook, while the panic is still on the stack. */
  panicked(): void;
}

export interface Handle {
  update(config: Partial<MountConfig>): void;
  refresh(): void;
  /** What became of an errand. */
  told(photo: number, told: Told): void;
  unmount(): void;
  free(): void;
}

export interface Glue {
  default(from: { module_or_path: WebAssembly.Module }): Promise<unknown>;
  mount(root: HTMLElement, config: MountConfig): Handle;
  /** Brings the second chunk into the instance that is running now. Not there where it is part of the first. */
  enter?(chunk: WebAssembly.Module): Promise<void>;
  /** A fresh instance without a new download. */
  __wbg_reset_state?(): void;
}

/** Why there is no widget. */
export type Code = 'wasm-unsupported' | 'wasm-blocked' | 'load-failed' | 'panic' | 'bad-options';
