// The release of this loader: the names and hashes of its files, inserted by the build, and their location. Names contain the hash of their content,
// so a loader from a cache can only fetch its own release.

import { find, read } from './dom';

/** Inserted by the build (`crates/xtask/src/embed.rs`). */
declare const RELEASE: Release;

/** Inserted by the build (`crates/xtask/src/package.rs`): the files as a bundler finds them. Only in the npm package. */
declare const PACKAGED: Packaged;

/** Inserted by the build: true in the npm package. */
declare const IS_PACKAGED: boolean;

/** Files of the npm package by their names. */
export interface Packaged {
  /** Addresses of WebAssembly and catalogues. */
  readonly addresses: Readonly<Record<string, string>>;
  readonly modules: Readonly<Record<string, () => Promise<unknown>>>;
  readonly stylesheets: Readonly<Record<string, () => Promise<{ readonly default: string }>>>;
}

/** Name of a file and, after a space, its subresource integrity. */
export type File = string;

export interface Release {
  readonly version: string;
  /** Path from the loader's own address to the directory of the other files. */
  readonly base: string;
  readonly glue: File;
  readonly wasm: File;
  readonly css: File;
  /** Files by language tag. */
  readonly catalogues: Readonly<Record<string, File>>;
  /** The second chunk, downloaded when an order needs it. */
  readonly requests: Readonly<{ wasm: File; css: File; tasks: File }>;
  /** Module for pages that replace texts, provide the data, or only show an order. */
  readonly customisation: File;
  /** Indexes in the catalogue of the texts that the loader itself shows. */
  readonly texts: Readonly<Record<'panic.message' | 'panic.retry' | 'panic.read-only', number>>;
}

export const release: Release = RELEASE;

/** The script tag that is running now. It is read at once, because the browser forgets it when this task has ended. Null in a module. */
const script = read<HTMLOrSVGScriptElement | null>(Document, 'currentScript', document);

/** Address from which this code was loaded, as the engine records it. Neither a `<base>` nor another element of the page changes it. */
const noted = /(https?:\S+?):\d+(?::\d+)?\)?$/m.exec(String(new Error().stack))?.[1];

const src = script instanceof HTMLScriptElement ? script.src : '';

/**
 * Address of this loader, relative to which the other files are found. Null if the address cannot be determined. The page's address is never
 * used instead, because the page is not part of the release.
 */
export const own: string | null = src ? (noted ?? src) : /\/doorstep\.js(?:\?|$)/.test(noted ?? '') ? (noted ?? null) : null;

/** Nonce that a content security policy gave this script. */
export const nonce = script?.nonce ?? '';

/** Script tags that load this script. */
export const tags: HTMLScriptElement[] = src
  ? [script as HTMLScriptElement]
  : find<HTMLScriptElement>('script[src]').filter((tag) => tag instanceof HTMLScriptElement && tag.src === own);

/** Returns the address of a file and its integrity. */
export function locate(file: File): [url: string, integrity: string] {
  const [name = '', integrity = ''] = file.split(' ');
  return [IS_PACKAGED ? (PACKAGED.addresses[name] ?? '') : new URL(release.base + name, own ?? '').href, integrity];
}

/** Returns the entry of a file in a table of the npm package. Throws if there is none. */
export function entry<T>(table: Readonly<Record<string, T>>, file: File): T {
  const found = table[file.split(' ')[0] ?? ''];
  if (!found) throw new Error(file);
  return found;
}
