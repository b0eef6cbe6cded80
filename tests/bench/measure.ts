// One measured load of a page: a fresh browser context, an emulated network and processor, and the times that the page records of itself.

import type { Browser, CDPSession, Page } from '@playwright/test';

export interface Profile {
  readonly name: string;
  /** Latency of each request in milliseconds, and throughput in bytes per second; null for the network as it is. */
  readonly network: { readonly latency: number; readonly throughput: number } | null;
  /** Factor by which the processor is slowed down. */
  readonly cpu: number;
  readonly viewport: { readonly width: number; readonly height: number };
}

export const PHONE: Profile = {
  name: 'phone: 150 ms, 1.6 Mbit/s, CPU 4 ×',
  network: { latency: 150, throughput: 200_000 },
  cpu: 4,
  viewport: { width: 390, height: 844 },
};

export const DESK: Profile = {
  name: 'desk: 40 ms, 10 Mbit/s, CPU 1 ×',
  network: { latency: 40, throughput: 1_250_000 },
  cpu: 1,
  viewport: { width: 1200, height: 900 },
};

export const UNTHROTTLED: Profile = { name: 'unthrottled', network: null, cpu: 1, viewport: { width: 1200, height: 900 } };

/** Measurements of one load. Times are in milliseconds since the start of the navigation; null if the event did not occur. */
export interface Load {
  readonly skeleton: number | null;
  readonly answer: number | null;
  /** First frame with the first row of the timeline. */
  readonly row: number | null;
  readonly action: number | null;
  readonly lcp: number | null;
  /** Largest contentful paint among the elements of the shop. */
  readonly lcpOfShop: number | null;
  readonly cls: number;
  /** Durations of tasks over 50 ms, longest first. */
  readonly longTasks: readonly number[];
  readonly requests: number;
  readonly bytes: number;
  /** Requests and bytes of the files that were complete when the first row of the timeline was on the page. */
  readonly requestsToRow: number;
  readonly bytesToRow: number;
}

interface Recorded {
  skeleton: number | null;
  row: number | null;
  action: number | null;
  lcp: number | null;
  lcpOfShop: number | null;
  cls: number;
  longTasks: number[];
}

/** Function of the page that reports that a time was recorded. The page is not polled, because each question takes time of its main thread. */
const REPORT = 'reportMeasured';

/** Runs in the page before any other script. Records each time once, and calls the function with the given name for the row and the action. */
function record(name: string): void {
  const recorded: Recorded = { skeleton: null, row: null, action: null, lcp: null, lcpOfShop: null, cls: 0, longTasks: [] };
  Object.assign(window, { recorded });
  const observe = (type: string, then: (entry: PerformanceEntry) => void) =>
    new PerformanceObserver((list) => list.getEntries().forEach(then)).observe({ type, buffered: true });
  observe('largest-contentful-paint', (entry) => {
    recorded.lcp = entry.startTime;
    // An entry does not reveal an element of a shadow root.
    if ((entry as unknown as { element: Element | null }).element) recorded.lcpOfShop = entry.startTime;
  });
  observe('layout-shift', (entry) => (recorded.cls += (entry as unknown as { value: number }).value));
  observe('longtask', (entry) => recorded.longTasks.push(Math.round(entry.duration)));
  const note = (time: 'row' | 'action', at: number) => {
    if (recorded[time] !== null) return;
    recorded[time] = at;
    (window as unknown as Record<string, (time: string) => void>)[name]?.(time);
  };
  addEventListener('doorstep-ready', () => note('action', performance.now()));
  // The page has no text but that of the order, so its first contentful paint is that of the order.
  observe('paint', ({ name, startTime }) => name === 'first-contentful-paint' && note('row', startTime));
  const look = () => {
    if (document.querySelector('doorstep-tracker')?.shadowRoot?.querySelector('.skeleton')) recorded.skeleton ??= performance.now();
    if (recorded.skeleton === null && recorded.row === null) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** Emulates the network and the processor of a profile. */
export async function emulate(session: CDPSession, profile: Profile): Promise<void> {
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: false });
  if (profile.network) {
    const { latency, throughput } = profile.network;
    await session.send('Network.emulateNetworkConditions', { offline: false, latency, downloadThroughput: throughput, uploadThroughput: throughput });
  }
  await session.send('Emulation.setCPUThrottlingRate', { rate: profile.cpu });
}

/** Resolves when the page has drawn what is due and its main thread is idle. */
export const idle = (page: Page): Promise<unknown> =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => requestIdleCallback(done, { timeout: 2_000 })))));

interface Download {
  /** Time of the end in milliseconds since the start of the first request. */
  readonly end: number;
  readonly bytes: number;
}

/** Records every download of a page. */
function downloads(session: CDPSession): Download[] {
  const finished: Download[] = [];
  let start: number | null = null;
  session.on('Network.requestWillBeSent', ({ timestamp }) => (start ??= timestamp));
  session.on('Network.loadingFinished', ({ timestamp, encodedDataLength }) =>
    finished.push({ end: (timestamp - (start ?? timestamp)) * 1_000, bytes: encodedDataLength }),
  );
  return finished;
}

/** Returns a promise that is resolved when the page has reported all of the given times. It is wrapped in an object, so that it is not awaited here. */
async function reported(session: CDPSession, times: readonly string[]): Promise<{ readonly all: Promise<void> }> {
  const missing = new Set(times);
  await session.send('Runtime.enable');
  await session.send('Runtime.addBinding', { name: REPORT });
  const all = new Promise<void>((done, fail) => {
    session.on('Runtime.bindingCalled', ({ name, payload }) => {
      if (name === REPORT && missing.delete(payload) && missing.size === 0) done();
    });
    setTimeout(() => fail(new Error(`the page has not reported: ${[...missing].join(', ')}`)), 60_000).unref();
  });
  // If the page cannot be opened, nobody waits for the times.
  all.catch(() => {});
  return { all };
}

const sum = (files: readonly Download[]): number => Math.round(files.reduce((bytes, file) => bytes + file.bytes, 0));

/** Loads a page once and waits until it stands: until the action is possible, or for a page without the widget, until the row is there. */
export async function load(browser: Browser, url: string, profile: Profile, hasWidget: boolean): Promise<Load> {
  const context = await browser.newContext({ viewport: profile.viewport });
  try {
    const page = await context.newPage();
    await page.addInitScript(record, REPORT);
    const session = await context.newCDPSession(page);
    await emulate(session, profile);
    const files = downloads(session);
    const stands = await reported(session, hasWidget ? ['row', 'action'] : ['row']);
    await page.goto(url, { waitUntil: 'commit' });
    await stands.all;
    // The stream of the order stays open, so the network never becomes idle.
    await page.waitForLoadState('load');
    await idle(page);
    const { answer, ...recorded } = await page.evaluate(() => {
      const order = performance.getEntriesByType('resource').find((entry) => /\/v1\/orders\/[^/]+(?:\/read)?$/.test(entry.name)) as PerformanceResourceTiming;
      return { ...(window as unknown as { recorded: Recorded }).recorded, answer: order ? order.responseEnd : null };
    });
    const beforeRow = files.filter((file) => file.end <= (recorded.row ?? Number.POSITIVE_INFINITY));
    return {
      ...recorded,
      answer,
      longTasks: recorded.longTasks.sort((a, b) => b - a),
      requests: files.length,
      bytes: sum(files),
      requestsToRow: beforeRow.length,
      bytesToRow: sum(beforeRow),
    };
  } finally {
    await context.close();
  }
}
