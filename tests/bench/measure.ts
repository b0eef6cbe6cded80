// One measured load of a page: a fresh browser context, an emulated network and processor, and the times that the page records of itself.

import type { Browser, CDPSession } from '@playwright/test';

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

export const UNTHROTTLED: Profile = { name: 'unthrottled', network: null, cpu: 1, viewport: { width: 1200, height: 900 } };

/** Measurements of one load. Times are in milliseconds since the start of the navigation; null if the event did not occur. */
export interface Load {
  readonly answer: number | null;
  readonly row: number | null;
  readonly action: number | null;
  readonly lcp: number | null;
  readonly cls: number;
  /** Durations of tasks over 50 ms, longest first. */
  readonly longTasks: readonly number[];
  readonly requests: number;
  readonly bytes: number;
}

interface Recorded {
  row: number | null;
  action: number | null;
  lcp: number | null;
  cls: number;
  longTasks: number[];
}

/** Runs in the page before any other script. Records each time once. */
function record(): void {
  const recorded: Recorded = { row: null, action: null, lcp: null, cls: 0, longTasks: [] };
  Object.assign(window, { recorded });
  const observe = (type: string, then: (entry: PerformanceEntry) => void) =>
    new PerformanceObserver((list) => list.getEntries().forEach(then)).observe({ type, buffered: true });
  observe('largest-contentful-paint', (entry) => (recorded.lcp = entry.startTime));
  observe('layout-shift', (entry) => (recorded.cls += (entry as unknown as { value: number }).value));
  observe('longtask', (entry) => recorded.longTasks.push(Math.round(entry.duration)));
  addEventListener('doorstep-ready', () => (recorded.action ??= performance.now()));
  const look = () => {
    const root = document.querySelector('doorstep-tracker')?.shadowRoot?.querySelector('.root:not([hidden])');
    const row = (root ?? document).querySelector('.event');
    if (row) recorded.row ??= performance.now();
    if (recorded.row === null || (document.querySelector('doorstep-tracker') && recorded.action === null)) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

async function emulate(session: CDPSession, profile: Profile): Promise<void> {
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: false });
  if (profile.network) {
    const { latency, throughput } = profile.network;
    await session.send('Network.emulateNetworkConditions', { offline: false, latency, downloadThroughput: throughput, uploadThroughput: throughput });
  }
  await session.send('Emulation.setCPUThrottlingRate', { rate: profile.cpu });
}

/** Loads a page once and waits until it stands: until the action is possible, or for a page without the widget, until the row is there. */
export async function load(browser: Browser, url: string, profile: Profile, hasWidget: boolean): Promise<Load> {
  const context = await browser.newContext({ viewport: profile.viewport });
  try {
    const page = await context.newPage();
    await page.addInitScript(record);
    const session = await context.newCDPSession(page);
    await emulate(session, profile);
    let bytes = 0;
    let requests = 0;
    session.on('Network.loadingFinished', (event) => {
      bytes += event.encodedDataLength;
      requests += 1;
    });
    await page.goto(url, { waitUntil: 'commit' });
    await page.waitForFunction((wanted) => (window as unknown as { recorded: Recorded }).recorded[wanted] !== null, (hasWidget ? 'action' : 'row') as 'action' | 'row', {
      timeout: 60_000,
    });
    // The stream of the order stays open, so the network never becomes idle.
    await page.waitForLoadState('load');
    const { answer, ...recorded } = await page.evaluate(() => {
      const order = performance.getEntriesByType('resource').find((entry) => /\/v1\/orders\/[^/]+(?:\/read)?$/.test(entry.name)) as PerformanceResourceTiming;
      return { ...(window as unknown as { recorded: Recorded }).recorded, answer: order ? order.responseEnd : null };
    });
    return { ...recorded, answer, longTasks: recorded.longTasks.sort((a, b) => b - a), requests, bytes: Math.round(bytes) };
  } finally {
    await context.close();
  }
}

/** Returns the median; null if there is no value. */
export function median(values: readonly (number | null)[]): number | null {
  const sorted = values.filter((value) => value !== null).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}
