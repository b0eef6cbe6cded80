// The widget under the security policies of careful shops: it works under the strictest that allow it, and steps aside under the others.

import { trackerUpdated } from './support/easypost';
import { eventOf, expect, shown, test } from './support/fixtures';
import { createOrder, deliver, headline, scans, scriptTag, spoken } from './support/orders';

test('the strictest policy that allows the widget sees no violation', async ({ page, shop, network, api }) => {
  const policy = [
    "default-src 'none'",
    `script-src ${network.origin} 'wasm-unsafe-eval'`,
    `connect-src ${network.origin} ${api.origin}`,
    "style-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
  const tag = `<script src="${network.origin}/embed/v1/doorstep.js" data-api="${api.origin}" data-order="ord_1" data-token="t"></script>`;
  const errors: string[] = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(shop.add({ html: `<!doctype html><title>Order</title><body>${tag}`, headers: { 'Content-Security-Policy': policy } }));
  await shown(page);
  expect(await page.evaluate(() => window.notes.violations)).toEqual([]);
  expect(errors.filter((text) => !text.includes('favicon'))).toEqual([]);
  expect(await page.locator('doorstep-tracker').evaluate((host) => host.shadowRoot?.adoptedStyleSheets.length)).toBe(2);
});

test('an order, its live update, its unfolding and a copy see no violation either', async ({ page, context, shop, backend }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const policy = [
    "default-src 'none'",
    `script-src ${backend.origin} 'wasm-unsafe-eval'`,
    `connect-src ${backend.origin}`,
    "style-src 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
  const headers = { 'Content-Security-Policy': policy };
  const order = await createOrder(backend);
  await page.goto(shop.add({ html: scriptTag(backend, { order: order.id, token: order.token }), headers }));
  await shown(page);
  await deliver(backend, trackerUpdated(order.trackingNumber));
  await page.getByRole('button', { name: /^Show \d+ earlier$/ }).click();
  await expect(scans(page)).toHaveCount(6);
  await page.getByRole('button', { name: 'Copy: Tracking number' }).click();
  await expect(spoken(page)).toHaveText('Tracking number copied');
  expect(await page.evaluate(() => window.notes.violations)).toEqual([]);

  await page.goto(shop.add({ html: scriptTag(backend, { order: order.id, token: 'ended' }), headers }));
  await page.getByRole('button', { name: 'Find order' }).click();
  await page.getByLabel('Order number').fill(order.number);
  await page.getByLabel('E-mail or postcode').fill(order.email);
  await page.getByRole('button', { name: 'Find order' }).click();
  await expect(headline(page)).toBeVisible();
  expect(await page.evaluate(() => window.notes.violations)).toEqual([]);
});

test('the gallery keeps its own policy in every order', async ({ page, backend }) => {
  test.setTimeout(90_000);
  const errors: string[] = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(error.message));
  const answer = await page.goto(`${backend.origin}/?order=ord_demo_late`);
  expect(answer?.headers()['content-security-policy']).toContain("trusted-types 'none'");
  const orders = page.getByRole('navigation', { name: 'Your orders' }).getByRole('link');
  await expect.poll(() => orders.count()).toBeGreaterThan(10);
  for (const order of await orders.all()) {
    const id = await order.getAttribute('data-order');
    await order.evaluate((link: HTMLElement) => link.click());
    await expect(page.locator(`doorstep-tracker[order="${id}"]`).locator('[data-focus=headline]')).toBeVisible();
    const more = page.getByRole('button', { name: /^Show \d+ earlier$/ }).first();
    if (await more.isVisible()) await more.click();
  }
  expect(await page.evaluate(() => window.notes.violations)).toEqual([]);
  expect(errors).toEqual([]);
});

test('a policy without WebAssembly leaves the fallback and tells the page', async ({ page, shop, network, api }) => {
  const policy = `script-src ${network.origin}; connect-src *`;
  const html = `<!doctype html><doorstep-tracker api="${api.origin}" order="ord_1"><a href="/orders">Your orders</a></doorstep-tracker>
    <script src="${network.origin}/embed/v1/doorstep.js"></script>`;
  await page.goto(shop.add({ html, headers: { 'Content-Security-Policy': policy } }));
  expect(await eventOf(page, 'doorstep-error')).toEqual({ code: 'wasm-blocked', retryable: false });
  await expect(page.getByRole('link', { name: 'Your orders' })).toBeVisible();
  await expect(page.getByRole('button')).toHaveCount(0);
  expect(network.requested.filter((path) => path.endsWith('.wasm')), 'nothing is downloaded in vain').toEqual([]);
});

test('a WebAssembly file that was tampered with is not run', async ({ page, shop, network, api }) => {
  await page.route('**/*.wasm', async (route) => {
    const response = await route.fetch();
    const body = await response.body();
    body[body.length - 1] = (body[body.length - 1] ?? 0) ^ 1;
    await route.fulfill({ response, body });
  });
  const html = `<!doctype html><doorstep-tracker api="${api.origin}" order="ord_1"></doorstep-tracker>
    <script src="${network.origin}/embed/v1/doorstep.js"></script>`;
  await page.goto(shop.add({ html }));
  expect(await eventOf(page, 'doorstep-error')).toEqual({ code: 'load-failed', retryable: true });
  expect(await page.evaluate(() => window.notes.memories.length)).toBe(0);
});

test('the page keeps its globals, its head, its cookies and its storage', async ({ page, shop, network, api }) => {
  const url = shop.add({
    html: `<!doctype html><html lang="en"><head><title>Order</title></head><body>
      <doorstep-tracker api="${api.origin}" order="ord_1" class="mine" id="tracker" tabindex="-1"></doorstep-tracker></body></html>`,
  });
  await page.goto(url);
  const state = () => ({
    globals: Object.keys(window).filter((name) => name !== 'notes'),
    head: document.head.childElementCount,
    html: [...document.documentElement.attributes].map((attribute) => attribute.name),
    own: [...(document.querySelector('doorstep-tracker')?.attributes ?? [])].map((attribute) => `${attribute.name}=${attribute.value}`),
    stored: [document.cookie, localStorage.length, sessionStorage.length],
    history: history.length,
  });
  const before = await page.evaluate(state);
  await page.evaluate((src) => document.body.append(Object.assign(document.createElement('script'), { src })), `${network.origin}/embed/v1/doorstep.js`);
  await shown(page);
  expect(await page.evaluate(state)).toEqual(before);
});
