// The widget under strict security policies of shops: it works under the strictest that allow it, and shows the fallback under the others.

import { trackerUpdated } from './support/easypost';
import { eventOf, expect, order, shown, test } from './support/fixtures';
import { createOrder, deliver, headline, scans, scriptTag, spoken } from './support/orders';

const A_CASE = { id: 'c1', reference: 'DS-7K2M4', kind: 'report_missing', state: 'received', timeline: [], can_reply: false };

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
  test.setTimeout(360_000);
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
    await expect(page.locator(`#order-status doorstep-tracker[order="${id}"]`).locator('[data-focus=headline]')).toBeVisible();
    const more = page.locator('#order-status').getByRole('button', { name: /^Show \d+ earlier$/ }).first();
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

/** Files of a release, each with the chunk to which it belongs. */
const TAMPERED = [
  ['a WebAssembly file', /\/doorstep-[0-9a-f]+\.wasm/, 'first'],
  ['a glue module', /\/glue-[0-9a-f]+\.js/, 'first'],
  ['a stylesheet', /\/widget-[0-9a-f]+\.css/, 'first'],
  ['a catalogue of texts', /\/en-[0-9a-f]+\.json$/, 'first'],
  ['a WebAssembly file of the second chunk', /\/requests-[0-9a-f]+\.wasm/, 'second'],
  ['a module of the second chunk', /\/tasks-[0-9a-f]+\.js/, 'second'],
  ['a stylesheet of the second chunk', /\/request-[0-9a-f]+\.css/, 'second'],
  ['a catalogue of the second chunk', /\/en-requests-[0-9a-f]+\.json$/, 'second'],
] as const;

for (const [name, url, chunk] of TAMPERED) {
  test(`${name} that was tampered with is not used`, async ({ page, shop, network, standIn }) => {
    await page.route(url, async (route) => {
      const response = await route.fetch();
      // The changed file is still valid, and would set a variable if it ran.
      const body = Buffer.concat([await response.body(), Buffer.from(route.request().url().includes('.js') ? ';window.tampered = true;' : ' ')]);
      await route.fulfill({ response, body });
    });
    standIn.answer = () => ({ body: { ...order('ord_1'), cases: chunk === 'second' ? [A_CASE] : [] } });
    const html = `<!doctype html><doorstep-tracker api="${standIn.origin}" order="ord_1" lang="en"></doorstep-tracker>
      <script src="${network.origin}/embed/v1/doorstep.js"></script>`;
    const warnings = page.waitForEvent('console', (message) => message.type() === 'warning' && message.text().startsWith('Doorstep:'));
    await page.goto(shop.add({ html }));
    await warnings;
    if (chunk === 'first') expect(await eventOf(page, 'doorstep-error')).toEqual({ code: 'load-failed', retryable: true });
    else await shown(page);
    expect(await page.evaluate(() => 'tampered' in window)).toBe(false);
    expect(await page.locator('doorstep-tracker').evaluate((host) => host.shadowRoot?.adoptedStyleSheets.length)).toBe(chunk === 'first' ? 1 : 2);
    // The fallback requests its texts again until the test is over.
    await page.unrouteAll({ behavior: 'ignoreErrors' });
  });
}

test('a module that is exchanged after it was checked is not loaded again', async ({ page, shop, network, api }) => {
  let times = 0;
  await page.route(/\/glue-[0-9a-f]+\.js/, async (route) => {
    const response = await route.fetch();
    await route.fulfill(times++ ? { response, body: 'window.tampered = true; export default 1' } : { response });
  });
  const html = `<!doctype html><doorstep-tracker api="${api.origin}" order="ord_1"></doorstep-tracker><script src="${network.origin}/embed/v1/doorstep.js"></script>`;
  await page.goto(shop.add({ html }));
  await shown(page);
  expect(times).toBe(1);
  expect(await page.evaluate(() => 'tampered' in window)).toBe(false);
});

test('a nonce on the script tag is enough for all that it loads', async ({ page, shop, network, standIn }) => {
  standIn.answer = () => ({ body: { ...order('ord_1'), cases: [A_CASE] } });
  const policy = `default-src 'none'; script-src 'nonce-abc' 'strict-dynamic' 'wasm-unsafe-eval'; connect-src ${network.origin} ${standIn.origin}; trusted-types 'none'; require-trusted-types-for 'script'`;
  const html = `<!doctype html><link rel="icon" href="data:,"><doorstep-tracker api="${standIn.origin}" order="ord_1" lang="en"></doorstep-tracker>
    <script nonce="abc" src="${network.origin}/embed/v1/doorstep.js"></script>`;
  await page.goto(shop.add({ html, headers: { 'Content-Security-Policy': policy } }));
  await shown(page);
  await page.waitForFunction(() => document.querySelector('doorstep-tracker')?.shadowRoot?.adoptedStyleSheets.length === 3);
  expect(await page.evaluate(() => window.notes.violations.filter((violation) => !violation.startsWith('img-src')))).toEqual([]);
});

test('no file of the release is asked for with a cookie or the address of the page', async ({ page, context, shop, network, standIn }) => {
  standIn.answer = () => ({ body: { ...order('ord_1'), cases: [A_CASE] } });
  const html = `<!doctype html><meta name="referrer" content="unsafe-url"><doorstep-tracker api="${standIn.origin}" order="ord_1" lang="en"></doorstep-tracker>
    <script src="${network.origin}/embed/v1/doorstep.js" referrerpolicy="no-referrer"></script>`;
  // A cookie applies to every port of a host.
  await context.addCookies([{ name: 'shopper', value: '1', url: shop.origin }]);
  await page.goto(shop.add({ html }));
  await shown(page);
  await page.waitForFunction(() => document.querySelector('doorstep-tracker')?.shadowRoot?.adoptedStyleSheets.length === 3);
  const [tag, ...files] = network.headers;
  expect(tag?.path, 'the tag itself is the page').toBe('/embed/v1/doorstep.js');
  expect(files.length).toBeGreaterThanOrEqual(7);
  expect(files.filter(({ referer, cookie }) => referer || cookie)).toEqual([]);
  expect(standIn.asked.filter(({ headers }) => headers['referer'] || headers['cookie'])).toEqual([]);
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
