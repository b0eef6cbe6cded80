// Downloads the files of the release, each once per page regardless of the number of elements: glue and WebAssembly, stylesheet, catalogues. A file
// that could not be loaded is not remembered, so that "Try again" downloads it again.

import type { renewing } from './access';
import { create, nullProto } from './dom';
import type { BrowserTasks } from './browser-tasks';
import type { Catalogue, Code, Glue, Options } from './glue';
import { parsedObject } from './json';
import { match } from './language';
import { type Answer, ask, send } from './network';
import { entry, type File, locate, nonce, type Packaged, release } from './release';
import { named } from './sections';
import type { adapted } from './source';
import type { overridden } from './strings';
import { nextTask } from './task';

/** Inserted by the build, as in `release.ts`. */
declare const PACKAGED: Packaged;
declare const IS_PACKAGED: boolean;

/** Longest language of a first page, in characters: the length for which RFC 5646 asks to make room. */
const MAX_LANGUAGE = 35;

/** Number of attempts after the first one. */
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

/**
 * Waits 400 ms, doubled with each attempt, times a random factor of 0.5 to 1.5. The factor spreads the retries of a shop's visitors, which would
 * otherwise overload a recovering server.
 */
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

/** Downloads a file. Throws if the server refuses the request, or if the hash of the file is not the one of this release. */
async function get(url: string, integrity: string, options: RequestInit = {}): Promise<Response> {
  const response = await ask(url, { cache: 'default', integrity, ...options });
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response;
}

const file = <T>(name: File, read: (response: Response) => T | Promise<T>, options?: RequestInit): Promise<T> =>
  once(name, () => persist(async () => read(await get(...locate(name), options))));

/**
 * Downloads and compiles a WebAssembly file once per page, so that an instance that replaces a broken one needs no download. A page may preload the
 * file. Browsers use the preloaded file only for a request with the same credentials mode, which is `same-origin`. So this request has `same-origin`,
 * too.
 */
const loadBinary = (name: File, priority: RequestPriority = 'auto') =>
  file(
    name,
    async (response) =>
      // Streaming requires the correct content type, which a shop's own server may not send.
      response.headers.get('content-type')?.startsWith('application/wasm')
        ? WebAssembly.compileStreaming(response)
        : WebAssembly.compile(await response.arrayBuffer()),
    { credentials: 'same-origin', priority },
  );

/**
 * Throws if WebAssembly is missing or blocked, before anything is downloaded. It instantiates an empty module, which a policy without
 * 'wasm-unsafe-eval' refuses. WebKit compiles the module despite such a policy, but refuses to instantiate it.
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
 * Checks the hash of a module and loads it into the browser's module map, from where `import()` takes it. After a failure `import()` must not be
 * called, because it would load the module without a check.
 */
function preload(root: Node, href: string, integrity: string, priority: RequestPriority): Promise<unknown> {
  const link = create('link');
  // Safari ignores the hash of this link, and older browsers do not support the link. In these browsers the file is first downloaded with its
  // hash, and the import takes it from the HTTP cache.
  if (!link.relList?.supports('modulepreload') || navigator.vendor.startsWith('Apple')) {
    return get(href, integrity, { priority }).then((response) => response.text());
  }
  return new Promise((loaded, refused) => {
    link.onload = loaded;
    link.onerror = () => refused(new Error(href));
    Object.assign(link, { rel: 'modulepreload', crossOrigin: 'anonymous', referrerPolicy: 'no-referrer', nonce, integrity, fetchPriority: priority, href });
    root.appendChild(link);
  }).finally(() => link.remove());
}

/** Imports a module after the check of its hash; the link for the check is placed in the given shadow root. */
const loadModule = <T>(root: Node, name: File, priority: RequestPriority = 'auto') =>
  persist<T>(async (attempt) => {
    if (IS_PACKAGED) return entry(PACKAGED.modules, name)() as Promise<T>;
    const [url, integrity] = locate(name);
    // Some browsers remember a module that could not be downloaded, so a retry needs another address.
    const href = url + (attempt ? `?retry=${attempt}` : '');
    await preload(root, href, integrity, priority);
    return import(href) as Promise<T>;
  });

/**
 * Returns the glue with its WebAssembly instantiated, ready to mount widgets. If a first page is being painted, the WebAssembly is requested with a low
 * priority, and the glue after the painting, because each request takes time of a slow processor. While the WebAssembly is on its way, the formatters
 * of a language are created.
 */
export async function loadGlue(root: Node, painting: Promise<void> | null, lang: string): Promise<Glue> {
  ensureWebAssembly();
  const priority = painting ? 'low' : 'auto';
  const binary = loadBinary(release.wasm, priority);
  await Promise.race([binary, painting ?? nextTask()]);
  const glue = await loadModule<Glue>(root, release.glue, priority);
  void glue.warm(lang, binary);
  const module = await binary;
  return once('glue', async () => {
    await glue.default({ module_or_path: module });
    glue.onTrap?.(() => glue.panicked(glue));
    return glue;
  });
}

/** Returns a stylesheet that all elements adopt. Adopted stylesheets are allowed by every style policy. */
export function loadSheet(name: string = release.css): Promise<CSSStyleSheet> {
  if (IS_PACKAGED) return once(name, () => persist(async () => sheetOf((await entry(PACKAGED.stylesheets, name)()).default)));
  return file(name, async (response) => sheetOf(await response.text()));
}

function sheetOf(text: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return sheet;
}

/** Returns the catalogue of a language: for the first load, or for the second chunk if the files of the second chunk are given. */
export const loadCatalogue = (language: string, catalogues = release.catalogues): Promise<Catalogue> =>
  file(catalogues[language] ?? '', (response) => response.json() as Promise<Catalogue>);

interface BrowserTasksModule {
  readonly BrowserTasks: typeof BrowserTasks;
  readonly renewing: typeof renewing;
}

/** Returns the module with the browser tasks and the renewal of tokens. */
export const loadTasks = (root: Node): Promise<BrowserTasksModule> => loadModule(root, release.requests.tasks);

interface Customisation {
  readonly adapted: typeof adapted;
  readonly overridden: typeof overridden;
}

/** Returns the module for pages that replace texts, provide the data, or only show an order. */
export const loadCustomisation = (root: Node): Promise<Customisation> => loadModule(root, release.customisation);

/** Loads the second chunk into the instance that is running, or that is being loaded. Returns its stylesheet, and the class of its tasks. */
export async function loadRequests(root: Node, glue: Promise<Glue>): Promise<readonly [CSSStyleSheet, typeof BrowserTasks]> {
  const { wasm, css } = release.requests;
  const [sheet, module] = await Promise.all([
    loadSheet(css),
    loadTasks(root),
    // In a daily build the chunk is part of the first one.
    wasm && Promise.all([glue, loadBinary(wasm)]).then(([{ enter }, chunk]) => enter?.(chunk)),
  ]);
  return [sheet, module.BrowserTasks];
}

/**
 * Reads the order with its first page. It is a simple request, which a browser sends to another origin without a preflight: the token is in the body,
 * and no header is set. If the backend does not know this request, the order is requested without a first page.
 */
export function readOrder({ api, order, token, lang, headingLevel, sections }: Options, signal: AbortSignal, via: typeof ask): Promise<Answer> {
  const id = order ?? '';
  // A locale with extensions can be longer than backends accept.
  const language = lang.length > MAX_LANGUAGE ? match(lang).catalogue : lang;
  // Objects without a prototype have no `toJSON`, which old libraries add to all objects.
  const body = JSON.stringify(nullProto({ token: token ?? '', first_page: nullProto({ api, language, heading_level: headingLevel, sections: named(sections) || undefined }) }));
  const answered = send(`${api}/v1/orders/${encodeURIComponent(id)}/read`, 'POST', [], body, signal, via).then((answer) => {
    const document = parsedObject(answer.text);
    // A backend that does not know this request refuses it like an unknown path, method or body.
    const isKnown = answer.status === 200 || answer.status === 429 || answer.status >= 500 || (answer.status === 404 && document?.code !== 'not-found');
    if (!isKnown || !document) return isKnown ? answer : requestOrder(api, id, token, signal, via);
    // The widget does not read the first page.
    const { first_page: firstPage, ...json } = document;
    return nullProto({ ...answer, json, firstPage });
  });
  answered.catch(() => {});
  return answered;
}

/** Requests the order before the widget is loaded. The widget receives the promise and handles its failure. */
export function requestOrder(api: string, order: string, token: string | null, signal: AbortSignal, via: typeof ask): Promise<Answer> {
  const headers: [string, string][] = [['Accept', 'application/json']];
  if (token) headers.push(['Authorization', `Bearer ${token}`]);
  const answered = send(`${api}/v1/orders/${encodeURIComponent(order)}`, 'GET', headers, undefined, signal, via);
  answered.catch(() => {});
  return answered;
}
