// The package in apps of React and Vue and in a page without a bundler: each shows an order of the demo, receives its events, and may be closed and opened.

import { expect, shown, test } from '../support/fixtures';
import { demoOrder } from '../support/orders';
import { arrived } from '../support/parcels';
import { APPS } from './install';
import { renewsWhileDialogIsOpen } from './journeys';
import { complaints, develop, render, serve } from './serve';

declare global {
  interface Window {
    /** Addresses of the API that the page has requested without a token, also if the request was aborted at once. */
    withoutToken: string[];
  }
}

/** Runs in the page before any other script. */
function recordRequests(): void {
  const { fetch } = window;
  window.withoutToken = [];
  window.fetch = (input, init) => {
    const request = new Request(input, init);
    if (request.url.includes('/v1/orders/') && !request.headers.has('Authorization')) window.withoutToken.push(request.url);
    return fetch(input, init);
  };
}

const RENDERED = APPS.filter(({ source }) => source !== 'plain');

for (const app of APPS) {
  test(`${app.name} shows an order, receives its event, and shows it again after it was closed`, async ({ page, backend }) => {
    const { id, token } = await demoOrder(backend, 'on_time');
    const found = complaints(page);
    const shop = await serve(app, { api: backend.api, order: id, token });
    await page.goto(shop.origin);
    for (const attempt of ['first', 'again']) {
      await shown(page);
      const tracker = page.locator('doorstep-tracker');
      await expect(tracker.getByRole('heading', { level: 2 }).first(), attempt).toBeVisible();
      await expect(page.getByRole('status').filter({ hasText: /^Parcels: 1$/ })).toBeVisible();
      expect(await tracker.getAttribute('api')).toBe(backend.api);
      expect(await page.evaluate(() => document.documentElement.outerHTML), 'the markup has no token').not.toContain(token);
      await page.getByRole('button', { name: 'Close' }).click();
      await expect(tracker).toHaveCount(0);
      await page.getByRole('button', { name: 'Open' }).click();
    }
    await shown(page);
    expect(found).toEqual([]);
    await shop.stop();
  });
}

for (const app of RENDERED) {
  test(`${app.name} renders an empty element on a server, and shows the order in it`, async ({ page, backend }) => {
    const { id, token } = await demoOrder(backend, 'on_time');
    const access = { api: backend.api, order: id, token };
    const markup = await render(app, access);
    expect(markup).toMatch(/<doorstep-tracker [^>]*order="ord_demo_on_time"[^>]*>(?:<!--.*?-->)*<\/doorstep-tracker>/);
    expect(markup).not.toContain(token);
    const found = complaints(page);
    const shop = await serve(app, access);
    await page.goto(`${shop.origin}/rendered`);
    await shown(page);
    await expect(page.locator('doorstep-tracker').getByRole('heading', { level: 2 }).first()).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.outerHTML), 'the markup has no token').not.toContain(token);
    expect(found).toEqual([]);
    await shop.stop();
  });
}

for (const app of RENDERED.filter(({ mode }) => mode === 'development')) {
  test(`${app.name} requests nothing without the token, although the element is defined before the app starts`, async ({ page, backend }) => {
    const { id, token } = await demoOrder(backend, 'on_time');
    const found = complaints(page);
    const shop = await serve(app, { api: backend.api, order: id, token });
    await page.addInitScript(recordRequests);
    await page.route('**/order.json', async (route) => {
      await page.addScriptTag({ url: `${backend.origin}/embed/v1/doorstep.js` });
      await route.continue();
    });
    await page.goto(shop.origin);
    await shown(page);
    expect(await page.evaluate(() => window.withoutToken)).toEqual([]);
    expect(found).toEqual([]);
    await shop.stop();
  });
}

for (const app of APPS.filter(({ mode }) => mode !== 'development')) {
  test(`${app.name} finds the files that a self-service request needs`, async ({ page, backend }) => {
    const { id, token } = await arrived(backend);
    const found = complaints(page);
    const shop = await serve(app, { api: backend.api, order: id, token });
    await page.goto(shop.origin);
    await shown(page);
    const tracker = page.locator('doorstep-tracker');
    await tracker.getByText('Help with your order').click();
    await tracker.getByRole('button', { name: 'I did not receive it' }).click();
    await expect(tracker.getByRole('dialog')).toBeVisible();
    expect(found).toEqual([]);
    await shop.stop();
  });
}

for (const app of RENDERED.filter(({ mode }) => mode === 'production')) {
  test(`${app.name} loads the element when it is mounted again, if the first attempt has failed`, async ({ page, backend }) => {
    const { id, token } = await demoOrder(backend, 'on_time');
    const found = complaints(page);
    const shop = await serve(app, { api: backend.api, order: id, token });
    await page.route(/\/loader-[^/?]+\.js$/, (route) => route.abort());
    await page.goto(shop.origin);
    await expect.poll(() => found.some((text) => text.startsWith('Doorstep:'))).toBe(true);
    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('button', { name: 'Open' }).click();
    await shown(page);
    await shop.stop();
  });
}

for (const app of RENDERED) {
  test(`${app.name} renews a token that ends while a dialog is open`, async ({ page, backend }) => {
    const own = await arrived(backend);
    const found = complaints(page);
    const access = { api: backend.api, order: own.id, token: own.token };
    const shop = await serve(app, access);
    await page.goto(shop.origin);
    await renewsWhileDialogIsOpen(page, backend, own, access);
    // The browser itself reports the refusal of the token that has ended.
    expect(found.filter((text) => !text.includes('the server responded with a status of 404'))).toEqual([]);
    await shop.stop();
  });
}

for (const app of RENDERED.filter(({ mode }) => mode === 'development')) {
  test(`${app.name} shows an order in daily work, from the development server of Vite`, async ({ page, backend }) => {
    const { id, token } = await demoOrder(backend, 'on_time');
    const found = complaints(page);
    const shop = await develop(app);
    await page.route('**/order.json', (route) => route.fulfill({ json: { api: backend.api, order: id, token } }));
    await page.route('**/favicon.ico', (route) => route.fulfill({ status: 204 }));
    await page.goto(shop.origin);
    await shown(page);
    expect(found).toEqual([]);
    expect(shop.warnings).toEqual([]);
    await shop.stop();
  });

  test(`${app.name} requests the order anew through the ref`, async ({ page, backend }) => {
    const { id, token } = await demoOrder(backend, 'on_time');
    const shop = await serve(app, { api: backend.api, order: id, token });
    await page.goto(shop.origin);
    await shown(page);
    const requested = page.waitForRequest((request) => request.url().endsWith(`/v1/orders/${id}`));
    await page.getByRole('button', { name: 'Refresh' }).click();
    await requested;
    await shop.stop();
  });

  test(`${app.name} forgets the token that becomes null, also for the next element`, async ({ page, backend }) => {
    const { id, token } = await demoOrder(backend, 'on_time');
    const shop = await serve(app, { api: backend.api, order: id, token });
    await page.goto(shop.origin);
    await shown(page);
    await page.getByRole('button', { name: 'Sign out' }).click();
    for (const _ of ['first', 'next']) {
      await expect(page.locator('doorstep-tracker').getByRole('textbox').first()).toBeVisible();
      expect(await page.locator('doorstep-tracker').evaluate((element: HTMLElementTagNameMap['doorstep-tracker']) => element.token)).toBeNull();
      await page.getByRole('button', { name: 'Close' }).click();
      await page.getByRole('button', { name: 'Open' }).click();
    }
    await shop.stop();
  });
}
