// Entry point of the package: defines <doorstep-tracker> in a browser, once per page. Importing it does nothing and is safe on a server.

import type { DoorstepTracker, DoorstepTrackerClass } from './types.js';

export type * from './types.js';

const TAG = 'doorstep-tracker';

/** Version of this package. The class of the element has its own as `version`. */
export const version: string = VERSION;

/** The class of the element as a release defines it. A release before this package may have no version. */
export interface DoorstepTrackerConstructor extends Omit<DoorstepTrackerClass, 'version'> {
  new (): DoorstepTracker;
  readonly prototype: DoorstepTracker;
  readonly version?: string;
}

export interface LoadOptions {
  /**
   * Address of a directory that serves the files of one release, such as `https://widgets.example/embed/0.1.0/`, relative to the page. Default: the
   * files of this package, which a bundler has to find through `import()` and `new URL(…, import.meta.url)`.
   */
  base?: string | URL | undefined;
}

let loading: Promise<DoorstepTrackerConstructor> | undefined;
let failures = 0;

/** Address of the loader's module, which could not be loaded; undefined if the browser did not name it. */
let failed: string | undefined;

/**
 * Defines the element and returns its class. Every later call returns the same promise, and its options are not used. Rejects on a server and if the
 * files cannot be loaded; the next call then tries again.
 */
export function load(options: LoadOptions = {}): Promise<DoorstepTrackerConstructor> {
  loading ??= start(options).catch((error: unknown) => {
    loading = undefined;
    failures += 1;
    throw error;
  });
  return loading;
}

/** Begins to define the element. Does nothing on a server and after an earlier call. Reports a failure to the console. */
export function define(options: LoadOptions = {}): void {
  if (typeof customElements === 'undefined' || loading) return;
  load(options).catch((error: unknown) => console.error('Doorstep:', error));
}

async function start({ base }: LoadOptions): Promise<DoorstepTrackerConstructor> {
  if (typeof customElements === 'undefined') throw new Error('Doorstep: there is no page to define <doorstep-tracker> in. Call load() in a browser.');
  if (!customElements.get(TAG)) await (base === undefined ? importLoader() : import(/* @vite-ignore */ /* webpackIgnore: true */ script(base)));
  const defined = customElements.get(TAG) as DoorstepTrackerConstructor | undefined;
  if (!defined) throw new Error(`Doorstep: ${base} has no release of <doorstep-tracker>.`);
  warnAboutOther(defined.version);
  return defined;
}

/**
 * Imports the loader of this package. Browsers can remember a module that did not load, so a retry has another address. Only the browser knows the
 * address that a bundler has given to the module: Chrome and Firefox name it in the error. Otherwise the retry has the old address.
 */
async function importLoader(): Promise<void> {
  try {
    await (failed ? import(/* @vite-ignore */ /* webpackIgnore: true */ retry(failed)) : import('./loader.js'));
  } catch (error) {
    failed ??= error instanceof TypeError ? /imported module:? (https?:\S+)$/.exec(error.message)?.[1] : undefined;
    throw error;
  }
}

/** Returns an address that the browser has not tried yet. */
function retry(address: string): string {
  const url = new URL(address);
  url.searchParams.set('retry', String(failures));
  return url.href;
}

/** Returns the address of the script in a directory. Browsers can remember a script that did not load, so a retry has another address. */
function script(base: string | URL): string {
  const directory = new URL(base, document.baseURI);
  if (!directory.pathname.endsWith('/')) directory.pathname += '/';
  return new URL(failures ? `doorstep.js?retry=${failures}` : 'doorstep.js', directory).href;
}

/** Warns if the element of the page is of another version. It is called once, because `load` runs once. */
function warnAboutOther(found: string | undefined): void {
  if (found === version) return;
  console.warn(
    `Doorstep: the page has <doorstep-tracker> ${found ?? 'of an unknown version'}, and the package doorstep-tracker is ${version}. ` +
      'The version that was defined first is used. Load only one: remove the other script tag or package, or update both to the same version.',
  );
}
