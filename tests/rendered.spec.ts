// Orders that the backend renders as HTML: readable without script, taken over by the element, and on the order page that the backend hosts.

import type { Browser, Page } from '@playwright/test';
import type { Backend } from './support/backend';
import { eventOf, expect, test } from './support/fixtures';
import { gate } from './support/gate';
import { admin, createOrder, demoOrder, demoOrders, headline, type Opened, spoken } from './support/orders';

const READ_ONLY = 'You can read everything here, but the actions are not available right now. The contact details are at the end.';

/** Returns the HTML of an order, as a shop's server requests it. */
async function render(backend: Backend, order: Opened, language = 'en'): Promise<string> {
  const answer = await fetch(`${backend.api}/v1/orders/${order.id}/html?language=${language}`, { headers: { Authorization: `Bearer ${order.token}` } });
  expect(answer.status).toBe(200);
  // The page is on another origin than the files of the widget.
  return (await answer.text()).replace('href="/embed/', `href="${backend.origin}/embed/`);
}

/** Returns a page of the shop with a rendered order. */
const pageOf = (backend: Backend, order: Opened, template: string, lang = 'en') => `<!doctype html><html lang="${lang}"><title>Your order</title>
  <meta name="viewport" content="width=device-width"><body><doorstep-tracker api="${backend.api}" order="${order.id}" token="${order.token}">${template}</doorstep-tracker>
  <p>Thank you</p><script async src="${backend.origin}/embed/v1/doorstep.js"></script></body></html>`;

/** Opens a page in a browser without script, and closes it after the test's steps. */
async function withoutScript(browser: Browser, steps: (page: Page) => Promise<void>): Promise<void> {
  const context = await browser.newContext({ javaScriptEnabled: false, locale: 'en-GB' });
  try {
    await steps(await context.newPage());
  } finally {
    await context.close();
  }
}

/** Returns the notice for browsers without script. */
const notice = (page: Page) => page.locator('doorstep-tracker noscript p');

/** Holds the loader back until the gate is opened. */
async function holdLoader(page: Page) {
  const loader = gate();
  await page.route(/\/doorstep\.js$/, async (route) => {
    await loader.opened;
    await route.continue();
  });
  await page.route('**/stream', () => {});
  return loader;
}

/** Remembers the rendered nodes, and returns the words of the order. */
const wordsBefore = (page: Page): Promise<string> =>
  page.locator('doorstep-tracker .order').evaluate((article) => {
    Object.assign(window, { rendered: [...article.querySelectorAll(':not(noscript)')], shifts: 0 });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) (window as unknown as { shifts: number }).shifts += (entry as unknown as { value: number }).value;
    }).observe({ type: 'layout-shift' });
    const copy = article.cloneNode(true) as Element;
    copy.querySelector('noscript')?.remove();
    return copy.textContent;
  });

const lost = (page: Page): Promise<string[]> =>
  page.evaluate(() => (window as unknown as { rendered: Element[] }).rendered.filter((element) => !element.isConnected).map((element) => element.outerHTML));

test('without script the whole order can be read, with a way to a person', async ({ browser, shop, backend }) => {
  const order = await demoOrder(backend, 'late');
  const policy = `default-src 'none'; style-src ${backend.origin}; img-src ${backend.origin}`;
  const url = shop.add({ html: pageOf(backend, order, await render(backend, order)), headers: { 'Content-Security-Policy': policy } });
  await withoutScript(browser, async (page) => {
    await page.goto(url);
    await expect(headline(page)).toHaveText(/^Running late/);
    await expect(notice(page)).toBeVisible();
    await expect(notice(page)).toHaveText(READ_ONLY);
    const tracker = page.locator('doorstep-tracker');
    expect(await tracker.locator('.event').count()).toBeGreaterThan(3);
    for (const event of await tracker.locator('.event').all()) await expect(event).toBeVisible();
    await expect(tracker.locator('button:visible')).toHaveCount(0);
    await expect(page.getByRole('link', { name: 'Write to Fieldhouse' })).toBeVisible();
    // The stylesheet of the release applies.
    await expect(headline(page)).toHaveCSS('text-wrap-style', 'balance');
  });
});

test('the element takes over every node of a rendered order', async ({ page, shop, backend }) => {
  test.setTimeout(180_000);
  const takeOver = async (order: Opened) => {
    const loader = await holdLoader(page);
    await page.goto(shop.add({ html: pageOf(backend, order, await render(backend, order)) }), { waitUntil: 'commit' });
    await page.locator('doorstep-tracker .order').waitFor();
    const before = await wordsBefore(page);
    loader.open();
    await eventOf(page, 'doorstep-ready');
    const after = (await page.locator('doorstep-tracker .order').textContent()) ?? '';
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    return { before, after };
  };
  // The words are those of the first page, whose test compares all orders.
  for (const order of (await demoOrders(backend)).filter((_, at) => at % 3 === 0)) {
    let seen = await takeOver(order);
    // Ages such as "1 min. ago" may change between the two readings, but not twice in a row.
    if (seen.after !== seen.before) seen = await takeOver(order);
    expect(seen.after, order.id).toBe(seen.before);
    expect(await lost(page), order.id).toEqual([]);
    await expect(spoken(page)).toHaveText('');
  }
});

test('a rendered order does not move at the takeover, and its stylesheet stays in force', async ({ page, shop, backend }) => {
  const order = await demoOrder(backend, 'late');
  const loader = await holdLoader(page);
  await page.goto(shop.add({ html: pageOf(backend, order, await render(backend, order, 'de'), 'de') }), { waitUntil: 'commit' });
  await expect(headline(page)).toHaveCSS('text-wrap-style', 'balance');
  await wordsBefore(page);
  const place = () => page.locator('doorstep-tracker .order').evaluate((article) => JSON.stringify(article.getBoundingClientRect()));
  const before = await place();
  loader.open();
  await eventOf(page, 'doorstep-ready');
  expect(await place()).toBe(before);
  expect(await page.evaluate(() => (window as unknown as { shifts: number }).shifts)).toBe(0);
  await expect(page.locator('doorstep-tracker link')).toHaveCount(0);
});

test('a press on a rendered order is carried out when the widget runs', async ({ page, shop, backend }) => {
  const order = await demoOrder(backend, 'late');
  const engine = gate();
  await page.route(/\/doorstep-\w+\.wasm$/, async (route) => {
    await engine.opened;
    await route.continue();
  });
  await page.goto(shop.add({ html: pageOf(backend, order, await render(backend, order)) }), { waitUntil: 'commit' });
  const action = page.locator('doorstep-tracker [data-action]').first();
  // The loader marks the button as soon as it runs.
  await expect(async () => {
    await action.evaluate((button: HTMLElement) => button.click());
    await expect(action).toHaveAttribute('aria-busy', 'true', { timeout: 250 });
  }).toPass();
  engine.open();
  await expect(page.getByRole('dialog')).toBeVisible();
});

test('a rendered order stays readable if the widget cannot be loaded', async ({ page, shop, backend }) => {
  await page.route(/\/doorstep-\w+\.wasm$/, (route) => route.fulfill({ status: 404, body: '' }));
  const order = await demoOrder(backend, 'late');
  await page.goto(shop.add({ html: pageOf(backend, order, await render(backend, order)) }));
  await expect(page.getByText(READ_ONLY)).toBeVisible({ timeout: 15_000 });
  expect(await eventOf(page, 'doorstep-error')).toEqual({ code: 'load-failed', retryable: true });
  await expect(headline(page)).toHaveText(/^Running late/);
  // The styles of the element and of the button come with the loader.
  await expect(page.locator('doorstep-tracker')).toHaveCSS('display', 'block');
  await expect(page.getByRole('button', { name: 'Try again' })).toHaveCSS('min-block-size', '44px');
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await page.getByRole('button', { name: 'Try again' }).click();
  await eventOf(page, 'doorstep-ready');
  await expect(page.getByText(READ_ONLY)).toHaveCount(0);
});

test('a rendered order stays readable while the backend cannot be reached', async ({ page, shop, backend }) => {
  const order = await demoOrder(backend, 'late');
  const template = await render(backend, order);
  await page.route(`**/v1/orders/${order.id}`, (route) => route.fulfill({ status: 503, headers: { 'Access-Control-Allow-Origin': '*' }, body: '' }));
  await page.goto(shop.add({ html: pageOf(backend, order, template) }));
  await expect(page.getByText(READ_ONLY)).toBeVisible({ timeout: 15_000 });
  await expect(headline(page)).toHaveText(/^Running late/);
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await page.getByRole('button', { name: 'Try again' }).click();
  await eventOf(page, 'doorstep-ready');
  await expect(page.locator('doorstep-tracker .order')).toBeVisible();
});

test('a rendered element shows its order also if it gets its address later, or is removed and inserted again', async ({ page, shop, backend }) => {
  const order = await demoOrder(backend, 'late');
  const html = pageOf(backend, order, await render(backend, order)).replace(` api="${backend.api}"`, '');
  await page.goto(shop.add({ html }));
  expect(await eventOf(page, 'doorstep-error')).toEqual({ code: 'bad-options', retryable: false });
  await page.locator('doorstep-tracker').evaluate((host, api) => host.setAttribute('api', api), backend.api);
  await eventOf(page, 'doorstep-ready');
  await expect(headline(page)).toBeVisible();

  await page.goto(shop.add({ html: pageOf(backend, order, await render(backend, order)).replace('<doorstep-tracker', '<div style="block-size:5000px"></div><doorstep-tracker loading="lazy"') }));
  await page.waitForFunction(() => customElements.get('doorstep-tracker'));
  await page.locator('doorstep-tracker').evaluate(async (host) => {
    const parent = host.parentNode;
    host.remove();
    await new Promise((done) => setTimeout(done));
    await new Promise((done) => setTimeout(done));
    parent?.append(host);
    host.scrollIntoView();
  });
  await eventOf(page, 'doorstep-ready');
  await expect(headline(page)).toBeVisible();
});

test('a rendered order gives way when its link has ended', async ({ page, shop, backend }) => {
  const order = await createOrder(backend);
  const template = await render(backend, order);
  await admin(backend, `/${order.id}/revoke-links`, {});
  await page.goto(shop.add({ html: pageOf(backend, order, template) }));
  await expect(page.getByRole('heading', { name: 'This link does not open an order' })).toBeVisible();
  await expect(page.locator('doorstep-tracker .order')).toHaveCount(0);
});

test('the hosted order page opens the order of its link under its own strict policy', async ({ page, backend }) => {
  const order = await demoOrder(backend, 'late');
  await page.goto(`${backend.origin}/order?lang=en#doorstep=${order.id}/${order.token}`);
  await expect(headline(page)).toHaveText(/^Running late/);
  await eventOf(page, 'doorstep-ready');
  expect(page.url()).toBe(`${backend.origin}/order?lang=en`);
  expect(await page.evaluate(() => window.notes.violations)).toEqual([]);
  await page.locator('doorstep-tracker [data-action]').first().evaluate((button: HTMLElement) => button.click());
  await expect(page.getByRole('dialog')).toBeVisible();
  expect(await page.evaluate(() => window.notes.violations)).toEqual([]);
});

test('the hosted order page without a link is the guest look-up', async ({ page, backend }) => {
  await page.goto(`${backend.origin}/order?lang=de`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Bestellung finden');
});

test('no other site can show the hosted order page in a frame', async ({ page, shop, backend }) => {
  const refused = page.waitForEvent('console', (message) => message.text().includes('frame-ancestors'));
  await page.goto(shop.add({ html: `<!doctype html><html lang="en"><title>Shop</title><iframe title="order" src="${backend.origin}/order"></iframe>` }));
  await refused;
  await expect(page.frameLocator('iframe').locator('doorstep-tracker')).toHaveCount(0);
});

test('the hosted order page shows an order without script, after a look-up', async ({ browser, backend }) => {
  const order = await createOrder(backend);
  await withoutScript(browser, async (page) => {
    await page.goto(`${backend.origin}/order`);
    await page.getByLabel('Order number').fill(order.number);
    await page.getByLabel('E-mail or postcode').fill('nobody@mail.example');
    await page.getByRole('button', { name: 'Find order' }).click();
    await expect(page.getByRole('alert')).toHaveText('No order matches these two. Check both and try again.');
    await expect(page.getByLabel('Order number')).toHaveValue(order.number);
    await page.getByLabel('E-mail or postcode').fill(order.email);
    await page.getByRole('button', { name: 'Find order' }).click();
    await expect(page.getByText('Rain jacket').first()).toBeVisible();
    await expect(notice(page)).toBeVisible();
    expect(page.url()).toBe(`${backend.origin}/order?lang=en-GB`);
  });
});
