// Measures the time from the arrival of an update in the page to the frame that shows it, for orders of different sizes.

import { type Page, test } from '@playwright/test';
import type { Backend } from '../support/backend';
import { admin, openStreams } from '../support/orders';
import type { Own } from '../support/parcels';
import { emulate, PHONE, type Profile, UNTHROTTLED } from './measure';
import { ago, orderOf, SPAN } from './orders';
import { html, type Parties, parties, preconnect, tag } from './pages';
import { number, percentile, ratio, report, RUNS } from './report';

const PARCELS = [1, 5, 20];
/** Tracking events of each parcel before the first update. */
const EVENTS = 50;
const UPDATES = Math.max(2, Math.min(40, RUNS * 6));

/** Number of updates that were reported. */
let reported = 0;

/** Reports a tracking event of a parcel, which is newer than all others. */
function happens(backend: Backend, id: string, parcel: number): Promise<unknown> {
  reported += 1;
  return admin(backend, `/${id}/events`, {
    shipment_id: `s${parcel}`,
    // Scans within two minutes may count as one.
    at: { local: ago(SPAN - 3 * reported).slice(0, 19), offset_min: 0 },
    stage: 'in_transit',
    text: `Scan ${reported} on the way`,
    source: 'carrier',
  });
}

interface Update {
  /** Times in milliseconds of the first chunk of the stream since the last reset, and of the frame after the last change; null before. */
  arrived: number | null;
  painted: number | null;
  bytes: number;
  /** True if the widget has dispatched `doorstep-change`. */
  changed: boolean;
}

/** Runs in the page before any other script: notes each chunk of a stream and each frame that follows a change of the widget. */
function observeUpdates(): void {
  const update: Update = { arrived: null, painted: null, bytes: 0, changed: false };
  Object.assign(window, { update });
  const { read } = ReadableStreamDefaultReader.prototype;
  ReadableStreamDefaultReader.prototype.read = function (this: ReadableStreamDefaultReader<Uint8Array>) {
    const chunk = Reflect.apply(read, this, []) as Promise<ReadableStreamReadResult<Uint8Array>>;
    // This reaction comes before that of the widget.
    void chunk.then(({ value }) => {
      update.arrived ??= performance.now();
      update.bytes += value?.length ?? 0;
    });
    return chunk;
  };
  const frame = new MessageChannel();
  // The message arrives after the frame has been drawn.
  frame.port1.onmessage = () => (update.painted = performance.now());
  const drawn = () => requestAnimationFrame(() => frame.port2.postMessage(null));
  addEventListener('doorstep-change', () => {
    update.changed = true;
    drawn();
  });
  addEventListener('doorstep-ready', ({ target }) => {
    const root = (target as Element).shadowRoot;
    if (root) new MutationObserver(drawn).observe(root, { subtree: true, childList: true, characterData: true, attributes: true });
  });
}

/** Sends one update and returns the milliseconds from its arrival to the frame that shows it, with the bytes of the stream. */
async function measured(page: Page, send: () => Promise<unknown>): Promise<{ took: number; bytes: number }> {
  const empty: Update = { arrived: null, painted: null, bytes: 0, changed: false };
  await page.evaluate((empty) => Object.assign((window as unknown as { update: Update }).update, empty), empty);
  await send();
  const update = await page.waitForFunction(
    () => {
      const { update } = window as unknown as { update: Update };
      return update.changed && update.arrived !== null && update.painted !== null && update;
    },
    undefined,
    { polling: 50 },
  );
  const { arrived, painted, bytes } = (await update.jsonValue()) as Update;
  return { took: (painted ?? 0) - (arrived ?? 0), bytes };
}

interface Row {
  readonly profile: string;
  readonly parcels: number;
  readonly bytes: number | null;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly updates: readonly number[];
}

async function updates(page: Page, all: Parties, order: Own, parcels: number, profile: Profile): Promise<Row> {
  await page.addInitScript(observeUpdates);
  const session = await page.context().newCDPSession(page);
  // The updates are measured from their arrival, so the network is left as it is.
  await emulate(session, { ...profile, network: null });
  await page.goto(all.host.add({ html: html(tag(all, order, 'recommended'), preconnect(all)) }));
  await page.locator('doorstep-tracker .event').first().waitFor();
  while (!(await openStreams(all.api))) await page.waitForTimeout(50);
  // The first update also draws what the page has not needed until then.
  await measured(page, () => happens(all.api, order.id, 1));
  const seen: { took: number; bytes: number }[] = [];
  for (let update = 0; update < UPDATES; update++) {
    seen.push(await measured(page, () => happens(all.api, order.id, 1 + (update % parcels))));
  }
  const times = seen.map(({ took }) => took);
  const bytes = percentile(seen.map((update) => update.bytes), 0.5);
  return { profile: profile.name, parcels, bytes, p50: percentile(times, 0.5), p95: percentile(times, 0.95), updates: times };
}

test('update', async ({ browser }) => {
  const all = await parties();
  try {
    const rows: Row[] = [];
    const orders = new Map<number, Own>();
    for (const parcels of PARCELS) orders.set(parcels, await orderOf(all.api, parcels, EVENTS));
    for (const profile of [PHONE, UNTHROTTLED]) {
      for (const [parcels, order] of orders) {
        const page = await browser.newPage({ viewport: profile.viewport });
        rows.push(await updates(page, all, order, parcels, profile));
        await page.close();
        while (await openStreams(all.api)) await new Promise((done) => setTimeout(done, 50));
      }
    }
    const cells = rows.map((one) => {
      const least = rows.find((other) => other.profile === one.profile)?.p50;
      const events = one.parcels * EVENTS;
      return [one.profile, String(one.parcels), String(events), number(one.bytes), number(one.p50, 1), ratio(one.p50, least), number(one.p95, 1), ratio(one.p95, least)];
    });
    const title = `${UPDATES} updates for each order, times in ms from the arrival of an update in the page to the end of the frame that shows it; × is the ratio to the p50 of one parcel.`;
    await report('update', title, ['processor of', 'parcels', 'events', 'bytes', 'p50', '', 'p95', ''], cells, { rows });
  } finally {
    await all.stop();
  }
});
