// How the widget comes into a page: by one script tag, by an element, with a link's capability, in the page's language.

import { parse } from '../embed/fragment';
import { eventOf, expect, shown, test } from './support/fixtures';

test('one script tag puts the widget right behind itself', async ({ page, shop, network, api }) => {
  const tag = `<script async src="${network.origin}/embed/v1/doorstep.js" data-api="${api.origin}" data-order="ord_1"
    data-token="secret" data-lang="de-AT" data-theme="midnight" data-heading-level="3"></script>`;
  await page.goto(shop.add({ html: `<!doctype html><main>${tag}<p id="after">The shop's own</p></main>` }));
  await shown(page);
  const element = page.locator('script[data-order] + doorstep-tracker');
  await expect(element).toHaveCount(1);
  await expect(element).toHaveAttribute('lang', 'de-AT');
  await expect(element).toHaveAttribute('heading-level', '3');
  expect(await element.getAttribute('token'), 'the token stands only where the author wrote it').toBeNull();
  expect(await element.evaluate((host) => host.shadowRoot?.querySelector('.root')?.getAttribute('data-theme'))).toBe('midnight');
  const first = api.asked[0];
  expect(first).toMatchObject({ path: '/v1/orders/ord_1', authorization: 'Bearer secret', accept: 'application/json' });
  expect(first?.cookie).toBeUndefined();
  expect(first?.referer).toBeUndefined();
  expect(network.requested.filter((path) => /\/de-[0-9a-f]+\.json$/.test(path))).toHaveLength(1);
});

test('a script tag without an order or an address inserts nothing', async ({ page, shop, network }) => {
  await page.goto(shop.add({ html: `<!doctype html><main><script src="${network.origin}/embed/v1/doorstep.js"></script></main>` }));
  await page.waitForFunction(() => customElements.get('doorstep-tracker'));
  await expect(page.locator('doorstep-tracker')).toHaveCount(0);
  expect(network.requested).toEqual(['/embed/v1/doorstep.js']);
});

test('the same script twice defines once, inserts twice and downloads once', async ({ page, shop, network, api }) => {
  const tag = (order: string) =>
    `<script src="${network.origin}/embed/v1/doorstep.js" data-api="${api.origin}" data-order="${order}"></script>`;
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(shop.add({ html: `<!doctype html><body>${tag('ord_1')}${tag('ord_2')}` }));
  await shown(page, 0);
  await shown(page, 1);
  expect(errors).toEqual([]);
  expect(network.requested.filter((path) => path.endsWith('.wasm'))).toHaveLength(1);
  expect(api.asked.map((asked) => asked.path).sort()).toEqual(['/v1/orders/ord_1', '/v1/orders/ord_2']);
});

test('the pinned loader finds the files beside itself', async ({ page, shop, network, api }) => {
  const manifest = await (await fetch(`${network.origin}/embed/v1/doorstep.js`)).text();
  const version = /Doorstep (\S+)/.exec(manifest)?.[1];
  const tag = `<script src="${network.origin}/embed/${version}/doorstep.js" data-api="${api.origin}" data-order="ord_1"></script>`;
  await page.goto(shop.add({ html: `<!doctype html><body>${tag}` }));
  await shown(page);
  expect(await page.evaluate(() => (customElements.get('doorstep-tracker') as unknown as { version: string }).version)).toBe(version);
});

test('a link that carries the capability is emptied at once and still opens the order', async ({ page, shop, network, api }) => {
  const html = `<!doctype html><doorstep-tracker api="${api.origin}"></doorstep-tracker>
    <script src="${network.origin}/embed/v1/doorstep.js"></script>`;
  await page.goto(`${shop.add({ html })}?a=1#top&doorstep=ord_1/se%2Fcret&tab=2`);
  await shown(page);
  expect(await page.evaluate(() => location.search + location.hash)).toBe('?a=1#top&tab=2');
  expect(await page.evaluate(() => document.documentElement.outerHTML)).not.toContain('cret');
  expect(api.asked[0]).toMatchObject({ path: '/v1/orders/ord_1', authorization: 'Bearer se/cret' });
});

test('a capability for another order is not given away', async ({ page, shop, network, api }) => {
  const html = `<!doctype html><doorstep-tracker api="${api.origin}" order="ord_2"></doorstep-tracker>
    <script src="${network.origin}/embed/v1/doorstep.js"></script>`;
  await page.goto(`${shop.add({ html })}#doorstep=ord_1/secret`);
  await shown(page);
  expect(api.asked[0]).toMatchObject({ path: '/v1/orders/ord_2' });
  expect(api.asked[0]?.authorization).toBeUndefined();
});

test('a fragment is read part by part', () => {
  const cases: [string, ReturnType<typeof parse>][] = [
    ['', null],
    ['#top', null],
    ['#doorstep=t', { capability: { order: null, token: 't' }, rest: '' }],
    ['#doorstep=ord_1/t', { capability: { order: 'ord_1', token: 't' }, rest: '' }],
    ['#a&doorstep=o%2F1/t%26&b=1', { capability: { order: 'o/1', token: 't&' }, rest: 'a&b=1' }],
    ['#doorstep=', { capability: null, rest: '' }],
    ['#doorstep=%', { capability: null, rest: '' }],
    ['#notdoorstep=t', null],
  ];
  for (const [hash, expected] of cases) expect(parse(hash), hash).toEqual(expected);
});

test('properties that were set before the definition came count', async ({ page, shop, network, api }) => {
  const html = `<!doctype html><doorstep-tracker></doorstep-tracker>
    <script>Object.assign(document.querySelector('doorstep-tracker'), { api: '${api.origin}', order: 'ord_1', token: 'secret' })</script>
    <script src="${network.origin}/embed/v1/doorstep.js"></script>`;
  await page.goto(shop.add({ html }));
  await shown(page);
  expect(api.asked[0]).toMatchObject({ path: '/v1/orders/ord_1', authorization: 'Bearer secret' });
  expect(await page.locator('doorstep-tracker').getAttribute('token')).toBeNull();
});

test('properties that a framework sets right after the insertion are in time', async ({ page, shop, network, api }) => {
  await page.goto(shop.add({ html: `<!doctype html><body><script src="${network.origin}/embed/v1/doorstep.js"></script>` }));
  await page.evaluate((base) => {
    const element = document.createElement('doorstep-tracker');
    document.body.append(element);
    Object.assign(element, { api: base, order: 'ord_1' });
  }, api.origin);
  await shown(page);
  expect(await page.evaluate(() => window.notes.events.filter((event) => event.type === 'doorstep-error'))).toEqual([]);
});

test('a lazy widget loads when it comes near', async ({ page, shop, network, api }) => {
  const html = `<!doctype html><div style="height: 5000px"></div>
    <doorstep-tracker api="${api.origin}" order="ord_1" loading="lazy"></doorstep-tracker>
    <script src="${network.origin}/embed/v1/doorstep.js"></script>`;
  await page.goto(shop.add({ html }));
  await page.waitForFunction(() => document.querySelector('doorstep-tracker')?.shadowRoot?.querySelector('.skeleton'));
  expect(api.asked).toEqual([]);
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await shown(page);
  expect(api.asked).toHaveLength(1);
});

test('without the address of a backend the author sees why, and the shopper the fallback', async ({ page, shop, network }) => {
  const html = `<!doctype html><doorstep-tracker order="ord_1"><a href="/orders">Your orders</a></doorstep-tracker>
    <script src="${network.origin}/embed/v1/doorstep.js"></script>`;
  await page.goto(shop.add({ html }));
  expect(await eventOf(page, 'doorstep-error')).toEqual({ code: 'bad-options', retryable: false });
  await expect(page.getByRole('link', { name: 'Your orders' })).toBeVisible();
});

test('a release whose files are gone leaves the fallback, and trying again works when they are back', async ({ page, shop, network, api }) => {
  let gone = true;
  await page.route('**/*.wasm', (route) => (gone ? route.fulfill({ status: 503 }) : route.continue()));
  const html = `<!doctype html><doorstep-tracker api="${api.origin}" order="ord_1" lang="en"><p>Call us</p></doorstep-tracker>
    <script src="${network.origin}/embed/v1/doorstep.js"></script>`;
  await page.goto(shop.add({ html }));
  expect(await eventOf(page, 'doorstep-error')).toEqual({ code: 'load-failed', retryable: true });
  await expect(page.getByText('Call us')).toBeVisible();
  gone = false;
  await page.getByRole('button').click();
  await shown(page);
});

test('a server that does not know the type of WebAssembly is no obstacle', async ({ page, shop, network, api }) => {
  await page.route('**/*.wasm', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), 'content-type': 'application/octet-stream' } });
  });
  const html = `<!doctype html><doorstep-tracker api="${api.origin}" order="ord_1"></doorstep-tracker>
    <script src="${network.origin}/embed/v1/doorstep.js"></script>`;
  await page.goto(shop.add({ html }));
  await shown(page);
});
