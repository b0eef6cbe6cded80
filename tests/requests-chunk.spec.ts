// The second chunk: code, texts and styles that are loaded when an order needs them, and whose absence does not affect the page.

import type { Page } from '@playwright/test';
import { eventOf, expect, order, shown, test } from './support/fixtures';

const host = (origin: string, api: string, count = 1) =>
  `<!doctype html><title>Order</title>${`<doorstep-tracker api="${api}" order="ord_1" lang="en"></doorstep-tracker>`.repeat(count)}
  <script src="${origin}/embed/v1/doorstep.js"></script>`;

const CASE = { id: 'c1', reference: 'DS-7K2M4', kind: 'report_missing', state: 'received', timeline: [], can_reply: false };

/** Returns a response with one version of the order, with the given cases. */
const answer = (version: number, cases: unknown[]) => ({ headers: { ETag: `"${version}"` }, body: { ...order('ord_1'), version, cases } });

const isRequests = (path: string) => /\/(requests-|request-|\w+-requests-)[^/]*$/.test(path);

/** Returns the files of the second chunk that were requested, without their hashes. */
const kinds = (paths: readonly string[]) =>
  paths.filter(isRequests).map((path) => path.replace(/^.*\//, '').replace(/-[0-9a-f]{12}/, '')).sort();

/** Waits until the nth widget has the styles of the second chunk. Only the texts are loaded after them. */
async function arrived(page: Page, nth = 0): Promise<void> {
  await page.waitForFunction((n) => document.querySelectorAll('doorstep-tracker')[n]?.shadowRoot?.adoptedStyleSheets.length === 3, nth);
}

const refresh = (page: Page) =>
  page.locator('doorstep-tracker').first().evaluate((tracker) => (tracker as HTMLElement & { refresh(): void }).refresh());

function errorsOf(page: Page): string[] {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  return errors;
}

test('an order without a case never downloads the second chunk', async ({ page, shop, network, standIn }) => {
  standIn.answer = () => answer(1, []);
  await page.goto(shop.add({ html: host(network.origin, standIn.origin) }));
  await shown(page);
  standIn.answer = () => answer(2, []);
  await refresh(page);
  await eventOf(page, 'doorstep-change');
  expect(kinds(network.requested)).toEqual([]);
});

test('an order with a case downloads the second chunk once for two elements', async ({ page, shop, network, standIn }) => {
  const errors = errorsOf(page);
  standIn.answer = () => answer(1, [CASE]);
  await page.goto(shop.add({ html: host(network.origin, standIn.origin, 2) }));
  await shown(page, 0);
  await shown(page, 1);
  await arrived(page, 0);
  await arrived(page, 1);
  expect(kinds(network.requested)).toEqual(['en-requests.json', 'request.css', 'requests.wasm']);
  expect(errors).toEqual([]);
});

test('the second half of the texts follows the language', async ({ page, shop, network, standIn }) => {
  standIn.answer = () => answer(1, [CASE]);
  await page.goto(shop.add({ html: host(network.origin, standIn.origin) }));
  await arrived(page);
  await page.locator('doorstep-tracker').evaluate((tracker) => tracker.setAttribute('lang', 'de'));
  await expect.poll(() => kinds(network.requested)).toContain('de-requests.json');
});

for (const [name, fail] of [
  ['that is not there', { status: 404, body: 'gone' }],
  ['that cannot be reached', null],
] as const) {
  test(`a chunk ${name} leaves the page as it is and comes with the next change`, async ({ page, shop, network, standIn }) => {
    const errors = errorsOf(page);
    let refused = 0;
    await page.route('**/requests-*.wasm', (route) => {
      refused++;
      return fail ? route.fulfill({ ...fail, headers: { 'Access-Control-Allow-Origin': '*' } }) : route.abort('internetdisconnected');
    });
    const warned = page.waitForEvent('console', (message) => message.type() === 'warning' && message.text().includes('Doorstep'));
    standIn.answer = () => answer(1, [CASE]);
    await page.goto(shop.add({ html: host(network.origin, standIn.origin) }));
    await shown(page);
    await warned;
    expect(refused, 'with patience').toBe(3);
    await expect(page.locator('[data-focus=headline]')).toBeVisible();
    expect(await page.evaluate(() => window.notes.events.map((event) => event.type))).toEqual(['doorstep-ready']);
    expect(errors).toEqual([]);

    await page.unroute('**/requests-*.wasm');
    standIn.answer = () => answer(2, [CASE]);
    await refresh(page);
    await arrived(page);
    expect(await page.evaluate(() => window.notes.events.map((event) => event.type))).toEqual(['doorstep-ready', 'doorstep-change']);
    expect(errors).toEqual([]);
  });
}

test('a chunk of the wrong type is taken all the same', async ({ page, shop, network, standIn }) => {
  await page.route('**/requests-*.wasm', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), 'content-type': 'application/octet-stream' } });
  });
  standIn.answer = () => answer(1, [CASE]);
  await page.goto(shop.add({ html: host(network.origin, standIn.origin) }));
  await arrived(page);
});

test('a chunk that was tampered with is not run', async ({ page, shop, network, standIn }) => {
  await page.route('**/requests-*.wasm', async (route) => {
    const response = await route.fetch();
    const body = await response.body();
    body[body.length - 1] = (body[body.length - 1] ?? 0) ^ 1;
    await route.fulfill({ response, body });
  });
  const warned = page.waitForEvent('console', (message) => message.type() === 'warning' && message.text().includes('Doorstep'));
  standIn.answer = () => answer(1, [CASE]);
  await page.goto(shop.add({ html: host(network.origin, standIn.origin) }));
  await shown(page);
  await warned;
  expect(await page.locator('doorstep-tracker').evaluate((tracker) => tracker.shadowRoot?.adoptedStyleSheets.length)).toBe(2);
});

test('after a panic the chunk comes into the fresh instance, without a download', async ({ page, shop, network, standIn }) => {
  const errors = errorsOf(page);
  // Records the instances that use the memory of another instance, which are those of the second chunk.
  await page.addInitScript(() => {
    const { instantiate } = WebAssembly;
    const entered: unknown[] = [];
    Object.assign(window.notes, { entered });
    WebAssembly.instantiate = ((module: WebAssembly.Module, imports?: WebAssembly.Imports) => {
      if (imports && '__wasm_split' in imports) entered.push(imports['__wasm_split']);
      return instantiate(module, imports);
    }) as typeof instantiate;
  });
  const entered = () => page.evaluate(() => new Set((window.notes as unknown as { entered: unknown[] }).entered).size);
  standIn.answer = () => answer(1, [CASE]);
  await page.goto(shop.add({ html: host(network.origin, standIn.origin) }));
  await arrived(page);
  await expect.poll(entered).toBe(1);

  await page.evaluate(() => {
    const memory = window.notes.memories.at(-1);
    if (memory) new Uint8Array(memory.buffer).fill(0xff);
  });
  await page.locator('doorstep-tracker').evaluate((tracker) => tracker.setAttribute('order', 'ord_2'));
  expect(await eventOf(page, 'doorstep-error')).toEqual({ code: 'panic', retryable: true });
  await page.getByRole('button').click();
  await shown(page);
  await arrived(page);
  await expect.poll(entered, 'a second instance has the chunk').toBe(2);

  await page.evaluate(() => (window.notes.events.length = 0));
  standIn.answer = () => answer(2, [CASE]);
  await refresh(page);
  await eventOf(page, 'doorstep-change');
  expect(kinds(network.requested)).toEqual(['en-requests.json', 'request.css', 'requests.wasm']);
  expect(errors).toEqual([]);
});

test('the strictest policy sees no violation when the chunk is loaded', async ({ page, shop, network, standIn }) => {
  const policy = [
    "default-src 'none'",
    `script-src ${network.origin} 'wasm-unsafe-eval'`,
    `connect-src ${network.origin} ${standIn.origin}`,
    "style-src 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
  const errors = errorsOf(page);
  standIn.answer = () => answer(1, [CASE]);
  await page.goto(shop.add({ html: host(network.origin, standIn.origin), headers: { 'Content-Security-Policy': policy } }));
  await shown(page);
  await arrived(page);
  expect(await page.evaluate(() => window.notes.violations)).toEqual([]);
  expect(errors).toEqual([]);
});
