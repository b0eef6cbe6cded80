// Measures a page of the shop without the widget and with it above, amid and below the text: what the widget costs the page while it boots.

import { type Browser, type CDPSession, type Page, test } from '@playwright/test';
import { demoOrder } from '../support/orders';
import { DESK, emulate, idle, type Load, load, PHONE, type Profile } from './measure';
import { html, PARAGRAPH, type Parties, parties, preconnect, RESERVED, tag } from './pages';
import { difference, median, number, report, RUNS } from './report';

/** Minimum number of taps on the button of the shop, and the pause between two of them in milliseconds. */
const [TAPS, PAUSE] = [20, 100];

/** A control of the shop at the top of the page, which changes its colour at each press. */
const BUTTON = `<header><h1>Your order</h1><button type="button" aria-pressed="false">Add to favourites</button></header>
  <style>[aria-pressed=true] { background: gold }</style>
  <script>document.querySelector('button').addEventListener('click', ({ currentTarget: button }) => {
    button.ariaPressed = String(button.ariaPressed !== 'true');
  })</script>`;

interface Variant {
  readonly name: string;
  readonly html: string;
  readonly hasWidget: boolean;
}

async function variants(all: Parties): Promise<Variant[]> {
  const order = await demoOrder(all.api, 'late');
  const text = `<div class="event">${PARAGRAPH}</div>`;
  const widget = `<div class="order-status">${tag(all, order, 'recommended')}</div>`;
  const withWidget = (name: string, body: string) => ({ name, html: html(BUTTON + body, preconnect(all) + RESERVED), hasWidget: true });
  return [
    { name: 'without', html: html(BUTTON + text + text), hasWidget: false },
    withWidget('widget above', widget + PARAGRAPH + PARAGRAPH),
    withWidget('widget amid', PARAGRAPH + widget + PARAGRAPH),
    withWidget('widget below', PARAGRAPH + PARAGRAPH + widget),
  ];
}

interface Taps {
  ready: boolean;
  /** Longest event of each interaction in milliseconds. The browser does not report events under 16 ms. */
  interactions: Record<number, number>;
}

/** Runs in the page before any other script. */
function recordTaps(): void {
  const taps: Taps = { ready: false, interactions: {} };
  Object.assign(window, { taps });
  addEventListener('doorstep-ready', () => (taps.ready = true));
  new PerformanceObserver((list) => {
    for (const { interactionId, duration } of list.getEntries() as (PerformanceEntry & { interactionId?: number })[]) {
      if (interactionId) taps.interactions[interactionId] = Math.max(taps.interactions[interactionId] ?? 0, duration);
    }
  }).observe({ type: 'event', durationThreshold: 16, buffered: true } as PerformanceObserverInit);
}

const readTaps = (page: Page): Promise<Taps> => page.evaluate(() => (window as unknown as { taps: Taps }).taps);

async function tap(session: CDPSession, { x, y }: { x: number; y: number }): Promise<void> {
  const at = { x, y, button: 'left', clickCount: 1 } as const;
  await session.send('Input.dispatchMouseEvent', { type: 'mousePressed', ...at });
  await session.send('Input.dispatchMouseEvent', { type: 'mouseReleased', ...at });
}

/** Loads a page and taps on the button of the shop until the widget runs. Returns the duration of the slowest interaction, 0 if all were under 16 ms. */
async function slowestTap(browser: Browser, url: string, profile: Profile, hasWidget: boolean): Promise<number> {
  const context = await browser.newContext({ viewport: profile.viewport });
  try {
    const page = await context.newPage();
    await page.addInitScript(recordTaps);
    const session = await context.newCDPSession(page);
    await emulate(session, profile);
    await page.goto(url, { waitUntil: 'commit' });
    const box = await page.locator('header button').boundingBox();
    if (!box) throw new Error('the page has no button');
    const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    for (let taps = 0; taps < TAPS || (hasWidget && !(await readTaps(page)).ready); taps++) {
      await tap(session, middle);
      await new Promise((done) => setTimeout(done, PAUSE));
    }
    await idle(page);
    return Math.max(0, ...Object.values((await readTaps(page)).interactions));
  } finally {
    await context.close();
  }
}

interface Row {
  readonly variant: string;
  readonly profile: string;
  readonly lcp: number | null;
  readonly lcpOfShop: number | null;
  readonly cls: number | null;
  readonly longest: number | null;
  readonly longTasks: number | null;
  readonly inp: number | null;
  readonly loads: readonly Load[];
  readonly taps: readonly number[];
}

function row(variant: string, profile: Profile, loads: readonly Load[], taps: readonly number[]): Row {
  const of = (value: (load: Load) => number | null) => median(loads.map(value));
  return {
    variant,
    profile: profile.name,
    lcp: of((load) => load.lcp),
    lcpOfShop: of((load) => load.lcpOfShop),
    cls: of((load) => load.cls),
    longest: of((load) => load.longTasks[0] ?? 0),
    longTasks: of((load) => load.longTasks.length),
    inp: median(taps),
    loads,
    taps,
  };
}

const HEAD = ['profile', 'page', 'LCP', '', 'LCP of the shop', '', 'CLS', 'longest task', 'tasks over 50 ms', 'INP', ''];

function cells(one: Row, rows: readonly Row[]): string[] {
  const without = rows.find((other) => other.profile === one.profile && other.variant === 'without');
  return [
    one.profile,
    one.variant,
    number(one.lcp),
    difference(one.lcp, without?.lcp),
    number(one.lcpOfShop),
    difference(one.lcpOfShop, without?.lcpOfShop),
    number(one.cls, 3),
    number(one.longest),
    number(one.longTasks),
    number(one.inp),
    difference(one.inp, without?.inp),
  ];
}

test('host', async ({ browser }) => {
  const all = await parties();
  try {
    const rows: Row[] = [];
    const measured = await variants(all);
    for (const profile of [PHONE, DESK]) {
      const results = measured.map((variant) => ({ ...variant, loads: [] as Load[], taps: [] as number[] }));
      for (let run = 0; run < RUNS; run++) {
        for (const { html, hasWidget, loads, taps } of results) {
          loads.push(await load(browser, all.host.add({ html }), profile, hasWidget));
          // A tap ends the measurement of the largest contentful paint, so the taps have loads of their own.
          taps.push(await slowestTap(browser, all.host.add({ html }), profile, hasWidget));
        }
      }
      for (const { name, loads, taps } of results) rows.push(row(name, profile, loads, taps));
    }
    const title = `Medians of ${RUNS}, times in ms; + is the difference to the page without the widget.`;
    await report('host', title, HEAD, rows.map((one) => cells(one, rows)), { rows });
  } finally {
    await all.stop();
  }
});
