// Ways to embed the widget in a page: one script tag, an element, the capability of a link, the page's language.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
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

test('a page whose address cannot be rewritten still opens the order of its link', async ({ page, shop, network, api }) => {
  await page.addInitScript(() => {
    History.prototype.replaceState = () => {
      throw new DOMException('refused', 'SecurityError');
    };
  });
  const html = `<!doctype html><html lang="en"><title>Order</title><body><script src="${network.origin}/embed/v1/doorstep.js" data-api="${api.origin}"></script>`;
  await page.goto(`${shop.add({ html })}#doorstep=ord_1/secret`);
  await shown(page);
  expect(api.asked[0]).toMatchObject({ path: '/v1/orders/ord_1', authorization: 'Bearer secret' });
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

/** A token with the length of the reference backend's tokens. */
const TOKEN = 'AwAAAABp-x_Yz0AwAAAABp-x_Yz0AwAAAABp-x_Yz0AwAAAABp-x_Yz';

test('whatever a mail puts behind a link, or breaks it with, is no part of the token', () => {
  const behind = ['.', ')', ').', '%29.', '!', ',', '%2C', '%2E', '...', '*', '**', "'", '"', '%22', '%27', '%E2%80%9D', '%C2%BB', '>', '%3E', '%3E.', '<', '%3C/a%3E', ']', '%5D',
    '](https:', '%5B1%5D', '}', '%7D', '|', '%7C', '\\', '%5C', '`', '%60', '/', '%C2%AD', '%E2%80%8B', '%EF%BB%BF', '%E2%81%A0', '%C2%A0', '%20', '%20Kind%20regards', '%0A', '%0D%0A', '=%0D%0A',
    '=0D=0A', '=0A', '=20', '%', '%2', '%E2%80', '%26fbclid%3Dabc', '%3Futm_source%3Dmail%26utm_medium%3Demail'];
  for (const junk of behind) {
    expect(parse(`#doorstep=ord_1/${TOKEN}${junk}`), junk).toEqual({ capability: { order: 'ord_1', token: TOKEN }, rest: '' });
    expect(parse(`#doorstep=${TOKEN}${junk}`), junk).toEqual({ capability: { order: null, token: TOKEN }, rest: '' });
  }
  const [start, end] = [TOKEN.slice(0, 20), TOKEN.slice(20)];
  for (const junk of ['%0A', '%0D%0A', '=%0D%0A', '=', '%C2%AD', '%E2%80%8B', '%EF%BB%BF', '%E2%80%8E', '%09']) {
    expect(parse(`#doorstep=ord_1/${start}${junk}${end}`), junk).toEqual({ capability: { order: 'ord_1', token: TOKEN }, rest: '' });
  }
});

test('whatever a campaign tool makes of a link, the fragment of the page stays and ours goes', () => {
  const cases: [string, string][] = [
    [`#doorstep=ord_1/${TOKEN}?utm_source=mail&utm_medium=email`, 'utm_source=mail&utm_medium=email'],
    [`#doorstep=ord_1/${TOKEN}&fbclid=Iw`, 'fbclid=Iw'],
    [`#doorstep=ord_1/${TOKEN}&amp;utm_source=mail`, 'amp;utm_source=mail'],
    [`#top#doorstep=ord_1/${TOKEN}`, 'top'],
    [`#doorstep=ord_1/${TOKEN}#top`, 'top'],
    [`#a&amp;doorstep=ord_1/${TOKEN}`, 'a'],
    [`#/orders?x=1&doorstep=ord_1/${TOKEN}`, '/orders?x=1'],
    [`#/orders?doorstep=ord_1/${TOKEN}&x=1`, '/orders?x=1'],
    [`#doorstep%3Dord_1%2F${TOKEN}`, ''],
    [`#top%26doorstep%3Dord_1%2F${TOKEN}`, 'top'],
    [`#doorstep%253Dord_1%252F${TOKEN}`, ''],
    [`#Doorstep=ord_1/${TOKEN}`, ''],
    [`#doorstep=or%E2%80%8Bd_1/${TOKEN}`, ''],
  ];
  for (const [hash, rest] of cases) expect(parse(hash), hash).toEqual({ capability: { order: 'ord_1', token: TOKEN }, rest });
});

test('a token of another backend is read as it was written', () => {
  for (const token of ['eyJh.eyJz.c2ln-_', 'ab+c/de_', 'YWJjZA==', 'a~b', 'se/cret']) {
    expect(parse(`#doorstep=ord_1/${encodeURIComponent(token)}`), token).toEqual({ capability: { order: 'ord_1', token }, rest: '' });
  }
});

test('a link that a mail programme and a campaign tool have changed opens the order, and nothing of it stays in the address', async ({ page, shop, network, api }) => {
  test.setTimeout(180_000);
  const url = shop.add({ html: `<!doctype html><doorstep-tracker api="${api.origin}"></doorstep-tracker><script src="${network.origin}/embed/v1/doorstep.js"></script>` });
  const cases: [string, string][] = [
    [`?a=1&utm_source=mail#doorstep=ord_1/${TOKEN}%3E`, '?a=1&utm_source=mail'],
    [`?a=1#doorstep=ord_1/${TOKEN}?utm_source=mail&fbclid=Iw`, '?a=1#utm_source=mail&fbclid=Iw'],
    [`?a=1%23doorstep%3Dord_1%2F${TOKEN}`, '?a=1'],
    [`?a=1%23doorstep=ord_1/${TOKEN}&fbclid=Iw`, '?a=1#fbclid=Iw'],
    [`?a=1#top%26doorstep%3Dord_1%2F${TOKEN}).`, '?a=1#top'],
  ];
  for (const [tail, rest] of cases) {
    await page.goto('about:blank');
    await page.goto(url + tail);
    await shown(page);
    expect(await page.evaluate(() => location.search + location.hash), tail).toBe(rest);
    expect(api.asked.at(-1), tail).toMatchObject({ path: '/v1/orders/ord_1', authorization: `Bearer ${TOKEN}` });
  }
});

test('the preload that the documentation names downloads nothing twice', async ({ page, shop, network, api }) => {
  const guide = await readFile(join(import.meta.dirname, '../docs/building.md'), 'utf8');
  const snippet = /<link rel="preload"[^>]*\.wasm"[^>]*>/.exec(guide)?.[0] ?? '';
  const manifest = JSON.parse(await (await fetch(`${network.origin}/embed/0.1.0/manifest.json`)).text()) as { files: { role: string; name: string; integrity: string }[] };
  const wasm = manifest.files.find((file) => file.role === 'wasm');
  const link = snippet.replace(/href="[^"]*"/, `href="${network.origin}/embed/0.1.0/${wasm?.name}"`);
  const warnings: string[] = [];
  page.on('console', (message) => message.type() === 'warning' && warnings.push(message.text()));
  const html = `<!doctype html><head>${link}</head><body><doorstep-tracker api="${api.origin}" order="ord_1"></doorstep-tracker>
    <script src="${network.origin}/embed/v1/doorstep.js"></script>`;
  await page.goto(shop.add({ html }));
  await shown(page);
  expect(network.requested.filter((path, at, all) => all.indexOf(path) !== at)).toEqual([]);
  expect(warnings).toEqual([]);
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
