// Every request that the widget makes: without cookies, without the page's address, and with options that a page cannot add to.

import { bare } from './dom';

/** Names and values of headers. */
export type Pairs = [string, string][];

/** An answer, as far as it matters to the widget. */
export interface Answer {
  readonly status: number;
  readonly etag: string | null;
  readonly retryAfter: string | null;
  readonly date: string | null;
  readonly text: string;
}

/** As it is when the loader comes: a wrapper that the page makes later does not see the token. */
const native = fetch;

/** Sends a request that is not kept, with these options in addition. */
export function ask(url: string, options: RequestInit): Promise<Response> {
  return native(url, bare<RequestInit>({ mode: 'cors', credentials: 'omit', cache: 'no-store', referrerPolicy: 'no-referrer', ...options }));
}

/** The most that is read of an answer whose length is known (bytes). */
const MOST = 8_000_000;

/** Sends a request of the widget and reads the answer. */
export async function send(url: string, method: string, headers: Pairs, body?: BodyInit, signal?: AbortSignal): Promise<Answer> {
  const response = await ask(url, { method, headers, ...(body && { body }), ...(signal && { signal }) });
  const header = (name: string) => response.headers.get(name);
  const text = Number(header('Content-Length')) > MOST ? '' : await response.text();
  return bare({ status: response.status, etag: header('ETag'), retryAfter: header('Retry-After'), date: header('Date'), text });
}

/** Hands over the bytes of an event stream as they come, until it ends or nobody wants them any more. */
export async function stream(url: string, headers: Pairs, signal: AbortSignal, hear: (bytes: Uint8Array) => boolean): Promise<void> {
  try {
    const { ok, headers: answered, body } = await ask(url, { headers, signal });
    if (!ok || !body || !answered.get('Content-Type')?.startsWith('text/event-stream')) return;
    const reader = body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done || !hear(value)) break;
    }
    await reader.cancel();
  } catch {
    // Cut off, or no longer wanted: for the widget both are the end of the stream.
  }
}
