// Changes that a page makes without code of its own in the widget: sections, slots, words, languages; and the state that it can read.

import type { Page } from '@playwright/test';
import { eventOf, expect, order, shown, test } from './support/fixtures';
import { createOrder, demoOrder } from './support/orders';
import type { Network, Shop } from './support/servers';
import type { StandIn } from './support/stand-in';

type Tracker = HTMLElement & Record<'strings' | 'token', unknown> & { state: string; summary: unknown; ready: Promise<unknown>; paused: boolean; start(): void };

/** Opens a page with one element for the stand-in's order. `script` runs before the loader. */
async function open(page: Page, shop: Shop, network: Network, standIn: StandIn, attributes = '', content = '', script = ''): Promise<void> {
  const html = `<!doctype html><html lang="en"><doorstep-tracker api="${standIn.origin}" order="ord_1" token="t" ${attributes}>${content}</doorstep-tracker>
    <script>${script}</script><script src="${network.origin}/embed/v1/doorstep.js"></script>`;
  await page.goto(shop.add({ html }));
}

/** Returns an order with an address, contact links, an action and a second parcel. */
function rich() {
  const [made, other] = [order('ord_1'), order('ord_1')];
  made.shipments.push({ ...(other.shipments[0] as (typeof made.shipments)[0]), id: 's2', tracking_number: 'JD2', lines: [] });
  return Object.assign(made, {
    destination: { lines: ['R. Marlowe', 'London'], country: 'GB' },
    support: [{ label: 'Write to us', url: 'https://shop.example/help' }],
    actions: [{ kind: 'contact', state: 'available' }],
  });
}

const tracker = (page: Page) => page.locator('doorstep-tracker');

/** Returns the names of the sections in the order of the elements of the page. */
const sections = (page: Page) =>
  tracker(page).evaluate((element) => {
    const order = element.shadowRoot?.querySelector('.order');
    return [...(order?.children ?? [])].map((child) => child.getAttribute('name') ?? child.className).filter((name) => name);
  });

test.describe('Sections', () => {
  test('what the page hides is neither seen nor read, and shows again', async ({ page, shop, network, standIn }) => {
    standIn.answer = () => ({ body: rich() });
    await open(page, shop, network, standIn, 'hide="address timeline"');
    await shown(page);
    await expect(page.getByText('R. Marlowe')).toBeHidden();
    await expect(page.getByText('Processed at the depot').first()).toBeHidden();
    await expect(page.getByRole('link', { name: 'Write to us' })).toBeVisible();
    await tracker(page).evaluate((element) => element.removeAttribute('hide'));
    await expect(page.getByText('R. Marlowe')).toBeVisible();
  });

  test('are in the order that the page names, and change with it', async ({ page, shop, network, standIn }) => {
    standIn.answer = () => ({ body: rich() });
    await open(page, shop, network, standIn, 'sections="contact  nonsense parcels"');
    await shown(page);
    const usual = ['header', 'top', 'after-headline', 'before-parcels', 'parcels', 'help', 'help', 'bottom', 'footer'];
    expect(await sections(page)).toEqual(['header', 'bottom', 'before-parcels', 'parcels', 'top', 'after-headline', 'help', 'help', 'footer']);
    await tracker(page).evaluate((element) => element.setAttribute('sections', ''));
    await expect.poll(() => sections(page)).toEqual(usual);
  });

  test('the first page of the backend has them in the same order', async ({ page, shop, backend }) => {
    const own = await demoOrder(backend, 'late');
    const html = `<!doctype html><html lang="en"><doorstep-tracker api="${backend.api}" order="${own.id}" token="${own.token}" first-page="backend"
      sections="contact headline"></doorstep-tracker><script src="${backend.origin}/embed/v1/doorstep.js"></script>`;
    const url = shop.add({ html });
    let isHeld = true;
    let release = () => {};
    const held = new Promise<void>((done) => {
      release = done;
    });
    await page.route('**/*.wasm', async (route) => {
      if (isHeld) await held;
      await route.continue();
    });
    await page.goto(url);
    await shown(page);
    const painted = await sections(page);
    expect(painted.slice(0, 3)).toEqual(['header', 'bottom', 'top']);
    await tracker(page).evaluate((element) => {
      (window as { first?: unknown }).first = element.shadowRoot?.querySelector('.bottom');
    });
    isHeld = false;
    release();
    await eventOf(page, 'doorstep-ready');
    expect(await sections(page)).toEqual(painted);
    expect(await tracker(page).evaluate((element) => (window as { first?: unknown }).first === element.shadowRoot?.querySelector('.bottom'))).toBe(true);
  });
});

test.describe('Slots', () => {
  test('show elements of the page with the styles of the page, also beside a parcel', async ({ page, shop, network, standIn }) => {
    standIn.answer = () => ({ body: rich() });
    const content = ['header', 'after-headline', 'before-parcels', 'after-parcel-s1', 'help', 'footer']
      .map((name) => `<p slot="${name}" style="color: rgb(1, 2, 3)">In ${name}</p>`)
      .join('');
    await open(page, shop, network, standIn, '', content);
    await shown(page);
    for (const paragraph of await page.locator('p[slot]').all()) {
      await expect(paragraph).toBeVisible();
      await expect(paragraph).toHaveCSS('color', 'rgb(1, 2, 3)');
    }
    const tops = await page.locator('p[slot]').evaluateAll((all) => all.map((one) => one.getBoundingClientRect().top));
    expect(tops).toEqual([...tops].sort((a, b) => a - b));
  });

  test('do not count as fallback content', async ({ page, shop, network, standIn }) => {
    await page.route('**/*.wasm', (route) => route.abort());
    await page.route('**/*.js', (route) => (route.request().url().includes('glue') ? route.abort() : route.continue()));
    await open(page, shop, network, standIn, '', '<p slot="header">Banner</p>');
    await expect(tracker(page).getByRole('button', { name: 'Try again' })).toBeVisible({ timeout: 20_000 });
    await expect(tracker(page).locator('.message')).toBeVisible();
    await expect(page.getByText('Banner')).toBeHidden();
  });
});

test.describe('Words', () => {
  const texts = { 'parcel.of': 'Package {number} of {total}', 'timeline.more': { one: 'One more', other: '{count} more' } };

  test('of the page replace those of the catalogue, from the attribute and from the property', async ({ page, shop, network, standIn }) => {
    standIn.answer = () => ({ body: rich() });
    await open(page, shop, network, standIn, `strings='${JSON.stringify(texts)}'`);
    await shown(page);
    await expect(page.getByRole('heading', { name: /^Package 1 of 2/ })).toBeVisible();
    await tracker(page).evaluate((element) => {
      (element as Tracker).strings = { 'parcel.of': 'Box {number}', 'action.contact': 'Talk to us' };
    });
    await expect(page.getByRole('heading', { name: /^Box 1/ })).toBeVisible();
    // Texts of the second chunk are replaced, too.
    await page.getByText('Help with your order').click();
    await page.getByRole('button', { name: 'Talk to us' }).click();
    await expect(page.getByRole('dialog').getByRole('heading', { level: 2 })).toHaveText('Talk to us');
    await tracker(page).evaluate((element) => {
      (element as Tracker).strings = null;
    });
    // Without them the texts of the attribute are used again.
    await expect(page.getByRole('heading', { name: /^Package 1 of 2/ })).toBeVisible();
  });

  test('that do not fit are reported and not used', async ({ page, shop, network, standIn }) => {
    const warnings: string[] = [];
    page.on('console', (message) => message.type() === 'warning' && warnings.push(message.text()));
    standIn.answer = () => ({ body: rich() });
    const wrong = {
      'parcel.fo': 'Package',
      'parcel.of': 'Package {nummer}',
      'action.order': { one: 'Help', other: 'Help' },
      'about.more': { one: '{first}' },
      'carrier.copy': 7,
    };
    await open(page, shop, network, standIn, `strings='${JSON.stringify(wrong)}'`);
    await shown(page);
    await expect(page.getByRole('heading', { name: /^Parcel 1 of 2/ })).toBeVisible();
    const about = (text: string) => warnings.filter((warning) => warning.includes(text));
    expect(about('"parcel.fo"').join()).toContain('The most similar key is "parcel.of"');
    expect(about('"parcel.of" is not used').join()).toContain('{nummer} is not known here; there is {number}, {total}');
    expect(about('"action.order" is not used').join()).toContain('no {count}');
    expect(about('"about.more" is not used').join()).toContain('"other" is missing');
    expect(about('"carrier.copy" is not used').join()).toContain('string');
    await tracker(page).evaluate((element) => element.setAttribute('strings', '{'));
    await expect.poll(() => about('is not JSON').length).toBe(1);
    await expect(page.getByRole('heading', { name: /^Parcel 1 of 2/ })).toBeVisible();
  });

  test('of a language that the page registers are used with the formats of that language', async ({ page, shop, network, standIn }) => {
    standIn.answer = () => ({ body: rich() });
    await open(page, shop, network, standIn, 'lang="nl-BE"');
    await shown(page);
    await expect(page.getByRole('heading', { name: /^Parcel 1 of 2/ })).toBeVisible();
    await page.evaluate(() => {
      const defined = customElements.get('doorstep-tracker') as unknown as { registerLocale(tag: string, strings: object): void };
      defined.registerLocale('nl', { 'parcel.of': 'Pakket {number} van {total}' });
    });
    await expect(page.getByRole('heading', { name: /^Pakket 1 van 2/ })).toBeVisible();
    await expect(page.getByText(/vrijdag 20 november/i).first()).toBeVisible();
    await expect(page.getByText('In this parcel').first()).toBeVisible();
    // Texts that are registered again replace the former ones, also if the language stays the same.
    await page.evaluate(() => {
      const defined = customElements.get('doorstep-tracker') as unknown as { registerLocale(tag: string, strings: object): void };
      defined.registerLocale('nl', { 'parcel.of': 'Doos {number}', 'parcel.items': 'In deze doos' });
    });
    await expect(page.getByRole('heading', { name: /^Doos 1/ })).toBeVisible();
    await expect(page.getByText('In deze doos').first()).toBeVisible();
    const refused = await page.evaluate(() => {
      try {
        (customElements.get('doorstep-tracker') as unknown as { registerLocale(tag: string, strings: object): void }).registerLocale('nl_NL!', {});
        return '';
      } catch (error) {
        return (error as Error).name;
      }
    });
    expect(refused).toBe('RangeError');
  });

  test('hours follow the extension of the language tag', async ({ page, shop, network, standIn }) => {
    standIn.answer = () => ({ body: order('ord_1') });
    for (const [lang, time] of [['en-US-u-hc-h23', '07:30'], ['en-GB-u-hc-h12', '7:30 am'], ['en-GB', '07:30']] as const) {
      await open(page, shop, network, standIn, `lang="${lang}"`);
      await shown(page);
      await expect(tracker(page).locator('[part~=time]').first()).toHaveText(time);
    }
  });
});

test.describe('State', () => {
  test('is there for scripts that come late, and for stylesheets', async ({ page, shop, network, standIn }) => {
    const late = order('ord_1');
    Object.assign(late.shipments[0] as object, {
      promise: { promised: { from: '2026-11-19', to: '2026-11-19' }, expected: { from: '2026-11-23', to: '2026-11-23' }, confidence: 'high', verdict: 'late' },
    });
    let release = () => {};
    const held = new Promise<void>((done) => {
      release = done;
    });
    standIn.answer = () => held.then(() => ({ body: late }));
    await open(page, shop, network, standIn);
    const is = (state: string) => tracker(page).evaluate((element, state) => element.matches(`:state(${state})`), state);
    await expect.poll(() => tracker(page).evaluate((element) => (element as Tracker).state)).toBe('loading');
    expect([await is('loading'), await is('late')]).toEqual([true, false]);
    release();
    await eventOf(page, 'doorstep-ready');
    expect(await tracker(page).evaluate(async (element) => [(element as Tracker).state, await (element as Tracker).ready, (element as Tracker).summary])).toEqual([
      'ready',
      { version: 1, tone: expect.any(String), parcels: 1, delivered: 0, late: 1 },
      { version: 1, tone: expect.any(String), parcels: 1, delivered: 0, late: 1 },
    ]);
    expect([await is('loading'), await is('late'), await is('stale'), await is('delivered')]).toEqual([false, true, false, false]);
    await page.context().setOffline(true);
    await expect.poll(() => is('stale')).toBe(true);
    await page.context().setOffline(false);
    await expect.poll(() => is('stale')).toBe(false);
  });

  test('another order begins with the state of none', async ({ page, shop, network, standIn }) => {
    standIn.answer = ({ path }) => (path.includes('ord_2') ? { status: 404, body: { status: 404, code: 'order-not-found' } } : { body: order('ord_1') });
    await open(page, shop, network, standIn);
    await eventOf(page, 'doorstep-ready');
    await tracker(page).evaluate((element) => element.setAttribute('order', 'ord_2'));
    await eventOf(page, 'doorstep-error');
    expect(await tracker(page).evaluate((element) => [(element as Tracker).state, (element as Tracker).summary])).toEqual(['not-found', null]);
  });

  test('a failure is a state, too', async ({ page, shop, network, standIn }) => {
    standIn.answer = () => ({ status: 404, body: { status: 404, code: 'order-not-found' } });
    await open(page, shop, network, standIn);
    await eventOf(page, 'doorstep-error');
    expect(await tracker(page).evaluate((element) => [(element as Tracker).state, (element as Tracker).summary])).toEqual(['not-found', null]);
  });

  test('a paused element shows the skeleton and requests nothing until it is started', async ({ page, shop, network, standIn }) => {
    standIn.answer = ({ headers }) =>
      headers['authorization'] === 'Bearer later' ? { body: order('ord_1') } : { status: 404, body: { status: 404, code: 'order-not-found' } };
    await open(page, shop, network, standIn, 'paused');
    await expect.poll(() => tracker(page).evaluate((element) => !!element.shadowRoot?.querySelector('.skeleton'))).toBe(true);
    await tracker(page).evaluate((element) => new Promise<void>((done) => setTimeout(done, 0)).then(() => element.toggleAttribute('data-mark')));
    expect(standIn.asked).toEqual([]);
    await tracker(page).evaluate((element) => {
      (element as Tracker).token = 'later';
      (element as Tracker).start();
    });
    await eventOf(page, 'doorstep-ready');
    expect(await tracker(page).evaluate((element) => (element as Tracker).paused)).toBe(false);
    expect(await page.evaluate(() => window.notes.events.map(({ type }) => type))).toEqual(['doorstep-ready']);
  });

  test('the page learns when the order and its promise come into view', async ({ page, shop, backend }) => {
    const own = await demoOrder(backend, 'late');
    const html = `<!doctype html><html lang="en"><body><div style="height: 300vh"></div>
      <script>seen = []; for (const name of ['view', 'promise-seen']) addEventListener('doorstep-' + name, ({ type, detail }) => seen.push([type, detail.parcels]));</script>
      <doorstep-tracker api="${backend.api}" order="${own.id}" token="${own.token}"></doorstep-tracker>
      <script src="${backend.origin}/embed/v1/doorstep.js"></script>`;
    await page.goto(shop.add({ html }));
    await eventOf(page, 'doorstep-ready');
    expect(await page.evaluate('seen')).toEqual([]);
    await page.locator('doorstep-tracker [part~=promise]').first().scrollIntoViewIfNeeded();
    await expect.poll(() => page.evaluate('seen.map(String).sort()')).toEqual(['doorstep-promise-seen,1', 'doorstep-view,1']);
    // An order that comes later is seen, too.
    const other = await demoOrder(backend, 'on_time');
    await tracker(page).evaluate((element, { id, token }) => Object.assign(element, { order: id, token }), other);
    await expect.poll(() => page.evaluate('seen.length')).toBe(4);
  });
});

test('milestones and timeline have variants', async ({ page, shop, backend }) => {
  const own = await createOrder(backend);
  const html = `<!doctype html><html lang="en"><doorstep-tracker api="${backend.api}" order="${own.id}" token="${own.token}" rail="steps" timeline="plain"></doorstep-tracker>
    <script src="${backend.origin}/embed/v1/doorstep.js"></script>`;
  await page.goto(shop.add({ html }));
  await eventOf(page, 'doorstep-ready');
  const dot = tracker(page).locator('.dot').first();
  for (const [rail, icon] of [['steps', false], ['dots', false], ['bar', false], ['icons', true]] as const) {
    await tracker(page).evaluate((element, rail) => element.setAttribute('rail', rail), rail);
    await expect(dot.locator('.icon')).toBeVisible({ visible: icon });
    expect(await dot.evaluate((node) => getComputedStyle(node, '::before').content !== 'none')).toBe(rail === 'steps');
  }
});
