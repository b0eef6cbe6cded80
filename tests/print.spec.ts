// Printing: everything is unfolded, controls are hidden, dates replace "today", and the code of a return is printed while its dialog is open.

import type { Page } from '@playwright/test';
import { expect, order as sample, shown, test } from './support/fixtures';
import { demoOrder, open } from './support/orders';

/** Elements that are not checked, among them the carriers' own texts, which stay unchanged. */
const OURS = '.visually-hidden, .spoken, .what';

/** Returns the printed text of the widget, including the text that the stylesheet substitutes. `not` selects the elements to leave out. */
function printed(page: Page, not = '.visually-hidden, .spoken'): Promise<string> {
  return page.evaluate((not) => {
    const lines: string[] = [];
    const shows = (element: Element) => element.checkVisibility({ contentVisibilityAuto: true }) && !element.closest(not);
    for (const element of document.querySelector('doorstep-tracker')?.shadowRoot?.querySelectorAll('.doorstep *') ?? []) {
      if (!shows(element)) continue;
      const before = getComputedStyle(element, '::before').content;
      if (before.startsWith('"') && before.length > 2) lines.push(before.slice(1, -1));
      const own = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.nodeValue);
      if (own.join('').trim()) lines.push(own.join(''));
    }
    return lines.join('\n');
  }, not);
}

test('what is relative is printed with its date, and no button is', async ({ page, shop, backend }) => {
  test.setTimeout(240_000);
  const year = String(new Date().getFullYear());
  for (const name of ['out_for_delivery', 'on_time', 'safe_place', 'pickup', 'stalled', 'split', 'case_resolved']) {
    const tracker = await open(page, shop, backend, await demoOrder(backend, name));
    if (name === 'case_resolved') await expect(tracker.locator('[part~=case]').first()).toBeVisible();
    const seen = await printed(page, OURS);
    expect(seen, name).toMatch(/\b(today|tomorrow|yesterday|ago|just now)\b/);
    await page.emulateMedia({ media: 'print' });
    const paper = await printed(page, OURS);
    expect(paper, name).not.toMatch(/\b(today|tomorrow|yesterday|ago|just now)\b/);
    expect(paper, name).toMatch(new RegExp(`checked \\w+,? \\d+ \\w+ (${year}|${Number(year) + 1}), \\d\\d:\\d\\d`));
    await expect(tracker.locator('button:visible'), name).toHaveCount(0);
    await page.emulateMedia({ media: 'screen' });
  }
});

test('folded parcels, earlier rows and how the date changed are printed', async ({ page, shop, network, standIn }) => {
  const made = sample('ord_1');
  const parcel = made.shipments[0] as Record<string, unknown>;
  const events = Array.from({ length: 70 }, (_, row) => ({
    id: `e${row}`, at: { local: `2026-11-${String(1 + (row % 20)).padStart(2, '0')}T07:30:00`, offset_min: 0, zone: 'explicit' }, stage: 'in_transit', text: `Scan number ${row}`, source: 'carrier',
  }));
  const day = (date: string) => ({ kind: 'day', from: date, to: date });
  Object.assign(made, { shipments: [
    { ...parcel, events, promise: { promised: day('2026-11-22'), expected: day('2026-11-24'), revisions: [{ at: '2026-11-19T08:00:00Z', from: day('2026-11-22'), to: day('2026-11-24'), reason: 'weather_delay' }] } },
    { ...parcel, id: 's2', stage: 'delivered', delivered: { to: 'neighbour', detail: 'No. 14' } },
  ] });
  standIn.answer = () => ({ body: made });
  await page.goto(shop.add({
    html: `<!doctype html><html lang="en"><title>Your order</title><doorstep-tracker api="${standIn.origin}" order="ord_1" token="t" lang="en-GB"></doorstep-tracker>
      <script src="${network.origin}/embed/v1/doorstep.js"></script>`,
  }));
  await shown(page);
  const hidden = ['No. 14', '22 November → Tuesday 24 November', 'Scan number 0'];
  const seen = await printed(page);
  for (const text of hidden) expect(seen).not.toContain(text);
  expect(seen.match(/Scan number/g)?.length).toBe(3);
  await page.emulateMedia({ media: 'print' });
  const paper = await printed(page);
  for (const text of hidden) expect(paper).toContain(text);
  expect(paper.match(/Scan number/g)?.length).toBe(events.length);
  // Style rules of the page for parts must not unfold the rows.
  await page.emulateMedia({ media: 'screen' });
  await expect(page.locator('doorstep-tracker [part~=event]')).toHaveCount(4);
});

test('an order of many parcels opens the first ones, draws the others when they are opened, and prints all of them', async ({ page, shop, network, standIn }) => {
  const made = sample('ord_1');
  const [parcel] = made.shipments;
  Object.assign(made, { shipments: [...Array(12).keys()].map((row) => ({ ...parcel, id: `s${row}`, tracking_number: `JD0${row}` })) });
  standIn.answer = () => ({ body: made });
  await page.goto(shop.add({
    html: `<!doctype html><html lang="en"><title>Your order</title><doorstep-tracker api="${standIn.origin}" order="ord_1" token="t" lang="en-GB"></doorstep-tracker>
      <script src="${network.origin}/embed/v1/doorstep.js"></script>`,
  }));
  await shown(page);
  const parcels = page.locator('doorstep-tracker .parcel');
  await expect(parcels).toHaveCount(12);
  await expect(page.locator('doorstep-tracker .parcel[open]')).toHaveCount(8);
  await expect(parcels.nth(10).locator('.body')).toHaveCount(0);
  await parcels.nth(10).locator('summary').first().press('Enter');
  await expect(parcels.nth(10).getByText('JD010')).toBeVisible();
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await page.emulateMedia({ media: 'print' });
  const paper = await printed(page);
  for (let row = 0; row < 12; row++) expect(paper).toContain(`JD0${row}`);
});

test('printed milestones are lines and dots that tell done from ahead, with all their names', async ({ page, shop, backend }) => {
  const tracker = await open(page, shop, backend, await demoOrder(backend, 'on_time'));
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  const stops = await tracker.locator('[part~=milestones] .stop').evaluateAll((stops) =>
    stops.map((stop) => {
      const dot = getComputedStyle(stop.querySelector('.dot') as Element);
      const line = getComputedStyle(stop, '::before');
      return {
        state: stop.getAttribute('data-state'),
        exact: [dot, line].map((style) => style.getPropertyValue('print-color-adjust')),
        filled: dot.backgroundColor !== 'rgba(0, 0, 0, 0)',
        name: getComputedStyle(stop.querySelector('.name') as Element).opacity,
      };
    }),
  );
  expect(stops.length).toBeGreaterThan(2);
  for (const stop of stops) expect(stop).toMatchObject({ exact: ['exact', 'exact'], filled: stop.state !== 'ahead', name: '1' });
  // Paper is white regardless of the page's colours.
  await expect(tracker.locator('.headline')).toHaveCSS('color', 'rgb(28, 33, 38)');
});

test('the code of a return is printed while its dialog is open, and the dialog is there again afterwards', async ({ page, shop, backend }) => {
  const tracker = await open(page, shop, backend, await demoOrder(backend, 'return_label'));
  await tracker.getByRole('button', { name: /label|code/i }).first().click();
  const code = page.getByRole('dialog').getByRole('img', { name: 'Code for the counter' });
  await expect(code).toBeVisible();
  const dialog = tracker.locator('dialog');
  for (const time of ['first', 'second']) await test.step(`printed for the ${time} time`, async () => {
    await page.emulateMedia({ media: 'print' });
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    await expect(code).toBeVisible();
    await expect(dialog).toHaveCSS('position', 'static');
    await expect(dialog.locator('button:visible')).toHaveCount(0);
    expect(await dialog.evaluate((element) => element.getBoundingClientRect().bottom)).toBeLessThanOrEqual(
      await tracker.locator('.order').evaluate((element) => element.getBoundingClientRect().top),
    );
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    await page.emulateMedia({ media: 'screen' });
    expect(await dialog.evaluate((element) => element.matches(':modal'))).toBe(true);
    await expect(code).toBeVisible();
  });
});
