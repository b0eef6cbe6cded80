// The first page: it is painted before the WebAssembly is there, the widget takes over its nodes, and it stays if the widget never comes.

import type { Page } from '@playwright/test';
import type { Backend } from './support/backend';
import { eventOf, expect, order as sample, shown, test } from './support/fixtures';
import { type Gate, gate } from './support/gate';
import { createOrder, demoOrder, demoOrders, headline, type Opened, scriptTag, spoken } from './support/orders';

const READ_ONLY = 'You can read everything here, but the actions are not available right now. The contact details are at the end.';

const tag = (backend: Backend, order: Opened, attributes: Record<string, string> = {}) =>
  scriptTag(backend, { order: order.id, token: order.token, 'first-page': 'backend', ...attributes });

/** Holds the WebAssembly back until the gate is opened. */
async function holdEngine(page: Page): Promise<Gate> {
  const engine = gate();
  await page.route(/\/doorstep-\w+\.wasm$/, async (route) => {
    await engine.opened;
    await route.continue();
  });
  return engine;
}

const painted = (page: Page) => page.locator('doorstep-tracker .order').waitFor();

/** Returns the markup of the page, and remembers its nodes for `lostNodes`. */
const markup = (page: Page, part = '.doorstep'): Promise<string> =>
  page.locator('doorstep-tracker').evaluate((host, part) => {
    const root = host.shadowRoot;
    const nodes = [...(root?.querySelectorAll('.doorstep *') ?? [])];
    Object.assign(window, { before: (window as { before?: Element[] }).before ?? nodes });
    return root?.querySelector(part)?.outerHTML ?? '';
  }, part);

/** Returns the number of elements that were on the page at the first call of `markup` and are there no more. */
const lostNodes = (page: Page): Promise<number> =>
  page.evaluate(() => ((window as { before?: Element[] }).before ?? []).filter((element) => !element.isConnected).length);

/** Sums up the layout shifts of the page from now on. */
const observeShifts = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const seen = { shifts: 0 };
    Object.assign(window, seen);
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) (window as unknown as typeof seen).shifts += (entry as unknown as { value: number }).value;
    }).observe({ type: 'layout-shift' });
  });

/** Returns the layout shifts since `observeShifts`, after everything that is drawn is painted. */
const shifts = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
    await new Promise((done) => setTimeout(done));
    return (window as unknown as { shifts: number }).shifts;
  });

/** Returns true if an order has cases, returns or refunds, whose cards come with the second chunk. */
async function hasRequests(backend: Backend, order: Opened): Promise<boolean> {
  const answer = await fetch(`${backend.api}/v1/orders/${order.id}`, { headers: { Authorization: `Bearer ${order.token}` } });
  const document = (await answer.json()) as Record<'cases' | 'returns' | 'refunds', readonly unknown[] | undefined>;
  return (['cases', 'returns', 'refunds'] as const).some((field) => document[field]?.length);
}

const isRunning = (page: Page): Promise<unknown> => eventOf(page, 'doorstep-ready');

test('the order can be read before the engine is there, and the engine takes over every node of it', async ({ page, shop, backend }) => {
  const engine = await holdEngine(page);
  const order = await demoOrder(backend, 'late');
  await page.goto(shop.add({ html: tag(backend, order) }));
  await painted(page);
  await expect(headline(page)).toHaveText(/^Running late/);
  await expect(page.locator('doorstep-tracker').getByRole('listitem').first()).toBeVisible();
  const before = await markup(page);

  engine.open();
  await isRunning(page);
  expect(await markup(page)).toBe(before);
  expect(await lostNodes(page)).toBe(0);
  await expect(spoken(page)).toHaveText('');
});

for (const [lang, step] of [
  ['en', 1],
  ['de', 1],
  ['en-GB', 5],
  ['de-AT-x-informal', 5],
] as const) {
  test(`the first page of ${step === 1 ? 'every demo order' : 'several demo orders'} has the words of the widget (${lang})`, async ({ page, shop, backend }) => {
    test.setTimeout(180_000);
    const words = () => page.locator('doorstep-tracker .order').evaluate((article) => article.textContent);
    const takeOver = async (order: Opened): Promise<{ before: string; after: string }> => {
      const engine = await holdEngine(page);
      // Some demo orders move. Without a stream the widget shows the same version of the order as the first page.
      await page.route('**/stream', () => {});
      await page.goto(shop.add({ html: tag(backend, order, { lang }) }));
      await painted(page);
      const before = await words();
      engine.open();
      await isRunning(page);
      const after = await words();
      await page.unrouteAll({ behavior: 'ignoreErrors' });
      return { before, after };
    };
    for (const order of (await demoOrders(backend)).filter((_, at) => at % step === 0)) {
      let seen = await takeOver(order);
      // Ages such as "1 min. ago" may change between the two readings, but not twice in a row.
      if (seen.after !== seen.before) seen = await takeOver(order);
      expect(seen.after, order.id).toBe(seen.before);
    }
  });
}

test('the cards of requests are on the first page, and nothing moves when the widget takes them over', async ({ page, shop, backend }) => {
  test.setTimeout(180_000);
  const takeOver = async (order: Opened): Promise<{ before: string; after: string }> => {
    const engine = await holdEngine(page);
    await page.route('**/stream', () => {});
    await page.goto(shop.add({ html: tag(backend, order) }));
    await painted(page);
    await expect(page.locator('doorstep-tracker .requests')).toBeVisible();
    const before = await markup(page, '.order');
    await observeShifts(page);
    engine.open();
    await isRunning(page);
    await expect(page.locator('doorstep-tracker dialog.sheet')).toBeAttached();
    const after = await markup(page, '.order');
    expect(await shifts(page), order.id).toBe(0);
    expect(await lostNodes(page), order.id).toBe(0);
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    return { before, after };
  };
  let count = 0;
  for (const order of await demoOrders(backend)) {
    if (!(await hasRequests(backend, order))) continue;
    count += 1;
    let seen = await takeOver(order);
    // Ages such as "1 min. ago" may change between the two readings, but not twice in a row.
    if (seen.after !== seen.before) seen = await takeOver(order);
    expect(seen.after, order.id).toBe(seen.before);
  }
  expect(count).toBeGreaterThan(0);
});

test('an order with requests is shown without its cards if the second chunk cannot be loaded', async ({ page, shop, backend }) => {
  await page.route(/\/requests-\w+\.wasm$/, (route) => route.fulfill({ status: 404, body: '' }));
  const orders = await demoOrders(backend);
  const found = await Promise.all(orders.map((order) => hasRequests(backend, order)));
  const order = orders.find((_, at) => found[at]);
  if (!order) throw new Error('the demo has no order with requests');
  await page.goto(shop.add({ html: tag(backend, order) }));
  await isRunning(page);
  await expect(page.locator('doorstep-tracker .order')).toBeVisible();
  await expect(page.locator('doorstep-tracker .requests')).toHaveCount(0);
});

test('an open disclosure, the focus and a press outlive the takeover', async ({ page, shop, backend }) => {
  const engine = await holdEngine(page);
  const order = await demoOrder(backend, 'late');
  await page.goto(shop.add({ html: tag(backend, order) }));
  await painted(page);
  const history = page.locator('doorstep-tracker details').first();
  await history.locator('summary').click();
  await expect(history).toHaveAttribute('open', '');
  const copy = page.getByRole('button', { name: 'Copy: Tracking number' });
  await copy.focus();
  const action = page.locator('doorstep-tracker [data-action]').first();
  await action.evaluate((button: HTMLElement) => button.click());
  await expect(action).toHaveAttribute('aria-busy', 'true');

  engine.open();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expect(action).not.toHaveAttribute('aria-busy', 'true');
  await expect(history).toHaveAttribute('open', '');
});

test('a parcel that is opened before the takeover stays open, also in an order of many parcels', async ({ page, shop, backend }) => {
  const engine = await holdEngine(page);
  const parcels = [...Array(12).keys()].map((row) => row + 1);
  const order = await createOrder(backend, {
    lines: parcels.map((row) => ({ id: `l${row}`, title: `Rain jacket ${row}`, quantity: 1 })),
    shipments: parcels.map((row) => ({ carrier: { code: 'usps', name: 'USPS' }, tracking_number: `MANY${row}`, lines: [{ line_id: `l${row}`, quantity: 1 }] })),
  });
  await page.goto(shop.add({ html: tag(backend, order) }));
  await painted(page);
  const last = page.locator('doorstep-tracker .parcel').nth(11);
  await expect(last).not.toHaveAttribute('open', '');
  await last.locator('summary').first().click();
  const number = last.getByText(/^MANY\d+$/);
  await expect(number).toBeVisible();
  engine.open();
  await isRunning(page);
  await expect(number).toBeVisible();
  await expect(last).toHaveAttribute('open', '');
});

test('the read of the order needs no preflight, and its token is in no address', async ({ page, shop, backend }) => {
  const order = await createOrder(backend);
  const seen: string[] = [];
  page.on('request', (request) => seen.push(`${request.method()} ${request.url()}`));
  await page.goto(shop.add({ html: tag(backend, order) }));
  await isRunning(page);
  const reads = seen.filter((line) => line.includes(`/v1/orders/${order.id}`) && !line.endsWith('/stream'));
  expect(reads).toEqual([`POST ${backend.api}/v1/orders/${order.id}/read`]);
  expect(seen.join('\n')).not.toContain(order.token);
});

for (const [name, ruin, code] of [
  ['that cannot be downloaded', { status: 404, body: '' }, 'load-failed'],
  ['that is not the one of the release', { status: 200, contentType: 'application/wasm', body: 'no engine' }, 'load-failed'],
] as const) {
  test(`an engine ${name} leaves the page readable, with a way to a person`, async ({ page, shop, backend }) => {
    await page.route(/\/doorstep-\w+\.wasm$/, (route) => route.fulfill(ruin));
    const order = await demoOrder(backend, 'late');
    await page.goto(shop.add({ html: tag(backend, order) }));
    await expect(page.getByText(READ_ONLY)).toBeVisible({ timeout: 15_000 });
    expect(await eventOf(page, 'doorstep-error')).toEqual({ code, retryable: true });
    await expect(headline(page)).toHaveText(/^Running late/);
    await expect(page.locator('doorstep-tracker').locator('[data-action], [part~=actions], [part~=help]')).toHaveCount(0);
    await expect(page.getByRole('link', { name: 'Write to Fieldhouse' })).toBeVisible();

    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await page.getByRole('button', { name: 'Try again' }).click();
    await isRunning(page);
    await expect(page.getByText(READ_ONLY)).toHaveCount(0);
    await expect(page.locator('doorstep-tracker [data-action]').first()).toBeAttached();
  });
}

test('an engine that panics at the takeover leaves the page readable', async ({ page, shop, backend }) => {
  await page.addInitScript(() => {
    const getter = Object.getOwnPropertyDescriptor(Node.prototype, 'nodeType')?.get;
    Object.defineProperty(Node.prototype, 'nodeType', {
      get(this: Node) {
        if (new Error().stack?.includes('wasm')) throw new Error('broken on purpose');
        return getter?.call(this) as number;
      },
    });
  });
  const engine = await holdEngine(page);
  const order = await demoOrder(backend, 'late');
  await page.goto(shop.add({ html: tag(backend, order) }));
  await painted(page);
  engine.open();
  await expect(page.getByText(READ_ONLY)).toBeVisible();
  await expect(headline(page)).toHaveText(/^Running late/);
  expect(await eventOf(page, 'doorstep-error')).toMatchObject({ code: 'panic' });
});

test('a page whose policy refuses WebAssembly shows the order to read', async ({ page, shop, backend }) => {
  const policy = `default-src 'none'; script-src ${backend.origin}; connect-src ${backend.origin}; img-src ${backend.origin}; style-src 'none'`;
  const order = await demoOrder(backend, 'late');
  await page.goto(shop.add({ html: tag(backend, order), headers: { 'Content-Security-Policy': policy } }));
  await expect(page.getByText(READ_ONLY)).toBeVisible();
  await expect(headline(page)).toHaveText(/^Running late/);
  expect(await eventOf(page, 'doorstep-error')).toEqual({ code: 'wasm-blocked', retryable: false });
});

test('a page in an encoding of its own shows the dates as any other page does', async ({ page, shop, backend }) => {
  const order = await demoOrder(backend, 'late');
  const headers = { 'Content-Type': 'text/html; charset=windows-1252' };
  for (const first of ['backend', '']) {
    await page.goto(shop.add({ html: tag(backend, order, { 'first-page': first, lang: 'en' }), headers }));
    await isRunning(page);
    await expect(headline(page)).toHaveText(/^Running late\. Now expected [A-Z][a-z]{2},\u00a0[A-Z][a-z]{2}\u00a0\d+\u00a0\u2013 [A-Z][a-z]{2},\u00a0/u);
  }
});

test('the strictest policy sees no violation by the first page', async ({ page, shop, backend }) => {
  const policy = [
    "default-src 'none'",
    `script-src ${backend.origin} 'wasm-unsafe-eval'`,
    `connect-src ${backend.origin}`,
    `img-src ${backend.origin}`,
    "style-src 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
  const order = await demoOrder(backend, 'split');
  await page.goto(shop.add({ html: tag(backend, order), headers: { 'Content-Security-Policy': policy } }));
  await painted(page);
  await isRunning(page);
  expect(await page.evaluate(() => window.notes.violations)).toEqual([]);
});

const deep = (depth: number): string => `${'["div",[],'.repeat(depth)}null${']'.repeat(depth)}`;
const HOSTILE: readonly (readonly [string, string])[] = [
  ['a script', '["div",[],["script",[],"window.pwned=1"]]'],
  ['an iframe', '["div",[],["iframe",["src","https://evil.example/"]]]'],
  ['a handler', '["div",["onclick","window.pwned=1"],"x"]'],
  ['a name that is no attribute', '["div",[],["p",["data-a b","x"],"x"]]'],
  ['a style', '["div",["style","position:fixed"],"x"]'],
  ['a script address', '["div",[],["a",["href","javascript:window.pwned=1"],"x"]]'],
  ['a script address with a tab', '["div",[],["a",["href","java\\tscript:window.pwned=1"],"x"]]'],
  ['a picture from anywhere', '["div",[],["img",["src","data:image/svg+xml,<svg/>"]]]'],
  ['a button that sends a form', '["div",[],["button",["type","submit"],"x"]]'],
  ['a slot for the content of the page', '["div",[],["slot",[]]]'],
  ['a depth of 10,000', deep(10_000)],
  ['100,000 nodes', `["div",[]${',"x"'.repeat(100_000)}]`],
  ['another type', '{"div":1}'],
  ['a text', '"<img src=x onerror=window.pwned=1>"'],
];
for (const [name, tree] of HOSTILE) {
  test(`a first page with ${name} is not painted, and the widget shows the order`, async ({ page, shop, network, standIn }) => {
    const document = JSON.stringify({ ...sample('ord_1'), version: 1 });
    standIn.answer = () => ({ headers: { ETag: '"1"' }, body: `${document.slice(0, -1)},"first_page":${tree}}` });
    const html = `<!doctype html><html lang="en"><title>Your order</title><doorstep-tracker api="${standIn.origin}" order="ord_1" token="t"
      first-page="backend"></doorstep-tracker><script src="${network.origin}/embed/v1/doorstep.js"></script>`;
    await page.goto(shop.add({ html }));
    await shown(page);
    await expect(headline(page)).toBeVisible();
    expect(await page.evaluate(() => 'pwned' in window)).toBe(false);
    expect(await page.locator('doorstep-tracker').evaluate((host) => host.shadowRoot?.querySelector('script,iframe,slot:not([name]),[style],[onclick]'))).toBeNull();
  });
}

test('a backend that does not know the read of the order is asked in the way that it knows', async ({ page, shop, network, standIn }) => {
  standIn.answer = ({ path }) => (path.endsWith('/read') ? { status: 404, body: { status: 404, code: 'not-found' } } : { body: sample('ord_1') });
  const html = `<!doctype html><html lang="en"><title>Your order</title><doorstep-tracker api="${standIn.origin}" order="ord_1" token="t"
    first-page="backend"></doorstep-tracker><script src="${network.origin}/embed/v1/doorstep.js"></script>`;
  await page.goto(shop.add({ html }));
  await shown(page);
  expect(standIn.asked.map((question) => question.path)).toEqual(['/v1/orders/ord_1/read', '/v1/orders/ord_1']);
});

test('every file of a boot is downloaded once', async ({ page, shop, backend }) => {
  const seen: string[] = [];
  page.on('request', (request) => request.method() !== 'OPTIONS' && seen.push(request.url()));
  const order = await demoOrder(backend, 'on_time');
  await page.goto(shop.add({ html: tag(backend, order) }));
  await isRunning(page);
  const files = seen.filter((url) => url.includes('/embed/'));
  expect(files.length).toBe(5);
  expect(new Set(files).size).toBe(files.length);
});
