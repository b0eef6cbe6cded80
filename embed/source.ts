// Data from the page instead of HTTP: turns the requests of the widget into calls of the page's source, and its results into responses. A method that
// the source lacks falls back to HTTP if the element has the address of a backend; otherwise the document loses what would need it. Also removes from a
// document what a page to read must not have. Part of the customisation, which is downloaded only if a page uses it.

import { nullProto } from './dom';
import type { Options } from './glue';
import { MAX_DOCUMENT_BYTES, parsedObject } from './json';
import type { ask, Pairs } from './network';
import type { DoorstepSource as Source } from './types';

type Json = Record<string, unknown>;
type Ask = typeof ask;

/** Method of a source by the end of the path of a request, below the order. The first group of an expression is the id in the path. */
const METHODS = [
  ['slots', /^\/shipments\/([^/]+)\/slots$/],
  ['pickupPoints', /^\/shipments\/([^/]+)\/pickup-points$/],
  ['label', /^\/returns\/([^/]+)\/label$/],
  ['acknowledgement', /^\/cases\/([^/]+)\/acknowledgement$/],
  ['reply', /^\/cases\/([^/]+)\/messages$/],
  ['rate', /^\/cases\/([^/]+)\/feedback$/],
  ['quote', /^\/returns\/quote$/],
  ['submit', /^\/requests$/],
  ['upload', /^\/evidence$/],
] as const;

/** Methods without which an action cannot work. Every action needs `submit`. */
const NEEDED: Readonly<Record<string, keyof Source>> = { reschedule: 'slots', redirect_to_pickup: 'pickupPoints', start_return: 'quote' };

/**
 * Returns a function for HTTP requests that asks the page's source first, and that removes the actions from documents if the page is only read.
 *
 * @param http The loader's function for HTTP requests.
 * @param options The options of the element. `source` or `mode` is set.
 */
export function adapted(http: Ask, { source, mode, hasApi }: Options): Ask {
  const has = (method: keyof Source) => typeof source?.[method] === 'function';
  const isThere = (method: keyof Source) => has(method) || hasApi;
  const edited = (document: unknown) => edit(document, mode === 'readonly' ? () => false : isThere, source ? has('subscribe') : false);
  let sent = 0;
  let before = '';

  /** Returns a document with a version. A source without versions gets one that grows with every change. */
  const versioned = (document: unknown) => {
    const order = edited(document);
    if (typeof order.version === 'number') return order;
    const now = stringified(order);
    if (now !== before) sent++;
    before = now;
    return { ...order, version: sent };
  };

  /** Reads the order from the source. */
  const load = async (order: string, signal: AbortSignal, known: string | undefined) => {
    const document = await source?.load(order, nullProto({ signal }));
    if (!document) return answer(404, { code: 'order-not-found' });
    const current = versioned(document);
    const tag = `"${String(current.version)}"`;
    return known === tag ? new Response(null, nullProto({ status: 304 })) : answer(200, current, { ETag: tag });
  };

  /** Returns a response whose body is a stream of events, one for each document of the source. */
  const subscribe = (order: string, signal: AbortSignal) => {
    const encoder = new TextEncoder();
    let beat: ReturnType<typeof setInterval> | undefined;
    const end = () => clearInterval(beat);
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        const write = (text: string) => controller.enqueue(encoder.encode(text));
        const next = (document: unknown) => {
          if (signal.aborted || !document) return;
          const current = versioned(document);
          write(`event: order\nid: ${String(current.version)}\ndata: ${stringified(current)}\n\n`);
        };
        // The widget takes a stream that is silent for long for dead. A comment is a sign of life.
        write(':\n\n');
        beat = setInterval(() => write(':\n\n'), BEAT_MS);
        const fail = (reason: unknown) => {
          end();
          controller.error(reason);
        };
        signal.addEventListener('abort', () => fail(signal.reason), nullProto({ once: true }));
        (async () => source?.subscribe?.(order, next, nullProto({ signal })))().catch(fail);
      },
      cancel: end,
    });
    return new Response(body, nullProto({ headers: { 'Content-Type': 'text/event-stream' } }));
  };

  /** Returns a response of the backend with an edited document. A response that is too large for one, or no document, is returned as it is. */
  const withoutActions = async (response: Response): Promise<Response> => {
    if (Number(response.headers.get('Content-Length')) > MAX_DOCUMENT_BYTES) return response;
    const text = await response.text();
    const headers = Object.fromEntries([...response.headers].filter(([name]) => name !== 'content-type' && name !== 'content-length'));
    const document = parsedObject(text);
    return document ? answer(200, edited(document), headers) : new Response(text, nullProto({ headers }));
  };

  const call = async (url: string, request: RequestInit): Promise<Response> => {
    const { headers, body, method } = request as { headers?: Pairs; body?: BodyInit; method?: string };
    const signal = request.signal ?? new AbortController().signal;
    const header = (name: string) => headers?.find(([known]) => known === name)?.[1];
    // The ids in a path are encoded, so that none of them contains this text.
    const path = url.slice(url.lastIndexOf('/v1/') + 3);
    if (path === '/lookup') {
      if (!has('lookUp') && hasApi) return http(url, request);
      const found = await source?.lookUp?.(json(body) as never, nullProto({ signal }));
      return found ? answer(200, found) : answer(404, { code: 'lookup-failed' });
    }
    const [, id = '', rest = ''] = /^\/orders\/([^/]+)(.*)$/.exec(path) ?? [];
    const order = decodeURIComponent(id);
    if (!rest && source) return load(order, signal, header('If-None-Match'));
    if (rest === '/stream' && has('subscribe')) return subscribe(order, signal);
    for (const [name, pattern] of METHODS) {
      const found = pattern.exec(rest);
      if (!found || !has(name)) continue;
      const context = nullProto({ signal, idempotencyKey: header('Idempotency-Key'), version: header('If-Match')?.replaceAll('"', '') });
      const first = found[1] === undefined ? [] : [decodeURIComponent(found[1])];
      const second = name === 'upload' ? [body] : method === 'POST' ? [json(body)] : [];
      const result = await (source?.[name] as (...rest: unknown[]) => Promise<unknown>)(order, ...first, ...second, context);
      if (result instanceof Blob) return new Response(result);
      const wrapped = name === 'slots' ? { slots: result } : name === 'pickupPoints' ? { points: result } : (result ?? {});
      return answer(method === 'POST' && name !== 'quote' ? 201 : 200, wrapped);
    }
    if (!hasApi) return answer(404, { code: 'not-found' });
    const response = await http(url, request);
    return rest || response.status !== 200 ? response : withoutActions(response);
  };

  return (url, request) =>
    call(url, request).catch((error: unknown) => {
      const problem = error as { status?: unknown } | null;
      // A problem of the contract is passed on. Everything else counts as no answer, after which the widget tries again.
      if (typeof problem?.status === 'number') return answer(problem.status, problem);
      throw error;
    });
}

/** Time in milliseconds between two signs of life of a stream. */
const BEAT_MS = 15_000;

/** Returns a document without the actions for which a method is missing. `isLive` states whether changes arrive without a request. */
function edit(document: unknown, has: (method: keyof Source) => boolean, isLive: boolean): Json {
  const order = { ...(document as Json) };
  const list = (value: unknown) => (Array.isArray(value) ? (value as Json[]) : []);
  const fits = ({ kind }: Json) => has('submit') && has(NEEDED[String(kind)] ?? 'submit');
  order.actions = list(order.actions).filter(fits).map((action) => (has('upload') ? action : withoutPhotos(action)));
  if (!has('upload')) order.limits = { ...(order.limits as Json | undefined), evidence_max_files: 0 };
  order.cases = list(order.cases).map((found) => ({
    ...found,
    ...(!has('reply') && { can_reply: false }),
    ...(!has('rate') && { feedback: undefined }),
    ...(!has('acknowledgement') && { acknowledged: false }),
  }));
  if (!isLive) order.stream = false;
  return order;
}

/** Returns an action that asks for no photos. */
function withoutPhotos(action: Json): Json {
  const needs = (value: unknown) => (Array.isArray(value) ? value.filter((need) => need !== 'photo') : value);
  const reasons = Array.isArray(action.reasons) ? action.reasons.map((reason: Json) => ({ ...reason, needs: needs(reason.needs) })) : action.reasons;
  return { ...action, needs: needs(action.needs), reasons };
}

/** Returns a value of JSON without prototypes, so that a `toJSON` that old libraries add to all arrays and objects is not called. */
function bare(value: unknown): unknown {
  if (Array.isArray(value)) return Object.setPrototypeOf(value.map(bare), null);
  if (!value || typeof value !== 'object') return value;
  return nullProto(Object.fromEntries(Object.entries(value).map(([name, member]) => [name, bare(member)])));
}

const stringified = (value: unknown): string => JSON.stringify(bare(value));

const json = (body: BodyInit | undefined): unknown => (typeof body === 'string' ? JSON.parse(body) : undefined);

function answer(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return new Response(stringified(body), nullProto({ status, headers: { ...headers, 'Content-Type': 'application/json' } }));
}
