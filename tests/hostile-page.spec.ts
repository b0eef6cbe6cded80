// Pages that interfere with the widget, on purpose or by accident: markup that takes the names of the document's members, a base element, polluted
// prototypes, old libraries, keyboard shortcuts. Every other test also runs on such a page (the project "hostile page").

import type { Page } from '@playwright/test';
import { expect, order, shown, test } from './support/fixtures';
import { listen } from './support/servers';
import { arrived, documentOf, twoLines } from './support/parcels';
import { Shopper } from './support/shopper';

/** Starts a host that must not receive any HTTP request, and records those that it receives. */
async function foreign() {
  const asked: string[] = [];
  const running = await listen((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(404, { 'Access-Control-Allow-Origin': '*' }).end();
  });
  return { ...running, asked };
}

/** Waits for an event of the widget without using the document, whose members the page has replaced. */
const told = (page: Page, type: string) => page.waitForEvent('console', (message) => message.text() === type);
const tells = (page: Page) =>
  page.addInitScript(() => {
    for (const type of ['doorstep-ready', 'doorstep-error']) addEventListener(type, () => console.log(type));
  });

const CLOBBERED = (origin: string) => `<img name="currentScript" src="data:,"><iframe name="currentScript" hidden></iframe>
  <form name="scripts"><input src="${origin}/embed/v1/doorstep.js"></form><form name="baseURI" action="${origin}"></form>`;

test('markup that takes the names of the current script and of the list of scripts has nothing imported from its address', async ({ page, shop, network, api }) => {
  const other = await foreign();
  const tag = `<script src="${network.origin}/embed/v1/doorstep.js" data-api="${api.origin}" data-order="ord_1"></script>`;
  await page.goto(shop.add({ html: `<!doctype html><body>${CLOBBERED(other.origin)}${tag}` }));
  await shown(page);
  expect(other.asked).toEqual([]);
  await other.stop();
});

test('a base element that markup adds behind the script does not change where its files come from', async ({ page, shop, network, api }) => {
  const other = await foreign();
  // The shop serves the files on its own origin and names them by a path.
  await page.route('**/embed/**', async (route) => {
    const path = new URL(route.request().url());
    if (path.origin === other.origin) return route.continue();
    await route.fulfill({ response: await route.fetch({ url: network.origin + path.pathname }) });
  });
  const html = `<!doctype html><body><script defer src="/embed/v1/doorstep.js"></script>
    <doorstep-tracker api="${api.origin}" order="ord_1"></doorstep-tracker><base href="${other.origin}/">`;
  await page.goto(shop.add({ html }));
  await shown(page);
  expect(other.asked).toEqual([]);
  await other.stop();
});

test('fields of a form around the element that are named like members of a node are no obstacle', async ({ page, shop, network, api }) => {
  const fields = ['parentNode', 'getAttribute', 'lang', 'isConnected', 'host', 'nodeType', 'dispatchEvent', 'baseURI'];
  const html = `<!doctype html><html lang="de"><body><form>${fields.map((name) => `<input type="hidden" name="${name}">`).join('')}
    <doorstep-tracker api="${api.origin}" order="ord_1"></doorstep-tracker></form><script src="${network.origin}/embed/v1/doorstep.js"></script>`;
  await page.goto(shop.add({ html }));
  await shown(page);
  expect(network.requested.filter((path) => /\/de-/.test(path)), 'the language was found beyond the form').toHaveLength(1);
});

test('markup may take the name of every member of the document, and the order is shown', async ({ page, shop, network, api, hostile }) => {
  test.skip(hostile, 'this is such a page itself');
  await tells(page);
  // One image for each member, from the list of members that the browser has. This script is the last one that gets the members from `document`.
  const html = `<!doctype html><body><script>
    const names = new Set();
    for (let type = Document.prototype; type !== Object.prototype; type = Object.getPrototypeOf(type)) Object.getOwnPropertyNames(type).forEach((name) => names.add(name));
    const body = document.body, images = [...names].map((name) => Object.assign(new Image(), { name, hidden: true }));
    for (const image of images) body.prepend(image);
    if (!(document.createElement instanceof HTMLImageElement)) console.log('not taken');
    </script><doorstep-tracker api="${api.origin}" order="ord_1"></doorstep-tracker><script src="${network.origin}/embed/v1/doorstep.js"></script>`;
  const messages: string[] = [];
  page.on('console', (message) => message.text().startsWith('Failed to load resource') || messages.push(message.text()));
  const ready = told(page, 'doorstep-ready');
  await page.goto(shop.add({ html }));
  await ready;
  expect(messages).toEqual(['doorstep-ready']);
});

test('what a page has put into the prototype of all objects is in no request and in no setting', async ({ page, shop, network, standIn, hostile }) => {
  test.skip(hostile, 'this is such a page itself');
  const polluted = {
    headers: { 'X-Polluted': 'yes' }, body: 'polluted', method: 'POST', mode: 'no-cors', integrity: 'sha256-AAAA', credentials: 'include', token: 'polluted',
    order: 'polluted', answer: 1, delegatesFocus: true, detail: 1, cancelable: false, timeZone: 'Asia/Tokyo', module_or_path: 1, signal: 'no signal', get: 1, value: 1,
    toJSON: 1,
  };
  standIn.answer = () => ({ body: order('ord_1') });
  const html = `<!doctype html><body><doorstep-tracker api="${standIn.origin}" order="ord_1" lang="en-GB"></doorstep-tracker>
    <script>Object.assign(Object.prototype, ${JSON.stringify(polluted)})</script>
    <script src="${network.origin}/embed/v1/doorstep.js"></script>`;
  await tells(page);
  const ready = told(page, 'doorstep-ready');
  await page.goto(shop.add({ html }));
  await ready;
  expect(standIn.asked).toHaveLength(1);
  expect(standIn.asked[0]?.path).toBe('/v1/orders/ord_1');
  expect(Object.keys(standIn.asked[0]?.headers ?? {})).not.toContain('x-polluted');
  expect(standIn.asked[0]?.headers['authorization']).toBeUndefined();
  expect(standIn.asked[0]?.headers['cookie']).toBeUndefined();
});

for (const [library, script] of [
  // Prototype.js before 1.7.
  ['gives all arrays a toJSON of its own', `Array.prototype.toJSON = function () { return '[' + this.map((entry) => JSON.stringify(entry)).join(', ') + ']' }`],
  ['gives all objects a toJSON of its own', `Object.defineProperty(Object.prototype, 'toJSON', { configurable: true, value() { return String(this) } })`],
  ['replaces Array.from and adds to all arrays', `Array.from = (list) => [list]; Array.prototype.each = () => undefined`],
] as const) {
  test(`a request with lists is accepted on a page whose library ${library}`, async ({ page, shop, backend }) => {
    const mine = await arrived(backend, 3, twoLines);
    await page.addInitScript(script);
    const shopper = await Shopper.opens(page, shop, backend, mine);
    shopper.looks = false;
    await shopper.enters('I did not receive it');
    await shopper.ticks('Asked the neighbours');
    await shopper.chooses('Only some of it');
    await shopper.ticks(/Enamel mug/);
    await shopper.goesOn();
    await shopper.chooses(/My money back/);
    await shopper.sends('Report it missing', /^I did not receive it/);
    expect((await documentOf(backend, mine)).cases).toHaveLength(1);
  });
}

test('a wrapper around fetch that comes after the loader sees no token', async ({ page, shop, network, api }) => {
  const html = `<!doctype html><body><script src="${network.origin}/embed/v1/doorstep.js"></script>
    <script>window.seen = []; const native = fetch; window.fetch = (...rest) => { seen.push(JSON.stringify(rest[1]?.headers)); return native(...rest) }</script>
    <doorstep-tracker api="${api.origin}" order="ord_1" token="secret"></doorstep-tracker>`;
  await page.goto(shop.add({ html }));
  await shown(page);
  await page.evaluate(() => (document.querySelector('doorstep-tracker') as HTMLElement & { refresh(): void }).refresh());
  await expect.poll(() => api.asked.length).toBe(2);
  expect(api.asked.map((asked) => asked.authorization)).toEqual(['Bearer secret', 'Bearer secret']);
  expect(await page.evaluate(() => (window as unknown as { seen: unknown[] }).seen)).toEqual([]);
});

/** Shortcuts of single keys, as shops and their libraries have them: they check only the target of the event. */
const SHORTCUTS = `for (const type of ['keydown', 'keypress', 'keyup']) for (const target of [window, document, document.documentElement])
  target.addEventListener(type, (event) => {
    if (event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement) return;
    if (event.key === 'Escape' || event.key === 'Tab' || event.ctrlKey) return void (window.passed ??= []).push(event.key);
    event.preventDefault();
    (window.swallowed ??= []).push(event.key);
  })`;

test('shortcuts of the page take nothing from what is typed into the look-up, and keep their own keys', async ({ page, shop, network, standIn }) => {
  await page.goto(shop.add({ html: `<!doctype html><html lang="en"><body><script>${SHORTCUTS}</script>
    <doorstep-tracker api="${standIn.origin}" lang="en"></doorstep-tracker><script src="${network.origin}/embed/v1/doorstep.js"></script>` }));
  const number = page.getByLabel('Order number');
  await number.focus();
  await page.keyboard.type('#A-10 42/?s');
  await expect(number).toHaveValue('#A-10 42/?s');
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Tab');
  await page.keyboard.type('jk@mail.example');
  await expect(page.getByLabel('E-mail or postcode')).toHaveValue('jk@mail.example');
  await page.keyboard.press('Control+k');
  await page.keyboard.press('Escape');
  const asked = standIn.asked.length;
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await expect.poll(() => standIn.asked.length, 'the space bar presses the button').toBeGreaterThan(asked);
  expect(await page.evaluate(() => Reflect.get(window, 'swallowed') as unknown)).toBeUndefined();
  expect(await page.evaluate(() => [...new Set(Reflect.get(window, 'passed') as string[])])).toEqual(expect.arrayContaining(['Tab', 'k', 'Escape']));
});

test('shortcuts of the page take nothing from what is typed and chosen in a dialog', async ({ page, shop, backend }) => {
  const mine = await arrived(backend);
  await page.addInitScript(`addEventListener('DOMContentLoaded', () => { ${SHORTCUTS} })`);
  const shopper = await Shopper.opens(page, shop, backend, mine);
  shopper.looks = false;
  await shopper.enters('I did not receive it');
  await shopper.goesOn();
  await shopper.chooses(/The same again/);
  await shopper.sends('Report it missing', /^I did not receive it/);
  expect((await documentOf(backend, mine)).cases).toHaveLength(1);
});
