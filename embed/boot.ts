// Fetches the files of the release, each once per page however many elements there are: glue and WebAssembly, stylesheet, catalogues.
// A file that could not be loaded is forgotten, so that "Try again" does try again.

import type { Errands } from './errands';
import type { Catalogue, Code, Glue } from './glue';
import { address, type Binary, release } from './release';

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

/** Options without a prototype: a page whose `Object.prototype` was polluted must not add headers to our requests. */
export function bare<T extends object>(options: T): T {
  return Object.assign(Object.create(null) as object, options) as T;
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

async function get(name: string, integrity = ''): Promise<Response> {
  const response = await fetch(address(name), bare<RequestInit>({ mode: 'cors', credentials: 'omit', referrerPolicy: 'no-referrer', integrity }));
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return response;
}

function file<T>(name: string, read: (response: Response) => T | Promise<T>, integrity?: string): Promise<T> {
  return once(name, () => persist(async () => read(await get(name, integrity))));
}

/** Compiled once per page: an instance that replaces a broken one needs no download. */
const loadBinary = ({ name, integrity }: Binary) =>
  file(
    name,
    async (response) =>
      // Streaming insists on the right type; a shop's own server may not know it.
      response.headers.get('content-type')?.startsWith('application/wasm')
        ? WebAssembly.compileStreaming(response)
        : WebAssembly.compile(await response.arrayBuffer()),
    integrity,
  );

/** Compiles the empty module: a policy without 'wasm-unsafe-eval' refuses even that, before anything is downloaded. */
function ensureWebAssembly(): void {
  if (typeof WebAssembly !== 'object' || typeof WebAssembly.instantiate !== 'function') throw new Failed('wasm-unsupported');
  try {
    new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
  } catch (cause) {
    throw new Failed('wasm-blocked', { cause });
  }
}

/** Some browsers remember a module that could not be fetched: a retry needs another address. */
const loadModule = <T>(name: string) =>
  persist<T>((attempt) => import(address(name) + (attempt ? `?retry=${attempt}` : '')) as Promise<T>);

/** The widget, ready to mount. */
export function loadGlue(): Promise<Glue> {
  return once('glue', async () => {
    ensureWebAssembly();
    // Both at once; a failure of the first is met below.
    const module = loadBinary(release.wasm);
    const glue = await loadModule<Glue>(release.glue);
    await glue.default({ module_or_path: await module });
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
export async function loadRequests(glue: Glue, language: string): Promise<readonly [CSSStyleSheet, Catalogue, typeof Errands]> {
  const { wasm, css, errands, catalogues } = release.requests;
  const [sheet, texts, module] = await Promise.all([
    loadSheet(css),
    loadCatalogue(language, catalogues),
    once(errands, () => loadModule<ErrandsModule>(errands)),
    glue.enter && loadBinary(wasm).then(glue.enter),
  ]);
  return [sheet, texts, module.Errands];
}

/** Asks for the order before the widget is there. The widget gets the promise, with its failure. */
export function requestOrder(api: string, order: string, token: string | null, signal: AbortSignal): Promise<Response> {
  const headers = bare<Record<string, string>>({ Accept: 'application/json' });
  if (token) headers['Authorization'] = `Bearer ${token}`;
  const response = fetch(
    `${api}/v1/orders/${encodeURIComponent(order)}`,
    bare<RequestInit>({ headers, signal, mode: 'cors', credentials: 'omit', cache: 'no-store', referrerPolicy: 'no-referrer' }),
  );
  response.catch(() => {});
  return response;
}
