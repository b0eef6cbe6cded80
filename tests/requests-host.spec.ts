// Self-service and the host page: the events that it receives, the actions that it can handle itself, and the absence of stored data in the browser.

import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures';
import { arrived, underWay } from './support/parcels';
import { Shopper } from './support/shopper';


interface Told {
  type: string;
  detail: Record<string, unknown>;
}

/** Records the events about actions that the page receives; with `prevent` the page handles the actions itself. */
const listen = (page: Page, prevent = false) =>
  page.addInitScript((prevent) => {
    const told: Told[] = [];
    Object.assign(window, { told });
    for (const type of ['doorstep-action-start', 'doorstep-action']) {
      addEventListener(type, (event) => {
        told.push({ type, detail: { ...(event as CustomEvent).detail } });
        if (prevent) event.preventDefault();
      });
    }
  }, prevent);

const told = (page: Page) => page.evaluate(() => (window as unknown as { told: Told[] }).told);

test('a page that does an action itself prevents the dialog', async ({ page, shop, backend }) => {
  await listen(page, true);
  const shopper = await Shopper.opens(page, shop, backend, await underWay(backend));
  await shopper.press(shopper.tracker.locator('summary').filter({ hasText: 'Help with your order' }));
  await shopper.press(shopper.tracker.getByRole('button', { name: 'Correct the address' }));
  await expect.poll(() => told(page)).toEqual([{ type: 'doorstep-action-start', detail: { kind: 'change_address', shipment: 's1' } }]);
  await expect(shopper.dialog).toHaveCount(0);
});

test('the page is told how far an action is, and nothing that was filled in', async ({ page, shop, backend }) => {
  await listen(page);
  const shopper = await Shopper.opens(page, shop, backend, await underWay(backend));
  shopper.looks = false;
  await shopper.enters('Correct the address');
  await page.keyboard.press('Escape');
  await shopper.enters('Correct the address');
  await shopper.types('Street and number', '14 Exmouth Market');
  await shopper.types('Postcode', 'EC1R/4QE');
  await shopper.types('Town', 'London');
  await shopper.goesOn('Check before sending');
  await shopper.press(shopper.button('Change the address'));
  await expect(shopper.dialog.getByRole('alert')).toHaveText(/could not be accepted/);
  await shopper.types('Postcode', 'EC1R 4QE');
  await shopper.goesOn('Check before sending');
  await shopper.sends('Change the address', /^Correct the address/);
  const events = await told(page);
  const kind = 'change_address';
  const start = { type: 'doorstep-action-start', detail: { kind, shipment: 's1' } };
  const phase = (phase: string, more = {}) => ({ type: 'doorstep-action', detail: { kind, phase, ...more } });
  expect(events).toEqual([
    start,
    phase('started'),
    phase('abandoned'),
    start,
    phase('started'),
    phase('step', { step: 'review' }),
    phase('failed', { code: 'invalid-body' }),
    phase('step', { step: 'review' }),
    phase('submitted'),
  ]);
  expect(JSON.stringify(events)).not.toMatch(/Exmouth|EC1R|London/);
});

test('a request leaves nothing in the browser, and nothing in the address', async ({ page, context, shop, backend }) => {
  const shopper = await Shopper.opens(page, shop, backend, await arrived(backend));
  shopper.looks = false;
  const before = page.url();
  await shopper.enters('I got the wrong item');
  await shopper.chooses(/My money back/);
  await shopper.types(/What you got instead/, 'A green one');
  await shopper.sends('Send the report', /^I got the wrong item/);
  const left = await page.evaluate(async () => ({
    storage: [localStorage.length, sessionStorage.length],
    databases: await indexedDB.databases(),
    caches: 'caches' in window ? await caches.keys() : [],
    state: history.state as unknown,
  }));
  expect(left).toEqual({ storage: [0, 0], databases: [], caches: [], state: null });
  expect(await context.cookies()).toEqual([]);
  expect(page.url()).toBe(before);
});
