// Data of the page in place of a backend: a source that translates between a shop's own API and the contract, an order document of the page, and a page
// to read for support staff.

import type { Page } from '@playwright/test';
import { eventOf, expect, order, shown, test } from './support/fixtures';
import { demoOrder } from './support/orders';
import type { Network, Shop } from './support/servers';

type Tracker = HTMLElement & Record<'data' | 'source', unknown> & { state: string };

/** The API of a made-up shop, in a shape that is not that of the contract. It runs in the page. */
interface MadeUpShop {
  box: { no: string; home: string | null; moves: { t: string; place: string; step: string }[] };
  claims: { nr: number; about: string; wants: string; key: string }[];
  /** Calls of the methods of the source, in their order. */
  calls: string[];
  /** Tells the page of a change. */
  changed(): void;
}

declare global {
  interface Window {
    shop: MadeUpShop;
  }
}

/** Creates the shop and a source for it. Runs in the page. */
function madeUpSource(without: string[]): object {
  const listeners = new Set<() => void>();
  const shop: MadeUpShop = {
    box: { no: 'B-77', home: null, moves: [{ t: '2026-11-20T07:30:00', place: 'Leeds', step: 'rolling' }] },
    claims: [],
    calls: [],
    changed: () => listeners.forEach((listener) => listener()),
  };
  window.shop = shop;
  const steps: Record<string, string> = { rolling: 'in_transit', door: 'delivered' };
  const kinds: Record<string, string> = { gone: 'report_non_receipt', back: 'start_return' };
  const lines = [{ line_id: 'jacket', shipment_id: 'B-77', quantity: 1, eligible: true }];
  const gbp = (minor: number) => ({ minor, currency: 'GBP' });
  const asCase = ({ nr, about }: MadeUpShop['claims'][0]) => ({
    id: `c${nr}`, reference: `K-${nr}`, kind: kinds[about], shipment_id: 'B-77', state: 'received', opened_at: '2026-11-21T10:00:00Z', can_reply: true,
  });
  const asOrder = () => ({
    id: 'own', number: '77', time_zone: 'Europe/London', access: 'full', stream: true,
    lines: [{ id: 'jacket', title: 'Rain jacket', quantity: 1, unit_price: gbp(8900) }],
    shipments: [
      {
        id: 'B-77', direction: 'outbound', carrier: { code: 'own', name: 'Own van' }, tracking_level: 'full', lines: [{ line_id: 'jacket', quantity: 1 }],
        stage: shop.box.home ? 'delivered' : 'in_transit', condition: { state: 'ok' }, ...(shop.box.home && { delivered: { at: `${shop.box.home}Z` } }),
        events: shop.box.moves.map(({ t, place, step }, at) => ({ id: `e${at}`, at: { local: t, zone: 'assumed' }, stage: steps[step], place: { name: place } })),
      },
    ],
    actions: shop.box.home
      ? [
          { kind: 'report_non_receipt', shipment_id: 'B-77', state: 'available', lines, needs: [], outcomes: ['replacement', 'refund'] },
          { kind: 'report_damaged', shipment_id: 'B-77', state: 'available', lines, needs: ['photo'], outcomes: ['replacement', 'refund'] },
          { kind: 'start_return', state: 'available', lines, outcomes: ['refund'], reasons: [{ code: 'changed_mind', needs: [] }] },
        ]
      : [{ kind: 'reschedule', shipment_id: 'B-77', state: 'available' }],
    cases: shop.claims.map(asCase),
  });
  const called = (name: string) => shop.calls.push(name);
  const source = {
    load: async (nr: string) => (called(`load ${nr}`), nr === '77' ? asOrder() : null),
    subscribe(_nr: string, next: (order: object) => void, { signal }: { signal: AbortSignal }) {
      const listener = () => next(asOrder());
      listeners.add(listener);
      signal.addEventListener('abort', () => listeners.delete(listener));
    },
    async lookUp({ number, email }: { number: string; email?: string }) {
      called(`lookUp ${number} ${email}`);
      return number === '77' && email === 'ada@example.org' ? { order_id: '77', token: 'unused' } : null;
    },
    async submit(_nr: string, { kind, outcome }: { kind: string; outcome: string }, { idempotencyKey }: { idempotencyKey: string }) {
      called(`submit ${kind}`);
      const known = shop.claims.find(({ key }) => key === idempotencyKey);
      const claim = known ?? { nr: shop.claims.length + 1, about: kind === 'start_return' ? 'back' : 'gone', wants: outcome, key: idempotencyKey };
      if (!known) shop.claims.push(claim);
      return asCase(claim);
    },
    async slots() {
      called('slots');
      return [{ id: 's1', window: { from: '2026-11-23T09:00:00Z', to: '2026-11-23T12:00:00Z' } }];
    },
    async quote() {
      called('quote');
      return { amount: gbp(8900), parts: [{ kind: 'goods', amount: gbp(8900) }], methods: [{ id: 'van', kind: 'collection', name: 'Our van', amount: gbp(8900) }] };
    },
  };
  for (const name of without) delete source[name as keyof typeof source];
  return source;
}

/** Opens a page whose element has a source of its own. */
async function open(page: Page, shop: Shop, network: Network, { attributes = 'order="77"', without = [] as string[] } = {}): Promise<void> {
  const html = `<!doctype html><html lang="en"><doorstep-tracker ${attributes}></doorstep-tracker><script>
    document.querySelector('doorstep-tracker').source = (${madeUpSource.toString()})(${JSON.stringify(without)});
    </script><script src="${network.origin}/embed/v1/doorstep.js"></script>`;
  await page.goto(shop.add({ html }));
}

const tracker = (page: Page) => page.locator('doorstep-tracker');
const calls = (page: Page) => page.evaluate(() => window.shop.calls);

/** Has the parcel of the shop arrive. */
const arrive = (page: Page) =>
  page.evaluate(() => {
    window.shop.box.home = '2026-11-21T09:12:00';
    window.shop.box.moves.push({ t: '2026-11-21T09:12:00', place: 'London', step: 'door' });
    window.shop.changed();
  });

test.describe('A source', () => {
  test('shows an order, follows its changes, and takes a report', async ({ page, shop, network }) => {
    const requests: string[] = [];
    page.on('request', (request) => request.url().includes('/v1/') && requests.push(request.url()));
    await open(page, shop, network);
    await eventOf(page, 'doorstep-ready');
    await expect(tracker(page).getByText('Leeds')).toBeVisible();
    await arrive(page);
    await expect(tracker(page).getByRole('heading', { level: 2 })).toContainText('Delivered');
    await expect(tracker(page).locator('[part~=place]', { hasText: 'London' })).toBeVisible();
    await page.getByText('Help with your order').click();
    await page.getByRole('button', { name: 'I did not receive it' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Continue' }).click();
    await dialog.getByText(/My money back/).click();
    await dialog.getByRole('button', { name: 'Report it missing' }).click();
    await expect(dialog.getByText('K-1')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(tracker(page).locator('[part~=case]')).toContainText('I did not receive it');
    expect(await page.evaluate(() => window.shop.claims.map(({ about, wants }) => [about, wants]))).toEqual([['gone', 'refund']]);
    expect(requests.filter((url) => url.includes('/embed/v1/') === false)).toEqual([]);
  });

  test('takes a return with the quote of the shop', async ({ page, shop, network }) => {
    await open(page, shop, network);
    await eventOf(page, 'doorstep-ready');
    await arrive(page);
    await page.getByRole('button', { name: 'Return something' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('checkbox', { name: /Rain jacket/ }).check();
    await dialog.getByRole('combobox', { name: 'Why' }).selectOption('changed_mind');
    await dialog.getByRole('button', { name: 'Continue' }).click();
    await dialog.getByText('Our van').click();
    await expect(dialog.getByText('£89.00').first()).toBeVisible();
    await dialog.getByRole('button', { name: 'Start the return' }).click();
    await expect(dialog.getByText('K-1')).toBeVisible();
    expect(await calls(page)).toEqual(expect.arrayContaining(['quote', 'submit start_return']));
  });

  test('without a method offers nothing that needs it', async ({ page, shop, network }) => {
    await open(page, shop, network, { without: ['slots', 'quote'] });
    await eventOf(page, 'doorstep-ready');
    await expect(tracker(page).locator('[data-action=reschedule]')).toHaveCount(0);
    await arrive(page);
    await expect(tracker(page).locator('[data-action=report_non_receipt]')).toHaveCount(1);
    await expect(tracker(page).locator('[data-action=start_return]')).toHaveCount(0);
    // A report of a damage is offered, and no photo is asked for.
    await page.getByText('Help with your order').click();
    await page.getByRole('button', { name: 'Something is damaged' }).click();
    await expect(page.getByRole('dialog').getByRole('heading', { level: 2 })).toBeVisible();
    await expect(page.getByRole('dialog').getByLabel('Add a photo')).toHaveCount(0);
    await open(page, shop, network, { without: ['submit'] });
    await eventOf(page, 'doorstep-ready');
    await arrive(page);
    await expect(tracker(page).getByRole('heading', { level: 2 })).toContainText('Delivered');
    await expect(tracker(page).locator('[data-action]')).toHaveCount(0);
  });

  test('answers the look-up of a guest', async ({ page, shop, network }) => {
    await open(page, shop, network, { attributes: '' });
    await page.getByLabel('Order number').fill('77');
    await page.getByLabel('E-mail or postcode').fill('eve@example.org');
    await page.getByRole('button', { name: 'Find order' }).click();
    await expect(tracker(page).getByRole('alert').or(tracker(page).locator('.error:not(:empty)')).first()).toBeVisible();
    await page.getByLabel('E-mail or postcode').fill('ada@example.org');
    await page.getByRole('button', { name: 'Find order' }).click();
    await eventOf(page, 'doorstep-ready');
    await expect(tracker(page).getByText('Leeds')).toBeVisible();
  });

  test('without a look-up finds no order of a guest', async ({ page, shop, network }) => {
    await open(page, shop, network, { attributes: '', without: ['lookUp'] });
    await page.getByLabel('Order number').fill('77');
    await page.getByLabel('E-mail or postcode').fill('ada@example.org');
    await page.getByRole('button', { name: 'Find order' }).click();
    await expect(tracker(page).locator('.error:not(:empty)').first()).toBeVisible();
    expect(await calls(page)).toEqual([]);
    expect(await tracker(page).evaluate((element) => (element as Tracker).state)).toBe('lookup-needed');
  });

  test('that fails is tried again, and one that refuses opens the look-up', async ({ page, shop, network }) => {
    const html = `<!doctype html><html lang="en"><doorstep-tracker order="77"></doorstep-tracker><script>
      calls = 0;
      document.querySelector('doorstep-tracker').source = { async load() { if (++calls < 2) throw new Error('down'); throw { status: 404, code: 'order-not-found' } } };
      </script><script src="${network.origin}/embed/v1/doorstep.js"></script>`;
    await page.goto(shop.add({ html }));
    expect(await eventOf(page, 'doorstep-error')).toMatchObject({ code: expect.stringMatching(/lookup-needed|not-found/) });
    expect(await page.evaluate('calls')).toBeGreaterThan(1);
  });

  test('of another object starts the element anew', async ({ page, shop, network }) => {
    await open(page, shop, network);
    await eventOf(page, 'doorstep-ready');
    await tracker(page).evaluate((element) => {
      const document = { id: 'other', lines: [{ id: 'l', title: 'Tea cups', quantity: 2 }], shipments: [] };
      (element as Tracker).source = { load: async () => document };
    });
    await expect(tracker(page).getByText('Tea cups').first()).toBeVisible();
    await expect(tracker(page).getByText('Leeds')).toHaveCount(0);
  });
});

test.describe('Data of the page', () => {
  test('is shown without a request and without actions, and follows the property', async ({ page, shop, network }) => {
    const requests: string[] = [];
    page.on('request', (request) => request.url().includes('/orders/') && requests.push(request.url()));
    const own = { ...order('ord_1'), version: undefined, actions: [{ kind: 'contact', state: 'available' }] };
    const html = `<!doctype html><html lang="en"><doorstep-tracker></doorstep-tracker><script>
      document.querySelector('doorstep-tracker').data = ${JSON.stringify(own)};</script><script src="${network.origin}/embed/v1/doorstep.js"></script>`;
    await page.goto(shop.add({ html }));
    await eventOf(page, 'doorstep-ready');
    await expect(tracker(page).getByText('Rain jacket').first()).toBeVisible();
    await expect(tracker(page).locator('[data-action]')).toHaveCount(0);
    await tracker(page).evaluate((element) => {
      const data = structuredClone((element as Tracker).data) as ReturnType<typeof order>;
      (data.lines[0] as { title: string }).title = 'Umbrella';
      (element as Tracker).data = data;
    });
    await expect(tracker(page).getByText('Umbrella').first()).toBeVisible();
    expect(requests).toEqual([]);
  });

  test('replaces an earlier order, whatever the versions of the two are, also before the widget is there', async ({ page, shop, network }) => {
    const titled = (id: string, version: number, title: string) => ({ ...order(id), version, lines: [{ id: 'l1', title, quantity: 1 }] });
    const html = `<!doctype html><html lang="en"><doorstep-tracker api="${network.origin}/nothing"></doorstep-tracker><script>
      const tracker = document.querySelector('doorstep-tracker');
      tracker.data = ${JSON.stringify(titled('a', 7, 'Kettle'))};
      customElements.whenDefined('doorstep-tracker').then(() => setTimeout(() => (tracker.data = ${JSON.stringify(titled('a', 7, 'Toaster'))})));
      </script><script src="${network.origin}/embed/v1/doorstep.js"></script>`;
    await page.goto(shop.add({ html }));
    await expect(tracker(page).getByText('Toaster').first()).toBeVisible();
    await expect(tracker(page).getByText('Kettle')).toHaveCount(0);
    await tracker(page).evaluate((element, data) => Object.assign(element, { data }), titled('b', 3, 'Hammock'));
    await expect(tracker(page).getByText('Hammock').first()).toBeVisible();
    await tracker(page).evaluate((element, data) => {
      Object.assign(element, { data: null });
      Object.assign(element, { data });
    }, titled('b', 3, 'Tent'));
    await expect(tracker(page).getByText('Tent').first()).toBeVisible();
  });
});

test.describe('A page to read', () => {
  test('has no actions, replies and ratings, and is not streamed', async ({ page, shop, backend }) => {
    for (const name of ['safe_place', 'asked_shopper', 'case_resolved']) {
      const own = await demoOrder(backend, name);
      const streams: string[] = [];
      page.on('request', (request) => request.url().endsWith('/stream') && streams.push(request.url()));
      const html = (mode: string) => `<!doctype html><html lang="en"><doorstep-tracker api="${backend.api}" order="${own.id}" token="${own.token}" ${mode}
        first-page="backend"></doorstep-tracker><script src="${backend.origin}/embed/v1/doorstep.js"></script>`;
      await page.goto(shop.add({ html: html('') }));
      await eventOf(page, 'doorstep-ready');
      expect(await tracker(page).locator('[data-action], .buttons button').count()).toBeGreaterThan(0);
      await expect.poll(() => streams.length).toBeGreaterThan(0);
      const words = await tracker(page).locator('[part~=headline]').innerText();
      streams.length = 0;
      await page.goto(shop.add({ html: html('mode="readonly"') }));
      await eventOf(page, 'doorstep-ready');
      await shown(page);
      await expect(tracker(page).locator('[part~=headline]')).toHaveText(words);
      await expect(tracker(page).locator('[data-action], .buttons button')).toHaveCount(0);
      expect(streams).toEqual([]);
      page.removeAllListeners('request');
    }
  });
});
