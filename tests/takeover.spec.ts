// The takeover of the first page by the widget: no pixel changes, nothing moves, and screen readers hear nothing. Each demo order is tested in
// two opposite combinations of language, width and colour scheme, and with `DOORSTEP_EXHAUSTIVE=1` in all eight.

import type { Page, TestInfo } from '@playwright/test';
import { eventOf, expect, test } from './support/fixtures';
import { gate } from './support/gate';
import { type DemoOrder, demoOrders, scriptTag, spoken } from './support/orders';

/** Height of the viewport in pixels. The whole order is visible, so every shift counts. */
const HEIGHT = 4_000;

const COMBINATIONS = (['en', 'de'] as const).flatMap((lang) =>
  [360, 1200].flatMap((width) => (['light', 'dark'] as const).map((scheme) => ({ lang, width, scheme }))),
);

interface Seen {
  readonly before: Buffer;
  readonly after: Buffer;
  /** Sum of the layout shifts since the first page was painted. */
  readonly shifts: number;
  readonly spoken: string | null;
}

/** Starts to record layout shifts. They are read by `shifts`. */
function observeShifts(): void {
  const values: number[] = [];
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) values.push((entry as unknown as { value: number }).value);
  });
  observer.observe({ type: 'layout-shift' });
  Object.assign(window, { observer, values });
}

/** Returns the sum of the shifts until the second frame from now. */
async function sumOfShifts(): Promise<number> {
  const { observer, values } = window as unknown as { observer: PerformanceObserver; values: number[] };
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  await frame();
  await frame();
  for (const entry of observer.takeRecords()) values.push((entry as unknown as { value: number }).value);
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

/** Waits until the visible pictures of the first page are loaded and its animations have ended. */
const settled = (page: Page): Promise<unknown> =>
  page.waitForFunction(() => {
    const root = document.querySelector('doorstep-tracker')?.shadowRoot;
    return root && !root.getAnimations().length && [...root.querySelectorAll('img')].every((image) => image.complete || !image.checkVisibility());
  });

/** Paints the first page of an order, lets the widget take it over, and returns screenshots of both. */
async function takeOver(page: Page, address: string): Promise<Seen> {
  const engine = gate();
  await page.route(/\/doorstep-\w+\.wasm$/, async (route) => {
    await engine.opened;
    await route.continue();
  });
  // Some demo orders move. Without a stream the widget shows the same version of the order as the first page.
  await page.route('**/stream', () => {});
  await page.goto(address);
  const tracker = page.locator('doorstep-tracker');
  await tracker.locator('.order').waitFor();
  await settled(page);
  const before = await tracker.screenshot();
  await page.evaluate(observeShifts);
  engine.open();
  await eventOf(page, 'doorstep-ready');
  const after = await tracker.screenshot();
  const shifts = await page.evaluate(sumOfShifts);
  const words = await spoken(page).textContent();
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  return { before, after, shifts, spoken: words };
}

async function attach(info: TestInfo, order: DemoOrder, { before, after }: Seen): Promise<void> {
  await info.attach(`${order.id} before`, { body: before, contentType: 'image/png' });
  await info.attach(`${order.id} after`, { body: after, contentType: 'image/png' });
}

for (const [turn, { lang, width, scheme }] of COMBINATIONS.entries()) {
  test(`the takeover changes no pixel and moves nothing (${lang}, ${width} px, ${scheme})`, async ({ page, shop, backend }, info) => {
    const isExhaustive = Boolean(process.env['DOORSTEP_EXHAUSTIVE']);
    test.setTimeout(isExhaustive ? 900_000 : 180_000);
    await page.setViewportSize({ width, height: HEIGHT });
    await page.emulateMedia({ colorScheme: scheme });
    const all = await demoOrders(backend);
    const selected = all.filter((_, index) => isExhaustive || index % (COMBINATIONS.length / 2) === Math.min(turn, COMBINATIONS.length - 1 - turn));
    for (const order of selected) {
      const address = shop.add({ html: scriptTag(backend, { order: order.id, token: order.token, 'first-page': 'backend', lang }) });
      let seen = await takeOver(page, address);
      expect.soft(seen.spoken, order.id).toBe('');
      // Ages such as "1 min. ago" may change between the two screenshots, but not twice in a row.
      if (!seen.before.equals(seen.after)) seen = await takeOver(page, address);
      const same = seen.before.equals(seen.after);
      if (!same) await attach(info, order, seen);
      expect.soft(seen.shifts, order.id).toBe(0);
      expect.soft(same, `${order.id}: the screenshots before and after the takeover are equal`).toBe(true);
    }
  });
}
