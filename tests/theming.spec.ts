// Styles that a shop can set from outside, and their effect: corners, parts with their tones, space for a border.

import { expect, shown, test } from './support/fixtures';
import { createOrder, demoOrder, open } from './support/orders';
import { arrived } from './support/parcels';

const SQUARE = 'doorstep-tracker { --doorstep-radius: 0; --doorstep-panel-radius: 0; --doorstep-control-radius: 0; --doorstep-pill-radius: 0 }';

/** Returns the elements with round corners, except the browser's own boxes. */
function round(page: import('@playwright/test').Page): Promise<string[]> {
  return page.evaluate(() => {
    const elements = [...(document.querySelector('doorstep-tracker')?.shadowRoot?.querySelectorAll('.doorstep *') ?? [])];
    const corners = elements.filter((element) => !element.matches('[type=radio], [type=checkbox]') && getComputedStyle(element).borderRadius !== '0px');
    return corners.map((element) => `${element.tagName} ${element.getAttribute('class')}`);
  });
}

test('with radius tokens of 0 nothing has round corners', async ({ page, shop, backend }) => {
  test.setTimeout(240_000);
  for (const name of ['split', 'pickup', 'return_label', 'neighbour']) {
    const tracker = await open(page, shop, backend, await demoOrder(backend, name));
    await page.addStyleTag({ content: SQUARE });
    await expect(tracker.locator('.headline')).toBeVisible();
    expect(await round(page), name).toEqual([]);
  }
  const tracker = await open(page, shop, backend, await arrived(backend));
  await page.addStyleTag({ content: SQUARE });
  await tracker.getByText('Help with your order').click();
  await tracker.getByRole('button', { name: 'Something is damaged' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  expect(await round(page), 'a dialog').toEqual([]);
});

test('the milestones have room for a border, from the first dot to the last', async ({ page, shop, backend }) => {
  for (const name of ['on_time', 'pickup', 'returning']) {
    const tracker = await open(page, shop, backend, await demoOrder(backend, name));
    await page.addStyleTag({ content: 'doorstep-tracker::part(milestones) { border: 3px solid; padding: 12px 12px 40px }' });
    const rail = tracker.locator('[part~=milestones]').first();
    const dots = rail.locator('.dot');
    const [outer, parcel, first, last] = [await rail.boundingBox(), await tracker.locator('[part~=parcel]').first().boundingBox(), await dots.first().boundingBox(), await dots.last().boundingBox()];
    if (!outer || !parcel || !first || !last) throw new Error(`${name} has no rail`);
    expect(outer.x + outer.width, name).toBeLessThanOrEqual(parcel.x + parcel.width + 0.5);
    // Three pixels of border and twelve of padding are before the first dot and after the last one, and both have the same place.
    const [before, after] = [first.x - outer.x, outer.x + outer.width - last.x - last.width];
    expect(before, name).toBeGreaterThanOrEqual(15);
    expect(Math.abs(before - after), name).toBeLessThan(1);
  }
});

test('a parcel can be styled by how it goes', async ({ page, shop, backend }) => {
  const color = 'rgb(1, 2, 3)';
  const orders = [
    ['problem', await demoOrder(backend, 'lost')],
    ['attention', await demoOrder(backend, 'late')],
    ['good', await demoOrder(backend, 'on_time')],
    // The demo's own order without a scan gets one after two minutes.
    ['quiet', await createOrder(backend)],
  ] as const;
  for (const [tone, order] of orders) {
    const tracker = await open(page, shop, backend, order);
    await page.addStyleTag({ content: `doorstep-tracker::part(headline ${tone}) { color: ${color} }` });
    await expect(tracker.locator('[part~=headline]'), tone).toHaveCSS('color', color);
  }
  const tracker = await open(page, shop, backend, await demoOrder(backend, 'lost'));
  await page.addStyleTag({ content: `doorstep-tracker::part(parcel problem) { outline-color: ${color} } doorstep-tracker::part(parcel good) { outline-color: red }` });
  await shown(page);
  await expect(tracker.locator('[part~=parcel]').first()).toHaveCSS('outline-color', color);
});
