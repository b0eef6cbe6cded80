// Failures between the page and the backend: known data stays on the page, the page reports the failure, and it recovers by itself.

import type { Page } from '@playwright/test';
import { expect, order as sample, shown, test } from './support/fixtures';
import { trackerUpdated } from './support/easypost';
import { startBackend } from './support/backend';
import { createOrder, deliver, headline, open } from './support/orders';
import type { Answer, StandIn } from './support/stand-in';
import type { Network, Shop } from './support/servers';

const TROUBLE = 'We cannot reach the shop right now. This is what we knew last, and we keep trying.';

/** Returns a page whose backend is a stand-in. */
function pageOf(shop: Shop, network: Network, standIn: StandIn): string {
  return shop.add({
    html: `<!doctype html><html lang="en"><title>Your order</title><doorstep-tracker api="${standIn.origin}" order="ord_1" token="t"></doorstep-tracker>
      <script src="${network.origin}/embed/v1/doorstep.js"></script>`,
  });
}

const good = (version = 1): Answer => ({ headers: { ETag: `"${version}"` }, body: { ...sample('ord_1'), version } });

test('a backend that is killed takes nothing off the page, and is found again when it is back', async ({ page, shop }) => {
  test.setTimeout(240_000);
  const backend = await startBackend();
  try {
    const order = await createOrder(backend);
    const tracker = await open(page, shop, backend, order);
    const known = await headline(tracker).textContent();
    await page.evaluate(() => Object.assign(window, { loadedOnce: true }));

    await backend.kill();
    await expect(tracker.locator('[part~=notice]').getByText(TROUBLE)).toBeVisible({ timeout: 15_000 });
    await expect(headline(tracker)).toHaveText(known ?? '');

    await backend.restart();
    await expect(tracker.locator('[part~=notice]').getByText(TROUBLE)).toHaveCount(0, { timeout: 35_000 });
    await deliver(backend, trackerUpdated(order.trackingNumber));
    await expect(headline(tracker)).toHaveText(/^(Delivered|Left)/);
    expect(await page.evaluate(() => 'loadedOnce' in window), 'without a reload').toBe(true);
  } finally {
    await backend.stop();
  }
});

test('a device that goes offline says so, and asks again when it is back', async ({ page, context, shop, backend }) => {
  const order = await createOrder(backend);
  const tracker = await open(page, shop, backend, order);
  const notice = tracker.locator('[part~=notice]').getByText('You are offline. This is what we knew last.');
  await context.setOffline(true);
  await expect(notice).toBeVisible();
  await expect(headline(tracker)).toBeVisible();
  await deliver(backend, trackerUpdated(order.trackingNumber));
  await context.setOffline(false);
  await expect(headline(tracker)).toHaveText(/^(Delivered|Left)/);
  await expect(notice).toHaveCount(0);
});

test('a first answer that takes long is announced as slow', async ({ page, shop, network, standIn }) => {
  let answer = (_: Answer) => {};
  standIn.answer = () => new Promise((resolve) => (answer = resolve));
  await page.goto(pageOf(shop, network, standIn));
  await expect(page.getByText('This is taking longer than usual. Still loading.')).toBeVisible({ timeout: 10_000 });
  answer(good());
  await expect(headline(page)).toBeVisible();
  await expect(page.getByText('This is taking longer than usual. Still loading.')).toHaveCount(0);
});

for (const status of [429, 503]) {
  test(`a backend that says ${status} is not asked before it wants to be`, async ({ page, shop, network, standIn }) => {
    const at: number[] = [];
    standIn.answer = () => {
      at.push(performance.now());
      return at.length === 1 ? { status, headers: { 'Retry-After': '2' } } : good();
    };
    await page.goto(pageOf(shop, network, standIn));
    await expect(headline(page)).toBeVisible();
    expect(at).toHaveLength(2);
    expect((at[1] ?? 0) - (at[0] ?? 0)).toBeGreaterThanOrEqual(1_950);
  });
}

test('a backend that keeps failing leaves a page that can be tried again', async ({ page, shop, network, standIn }) => {
  standIn.answer = () => ({ status: 500 });
  await page.goto(pageOf(shop, network, standIn));
  await expect(page.getByRole('alert')).toContainText('We cannot load your order right now');
  expect(await page.evaluate(() => window.notes.events)).toEqual([{ type: 'doorstep-error', detail: { code: 'server', retryable: true } }]);
  // The button is pressed at once: the widget retries by itself and would soon remove the button.
  const retry = page.getByRole('button', { name: 'Try again' });
  standIn.answer = () => good();
  await retry.evaluate((button: HTMLElement) => button.click());
  await expect(headline(page)).toBeVisible();
});

for (const [name, body] of [['text', 'Bad gateway'], ['an empty body', ''], ['a list', []], ['a page', '<!doctype html><script>alert(1)</script>']] as const) {
  test(`${name} instead of an order takes nothing off the page`, async ({ page, shop, network, standIn }) => {
    standIn.answer = () => good();
    await page.goto(pageOf(shop, network, standIn));
    await shown(page);
    const known = await headline(page).textContent();
    standIn.answer = () => ({ body });
    await refresh(page, standIn);
    await expect(headline(page)).toHaveText(known ?? '');
    standIn.answer = () => good(2);
    await refresh(page, standIn);
    await expect.poll(() => page.evaluate(() => window.notes.events.map((event) => event.type))).toEqual(['doorstep-ready', 'doorstep-change']);
  });
}

test('an order that is not known leads to the look-up, and never to an empty page', async ({ page, shop, network, standIn }) => {
  standIn.answer = () => ({ status: 404, body: { status: 404, code: 'order-not-found' } });
  await page.goto(pageOf(shop, network, standIn));
  await expect(page.getByRole('heading', { name: 'This link does not open an order' })).toBeVisible();
  await expect(page.getByLabel('Order number')).toBeVisible();
});

test('a link that ends while the page is open keeps what is known and offers the look-up', async ({ page, shop, network, standIn }) => {
  standIn.answer = () => good();
  await page.goto(pageOf(shop, network, standIn));
  await shown(page);
  standIn.answer = () => ({ status: 404, body: { status: 404, code: 'order-not-found' } });
  await refresh(page, standIn);
  await expect(page.locator('[part~=notice]').getByText('This link has ended. This is what we knew last.')).toBeVisible();
  await expect(headline(page)).toBeVisible();
  await page.getByRole('button', { name: 'Find order' }).click();
  await expect(page.getByLabel('Order number'), 'what is known is filled in').toHaveValue('1042');
  await expect(page.getByLabel(/^E-mail/)).toBeFocused();
});

test('an order that has not changed is asked for with its version and not sent again', async ({ page, shop, network, standIn }) => {
  standIn.answer = ({ headers }) => (headers['if-none-match'] === '"7"' ? { status: 304, headers: { ETag: '"7"' } } : good(7));
  await page.goto(pageOf(shop, network, standIn));
  await shown(page);
  await refresh(page, standIn);
  expect(standIn.asked.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, '"7"']);
  await expect(headline(page)).toBeVisible();
  expect(await page.evaluate(() => window.notes.events.map((event) => event.type))).toEqual(['doorstep-ready']);
});

test('a look-up that fails keeps the entries and says what can be done', async ({ page, context, shop, network, standIn }) => {
  standIn.answer = ({ path }) => (path === '/v1/lookup' ? { status: 429, headers: { 'Retry-After': '90' } } : { status: 404, body: { status: 404, code: 'order-not-found' } });
  await page.goto(pageOf(shop, network, standIn));
  const [number, proof] = [page.getByLabel('Order number'), page.getByLabel('E-mail or postcode')];
  await number.fill('1042');
  await proof.fill('N1 9GU');
  await page.getByRole('button', { name: 'Find order' }).click();
  await expect(page.getByRole('alert')).toHaveText('Too many attempts. Try again in 2 minutes.');
  await context.setOffline(true);
  await page.getByRole('button', { name: 'Find order' }).click();
  await expect(page.getByRole('alert')).toHaveText('We could not ask the shop. Your entries are still here; try again.');
  await expect(number).toHaveValue('1042');
  await expect(proof).toHaveValue('N1 9GU');
});

/** Makes the widget request the order again, and waits for the response. */
async function refresh(page: Page, standIn: StandIn): Promise<void> {
  const answered = page.waitForResponse((response) => response.url().startsWith(`${standIn.origin}/v1/orders/`));
  await page.evaluate(() => (document.querySelector('doorstep-tracker') as unknown as { refresh(): void }).refresh());
  await (await answered).finished();
}
