// What belongs to this loader: the names of its release's files, written in by the build. Names contain their content's hash, so a loader
// from a cache can only ever fetch its own release.

/** Written in by `cargo xtask embed-dir`. */
declare const RELEASE: Release;

/** WebAssembly with its subresource integrity. */
export interface Binary {
  readonly name: string;
  readonly integrity: string;
}

export interface Release {
  readonly version: string;
  /** From the loader's own address to the directory of the other files. */
  readonly base: string;
  readonly glue: string;
  readonly wasm: Binary;
  readonly css: string;
  /** File name by language tag. */
  readonly catalogues: Readonly<Record<string, string>>;
  /** The second chunk: fetched when an order needs it. */
  readonly requests: Readonly<{ wasm: Binary; css: string; errands: string; catalogues: Readonly<Record<string, string>> }>;
  /** Where in a catalogue the texts stand that the loader shows itself. */
  readonly texts: Readonly<Record<'panic.message' | 'panic.retry', number>>;
}

export const release: Release = RELEASE;

/** The script that is running now; gone as soon as this task ends, so it is taken at once. */
export const script: HTMLScriptElement | null = document.currentScript instanceof HTMLScriptElement ? document.currentScript : null;

/** Addresses are relative to the loader, never to the page: the page belongs to somebody else. */
const own = script?.src || [...document.scripts].find((other) => /\/doorstep\.js(?:[?#]|$)/.test(other.src))?.src || document.baseURI;

export function address(name: string): string {
  return new URL(release.base + name, own).href;
}
