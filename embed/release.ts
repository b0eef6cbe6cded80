// What belongs to this loader: the names and hashes of its release's files, written in by the build, and where they are. Names contain their
// content's hash, so a loader from a cache can only ever fetch its own release.

import { find, read } from './dom';

/** Written in by `cargo xtask embed-dir`. */
declare const RELEASE: Release;

/** A file's name and, behind a space, its subresource integrity. */
export type File = string;

export interface Release {
  readonly version: string;
  /** From the loader's own address to the directory of the other files. */
  readonly base: string;
  readonly glue: File;
  readonly wasm: File;
  readonly css: File;
  /** By language tag. */
  readonly catalogues: Readonly<Record<string, File>>;
  /** The second chunk: fetched when an order needs it. */
  readonly requests: Readonly<{ wasm: File; css: File; errands: File; catalogues: Readonly<Record<string, File>> }>;
  /** Where in a catalogue the texts stand that the loader shows itself. */
  readonly texts: Readonly<Record<'panic.message' | 'panic.retry', number>>;
}

export const release: Release = RELEASE;

/** The script that is running now; gone as soon as this task ends, so it is taken at once. Null in a module. */
const script = read<HTMLOrSVGScriptElement | null>(Document, 'currentScript', document);

/** The address that this code came from, as the engine notes it: neither a `<base>` nor another element of the page changes it. */
const noted = /(https?:\S+?):\d+(?::\d+)?\)?$/m.exec(String(new Error().stack))?.[1];

const src = script instanceof HTMLScriptElement ? script.src : '';

/** Where the other files are; null when that cannot be known. Never the page: it belongs to somebody else. */
export const own: string | null = src ? (noted ?? src) : /\/doorstep\.js(?:\?|$)/.test(noted ?? '') ? (noted ?? null) : null;

/** What a policy by nonce knows this script by. */
export const nonce = script?.nonce ?? '';

/** The tags that are this script. */
export const tags: HTMLScriptElement[] = src
  ? [script as HTMLScriptElement]
  : find<HTMLScriptElement>('script[src]').filter((tag) => tag instanceof HTMLScriptElement && tag.src === own);

/** Returns the address of a file and its integrity. */
export function locate(file: File): [url: string, integrity: string] {
  const [name = '', integrity = ''] = file.split(' ');
  return [new URL(release.base + name, own ?? '').href, integrity];
}
