// Measures how time, nodes and memory grow with the events, the parcels and the elements of a page, and what 1,000 creations and removals leave behind.

import { type Browser, type CDPSession, type Page, test } from '@playwright/test';
import { order as sample } from '../support/fixtures';
import { type StandIn, standIn } from '../support/stand-in';
import { idle, UNTHROTTLED } from './measure';
import { orderOf } from './orders';
import { html, type Parties, parties, preconnect, tag } from './pages';
import { median, megabytes, number, ratio, report, RUNS } from './report';

/**
 * Tracking events of the one parcel, parcels of the one order, and elements of the page. In the last series the order comes from the reference
 * backend, with its first page. The first of each is the base of the ratios.
 */
const SERIES = { events: [1, 50, 500, 5_000], parcels: [1, 20, 100], elements: [1, 10, 30], 'parcels, recommended': [1, 20, 100] } as const;
/** Tracking events of each parcel in the series of parcels. */
const EVENTS_OF_PARCEL = 5;
const CYCLES = Math.min(1_000, RUNS * 150);
const HOUR = 3_600_000;
/** Time of the newest event of every made order. */
const NEWEST = Date.UTC(2026, 2, 4, 12);

type Kind = keyof typeof SERIES;

interface Case {
  readonly kind: Kind;
  readonly count: number;
}

function shipment(index: number, events: number): object {
  const [base] = sample('any').shipments;
  const scans = [...Array(events).keys()].map((event) => ({
    id: `e${event}`,
    at: { local: new Date(NEWEST - event * HOUR).toISOString().slice(0, 19), offset_min: 0, zone: 'explicit' },
    stage: 'in_transit',
    text: `Processed at depot ${event}`,
    source: 'carrier',
  }));
  return { ...base, id: `s${index}`, tracking_number: `JD01${index}`, lines: [{ line_id: `l${index}`, quantity: 1 }], events: scans };
}

/** Returns an order of any size, also beyond the limits of the reference backend. */
function made(id: string, { kind, count }: Case): object {
  const parcels = kind === 'parcels' ? count : 1;
  const numbers = [...Array(parcels).keys()].map((index) => index + 1);
  const events = kind === 'events' ? count : EVENTS_OF_PARCEL;
  const lines = numbers.map((number) => ({ id: `l${number}`, title: `Rain jacket ${number}`, quantity: 1 }));
  return { ...sample(id), lines, shipments: numbers.map((number) => shipment(number, events)) };
}

interface Recorded {
  /** Time at which the last element was ready, in milliseconds since the start of the navigation. */
  ready: number;
  count: number;
  longTasks: number[];
  memories: WebAssembly.Memory[];
}

/** Runs in the page before any other script. */
function recordGrowth(): void {
  const recorded: Recorded = { ready: 0, count: 0, longTasks: [], memories: [] };
  Object.assign(window, { recorded });
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => recorded.longTasks.push(Math.round(entry.duration)))).observe({
    type: 'longtask',
    buffered: true,
  });
  addEventListener('doorstep-ready', () => {
    recorded.ready = performance.now();
    recorded.count += 1;
  });
  const remember = ({ instance }: WebAssembly.WebAssemblyInstantiatedSource) => {
    const { memory } = instance.exports;
    if (memory instanceof WebAssembly.Memory) recorded.memories.push(memory);
  };
  const { instantiate, instantiateStreaming } = WebAssembly;
  WebAssembly.instantiateStreaming = async (source, imports) => {
    const result = await instantiateStreaming(source, imports);
    remember(result);
    return result;
  };
  WebAssembly.instantiate = (async (source: BufferSource | WebAssembly.Module, imports?: WebAssembly.Imports) => {
    const result = (await instantiate(source as BufferSource, imports)) as WebAssembly.WebAssemblyInstantiatedSource | WebAssembly.Instance;
    remember(result instanceof WebAssembly.Instance ? ({ instance: result } as WebAssembly.WebAssemblyInstantiatedSource) : result);
    return result;
  }) as typeof WebAssembly.instantiate;
}

interface Memory {
  readonly nodes: number;
  /** Bytes of the JavaScript heap in use after a garbage collection, and of the memory of the WebAssembly. */
  readonly heap: number;
  readonly wasm: number;
}

async function memoryOf(page: Page, session: CDPSession): Promise<Memory> {
  // The first collection frees what finalisers hold.
  for (let collection = 0; collection < 2; collection++) await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const of = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? 0;
  const wasm = await page.evaluate(() => {
    let bytes = 0;
    for (const { buffer } of new Set((window as unknown as { recorded: Recorded }).recorded.memories)) bytes += buffer.byteLength;
    return bytes;
  });
  return { nodes: of('Nodes'), heap: of('JSHeapUsedSize'), wasm };
}

const element = (api: string, number: number) => `<doorstep-tracker api="${api}" order="ord_${number}" token="t"></doorstep-tracker>`;

/** Returns a page with elements that show orders of the stand-in. */
const elementsPage = (all: Parties, api: StandIn, elements: number): string =>
  html(`${[...Array(elements).keys()].map((index) => element(api.origin, index)).join('')}
    <script async src="${all.files.origin}/embed/v1/doorstep.js"></script>`);

async function opened(browser: Browser, address: string, elements: number): Promise<{ page: Page; session: CDPSession }> {
  const page = await browser.newPage({ viewport: UNTHROTTLED.viewport });
  await page.addInitScript(recordGrowth);
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  await session.send('HeapProfiler.enable');
  await page.goto(address);
  await page.waitForFunction((wanted) => (window as unknown as { recorded: Recorded }).recorded.count === wanted, elements);
  await idle(page);
  return { page, session };
}

interface Sample extends Memory {
  readonly ready: number;
  readonly longest: number;
}

/** Returns the markup of the page of a case, whose orders are ready. */
async function pageOf(all: Parties, api: StandIn, one: Case): Promise<string> {
  if (one.kind === 'parcels, recommended') return html(tag(all, await orderOf(all.api, one.count, EVENTS_OF_PARCEL), 'recommended'), preconnect(all));
  return elementsPage(all, api, elementsOf(one));
}

const elementsOf = ({ kind, count }: Case): number => (kind === 'elements' ? count : 1);

async function loaded(browser: Browser, all: Parties, api: StandIn, one: Case & { html: string }): Promise<Sample> {
  const texts = new Map<string, string>();
  api.answer = ({ path }) => {
    if (!texts.has(path)) texts.set(path, JSON.stringify(made(path.split('/').at(-1) ?? '', one)));
    return { headers: { ETag: '"1"' }, body: texts.get(path) };
  };
  const { page, session } = await opened(browser, all.host.add({ html: one.html }), elementsOf(one));
  try {
    const { ready, longTasks } = await page.evaluate(() => {
      const { ready, longTasks } = (window as unknown as { recorded: Recorded }).recorded;
      return { ready, longTasks };
    });
    return { ready, longest: Math.max(0, ...longTasks), ...(await memoryOf(page, session)) };
  } finally {
    await page.close();
  }
}

/** Creates an element, waits until it shows its order, and removes it, one after another. */
function createAndRemove([api, cycles]: readonly [string, number]): Promise<void> {
  return (async () => {
    for (let cycle = 0; cycle < cycles; cycle++) {
      const tracker = document.createElement('doorstep-tracker');
      tracker.setAttribute('api', api);
      tracker.setAttribute('order', 'ord_1');
      tracker.setAttribute('token', 't');
      const ready = new Promise((done) => tracker.addEventListener('doorstep-ready', done, { once: true }));
      document.body.append(tracker);
      await ready;
      tracker.remove();
    }
    // A removed element ends in the task after its removal.
    await new Promise((done) => setTimeout(done));
  })();
}

/** Returns the memory after a few creations and removals, and after many. */
async function creations(browser: Browser, all: Parties, api: StandIn): Promise<readonly [Memory, Memory]> {
  const text = JSON.stringify(made('ord_1', { kind: 'events', count: 50 }));
  api.answer = () => ({ headers: { ETag: '"1"' }, body: text });
  const { page, session } = await opened(browser, all.host.add({ html: elementsPage(all, api, 1) }), 1);
  await page.evaluate(createAndRemove, [api.origin, 20] as const);
  const before = await memoryOf(page, session);
  await page.evaluate(createAndRemove, [api.origin, CYCLES] as const);
  const after = await memoryOf(page, session);
  await page.close();
  return [before, after];
}

const KEYS = ['ready', 'longest', 'nodes', 'heap', 'wasm'] as const;

function medians(samples: readonly Sample[]): Record<(typeof KEYS)[number], number | null> {
  const of = (key: (typeof KEYS)[number]) => median(samples.map((one) => one[key]));
  return { ready: of('ready'), longest: of('longest'), nodes: of('nodes'), heap: of('heap'), wasm: of('wasm') };
}

test('growth', async ({ browser }) => {
  const [all, api] = [await parties(), await standIn()];
  try {
    const cases: (Case & { html: string; samples: Sample[] })[] = [];
    for (const kind of Object.keys(SERIES) as Kind[]) {
      for (const count of SERIES[kind]) cases.push({ kind, count, html: await pageOf(all, api, { kind, count }), samples: [] });
    }
    for (let run = 0; run < RUNS; run++) {
      for (const one of cases) one.samples.push(await loaded(browser, all, api, one));
    }
    const rows = cases.map(({ kind, count, samples }) => ({ kind, count, ...medians(samples), samples }));
    const cells = rows.map((one) => {
      const base = rows.find((other) => other.kind === one.kind);
      const memory = [number(one.nodes), ratio(one.nodes, base?.nodes), megabytes(one.heap), megabytes(one.wasm)];
      return [`${one.count} ${one.kind}`, number(one.ready), ratio(one.ready, base?.ready), number(one.longest), ...memory];
    });
    const title = `Medians of ${RUNS} without throttling, times in ms, memory in MB after a garbage collection; × is the ratio to one.`;
    await report('growth', title, ['page', 'ready', '', 'longest task', 'nodes', '', 'JS heap', 'WebAssembly'], cells, { rows });
    const [before, after] = await creations(browser, all, api);
    const kept = ([name, { nodes, heap, wasm }]: readonly [string, Memory]) => [name, number(nodes), megabytes(heap), megabytes(wasm)];
    const lines = [kept([`before`, before]), kept([`after ${CYCLES}`, after])];
    await report('creations', 'Memory before and after creations and removals of an element, in MB.', ['', 'nodes', 'JS heap', 'WebAssembly'], lines, {
      cycles: CYCLES,
      before,
      after,
    });
  } finally {
    await Promise.all([all.stop(), api.stop()]);
  }
});
