// Fetches the files of the release, each once per page however many elements there are: glue and WebAssembly, stylesheet, catalogues.
// A file that could not be loaded is forgotten, so that "Try again" does try again.

import type { Catalogue, Code, Glue } from './glue';
import { address, release } from './release';

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

/** Compiles the empty module: a policy without 'wasm-unsafe-eval' refuses even that, before anything is downloaded. */
function ensureWebAssembly(): void {
  if (typeof WebAssembly !== 'object' || typeof WebAssembly.instantiate !== 'function') throw new Failed('wasm-unsupported');
  try {
    new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
  } catch (cause) {
    throw new Failed('wasm-blocked', { cause });
  }
}

/** The widget, ready to mount. */
export function loadGlue(): Promise<Glue> {
  return once('glue', async () => {
    ensureWebAssembly();
    // Both at once; the first response is waited for below, where its failure is handled.
    const early = get(release.wasm, release.integrity);
    early.catch(() => {});
    const glue = await persist<Glue>((attempt) => {
      // Some browsers remember a module that could not be fetched: a retry needs another address.
      const retry = attempt ? `?retry=${attempt}` : '';
      return import(address(release.glue) + retry) as Promise<Glue>;
    });
    await persist(async (attempt) => {
      const response = await (attempt ? get(release.wasm, release.integrity) : early);
      // Streaming insists on the right type; a shop's own server may not know it.
      const streams = response.headers.get('content-type')?.startsWith('application/wasm');
      await glue.default({ module_or_path: streams ? response : await response.arrayBuffer() });
    });
    return glue;
  });
}

/** One sheet, adopted by all elements: allowed by any style policy. */
export function loadSheet(): Promise<CSSStyleSheet> {
  return once('css', () =>
    persist(async () => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(await (await get(release.css)).text());
      return sheet;
    }),
  );
}

export function loadCatalogue(language: string): Promise<Catalogue> {
  const file = release.catalogues[language] ?? '';
  return once(file, () => persist(async () => (await (await get(file)).json()) as Catalogue));
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
