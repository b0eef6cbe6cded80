// Fixtures of all browser tests: the parties of an embedding, and a page that records each violation of a policy and each error.

import { join } from 'node:path';
import { test as base, type Page } from '@playwright/test';
import { type Backend, startBackend } from './backend';
import { beHostile } from './hostile-page';
import { type Api, api, type Network, network, type Shop, shop } from './servers';
import { type StandIn, standIn } from './stand-in';

export { expect } from '@playwright/test';

/** Records that the page keeps for the test. */
export interface Notes {
  violations: string[];
  events: { type: string; detail: unknown }[];
  memories: WebAssembly.Memory[];
}

declare global {
  interface Window {
    notes: Notes;
    /** Members of the document that the widget has read although markup could have replaced them. */
    breaches?: string[];
  }
}

/** Options of a test run. */
export interface Surroundings {
  /** True if every page interferes with the widget. */
  hostile: boolean;
}

interface ForTest {
  shop: Shop;
  network: Network;
  api: Api;
  /** A backend whose responses the test sets. */
  standIn: StandIn;
}

interface ForWorker {
  /** The reference backend with its demo data, started by the first test of a worker that uses it. */
  backend: Backend;
}

export const test = base.extend<ForTest & Surroundings, ForWorker>({
  hostile: [false, { option: true }],
  shop: async ({}, use) => {
    const running = await shop();
    await use(running);
    await running.stop();
  },
  network: async ({}, use) => {
    const running = await network(join(import.meta.dirname, '../../dist'));
    await use(running);
    await running.stop();
  },
  api: async ({}, use) => {
    const running = await api(order);
    await use(running);
    await running.stop();
  },
  standIn: async ({}, use) => {
    const running = await standIn();
    await use(running);
    await running.stop();
  },
  page: async ({ page, hostile }, use) => {
    await page.addInitScript(keepNotes);
    if (hostile) await page.addInitScript(beHostile);
    await use(page);
    const breaches = page.isClosed() ? [] : await page.evaluate(() => window.breaches ?? []).catch(() => []);
    base.expect([...new Set(breaches)], 'what the widget has read of the document by its own name').toEqual([]);
  },
  backend: [
    async ({}, use) => {
      const backend = await startBackend();
      await use(backend);
      await backend.stop();
    },
    { scope: 'worker' },
  ],
});

/** Runs in the page before any other script. */
function keepNotes(): void {
  const notes: Notes = { violations: [], events: [], memories: [] };
  window.notes = notes;
  addEventListener('securitypolicyviolation', (event) => notes.violations.push(`${event.violatedDirective} ${event.blockedURI}`));
  for (const type of ['doorstep-ready', 'doorstep-change', 'doorstep-error']) {
    addEventListener(type, (event) => notes.events.push({ type, detail: (event as CustomEvent).detail }));
  }
  const { instantiate } = WebAssembly;
  if (!instantiate) return;
  const noted = async (module: WebAssembly.Module, imports?: WebAssembly.Imports) => {
    const instance = await instantiate(module, imports);
    const { memory } = instance.exports;
    // The second chunk uses the memory of the first.
    if (memory instanceof WebAssembly.Memory) notes.memories.push(memory);
    return instance;
  };
  WebAssembly.instantiate = noted as typeof instantiate;
}

/** Waits until the first widget of the page shows its order instead of the skeleton. */
export async function shown(page: Page, nth = 0): Promise<void> {
  await page.waitForFunction(
    (n) => document.querySelectorAll('doorstep-tracker')[n]?.shadowRoot?.querySelector('.root:not([hidden])'),
    nth,
  );
}

/** Waits for an event of the widget and returns its detail. */
export async function eventOf(page: Page, type: string): Promise<unknown> {
  const event = await page.waitForFunction((wanted) => window.notes.events.find((noted) => noted.type === wanted), type);
  return (await event.jsonValue())?.detail;
}

/** Returns an order with one parcel under way, as the API contract requires it. */
export function order(id: string) {
  return {
    id,
    number: '1042',
    placed_at: '2026-11-12T09:30:00Z',
    version: 1,
    as_of: '2026-11-20T11:59:03Z',
    time_zone: 'Europe/London',
    access: 'full',
    lines: [{ id: 'l1', title: 'Rain jacket', variant: 'M, blue', quantity: 1 }],
    unshipped: [],
    shipments: [
      {
        id: 's1',
        direction: 'outbound',
        carrier: { code: 'dhl', name: 'DHL' },
        tracking_number: 'JD0140000001',
        tracking_level: 'full',
        lines: [{ line_id: 'l1', quantity: 1 }],
        stage: 'in_transit',
        condition: { state: 'ok' },
        events: [
          {
            id: 'e1',
            at: { local: '2026-11-20T07:30:00', offset_min: 0, zone: 'explicit' },
            stage: 'in_transit',
            text: 'Processed at the depot',
            source: 'carrier',
          },
        ],
      },
    ],
    actions: [],
    cases: [],
    returns: [],
    refunds: [],
    support: [],
    stream: false,
    poll_after_s: 600,
  };
}
