// All HTTP requests of the widget: without cookies, without the page's address, and with options that a page cannot extend.

import { nullProto } from './dom';
import { MAX_DOCUMENT_BYTES } from './json';

/** Names and values of headers. */
export type Pairs = [string, string][];

/** Response to an HTTP request, reduced to the parts that the widget uses. */
export interface Answer {
  readonly status: number;
  readonly etag: string | null;
  readonly retryAfter: string | null;
  readonly date: string | null;
  readonly text: string;
  /** The text as JSON without the first page, if the loader has parsed it. */
  readonly json?: object;
  /** The first page, if the response has one. */
  readonly firstPage?: unknown;
}

/** Arguments of `send` as the widget passes them. */
export type Sent = [url: string, method: string, headers: Pairs, body: BodyInit | undefined, signal: AbortSignal | undefined];

/** The browser's function at the time at which the loader runs, so that a wrapper that the page creates later does not see the token. */
const native = fetch;

/** Sends an HTTP request that is not cached, with the given options in addition. */
export function ask(url: string, options: RequestInit): Promise<Response> {
  return native(url, nullProto<RequestInit>({ mode: 'cors', credentials: 'omit', cache: 'no-store', referrerPolicy: 'no-referrer', ...options }));
}

/** Sends an HTTP request of the widget by `via` and reads the response. The text is empty if the response is too large. */
export async function send(url: string, method: string, headers: Pairs, body?: BodyInit, signal?: AbortSignal, via = ask): Promise<Answer> {
  const response = await via(url, { method, headers, ...(body && { body }), ...(signal && { signal }) });
  const header = (name: string) => response.headers.get(name);
  const text = Number(header('Content-Length')) > MAX_DOCUMENT_BYTES ? '' : await response.text();
  return nullProto({ status: response.status, etag: header('ETag'), retryAfter: header('Retry-After'), date: header('Date'), text });
}
