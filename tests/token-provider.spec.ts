// The token provider of the page: who calls it, when and how often, and the widget's state after its failure.

import type { Page } from '@playwright/test';
import { trackerUpdated } from './support/easypost';
import { eventOf, expect, order, shown, test } from './support/fixtures';
import { createOrder, deliver, headline } from './support/orders';
import { arrived, documentOf } from './support/parcels';
import type { Network, Shop } from './support/servers';
import { Shopper } from './support/shopper';
import type { StandIn } from './support/stand-in';

declare global {
  interface Window {
    /** Calls of the page's token provider. */
    calls: number;
  }
}

const REFUSAL = { status: 404, body: { status: 404, code: 'order-not-found' } };

/** Opens a page with an element and a token provider, which is the body of an async function. */
async function open(page: Page, shop: Shop, network: Network, standIn: StandIn, provider: string, attributes = ''): Promise<void> {
  const html = `<!doctype html><html lang="en"><doorstep-tracker api="${standIn.origin}" order="ord_1" ${attributes}></doorstep-tracker><script>
    calls = 0;
    document.querySelector('doorstep-tracker').tokenProvider = async () => { calls++; ${provider} };
    </script><script src="${network.origin}/embed/v1/doorstep.js"></script>`;
  await page.goto(shop.add({ html }));
}

const calls = (page: Page) => page.evaluate(() => window.calls);
const refresh = (page: Page) => page.locator('doorstep-tracker').evaluate((element) => (element as HTMLElement & { refresh(): void }).refresh());
const tokens = (standIn: StandIn) => standIn.asked.map(({ headers }) => headers['authorization']);

/** Answers only requests with these tokens. */
function accept(standIn: StandIn, ...accepted: string[]): void {
  standIn.answer = ({ headers }) => (accepted.some((token) => headers['authorization'] === `Bearer ${token}`) ? { body: order('ord_1') } : REFUSAL);
}

test('an element without a token gets one before its first request', async ({ page, shop, network, standIn }) => {
  accept(standIn, 'fresh');
  await open(page, shop, network, standIn, "return 'fresh'");
  await eventOf(page, 'doorstep-ready');
  expect(tokens(standIn)).toEqual(['Bearer fresh']);
  await refresh(page);
  await expect.poll(() => standIn.asked.length).toBe(2);
  expect(tokens(standIn)[1]).toBe('Bearer fresh');
  expect(await calls(page)).toBe(1);
});

test('a token that is refused is replaced once, at the start and while the order is shown', async ({ page, shop, network, standIn }) => {
  accept(standIn, 'fresh1');
  await open(page, shop, network, standIn, "return 'fresh' + calls", 'token="ended"');
  await eventOf(page, 'doorstep-ready');
  expect(tokens(standIn)).toEqual(['Bearer ended', 'Bearer fresh1']);
  accept(standIn, 'fresh2');
  await refresh(page);
  await expect.poll(() => tokens(standIn).slice(2)).toEqual(['Bearer fresh1', 'Bearer fresh2']);
  await expect(page.locator('doorstep-tracker').locator('[part~=order]')).toBeVisible();
  expect(await page.evaluate(() => window.notes.events.map(({ type }) => type))).toEqual(['doorstep-ready']);
  expect(await calls(page)).toBe(2);
});

test('the first page comes with a token of the provider', async ({ page, shop, backend }) => {
  const own = await createOrder(backend);
  for (const token of ['', 'token="ended"']) {
    const html = `<!doctype html><html lang="en"><doorstep-tracker api="${backend.api}" order="${own.id}" first-page="backend" ${token}></doorstep-tracker>
      <script>document.querySelector('doorstep-tracker').tokenProvider = async () => '${own.token}'</script>
      <script src="${backend.origin}/embed/v1/doorstep.js"></script>`;
    const reads: string[] = [];
    page.on('request', (request) => request.url().endsWith('/read') && reads.push(String((request.postDataJSON() as { token: string }).token)));
    await page.goto(shop.add({ html }));
    await eventOf(page, 'doorstep-ready');
    expect(reads).toEqual(token ? ['ended', own.token] : [own.token]);
    page.removeAllListeners('request');
  }
});

test('a provider that has no token, throws or returns something else leaves the look-up', async ({ page, shop, network, standIn }) => {
  for (const provider of ['return null', 'throw new Error("no session")', 'return { token: "fresh" }', 'return ""']) {
    for (const [token, code] of [['', 'lookup-needed'], ['token="ended"', 'not-found']]) {
      const before = standIn.asked.length;
      await open(page, shop, network, standIn, provider, token);
      expect(await eventOf(page, 'doorstep-error'), provider).toEqual({ code, retryable: false });
      await expect(page.getByLabel('Order number')).toBeVisible();
      expect(standIn.asked.length - before, provider).toBe(1);
      expect(await calls(page), provider).toBe(1);
    }
  }
});

test('a provider whose tokens are refused is called once for each refusal, never in a loop', async ({ page, shop, network, standIn }) => {
  await open(page, shop, network, standIn, "return 'fresh' + calls", 'token="ended"');
  expect(await eventOf(page, 'doorstep-error')).toEqual({ code: 'not-found', retryable: false });
  expect(tokens(standIn)).toEqual(['Bearer ended', 'Bearer fresh1']);
  accept(standIn, 'same');
  standIn.asked.length = 0;
  await open(page, shop, network, standIn, "return 'same'", 'token="same"');
  await eventOf(page, 'doorstep-ready');
  standIn.answer = () => REFUSAL;
  await refresh(page);
  expect(await eventOf(page, 'doorstep-error')).toEqual({ code: 'expired', retryable: false });
  expect(tokens(standIn), 'a token that was refused is not sent again').toEqual(['Bearer same', 'Bearer same']);
});

test('a provider that never answers counts as failed after a while', async ({ page, shop, network, standIn }) => {
  await page.clock.install();
  await open(page, shop, network, standIn, 'return new Promise(() => {})');
  await expect.poll(() => calls(page)).toBe(1);
  await expect
    .poll(async () => {
      await page.clock.fastForward(5_000);
      return standIn.asked.length;
    })
    .toBeGreaterThan(0);
  expect(tokens(standIn)[0]).toBeUndefined();
});

test('a server that answers 404 for another reason is no refusal', async ({ page, shop, network, standIn }) => {
  accept(standIn, 'good');
  await open(page, shop, network, standIn, "return 'fresh'", 'token="good"');
  await eventOf(page, 'doorstep-ready');
  for (const body of ['<html>', '{"code":"not-found"}', '']) {
    const asked = standIn.asked.length;
    standIn.answer = () => ({ status: 404, body });
    await refresh(page);
    await expect.poll(() => standIn.asked.length).toBeGreaterThan(asked);
  }
  expect(await calls(page)).toBe(0);
});

test('a provider that is set after the start is asked', async ({ page, shop, network, standIn }) => {
  accept(standIn, 'fresh');
  const html = `<!doctype html><html lang="en"><doorstep-tracker api="${standIn.origin}" order="ord_1"></doorstep-tracker>
    <script src="${network.origin}/embed/v1/doorstep.js"></script>`;
  await page.goto(shop.add({ html }));
  await eventOf(page, 'doorstep-error');
  await page.locator('doorstep-tracker').evaluate((element) => Object.assign(element, { tokenProvider: async () => 'fresh' }));
  await eventOf(page, 'doorstep-ready');
});

test('the token of a look-up is not replaced', async ({ page, shop, network, standIn }) => {
  standIn.answer = ({ path, headers }) => {
    if (path === '/v1/lookup') return { body: { order_id: 'ord_2', token: 'looked-up', expires_at: '2999-01-01T00:00:00Z' } };
    return headers['authorization'] === 'Bearer looked-up' ? { body: order('ord_2') } : REFUSAL;
  };
  await open(page, shop, network, standIn, 'return null');
  await page.getByLabel('Order number').fill('1042');
  await page.getByLabel(/E-mail/).fill('ada@example.org');
  await page.getByLabel(/E-mail/).press('Enter');
  await eventOf(page, 'doorstep-ready');
  standIn.answer = () => REFUSAL;
  await refresh(page);
  await page.waitForFunction(() => window.notes.events.at(-1)?.type === 'doorstep-error');
  expect(await calls(page)).toBe(1);
  expect(standIn.asked.at(-1)?.headers['authorization']).toBe('Bearer looked-up');
});

test('an open dialog keeps its answers, and its request goes out with the fresh token', async ({ page, shop, backend }) => {
  const own = await arrived(backend);
  const shopper = await Shopper.opens(page, shop, backend, own);
  shopper.looks = false;
  await shopper.tracker.evaluate((element, token) => {
    window.calls = 0;
    Object.assign(element, { tokenProvider: async () => (window.calls++, token) });
  }, own.token);
  // A token that the backend refuses, in the place of one that has ended.
  await shopper.tracker.evaluate((element) => Object.assign(element, { token: 'ended' }));
  await expect.poll(() => calls(page)).toBe(1);
  await shown(page);
  await shopper.enters('I got the wrong item');
  await shopper.chooses(/My money back/);
  // The backend refuses the token from now on, until the provider is asked.
  await page.route(/\/requests$/, (route) => (route.request().method() === 'POST' ? route.fulfill({ status: 404, json: REFUSAL.body, headers: { 'Access-Control-Allow-Origin': '*' } }) : route.fallback()), { times: 1 });
  await shopper.tracker.evaluate((element, token) => Object.assign(element, { tokenProvider: async () => (window.calls++, `${token}=`) }), own.token);
  await shopper.press(shopper.button('Send the report'));
  await shopper.stepIs('We have it');
  expect(await calls(page)).toBe(2);
  expect((await documentOf(backend, own)).cases).toHaveLength(1);
});

test('a stream is read with the fresh token', async ({ page, shop, backend }) => {
  const own = await createOrder(backend);
  const html = `<!doctype html><html lang="en"><doorstep-tracker api="${backend.api}" order="${own.id}" token="ended"></doorstep-tracker>
    <script>document.querySelector('doorstep-tracker').tokenProvider = async () => '${own.token}'</script>
    <script src="${backend.origin}/embed/v1/doorstep.js"></script>`;
  const stream = page.waitForRequest((request) => request.url().endsWith('/stream'));
  await page.goto(shop.add({ html }));
  expect((await stream).headers()['authorization']).toBe(`Bearer ${own.token}`);
  await shown(page);
  await deliver(backend, trackerUpdated(own.trackingNumber));
  await expect(headline(page)).toHaveText(/^(Delivered|Left)/);
});
