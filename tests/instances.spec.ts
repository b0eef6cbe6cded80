// Several widgets on one page; a widget that is moved, changed and removed; the places where a token may appear and where it must not.

import type { Page } from '@playwright/test';
import type { Backend } from './support/backend';
import { expect, shown, test } from './support/fixtures';
import { createOrder, deliver, demoOrder, headline, open, openStreams, type Opened, scans } from './support/orders';
import { trackerUpdated } from './support/easypost';
import type { Shop } from './support/servers';

async function openAll(page: Page, shop: Shop, backend: Backend, elements: [Opened, string][]): Promise<void> {
  const tags = elements.map(([order, rest]) => `<doorstep-tracker api="${backend.api}" order="${order.id}" token="${order.token}" ${rest}></doorstep-tracker>`);
  const html = `<!doctype html><html lang="en"><title>Orders</title><main>${tags.join('')}</main><aside></aside>
    <script src="${backend.origin}/embed/v1/doorstep.js"></script>`;
  await page.goto(shop.add({ html }));
  for (const nth of elements.keys()) await shown(page, nth);
}

/** Records the HTTP requests to the backend from now on. */
function questions(page: Page, backend: Backend): { orders: string[]; streams: string[] } {
  const asked = { orders: [] as string[], streams: [] as string[] };
  page.on('request', (request) => {
    const path = request.url().split(`${backend.api}/v1/orders/`)[1];
    if (path) (path.endsWith('/stream') ? asked.streams : asked.orders).push(path);
  });
  return asked;
}

test('two widgets with different orders, languages and themes do not know of each other', async ({ page, shop, backend }) => {
  const [late, pickup] = [await demoOrder(backend, 'late'), await demoOrder(backend, 'pickup')];
  await openAll(page, shop, backend, [[late, 'lang="en-GB" theme="light"'], [pickup, 'lang="de" theme="dark" heading-level="3"']]);
  const [first, second] = [page.locator('doorstep-tracker').nth(0), page.locator('doorstep-tracker').nth(1)];
  await expect(first.getByText(`Order ${late.number}`)).toBeVisible();
  await expect(first.getByRole('button', { name: 'Copy: Tracking number' })).toBeVisible();
  await expect(second.getByText(`Bestellung ${pickup.number}`)).toBeVisible();
  await expect(second.getByRole('button', { name: /: Sendungsnummer$/ })).toBeVisible();
  await expect(second.getByRole('heading', { level: 2 })).toHaveCount(0);
  const background = (tracker: typeof first) => tracker.locator('.doorstep').evaluate((root) => getComputedStyle(root).backgroundColor);
  expect(await background(first)).toBe('rgb(255, 255, 255)');
  expect(await background(second)).not.toBe('rgb(255, 255, 255)');
});

test('two widgets with the same order share one stream, and both hear it', async ({ page, shop, backend }) => {
  const order = await createOrder(backend);
  const asked = questions(page, backend);
  await openAll(page, shop, backend, [[order, ''], [order, '']]);
  await deliver(backend, trackerUpdated(order.trackingNumber));
  for (const nth of [0, 1]) await expect(headline(page.locator('doorstep-tracker').nth(nth))).toHaveText(/^(Delivered|Left)/);
  expect(asked.streams).toHaveLength(1);

  await page.locator('doorstep-tracker').first().evaluate((element) => element.remove());
  await expect.poll(() => openStreams(backend), 'the other one still listens').toBe(1);
});

test('a widget that is moved keeps what the shopper unfolded, and asks for nothing', async ({ page, shop, backend }) => {
  const order = await createOrder(backend);
  await deliver(backend, trackerUpdated(order.trackingNumber));
  await openAll(page, shop, backend, [[order, '']]);
  await page.getByRole('button', { name: /^Show \d+ earlier$/ }).click();
  await expect(scans(page)).toHaveCount(6);
  const asked = questions(page, backend);
  await page.evaluate(() => document.querySelector('aside')?.append(document.querySelector('doorstep-tracker') ?? ''));
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
  await expect(page.locator('aside').locator('[part~=event]')).toHaveCount(6);
  expect(asked).toEqual({ orders: [], streams: [] });
});

test('every attribute can be changed while the order is on the page', async ({ page, shop, backend }) => {
  const [late, pickup] = [await demoOrder(backend, 'late'), await demoOrder(backend, 'pickup')];
  const tracker = await open(page, shop, backend, late);
  const asked = questions(page, backend);
  const change = (name: string, value: string) => tracker.evaluate((element, [key = '', to = '']) => element.setAttribute(key, to), [name, value]);

  await change('lang', 'de');
  await expect(tracker.getByText(`Bestellung ${late.number}`)).toBeVisible();
  await change('theme', 'dark');
  await expect(tracker.locator('.root')).toHaveAttribute('data-theme', 'dark');
  await change('heading-level', '4');
  await expect(tracker.getByRole('heading', { level: 4 }).first()).toHaveAttribute('data-focus', 'headline');
  expect(asked, 'none of these is a reason to ask').toEqual({ orders: [], streams: [] });

  await tracker.evaluate((element, { id, token }) => Object.assign(element, { order: id, token }), pickup);
  await expect(tracker.getByText(`Bestellung ${pickup.number}`)).toBeVisible();
  expect(asked.orders, 'order and token together are one change').toEqual([pickup.id]);
});

test('a timeline speaks the language that the page changes to', async ({ page, shop, backend }) => {
  const order = await createOrder(backend);
  await deliver(backend, trackerUpdated(order.trackingNumber));
  const tracker = await open(page, shop, backend, order, { lang: 'en-US' });
  await expect(scans(tracker).first().locator('time')).toHaveText(/PM/);
  await tracker.evaluate((element) => element.setAttribute('lang', 'de'));
  await expect(scans(tracker).first().locator('time')).toHaveText('13:02');
});

test('what was typed into the look-up survives a change of language, theme and level', async ({ page, shop, backend }) => {
  const html = `<!doctype html><html lang="en"><title>Order</title><doorstep-tracker api="${backend.api}"></doorstep-tracker>
    <script src="${backend.origin}/embed/v1/doorstep.js"></script>`;
  await page.goto(shop.add({ html }));
  await shown(page);
  await page.getByLabel('Order number').fill('1042');
  await page.locator('doorstep-tracker').evaluate((element) => {
    for (const [name, value] of Object.entries({ lang: 'de', theme: 'dark', 'heading-level': '3' })) element.setAttribute(name, value);
  });
  await expect(page.getByRole('heading', { level: 3 })).toHaveText('Bestellung finden');
  await expect(page.getByLabel('Bestellnummer')).toHaveValue('1042');
  await expect(page.getByLabel('Bestellnummer')).toBeFocused();
});

test('widgets that come and go leave no stream open', async ({ page, shop, backend }) => {
  test.setTimeout(120_000);
  const order = await createOrder(backend);
  await openAll(page, shop, backend, [[order, '']]);
  await expect.poll(() => openStreams(backend)).toBe(1);
  await page.evaluate(async () => {
    const first = document.querySelector('doorstep-tracker');
    for (let n = 0; n < 20; n++) {
      const element = first?.cloneNode() as HTMLElement;
      document.body.append(element);
      while (!element.shadowRoot?.querySelector('.root:not([hidden])')) await new Promise((done) => setTimeout(done));
      element.remove();
      await new Promise((done) => setTimeout(done));
    }
    first?.remove();
  });
  await expect.poll(() => openStreams(backend)).toBe(0);
});

test('a token is in the requests that need it and nowhere else', async ({ page, shop, backend }) => {
  const order = await demoOrder(backend, 'late');
  const told: string[] = [];
  const authorized: string[] = [];
  page.on('console', (message) => told.push(message.text()));
  page.on('request', (request) => {
    told.push(request.url(), request.postData() ?? '');
    if (request.headers()['authorization']?.includes(order.token)) authorized.push(new URL(request.url()).origin);
  });
  const html = `<!doctype html><html lang="en"><title>Order</title><doorstep-tracker api="${backend.api}"></doorstep-tracker>
    <script src="${backend.origin}/embed/v1/doorstep.js"></script>`;
  await page.goto(`${shop.add({ html })}#doorstep=${order.id}/${encodeURIComponent(order.token)}`);
  await shown(page);
  const kept = await page.evaluate(() => {
    const root = document.querySelector('doorstep-tracker')?.shadowRoot;
    const noted = [window.notes.events, performance.getEntries(), history.state, { ...localStorage }, { ...sessionStorage }];
    return [location.href, document.documentElement.outerHTML, root?.innerHTML, document.cookie, JSON.stringify(noted)].join('\n');
  });
  const navigation = /"name":"[^"]*#doorstep=[^"]*"/g;
  expect(kept.replaceAll(navigation, '')).not.toContain(order.token);
  expect(told.filter((text) => text.includes(order.token) && !text.includes('#doorstep='))).toEqual([]);
  expect(new Set(authorized)).toEqual(new Set([backend.origin]));
});
