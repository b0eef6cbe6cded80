// Reads server-sent events (HTML Living Standard, section 9.2.6). Part of the glue, because the first page needs no stream.

import type { ask, Pairs } from './network';

/** Maximum size of one event in characters. A longer event is dropped, because it cannot be an order document. */
const MOST = 8_000_000;

/** Ids and documents of the events of one part of a stream, alternating. An id that the server did not send is undefined. */
export type Documents = readonly unknown[];

/** Arguments of `stream` as the widget passes them. */
export type Streamed = [url: string, headers: Pairs, signal: AbortSignal, hear: (documents: Documents) => void];

/** Returns a function that reads the next part of a stream, cut anywhere, and returns the documents of the events `order` that it completes. */
export function parser(): (text: string) => Documents {
  let rest = '';
  let afterReturn = false;
  let name = '';
  let data: string[] = [];
  let size = 0;
  let id: string | undefined;
  return (text) => {
    const documents: unknown[] = [];
    // A line feed after a carriage return that ended the part before belongs to it.
    const lines = (afterReturn && text[0] === '\n' ? text.slice(1) : text).split(/\r\n|\n|\r/);
    if (text) afterReturn = text.endsWith('\r');
    lines[0] = rest + lines[0];
    rest = lines.pop() ?? '';
    if (size + rest.length > MOST) {
      // The rest of the line is read as a comment, and its event is dropped.
      rest = ':';
      size = MOST;
    }
    for (const line of lines) {
      const [, field, value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
      if (field === 'event') name = value;
      if (field === 'id' && !value.includes('\0')) id = value;
      if (field === 'data' && (size += value.length + 1) < MOST) data.push(value);
      if (line) continue;
      if (name === 'order' && size && size < MOST) {
        try {
          documents.push(id, JSON.parse(data.join('\n')));
        } catch {
          // A text that is not JSON is no document.
        }
      }
      name = '';
      data = [];
      size = 0;
    }
    return documents;
  };
}

/** A stream that several widgets of the page share. */
interface Shared {
  readonly listeners: Set<(documents: Documents) => void>;
  readonly end: AbortController;
  /** The document that was delivered last, with its id. */
  newest: Documents | undefined;
  readonly done: Promise<void>;
}

/** Streams by token and address. */
const open = new Map<string, Shared>();

/** Passes on the documents of an event stream as they arrive, until it ends. */
async function read(url: string, headers: Pairs, signal: AbortSignal, hear: (documents: Documents) => void, via: typeof ask): Promise<void> {
  try {
    const { ok, headers: answered, body } = await via(url, { headers, signal });
    if (!ok || !body || !answered.get('Content-Type')?.startsWith('text/event-stream')) return;
    const decoder = new TextDecoder();
    const next = parser();
    const reader = body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      hear(next(decoder.decode(value, { stream: true })));
    }
  } catch {
    // The widget handles a stream that is cut off and one that was aborted in the same way: as the end of the stream.
  }
}

/**
 * Subscribes to an event stream until the signal is aborted. The promise is fulfilled when the stream ends. Widgets that show the same order with the
 * same token share one stream. A late subscriber gets the newest document at once; the core ignores a document that it already has.
 *
 * @param via Function for HTTP requests.
 * @param isOwn True if the data comes from the source of the page, which is that of one element.
 */
export function stream(...[url, headers, signal, hear, via, isOwn]: [...Streamed, via: typeof ask, isOwn: boolean]): Promise<void> {
  if (isOwn) return read(url, headers, signal, hear, via);
  const key = `${headers.find(([name]) => name === 'Authorization')?.[1]} ${url}`;
  const shared = open.get(key) ?? start(key, url, headers, via);
  const { end, listeners, newest } = shared;
  if (newest) queueMicrotask(() => signal.aborted || hear(newest));
  listeners.add(hear);
  signal.addEventListener('abort', () => {
    listeners.delete(hear);
    if (listeners.size) return;
    forget(key, shared);
    end.abort();
  });
  return shared.done;
}

/** Opens a stream that widgets can share. */
function start(key: string, url: string, headers: Pairs, via: typeof ask): Shared {
  const end = new AbortController();
  const listeners: Shared['listeners'] = new Set();
  const deliver = (documents: Documents) => {
    if (documents.length) shared.newest = documents.slice(-2);
    for (const listener of [...listeners]) listener(documents);
  };
  const done = read(url, headers, end.signal, deliver, via).finally(() => forget(key, shared));
  const shared: Shared = { listeners, end, newest: undefined, done };
  open.set(key, shared);
  return shared;
}

/** Takes a stream out of the open ones. Another one may have taken its place. */
function forget(key: string, shared: Shared): void {
  if (open.get(key) === shared) open.delete(key);
}

/** Ends all streams that widgets share. */
export function endStreams(): void {
  for (const { end } of open.values()) end.abort();
  open.clear();
}
