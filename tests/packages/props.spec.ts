// The way of the props to the element: attributes, properties and their order. An element of the test takes the place of the real one.

import type { Page } from '@playwright/test';
import { expect, test } from '../support/fixtures';
import { APPS, type App, version } from './install';
import { complaints, serve } from './serve';

type Provider = () => Promise<string | null>;

interface Recorder extends HTMLElement {
  /** Every property that was set, the address, and the insertion into the page, in their order. */
  readonly log: (readonly [string, unknown])[];
}

declare global {
  interface Window {
    show(props: Record<string, unknown>): unknown;
    recorder: Recorder;
    provided: Provider;
  }
}

const PROPERTIES = ['token', 'tokenProvider', 'strings', 'source', 'data'];

/** Runs in the page: defines an element that records its properties. */
function define([names, version]: readonly [string[], string]): void {
  class Recorder extends HTMLElement {
    static readonly version = version;
    static readonly observedAttributes = ['api'];
    readonly log: (readonly [string, unknown])[] = [];
    attributeChangedCallback(name: string, _: string | null, value: string | null): void {
      this.log.push([name, value]);
    }
    connectedCallback(): void {
      window.recorder = this;
      this.log.push(['inserted', this.getAttribute('api')]);
    }
  }
  for (const name of names) {
    Object.defineProperty(Recorder.prototype, name, {
      configurable: true,
      set(this: Recorder, value: unknown) {
        this.log.push([name, typeof value === 'function' ? 'function' : value]);
        if (typeof value === 'function') window.provided = value as Provider;
      },
    });
  }
  customElements.define('doorstep-tracker', Recorder);
}

async function open(page: Page, app: App): Promise<{ found: string[]; stop: () => Promise<void> }> {
  const found = complaints(page);
  const shop = await serve(app, { api: '/api', order: 'ord_1', token: '' });
  await page.goto(`${shop.origin}/props.html`);
  await page.evaluate(define, [PROPERTIES, version] as const);
  return { found, stop: async () => void (await shop.stop()) };
}

/** Returns the attributes of the element. */
const attributes = (page: Page) =>
  page.locator('doorstep-tracker').evaluate((element) => Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value])));

/** Returns the record of the element, and begins it anew. */
const record = (page: Page) => page.evaluate(() => window.recorder.log.splice(0));

for (const app of APPS.filter(({ source, mode }) => source !== 'plain' && mode === 'development')) {
  test(`${app.name} writes attributes by their names, and none for false, null and undefined`, async ({ page }) => {
    const { found, stop } = await open(page, app);
    const written = {
      ...{ order: 'ord_1', theme: 'dark', loading: 'lazy', headingLevel: 3, firstPage: 'backend', hide: 'help', sections: 'parcels promise' },
      ...{ rail: 'steps', timeline: 'plain', variant: 'informal', mode: 'readonly' },
    };
    await page.evaluate((props) => window.show({ api: '/api', paused: true, hidden: true, id: 'tracker', 'aria-busy': true, ...props }), written);
    const { headingLevel, firstPage, ...plain } = written;
    const { hidden, paused, ...others } = await attributes(page);
    expect(others).toEqual({ ...plain, api: '/api', id: 'tracker', 'heading-level': '3', 'first-page': 'backend', 'aria-busy': 'true' });
    expect([hidden, paused].every((value) => value !== undefined && value !== 'false')).toBe(true);
    await page.evaluate(() => window.show({ api: '/api', paused: false, hidden: false, id: 'tracker', 'aria-busy': false, order: undefined, rail: null }));
    expect(await attributes(page)).toEqual({ api: '/api', id: 'tracker', 'aria-busy': 'false' });
    expect(found).toEqual([]);
    await stop();
  });

  test(`${app.name} sets properties before the element has its address in the page`, async ({ page }) => {
    const { found, stop } = await open(page, app);
    const props = { token: 'secret', strings: { a: 'A' }, source: { read: 1 }, data: { id: 'ord_1' } };
    await page.evaluate((values) => window.show({ api: '/api', tokenProvider: async () => null, ...values }), props);
    const log = await record(page);
    const set = log.filter(([name]) => PROPERTIES.includes(name));
    expect(Object.fromEntries(set)).toEqual({ ...props, tokenProvider: 'function' });
    expect(set).toHaveLength(PROPERTIES.length);
    const ready = Math.max(log.findIndex(([name]) => name === 'api'), log.findIndex(([name]) => name === 'inserted'));
    expect(log.map(([name]) => PROPERTIES.includes(name)).lastIndexOf(true)).toBeLessThan(ready);
    expect(await page.content()).not.toContain('secret');
    expect(found).toEqual([]);
    await stop();
  });

  test(`${app.name} sets only properties that change, and those that are gone to null`, async ({ page }) => {
    const { found, stop } = await open(page, app);
    await page.evaluate(async () => {
      const data = { id: 'ord_1' };
      await window.show({ api: '/api', data });
      window.recorder.log.length = 0;
      await window.show({ api: '/api', data, order: 'ord_1' });
    });
    expect(await record(page)).toEqual([]);
    await page.evaluate(() => window.show({ api: '/api', token: 'one' }));
    expect(await record(page)).toEqual([['token', 'one'], ['data', null]]);
    await page.evaluate(() => window.show({ api: '/other' }));
    expect((await record(page)).sort()).toEqual([['api', '/other'], ['token', null]]);
    expect(found).toEqual([]);
    await stop();
  });

  test(`${app.name} gives the element one token provider, which calls the latest`, async ({ page }) => {
    const { found, stop } = await open(page, app);
    for (const answer of ['first', 'second', null]) {
      const token = await page.evaluate(async (token) => {
        await window.show({ api: '/api', tokenProvider: async () => token });
        return window.provided();
      }, answer);
      expect(token).toBe(answer);
    }
    expect((await record(page)).filter(([name]) => name === 'tokenProvider')).toEqual([['tokenProvider', 'function']]);
    await page.evaluate(() => window.show({ api: '/api', tokenProvider: null }));
    expect(await record(page)).toEqual([['tokenProvider', null]]);
    expect(await page.evaluate(() => window.provided())).toBeNull();
    expect(found).toEqual([]);
    await stop();
  });
}

for (const app of APPS.filter(({ name }) => name === 'vue-3')) {
  test(`${app.name} gives the element the objects of the page and not Vue's proxies`, async ({ page }) => {
    const { stop } = await open(page, app);
    const isOwn = await page.evaluate(async () => {
      const data = { lines: [] };
      let given: unknown;
      Object.defineProperty(customElements.get('doorstep-tracker')?.prototype, 'data', { set: (value) => (given = value) });
      await window.show({ api: '/api', data });
      return given === data;
    });
    expect(isOwn).toBe(true);
    await stop();
  });
}
