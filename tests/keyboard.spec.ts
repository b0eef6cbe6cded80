// Operation by keyboard: controls are reached in reading order, are visible when they are reached, and keep the focus while they are used.

import type { Locator, Page } from '@playwright/test';
import { trackerUpdated } from './support/easypost';
import { expect, test } from './support/fixtures';
import { createOrder, deliver, demoOrder, headline, open, scans } from './support/orders';

const CONTROLS = 'a[href], button, input, summary';

/** Returns the controls that can be reached, in reading order. */
function controls(tracker: Locator): Promise<string[]> {
  return tracker.evaluate((host, selector) => {
    const found = [...(host.shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? [])].filter((control) => control.checkVisibility());
    return found.map((control) => `${control.tagName} ${control.getAttribute('aria-label') ?? control.textContent}`);
  }, CONTROLS);
}

/** Returns the focused control of the widget, and true if its focus is visible. */
function focused(page: Page): Promise<{ name: string; seen: boolean } | null> {
  return page.evaluate(() => {
    const control = document.activeElement?.shadowRoot?.activeElement;
    if (!control) return null;
    const { outlineStyle, outlineWidth } = getComputedStyle(control);
    const { top, bottom } = control.getBoundingClientRect();
    const seen = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 && bottom > 0 && top < innerHeight;
    return { name: `${control.tagName} ${control.getAttribute('aria-label') ?? control.textContent}`, seen };
  });
}

for (const name of ['late', 'split', 'pickup', 'safe_place']) {
  test(`the tab key reaches every control of the order ${name}, and its focus is seen`, async ({ page, shop, backend }) => {
    const tracker = await open(page, shop, backend, await demoOrder(backend, name));
    const expected = await controls(tracker);
    expect(expected.length).toBeGreaterThan(2);
    const reached: string[] = [];
    for (let press = 0; press < expected.length; press++) {
      await page.keyboard.press('Tab');
      const control = await focused(page);
      reached.push(control?.name ?? 'outside');
      expect(control?.seen, `the focus on ${control?.name}`).toBe(true);
    }
    expect(reached).toEqual(expected);
    await page.keyboard.press('Tab');
    expect(await focused(page), 'and leaves it again').toBeNull();
  });
}

test('a parcel is folded and unfolded by the enter key', async ({ page, shop, backend }) => {
  const tracker = await open(page, shop, backend, await demoOrder(backend, 'split'));
  const parcel = tracker.locator('details[part~=parcel]').first();
  const open0 = await parcel.evaluate((details: HTMLDetailsElement) => details.open);
  await parcel.locator('summary').first().focus();
  await page.keyboard.press('Enter');
  await expect(parcel).toHaveJSProperty('open', !open0);
  await page.keyboard.press('Enter');
  await expect(parcel).toHaveJSProperty('open', open0);
});

test('a parcel that the shopper folded stays folded when an update arrives', async ({ page, shop, backend }) => {
  const order = await createOrder(backend, {
    lines: [{ id: 'l1', title: 'Rain jacket', quantity: 2 }],
    shipments: ['A', 'B'].map((mark) => ({
      carrier: { code: 'usps', name: 'USPS' },
      tracking_number: `FOLD${mark}${Date.now()}`,
      lines: [{ line_id: 'l1', quantity: 1 }],
    })),
  });
  const tracker = await open(page, shop, backend, order);
  const parcels = tracker.locator('details[part~=parcel]');
  const before = await parcels.evaluateAll((all) => all.map((details) => (details as HTMLDetailsElement).open));
  for (const summary of await parcels.locator('> summary').all()) {
    await summary.focus();
    await page.keyboard.press('Enter');
  }
  const number = await parcels.first().locator('[data-number]').textContent();
  await deliver(backend, trackerUpdated(number ?? '', 2));
  await expect(parcels.first().locator('[part~=event]')).toHaveCount(2);
  expect(await parcels.evaluateAll((all) => all.map((details) => (details as HTMLDetailsElement).open))).toEqual(before.map((open) => !open));
});

test('the focus stays on a button while the order changes around it', async ({ page, shop, backend }) => {
  const order = await createOrder(backend);
  const tracker = await open(page, shop, backend, order);
  const copy = tracker.getByRole('button', { name: 'Copy: Tracking number' });
  await copy.focus();
  await deliver(backend, trackerUpdated(order.trackingNumber));
  await expect(headline(tracker)).toHaveText(/^(Delivered|Left)/);
  await expect(copy).toBeFocused();
});

test('the focus is not lost when the last rows of a timeline are unfolded', async ({ page, shop, backend }) => {
  const tracker = await open(page, shop, backend, await demoOrder(backend, 'late'));
  const rows = await scans(tracker).count();
  await tracker.getByRole('button', { name: /^Show \d+ earlier$/ }).focus();
  await page.keyboard.press('Enter');
  await expect(tracker.getByRole('button', { name: /earlier/ })).toHaveCount(0);
  expect(await scans(tracker).count()).toBeGreaterThan(rows);
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('DOORSTEP-TRACKER');
});
