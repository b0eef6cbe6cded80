// Fetches the files of the release, each once per page however many elements there are: glue and WebAssembly, stylesheet, catalogues.
// A file that could not be loaded is forgotten, so that "Try again" does try again.

import { create } from './dom';
import type { Errands } from './errands';
import type { Catalogue, Code, Glue } from './glue';
import { type Answer, ask, send } from './network';
import { type File, locate, nonce, release } from './release';

/** Tries after the first one. */
const RETRIES = 2;

export class Failed extends Error {
  constructor(
    readonly code: Code,
    options?: ErrorOptions,
  ) {
    super(code, options);
  }
}

const started = new Map<string, Promise<unknown>>();

function once<T>(name: string, load: () => Promise<T>): Promise<T> {
  let promise = started.get(name) as Promise<T> | undefined;
  if (!promise) {
    promise = load();
    started.set(name, promise);
    promise.catch(() => started.delete(name));
  }
  return promise;
}

/** A shop's visitors retry in different moments, or a recovering server would fall again. */
const pause = (attempt: number) => new Promise((done) => setTimeout(done, (0.5 + Math.random()) * 400 * 2 ** attempt));

async function persist<T>(load: (attempt: number) => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await load(attempt);
    } catch (cause) {
      if (cause instanceof Failed) throw cause;
      if (attempt >= RETRIES) throw new Failed('load-failed', { cause });
      await pause(attempt);
    }
  }
}

/** Fetches a file; the browser refuses it when it is not the one that belongs to this release. */
async function get(url: string, integrity: string, credentials: RequestCredentials = 'omit'): Promise<Response> {
  const response = await ask(url, { cache: 'default', credentials, integrity });
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response;
}

const file = <T>(name: File, read: (response: Response) => T | Promise<T>, credentials?: RequestCredentials): Promise<T> =>
  once(name, () => persist(async () => read(await get(...locate(name), credentials))));

/**
 * Compiled once per page: an instance that replaces a broken one needs no download. A page's preload cannot ask without the cookies of its own
 * origin, and browsers give it to a request with the same credentials only.
 */
const loadBinary = (name: File) =>
  file(
    name,
    async (response) =>
      // Streaming insists on the right type; a shop's own server may not know it.
      response.headers.get('content-type')?.startsWith('application/wasm')
        ? WebAssembly.compileStreaming(response)
        : WebAssembly.compile(await response.arrayBuffer()),
    'same-origin',
  );

/**
 * Instantiates the empty module: a policy without 'wasm-unsafe-eval' refuses even that, before anything is downloaded. WebKit compiles it all
 * the same and refuses its instance.
 */
function ensureWebAssembly(): void {
  if (typeof WebAssembly !== 'object' || typeof WebAssembly.instantiate !== 'function') throw new Failed('wasm-unsupported');
  try {
    new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)));
  } catch (cause) {
    throw new Failed('wasm-blocked', { cause });
  }
}

/**
 * Has the browser put a module into its module map if it is the one that belongs to this release, from where `import()` takes it. A failure
 * must not be followed by an `import()`, which would load the module without a check.
 */
function preload(root: Node, href: string, integrity: string): Promise<unknown> {
  const link = create('link');
  // Safari leaves the hash out here, and older browsers know no such link. There the file is fetched with its hash, and the import takes it
  // from the cache.
  if (!link.relList?.supports('modulepreload') || navigator.vendor.startsWith('Apple')) {
    return get(href, integrity).then((response) => response.text());
  }
  return new Promise((loaded, refused) => {
    link.onload = loaded;
    link.onerror = () => refused(new Error(href));
    Object.assign(link, { rel: 'modulepreload', crossOrigin: 'anonymous', referrerPolicy: 'no-referrer', nonce, integrity, href });
    root.appendChild(link);
  }).finally(() => link.remove());
}

/** Imports a module that was checked; the link for that stands in the shadow root of whoever needs it. */
const loadModule = <T>(root: Node, name: File) =>
  persist<T>(async (attempt) => {
    const [url, integrity] = locate(name);
    // Some browsers remember a module that could not be fetched: a retry needs another address.
    const href = url + (attempt ? `?retry=${attempt}` : '');
    await preload(root, href, integrity);
    return import(href) as Promise<T>;
  });

/** The widget, ready to mount. */
export async function loadGlue(root: Node): Promise<Glue> {
  ensureWebAssembly();
  // Both at once; a failure of the first is met below.
  const binary = loadBinary(release.wasm);
  const glue = await loadModule<Glue>(root, release.glue);
  const module = await binary;
  return once('glue', async () => {
    await glue.default({ module_or_path: module });
    return glue;
  });
}

/** One sheet, adopted by all elements: allowed by any style policy. */
export const loadSheet = (name: string = release.css): Promise<CSSStyleSheet> =>
  file(name, async (response) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(await response.text());
    return sheet;
  });

/** The texts of the first load, or those of the second chunk. */
export const loadCatalogue = (language: string, catalogues = release.catalogues): Promise<Catalogue> =>
  file(catalogues[language] ?? '', (response) => response.json() as Promise<Catalogue>);

interface ErrandsModule {
  readonly Errands: typeof Errands;
}

/** The second chunk, in the instance that is running now: its styles, its texts, and what runs its errands. */
export async function loadRequests(root: Node, glue: Glue, language: string): Promise<readonly [CSSStyleSheet, Catalogue, typeof Errands]> {
  const { wasm, css, errands, catalogues } = release.requests;
  const [sheet, texts, module] = await Promise.all([
    loadSheet(css),
    loadCatalogue(language, catalogues),
    loadModule<ErrandsModule>(root, errands),
    glue.enter && loadBinary(wasm).then(glue.enter),
  ]);
  return [sheet, texts, module.Errands];
}

/** Asks for the order before the widget is there. The widget gets the promise, with its failure. */
export function requestOrder(api: string, order: string, token: string | null, signal: AbortSignal): Promise<Answer> {
  const headers: [string, string][] = [['Accept', 'application/json']];
  if (token) headers.push(['Authorization', `Bearer ${token}`]);
  const answered = send(`${api}/v1/orders/${encodeURIComponent(order)}`, 'GET', headers, undefined, signal);
  answered.catch(() => {});
  return answered;
}
