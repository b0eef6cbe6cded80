// The widget under the security policies of careful shops: it works under the strictest that allow it, and steps aside under the others.

import { eventOf, expect, shown, test } from './support/fixtures';

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
