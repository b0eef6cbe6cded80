// The functions of the package in a page without a bundler: addresses, failures, and several versions of the element.

import type { Page } from '@playwright/test';
import { eventOf, expect, shown, test } from '../support/fixtures';
import { demoOrder } from '../support/orders';
import { APPS, version } from './install';
import { complaints, serve } from './serve';

const app = APPS.find(({ name }) => name === 'plain')!;
const BASE = `/node_modules/doorstep-tracker/embed/${version}`;

/** Opens a page that has only the import map of the app. */
async function blank(page: Page, origin: string): Promise<void> {
  await page.route('**/main.js', (route) => route.fulfill({ contentType: 'text/javascript', body: '' }));
  await page.goto(origin);
}

test('a page loads the files from an address of its own', async ({ page, backend }) => {
  const { id, token } = await demoOrder(backend, 'on_time');
  const found = complaints(page);
  const shop = await serve(app, { api: backend.api, order: id, token });
  const requested: string[] = [];
  page.on('request', (request) => requested.push(new URL(request.url()).pathname));
  await page.goto(`${shop.origin}/?base=${BASE}`);
  await shown(page);
  expect(requested).toContain(`${BASE}/doorstep.js`);
  expect(requested.filter((path) => path.endsWith('/loader.js'))).toEqual([]);
  expect(found).toEqual([]);
  await shop.stop();
});

test('a second definition is none, and a call of the same version does not warn', async ({ page, backend }) => {
  const { id, token } = await demoOrder(backend, 'on_time');
  const found = complaints(page);
  const shop = await serve(app, { api: backend.api, order: id, token });
  await blank(page, shop.origin);
  await page.addScriptTag({ url: `${backend.origin}/embed/v1/doorstep.js` });
  const isSame = await page.evaluate(async () => {
    const before = customElements.get('doorstep-tracker');
    const { define, load } = await import('doorstep-tracker');
    define();
    define();
    const loaded = await Promise.all([load(), load()]);
    return loaded.every((defined) => defined === before);
  });
  expect(isSame).toBe(true);
  expect(found).toEqual([]);
  await shop.stop();
});

test('another version of the element is reported once, with what to do', async ({ page, backend }) => {
  const { id, token } = await demoOrder(backend, 'on_time');
  const found = complaints(page);
  const shop = await serve(app, { api: backend.api, order: id, token });
  await blank(page, shop.origin);
  await page.evaluate(async () => {
    customElements.define('doorstep-tracker', class extends HTMLElement { static readonly version = '0.0.9'; });
    const { define, load } = await import('doorstep-tracker');
    define();
    await load();
    await load();
  });
  expect(found).toHaveLength(1);
  expect(found[0]).toContain(`the page has <doorstep-tracker> 0.0.9, and the package doorstep-tracker is ${version}`);
  expect(found[0]).toContain('update both to the same version');
  await shop.stop();
});

test('files of another version at the given address are reported', async ({ page, backend }) => {
  const { id, token } = await demoOrder(backend, 'on_time');
  const found = complaints(page);
  const shop = await serve(app, { api: backend.api, order: id, token });
  await blank(page, shop.origin);
  const other = "customElements.define('doorstep-tracker', class extends HTMLElement { static version = '9.9.9'; });";
  await page.route('**/other/doorstep.js', (route) => route.fulfill({ contentType: 'text/javascript', body: other }));
  await page.evaluate(async () => (await import('doorstep-tracker')).load({ base: '/other' }));
  expect(found).toHaveLength(1);
  expect(found[0]).toContain('<doorstep-tracker> 9.9.9');
  await shop.stop();
});

test('files that are not there reject the call, and the next call loads them', async ({ page, backend }) => {
  const { id, token } = await demoOrder(backend, 'on_time');
  const shop = await serve(app, { api: backend.api, order: id, token });
  await blank(page, shop.origin);
  const gone = await page.evaluate(async () => {
    const { load } = await import('doorstep-tracker');
    return load({ base: '/gone/' }).then(
      () => 'loaded',
      (error: unknown) => String(error),
    );
  });
  expect(gone).toMatch(/^TypeError/);
  await page.route('**/empty/doorstep.js*', (route) => route.fulfill({ contentType: 'text/javascript', body: '' }));
  const nothing = await page.evaluate(async () => (await import('doorstep-tracker')).load({ base: '/empty/' }).catch((error: unknown) => String(error)));
  expect(nothing).toBe('Error: Doorstep: /empty/ has no release of <doorstep-tracker>.');
  const loaded = await page.evaluate(async (base) => (await (await import('doorstep-tracker')).load({ base })).version, BASE);
  expect(loaded).toBe(version);
  await shop.stop();
});

test('a loader that could not be loaded is loaded by the next call', async ({ page, backend }) => {
  const { id, token } = await demoOrder(backend, 'on_time');
  const shop = await serve(app, { api: backend.api, order: id, token });
  await blank(page, shop.origin);
  await page.route('**/loader.js', (route) => route.abort());
  await page.route('**/loader.js?retry=1', (route) => route.abort());
  const load = () => page.evaluate(async () => (await import('doorstep-tracker')).load().then(({ version }) => version, String));
  expect(await load()).toMatch(/^TypeError/);
  expect(await load()).toMatch(/^TypeError/);
  expect(await load()).toBe(version);
  await shop.stop();
});

test('the package takes the token of a link out of the address', async ({ page, backend }) => {
  const { id, token } = await demoOrder(backend, 'on_time');
  const shop = await serve(app, { api: backend.api, order: '', token: '' });
  await page.goto(`${shop.origin}/#doorstep=${id}/${encodeURIComponent(token)}`);
  expect(await eventOf(page, 'doorstep-ready')).toMatchObject({ parcels: 1 });
  expect(await page.evaluate(() => location.hash)).toBe('');
  await shop.stop();
});
