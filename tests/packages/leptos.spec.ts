// The component of Leptos in an app: rendered in the browser, and rendered on a server and hydrated.

import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, shown, test } from '../support/fixtures';
import { demoOrder } from '../support/orders';
import { arrived } from '../support/parcels';
import { listen, type Running, sendFile } from '../support/servers';
import { leptosApp } from './install';
import { renewsWhileDialogIsOpen } from './journeys';
import { complaints } from './serve';

interface Access {
  readonly loader: string;
  readonly api: string;
  readonly order: string;
  token: string;
}

/** Serves the app as a shop does, with a content security policy if there is one. Changes of `access` apply to later requests. */
const serve = (access: Access, policy = ''): Promise<Running> =>
  listen(async (request, response) => {
    if (policy) response.setHeader('Content-Security-Policy', policy);
    const { pathname } = new URL(request.url ?? '/', 'http://shop');
    if (pathname === '/favicon.ico') return void response.writeHead(204).end();
    if (pathname === '/order.json') return void response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(access));
    if (pathname !== '/rendered') return sendFile(leptosApp, pathname === '/' ? '/index.html' : pathname, response);
    const page = (await readFile(join(leptosApp, 'rendered.html'), 'utf8')).replace('<!--app-->', await render(access));
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(page);
  });

/** Returns the content of the page as the app's server renders it. */
async function render(access: Access): Promise<string> {
  return (await promisify(execFile)(join(leptosApp, 'server'), [JSON.stringify(access)])).stdout.trim();
}

for (const path of ['/', '/rendered']) {
  const name = path === '/' ? 'an app in the browser' : 'a hydrated app';

  test(`${name} shows an order, receives its event, and shows it again after it was closed`, async ({ page, backend }) => {
    const { id, token } = await demoOrder(backend, 'on_time');
    const found = complaints(page);
    const shop = await serve({ loader: `${backend.origin}/embed/v1/doorstep.js`, api: backend.api, order: id, token });
    const requests: (string | undefined)[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith(`/v1/orders/${id}`) && request.method() === 'GET') requests.push(request.headers()['authorization']);
    });
    await page.goto(shop.origin + path);
    for (const attempt of ['first', 'again']) {
      await shown(page);
      const tracker = page.locator('doorstep-tracker');
      await expect(tracker.getByRole('heading', { level: 2 }).first(), attempt).toBeVisible();
      await expect(page.getByRole('status').filter({ hasText: /^Parcels: 1$/ })).toBeVisible();
      expect(await tracker.getAttribute('api')).toBe(backend.api);
      expect(await page.content(), 'the markup has no token').not.toContain(token);
      await page.getByRole('button', { name: 'Close' }).click();
      await expect(tracker).toHaveCount(0);
      await page.getByRole('button', { name: 'Open' }).click();
    }
    await shown(page);
    const requested = page.waitForRequest((request) => request.url().endsWith(`/v1/orders/${id}`));
    await page.getByRole('button', { name: 'Refresh' }).click();
    await requested;
    expect(new Set(requests), 'every request has the token').toEqual(new Set([`Bearer ${token}`]));
    expect(found).toEqual([]);
    await shop.stop();
  });

  test(`${name} renews a token that ends while a dialog is open`, async ({ page, backend }) => {
    const own = await arrived(backend);
    const found = complaints(page);
    const access = { loader: `${backend.origin}/embed/v1/doorstep.js`, api: backend.api, order: own.id, token: own.token };
    const shop = await serve(access);
    await page.goto(shop.origin + path);
    await renewsWhileDialogIsOpen(page, backend, own, access);
    // The browser itself reports the refusal of the token that has ended.
    expect(found.filter((text) => !text.includes('the server responded with a status of 404'))).toEqual([]);
    await shop.stop();
  });
}

test('the server renders the element without its token, and without the address that waits for the token', async ({ backend }) => {
  const { id, token } = await demoOrder(backend, 'on_time');
  const markup = await render({ loader: `${backend.origin}/embed/v1/doorstep.js`, api: backend.api, order: id, token });
  expect(markup).toContain(`<doorstep-tracker order="${id}" heading-level="2"></doorstep-tracker>`);
  expect(markup).not.toContain(token);
});

test('a token that becomes None is forgotten', async ({ page, backend }) => {
  const { id, token } = await demoOrder(backend, 'on_time');
  const shop = await serve({ loader: `${backend.origin}/embed/v1/doorstep.js`, api: backend.api, order: id, token });
  await page.goto(shop.origin);
  await shown(page);
  await page.getByRole('button', { name: 'Sign out' }).click();
  for (const _ of ['first', 'next']) {
    await expect(page.locator('doorstep-tracker').getByRole('textbox').first()).toBeVisible();
    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('button', { name: 'Open' }).click();
  }
  await shop.stop();
});

test('a loader that cannot be loaded is reported, and loaded when the next component is mounted', async ({ page, backend }) => {
  const { id, token } = await demoOrder(backend, 'on_time');
  const found = complaints(page);
  const shop = await serve({ loader: `${backend.origin}/embed/v1/doorstep.js`, api: backend.api, order: id, token });
  await page.route('**/embed/v1/doorstep.js', (route) => route.abort());
  await page.goto(shop.origin);
  await expect.poll(() => found.some((text) => text.startsWith('Doorstep:'))).toBe(true);
  await page.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Open' }).click();
  await shown(page);
  await shop.stop();
});

test('the widget is loaded without a policy for the address of a script, on a page that requires Trusted Types', async ({ page, backend }) => {
  const { id, token } = await demoOrder(backend, 'on_time');
  const policy = `require-trusted-types-for 'script'; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval' ${backend.origin}`;
  const shop = await serve({ loader: `${backend.origin}/embed/v1/doorstep.js`, api: backend.api, order: id, token }, policy);
  // Leptos writes the markup of `view!` as HTML, so the page has to allow HTML. It allows no address of a script.
  await page.addInitScript("trustedTypes.createPolicy('default', { createHTML: (html) => html })");
  await page.goto(`${shop.origin}/`);
  await shown(page);
  expect(await page.evaluate(() => window.notes.violations)).toEqual([]);
  await shop.stop();
});
