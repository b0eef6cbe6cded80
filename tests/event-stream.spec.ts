// The parser of event streams, which runs in the browser beside the widget. Here it runs without a page.

import { expect, test } from '@playwright/test';
import { type Documents, endStreams, parser, stream } from '../embed/event-stream';

const ORDER = 'event: order\n';

/** Returns the documents of a stream that arrives in one part. */
const read = (text: string) => parser()(text);

test.describe('An event stream', () => {
  for (const [name, text, documents] of [
    ['an event of another name is no document', 'event: hello\ndata: 1\n\ndata: 2\n\n', []],
    ['an id stays until the next one', `id: 1\n${ORDER}data: 1\n\n${ORDER}data: 2\n\n`, ['1', 1, '1', 2]],
    ['an id with a null character is not taken', `id: a\0b\n${ORDER}data: 1\n\n`, [undefined, 1]],
    ['lines of data are joined', `${ORDER}data: [1,\ndata:2]\n\n`, [undefined, [1, 2]]],
    ['all line ends are read', 'event: order\rid: 7\r\ndata: {}\r\r', ['7', {}]],
    ['comments and unknown fields are passed over', `: hello\n${ORDER}unknown: x\nretry: 5\ndata: 1\n\n`, [undefined, 1]],
    ['one space after the colon is left out', `${ORDER}data:  "a"\n\n`, [undefined, 'a']],
    ['an event without data is none', `${ORDER}\n${ORDER}data\n\n`, []],
    ['a text that is not JSON is passed over', `${ORDER}data: <html>\n\n${ORDER}data: 1\n\n`, [undefined, 1]],
    ['an event that is cut off is not complete', `${ORDER}data: 1\n`, []],
  ] as const) {
    test(name, () => {
      expect(read(text)).toEqual(documents);
    });
  }

  test('it does not matter where the stream is cut', () => {
    const text = `id: 3\r\n${ORDER}data: {"a":\r\ndata: "ä"}\r\n\r\n: hello\revent: order\rid: 4\rdata: 2\r\r`;
    const whole = read(text);
    expect(whole).toEqual(['3', { a: 'ä' }, '4', 2]);
    for (let first = 0; first <= text.length; first++) {
      for (let second = first; second <= text.length; second += 3) {
        const next = parser();
        const parts = [text.slice(0, first), text.slice(first, second), text.slice(second)];
        expect(parts.flatMap((part) => next(part))).toEqual(whole);
      }
    }
  });

  test('an endless event is dropped, and the next one is read', () => {
    for (const end of ['', '\n']) {
      const next = parser();
      next(`${ORDER}data: 1\ndata: `);
      for (let part = 0; part < 9; part++) expect(next(`${end && 'data: '}${'1'.repeat(1_000_000)}${end}`)).toEqual([]);
      expect(next(`\n\n${ORDER}data: 1\n\n`)).toEqual([undefined, 1]);
    }
  });
});

/** A backend whose streams the test controls. Returns a function that opens one, and those that are open. */
function streams() {
  const opened: ReadableStreamDefaultController<Uint8Array>[] = [];
  const via = (_url: string, { signal }: RequestInit) => {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        opened.push(controller);
        signal?.addEventListener('abort', () => controller.error(signal.reason));
      },
    });
    return Promise.resolve(new Response(body, { headers: { 'Content-Type': 'text/event-stream' } }));
  };
  const send = (nth: number, document: unknown) => opened[nth]?.enqueue(new TextEncoder().encode(`${ORDER}data: ${JSON.stringify(document)}\n\n`));
  const heard: unknown[][] = [];
  const subscribe = (token: string, isOwn = false) => {
    const ended = new AbortController();
    const own: unknown[] = [];
    heard.push(own);
    const hear = (documents: Documents) => void own.push(...documents.filter((_, at) => at % 2));
    const done = stream('https://api.example/stream', [['Authorization', token]], ended.signal, hear, via, isOwn);
    return { ended, done, own };
  };
  return { opened, send, subscribe };
}

test.describe('Streams of several widgets', () => {
  test('are one for each order and token, and a late subscriber gets the newest document', async () => {
    const { opened, send, subscribe } = streams();
    const [first, second, other] = [subscribe('a'), subscribe('a'), subscribe('b')];
    await expect.poll(() => opened.length).toBe(2);
    send(0, 1);
    await expect.poll(() => second.own).toEqual([1]);
    expect([first.own, other.own]).toEqual([[1], []]);
    const late = subscribe('a');
    await expect.poll(() => late.own).toEqual([1]);
    expect(opened.length).toBe(2);
    for (const { ended } of [first, second, late, other]) ended.abort();
    await Promise.all([first.done, other.done]);
  });

  test('go on as one after a reconnection, whichever comes first: the new subscription or the end of the old one', async () => {
    const { opened, subscribe } = streams();
    const before = subscribe('c');
    await expect.poll(() => opened.length).toBe(1);
    opened[0]?.close();
    await before.done;
    const after = subscribe('c');
    before.ended.abort();
    const third = subscribe('c');
    await expect.poll(() => opened.length).toBe(2);
    after.ended.abort();
    third.ended.abort();
    await third.done;
    expect(opened.length).toBe(2);
  });

  test('end with the last subscription, and with a panic', async () => {
    const { opened, subscribe } = streams();
    const one = subscribe('d');
    one.ended.abort();
    await one.done;
    const two = subscribe('d');
    endStreams();
    await two.done;
    subscribe('d').ended.abort();
    expect(opened.length).toBe(3);
  });

  test('are never shared if the data comes from the source of a page', () => {
    const { opened, subscribe } = streams();
    const all = [subscribe('e', true), subscribe('e', true)];
    expect(opened.length).toBe(2);
    for (const { ended } of all) ended.abort();
  });
});
