// Failures between the submission and the response: there is exactly one case, nothing is lost, and the page states what is happening.

import type { Page, Route } from '@playwright/test';
import type { Backend } from './support/backend';
import { expect, shown, test } from './support/fixtures';
import { gate } from './support/gate';
import { createOrder } from './support/orders';
import { arrived, ask, documentOf, happens, missed, type Own, underWay } from './support/parcels';
import { Shopper } from './support/shopper';

const REQUESTS = /\/v1\/orders\/[^/]+\/requests$/;
/** Time limit for a repeated HTTP request after a lost response. The waits between attempts grow; the first one is short. */
const PATIENCE = { timeout: 10_000 };

/** Returns the idempotency key of each attempt that was sent, in order. */
function attempts(page: Page): string[] {
  const keys: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST' && REQUESTS.test(request.url())) keys.push(request.headers()['idempotency-key'] ?? 'none');
  });
  return keys;
}

/** Passes the first attempt to `with_`; later ones are sent unchanged. */
const first = (page: Page, with_: (route: Route) => Promise<void>) =>
  page.route(REQUESTS, (route) => (route.request().method() === 'POST' ? with_(route) : route.fallback()), { times: 1 });

/** Opens a form and fills it in; only the button that submits it is not pressed. */
async function readyToSend(page: Page, shop: Parameters<typeof Shopper.opens>[1], backend: Backend, order: Own): Promise<Shopper> {
  const shopper = await Shopper.opens(page, shop, backend, order);
  shopper.looks = false;
  await shopper.enters('I got the wrong item');
  await shopper.chooses(/My money back/);
  return shopper;
}

const SEND = 'Send the report';
const status = (shopper: Shopper) => shopper.dialog.getByRole('status');
const CARD = /^I got the wrong item/;

test('without a connection the request waits, says so, and goes out once when the connection is back', async ({ page, context, shop, backend }) => {
  const order = await arrived(backend);
  const shopper = await readyToSend(page, shop, backend, order);
  const keys = attempts(page);
  await context.setOffline(true);
  await shopper.press(shopper.button(SEND));
  await expect(status(shopper)).toHaveText(/You are offline\. Nothing is lost/);
  await shopper.look();
  expect((await documentOf(backend, order)).cases).toHaveLength(0);
  await context.setOffline(false);
  await shopper.stepIs('We have it');
  expect(keys.length).toBeGreaterThan(1);
  expect(new Set(keys).size, 'the same key each time').toBe(1);
  expect((await documentOf(backend, order)).cases).toHaveLength(1);
});

test('an answer that is lost after the shop did it leads to the same case', async ({ page, shop, backend }) => {
  const order = await arrived(backend);
  const shopper = await readyToSend(page, shop, backend, order);
  const keys = attempts(page);
  await first(page, async (route) => {
    await route.fetch();
    await route.abort('connectionreset');
  });
  await shopper.press(shopper.button(SEND));
  await expect(shopper.heading).toHaveText('We have it', PATIENCE);
  expect(keys).toHaveLength(2);
  expect(new Set(keys).size).toBe(1);
  const { cases } = await documentOf(backend, order);
  expect(cases).toHaveLength(1);
  await expect(shopper.dialog.getByText(`Your reference is ${cases[0]?.reference}.`)).toBeVisible();
});

test('pressing twice sends once', async ({ page, shop, backend }) => {
  const order = await arrived(backend);
  const shopper = await readyToSend(page, shop, backend, order);
  const keys = attempts(page);
  const held = gate();
  await first(page, async (route) => {
    await held.opened;
    await route.continue();
  });
  await shopper.reach(shopper.button(SEND));
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await shopper.button(SEND).dispatchEvent('click');
  await expect(status(shopper)).toHaveText('Sending…');
  await expect(shopper.button(SEND)).toHaveAttribute('aria-disabled', 'true');
  held.open();
  await shopper.stepIs('We have it');
  expect(keys).toHaveLength(1);
  expect((await documentOf(backend, order)).cases).toHaveLength(1);
});

test('an order that changed meanwhile is shown anew, nothing is lost, and sending again works', async ({ page, shop, backend }) => {
  const order = await underWay(backend);
  const shopper = await Shopper.opens(page, shop, backend, order);
  shopper.looks = false;
  await shopper.enters('Leave it with a neighbour');
  await shopper.types('The neighbour’s name', 'Nour Haddad');
  await shopper.types('House or flat number', '16');
  const keys = attempts(page);
  await first(page, async (route) => {
    await happens(backend, order, 'in_transit', 1, { text: 'At the next hub' });
    await route.continue();
  });
  await shopper.press(shopper.button('Pass it on to the carrier'));
  await expect(shopper.dialog.getByRole('alert')).toHaveText('Your order has changed in the meantime. Please look at it once more and send again.');
  await expect(shopper.dialog.getByRole('textbox', { name: 'House or flat number' })).toHaveValue('16');
  await shopper.look();
  await shopper.press(shopper.button('Pass it on to the carrier'));
  await shopper.stepIs('We have it');
  expect(new Set(keys).size, 'another question, another key').toBe(2);
  expect((await documentOf(backend, order)).cases).toHaveLength(1);
});

test('a slot that somebody else took leaves a choice of those that are free', async ({ page, shop, backend }) => {
  test.setTimeout(120_000);
  // The orders of one time zone share the slots.
  const here = { time_zone: 'Atlantic/Azores' };
  const order = await missed(backend, here);
  const others = await Promise.all(Array.from({ length: 10 }, () => missed(backend, here)));
  const shopper = await Shopper.opens(page, shop, backend, order);
  shopper.looks = false;
  await shopper.enters('Choose another delivery day');
  await shopper.chooses(/17:00–20:00/);
  const slots = shopper.dialog.getByRole('radio');
  const taken = (await shopper.dialog.getByRole('radio', { checked: true }).getAttribute('value')) ?? '';
  const before = await slots.count();
  await first(page, async (route) => {
    for (const other of others) await ask(backend, other, { kind: 'reschedule', shipment_id: 's1', slot_id: taken });
    await route.continue();
  });
  await shopper.press(shopper.button('Book this slot'));
  await expect(shopper.dialog.getByRole('alert')).toHaveText('Somebody was faster: this slot is taken. These are free now.');
  await expect(slots).toHaveCount(before - 1);
  await expect(shopper.dialog.getByRole('radio', { checked: true })).toHaveCount(0);
  await shopper.look();
  await shopper.chooses(/17:00–20:00/);
  await shopper.sends('Book this slot', /^Choose another delivery day/);
});

test('what was sent in one tab is on the page of the other, and cannot be sent again there', async ({ page, context, shop, backend }) => {
  const order = await arrived(backend);
  const second = await context.newPage();
  const other = await readyToSend(second, shop, backend, order);
  const shopper = await readyToSend(page, shop, backend, order);
  await page.bringToFront();
  await shopper.sends(SEND, CARD);
  await second.bringToFront();
  await expect(other.dialog.getByText('We are already looking into this; you find the case on this page.')).toBeVisible();
  await expect(other.button(SEND)).toHaveCount(0);
  expect((await documentOf(backend, order)).cases).toHaveLength(1);
});

test('a page that is reloaded before the answer came shows the case if it arrived', async ({ page, shop, backend }) => {
  const order = await arrived(backend);
  const shopper = await readyToSend(page, shop, backend, order);
  const done = gate();
  await first(page, async (route) => {
    await route.fetch();
    done.open();
    // The response to this HTTP request never comes.
  });
  await shopper.press(shopper.button(SEND));
  await done.opened;
  await page.reload();
  await shown(page);
  await expect(shopper.tracker.getByRole('heading', { name: CARD })).toBeVisible();
});

for (const code of [500, 503]) {
  test(`a ${code} is waited out as long as the shop says, and sent again with the same key`, async ({ page, shop, backend }) => {
    const order = await arrived(backend);
    const shopper = await readyToSend(page, shop, backend, order);
    const keys = attempts(page);
    const times: number[] = [];
    page.on('request', (request) => void (REQUESTS.test(request.url()) && request.method() === 'POST' && times.push(Date.now())));
    await first(page, (route) =>
      route.fulfill({ status: code, headers: { 'Access-Control-Allow-Origin': '*', 'Access-Control-Expose-Headers': 'Retry-After', 'Retry-After': '2' }, body: '' }),
    );
    await shopper.press(shopper.button(SEND));
    await expect(status(shopper)).toHaveText(/The shop’s system is busy/);
    await expect(shopper.heading).toHaveText('We have it', PATIENCE);
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(1_900);
    expect((await documentOf(backend, order)).cases).toHaveLength(1);
  });
}

test('an attempt that is still being worked on is waited for', async ({ page, shop, backend }) => {
  const shopper = await readyToSend(page, shop, backend, await arrived(backend));
  await first(page, (route) =>
    route.fulfill({
      status: 409,
      headers: { 'Access-Control-Allow-Origin': '*' },
      contentType: 'application/problem+json',
      body: JSON.stringify({ status: 409, code: 'idempotency-in-progress' }),
    }),
  );
  await shopper.press(shopper.button(SEND));
  await expect(status(shopper)).toHaveText(/We try again in a moment/);
  await expect(shopper.heading).toHaveText('We have it', PATIENCE);
});

test('an action that ended while it was sent is explained, and what is left is offered', async ({ page, shop, backend }) => {
  const order = await arrived(backend);
  const shopper = await readyToSend(page, shop, backend, order);
  await first(page, async (route) => {
    await ask(backend, order, { kind: 'report_wrong_item', shipment_id: 's1', outcome: 'refund', lines: [{ line_id: 'l1', quantity: 1 }] });
    await route.continue();
  });
  await shopper.press(shopper.button(SEND));
  await expect(shopper.dialog.getByRole('alert')).toHaveText('This is no longer possible: something has changed in the meantime.');
  await expect(shopper.button(SEND)).toHaveCount(0);
  await expect(shopper.button('Talk to a person')).toBeVisible();
  expect((await documentOf(backend, order)).cases).toHaveLength(1);
});

test('a link that only shows the order says how to get one that may act', async ({ page, shop, backend }) => {
  const order = await createOrder(backend, {}, ['read']);
  await happens(backend, order, 'delivered', 60, { facts: { delivered: { to: 'mailbox' } } });
  const shopper = await readyToSend(page, shop, backend, order);
  await shopper.press(shopper.button(SEND));
  await expect(shopper.dialog.getByRole('alert')).toHaveText(/^This link only shows the order\. To make changes/);
  await expect(shopper.dialog.getByRole('radio', { name: /My money back/ })).toBeChecked();
  expect((await documentOf(backend, order)).cases).toHaveLength(0);
});

test('a link that ended while the form was open is explained, and the form is kept', async ({ page, shop, backend }) => {
  const order = await arrived(backend);
  const shopper = await readyToSend(page, shop, backend, order);
  await first(page, (route) => route.continue({ headers: { ...route.request().headers(), authorization: 'Bearer ended' } }));
  await shopper.press(shopper.button(SEND));
  await expect(shopper.dialog.getByRole('alert')).toHaveText(/^Your link to this order has ended/);
  await expect(shopper.dialog.getByRole('radio', { name: /My money back/ })).toBeChecked();
  expect((await documentOf(backend, order)).cases).toHaveLength(0);
});

test('choices that could not be loaded are loaded again on request', async ({ page, shop, backend }) => {
  const shopper = await Shopper.opens(page, shop, backend, await missed(backend));
  await page.route('**/slots', (route) => route.abort(), { times: 1 });
  await shopper.enters('Choose another delivery day');
  await expect(shopper.dialog.getByText(/^We could not load the choices/)).toBeVisible();
  await shopper.look();
  await shopper.press(shopper.button('Try again'));
  await expect(shopper.dialog.getByRole('radio').first()).toBeVisible();
});
