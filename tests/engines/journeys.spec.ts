// The core journeys in every engine: an order of each state, a parcel that arrives while its page is open, the look-up, a report with a photo, and a
// return with its code.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Backend } from '../support/backend';
import { trackerUpdated } from '../support/easypost';
import { createOrder, deliver, demoOrders, openStreams, type Opened } from '../support/orders';
import { arrived, documentOf, twoLines } from '../support/parcels';
import { located } from '../support/photos';
import type { Shop } from '../support/servers';
import { expect, hostPage, test } from './fixtures';
import type { Tab } from './tab';

const HEADLINE = '[data-focus=headline]';
const DIALOG = 'dialog[open] h2';

const loader = (backend: Backend, attributes: Record<string, string>): string => {
  const data = Object.entries({ api: backend.api, lang: 'en-GB', ...attributes }).map(([name, value]) => ` data-${name}="${value}"`);
  return `<script async src="${backend.origin}/embed/v1/doorstep.js"${data.join('')}></script>`;
};

async function opens(tab: Tab, shop: Shop, backend: Backend, order: Opened): Promise<void> {
  await tab.goto(shop.add({ html: hostPage(loader(backend, { order: order.id, token: order.token })) }));
  await expect.poll(() => tab.text(HEADLINE)).toMatch(/./);
}

/** Opens a dialog with the mouse, after unfolding the part that its button is in. */
async function enters(tab: Tab, fold: string, name: string): Promise<void> {
  await tab.click('summary', fold);
  await tab.click('button', name);
  await expect.poll(() => tab.text(DIALOG)).toBe(name);
}

test('an order of each state is shown, without an error, and fits a telephone', async ({ tab, shop, backend }) => {
  test.setTimeout(180_000);
  const orders = await demoOrders(backend);
  expect(orders.length).toBeGreaterThan(40);
  const element = `<doorstep-tracker api="${backend.api}" lang="en-GB"></doorstep-tracker><script src="${backend.origin}/embed/v1/doorstep.js"></script>`;
  await tab.goto(shop.add({ html: hostPage(element) }));
  await expect.poll(() => tab.has('textbox', 'Order number')).toBe(true);
  for (const order of orders) {
    await tab.run(
      (id, token) => void Object.assign(document.querySelector('doorstep-tracker') ?? {}, { order: id, token }),
      order.id,
      order.token,
    );
    const seen = () =>
      tab.run((number) => {
        const tracker = document.querySelector('doorstep-tracker');
        const root = tracker?.shadowRoot?.querySelector<HTMLElement>('.root');
        root?.querySelectorAll('details').forEach((details) => (details.open = true));
        // Firefox makes no window narrower than 450 pixels, so the element is made as narrow as a phone.
        let tooWide = 0;
        for (let width = 320; tracker && width <= 360; width += 5) {
          tracker.style.inlineSize = `${width}px`;
          tooWide = Math.max(tooWide, (root?.scrollWidth ?? 0) - width);
        }
        const text = root?.innerText ?? '';
        return {
          there: text.includes(number),
          headline: root?.querySelector('[data-focus=headline]')?.textContent ?? '',
          wrong: /undefined|\bNaN\b|Invalid Date|\{\w+\}/.exec(text)?.[0] ?? null,
          tooWide,
        };
      }, `Order ${order.number}`);
    await expect.poll(seen, order.id).toMatchObject({ there: true, headline: expect.stringMatching(/./), wrong: null, tooWide: 0 });
  }
  const { errors, events } = await tab.notes();
  expect(errors).toEqual([]);
  expect(events.filter(({ type }) => type === 'doorstep-error')).toEqual([]);
});

test('a webhook turns the open page to delivered', async ({ tab, shop, backend }) => {
  const order = await createOrder(backend);
  await opens(tab, shop, backend, order);
  await expect.poll(() => openStreams(backend)).toBeGreaterThan(0);
  expect(await deliver(backend, trackerUpdated(order.trackingNumber))).toBe(200);
  await expect.poll(() => tab.text(HEADLINE)).toMatch(/^(Delivered|Left in a safe place)/);
  await tab.click('button', 'Show ');
  await expect.poll(() => tab.count('[part~=event]')).toBe(6);
  await expect.poll(() => tab.text('.spoken')).toMatch(/^Update: /);
  const { events, errors } = await tab.notes();
  expect(events.map(({ type }) => type)).toEqual(['doorstep-ready', 'doorstep-change']);
  expect(errors).toEqual([]);
});

test('a link opens its order, and its token leaves the address', async ({ tab, shop, backend }) => {
  const order = await createOrder(backend);
  await tab.goto(`${shop.add({ html: hostPage(loader(backend, {})) })}?a=1#top&doorstep=${order.id}/${order.token}`);
  await expect.poll(() => tab.text(HEADLINE)).toMatch(/./);
  expect(await tab.run(() => location.search + location.hash)).toBe('?a=1#top');
});

test('the look-up leads from empty fields over a wrong proof to the order', async ({ tab, shop, backend }) => {
  const order = await createOrder(backend);
  await tab.goto(shop.add({ html: hostPage(loader(backend, {})) }));
  await tab.click('button', 'Find order');
  await expect.poll(() => tab.focused()).toBe('Order number');
  await tab.type('textbox', 'Order number', order.number);
  await tab.type('textbox', 'E-mail or postcode', 'nobody@mail.example');
  await tab.press('Enter');
  await expect.poll(() => tab.text('[role=alert]')).toBe('No order matches these two. Check both and try again.');
  await tab.run(() => {
    const proof = document.querySelector('doorstep-tracker')?.shadowRoot?.querySelectorAll('input')[1];
    proof?.focus();
    proof?.select();
  });
  await tab.type('textbox', 'E-mail or postcode', order.email);
  await tab.press('Enter');
  await expect.poll(() => tab.text(HEADLINE)).toMatch(/./);
  expect(await tab.run(() => (document.querySelector('doorstep-tracker')?.shadowRoot?.activeElement as HTMLElement).dataset['focus'])).toBe('headline');
});

test('something damaged is reported with a photo, which leaves its place behind', async ({ tab, shop, backend }) => {
  const order = await arrived(backend);
  await opens(tab, shop, backend, order);
  await enters(tab, 'Help with your order', 'Something is damaged');
  await addPhoto(tab);
  await expect.poll(() => tab.text('dialog[open]')).toContain('Added');
  await tab.click('radio', 'The same again');
  await tab.click('button', 'Send the report');
  await expect.poll(() => tab.text(DIALOG)).toBe('We have it');
  const { cases } = await documentOf(backend, order);
  expect(cases.map(({ kind }) => kind)).toEqual(['report_damaged']);
  expect((await tab.notes()).errors).toEqual([]);
});

test('a return is started, and its code is there at once and can be saved', async ({ tab, shop, backend }) => {
  const price = { unit_price: { minor: 8900, currency: 'GBP' } };
  const order = await arrived(backend, 3, { ...twoLines, lines: twoLines.lines.map((line) => ({ ...line, ...price })) });
  await opens(tab, shop, backend, order);
  await tab.click('button', 'Return something');
  await expect.poll(() => tab.text(DIALOG)).toBe('Return something');
  await tab.click('checkbox', 'Rain jacket');
  await tab.click('option', 'Not as described');
  await tab.click('button', 'Continue');
  await tab.click('radio', 'My money back');
  await tab.click('button', 'Continue');
  await expect.poll(() => tab.text('dialog[open]')).toContain('£89.00');
  await tab.click('radio', 'Parcel shop, without a printer');
  await tab.click('button', 'Start the return');
  await expect.poll(() => tab.text(DIALOG)).toBe('We have it');
  await tab.press('Escape');
  await expect.poll(() => tab.text(DIALOG)).toBeNull();
  await tab.click('button', 'Show the return label');
  await expect.poll(() => tab.text(DIALOG)).toBe('Your return label');
  const modules = () =>
    tab.run(() => {
      const code = document.querySelector('doorstep-tracker')?.shadowRoot?.querySelector('dialog[open] svg[role=img] path');
      return (code?.getAttribute('d') ?? '').split('M').length - 1;
    });
  await expect.poll(modules).toBeGreaterThan(100);
  await noteWhatIsSaved(tab);
  await tab.click('button', 'Save the code as a picture');
  await expect.poll(() => tab.run(() => (window as unknown as { saved: string[] }).saved)).toEqual(['image/png PNG']);
  expect((await documentOf(backend, order)).returns).toHaveLength(1);
});

/** Picks a photo that the browser draws, with the location in its metadata. */
async function addPhoto(tab: Tab): Promise<void> {
  const base64 = await tab.run(async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 1_600, height: 1_200 });
    const context = canvas.getContext('2d');
    for (let at = 0; at < 2_000 && context; at++) {
      context.fillStyle = `hsl(${(at * 47) % 360} 60% ${20 + ((at * 13) % 60)}%)`;
      context.fillRect((at * 977) % 1_600, (at * 613) % 1_200, 20 + ((at * 31) % 180), 14 + ((at * 17) % 120));
    }
    return canvas.toDataURL('image/jpeg', 0.9).split(',')[1] ?? '';
  });
  const directory = await mkdtemp(join(tmpdir(), 'doorstep-photo-'));
  const file = join(directory, 'photo.jpg');
  await writeFile(file, located(Buffer.from(base64, 'base64')));
  await tab.type('file', 'Add a photo', file);
  await expect.poll(() => tab.text('dialog[open]')).toContain('photo.jpg');
  await rm(directory, { recursive: true });
}

/** Records the type and the first letters of every file that the page offers, instead of saving it. */
async function noteWhatIsSaved(tab: Tab): Promise<void> {
  await tab.run(() => {
    const saved: string[] = [];
    Object.assign(window, { saved });
    const create = URL.createObjectURL;
    URL.createObjectURL = (blob: Blob) => {
      void blob.slice(1, 4).text().then((text) => saved.push(`${blob.type} ${text}`));
      return create(blob);
    };
  });
}
