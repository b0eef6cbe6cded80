// Texts of the page: nothing is repeated, ages are plausible, each text has the direction of its own words, and the translation functions
// of browsers do not break the page.

import type { Locator, Page } from '@playwright/test';
import { expect, order as sample, shown, test } from './support/fixtures';
import { demoOrders, headline } from './support/orders';
import type { Network, Shop } from './support/servers';
import type { StandIn } from './support/stand-in';

type Sample = ReturnType<typeof sample>;

/** Returns an order with changes to it and to its one parcel. */
function changed(parcel: Record<string, unknown>, more: Record<string, unknown> = {}): Sample {
  const made = sample('ord_1');
  Object.assign(made.shipments[0] as object, parcel);
  return Object.assign(made, more);
}

function host(shop: Shop, network: Network, standIn: StandIn, attributes = 'lang="en"'): string {
  return shop.add({
    html: `<!doctype html><html ${attributes}><title>Your order</title><meta name="viewport" content="width=device-width">
      <doorstep-tracker api="${standIn.origin}" order="ord_1" token="t" lang="en-GB"></doorstep-tracker>
      <script src="${network.origin}/embed/v1/doorstep.js"></script>`,
  });
}

async function refresh(page: Page): Promise<void> {
  await page.evaluate(() => (document.querySelector('doorstep-tracker') as unknown as { refresh(): void }).refresh());
}

/** Replaces every text as the translation functions of browsers do: removes it, and inserts another one in an element of its own. */
function translate(page: Page, words: string): Promise<void> {
  return page.evaluate((words) => {
    const root = document.querySelector('doorstep-tracker')?.shadowRoot?.querySelector('.doorstep');
    if (!root) return;
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const texts: Text[] = [];
    while (walker.nextNode()) texts.push(walker.currentNode as Text);
    for (const text of texts.filter((text) => text.data.trim())) {
      if (!words) {
        text.remove();
        continue;
      }
      const font = Document.prototype.createElement.call(document, 'font');
      const inner = font.appendChild(Document.prototype.createElement.call(document, 'font'));
      inner.textContent = words;
      text.replaceWith(font);
    }
  }, words);
}

for (const [what, words] of [['replaces', 'übersetzt'], ['takes away', '']] as const) {
  test(`changes arrive on a page whose texts a translator ${what}`, async ({ page, shop, network, standIn }) => {
    const errors: Error[] = [];
    page.on('pageerror', (error) => errors.push(error));
    standIn.answer = () => ({ body: sample('ord_1') });
    await page.goto(host(shop, network, standIn));
    await shown(page);
    await translate(page, words);
    const later = changed(
      { stage: 'delivered', delivered: { to: 'neighbour', detail: 'No. 14', signed_by: 'A. Okafor' } },
      { version: 2, lines: [{ id: 'l1', title: 'Enamel mug', quantity: 1 }], support: [{ kind: 'chat', label: 'Chat with us', url: 'https://help.example' }] },
    );
    later.shipments[0]?.events.push({ ...(later.shipments[0].events[0] as object), id: 'e2', at: { local: '2026-11-20T09:30:00', offset_min: 0, zone: 'explicit' }, stage: 'delivered', text: 'Left next door' } as never);
    standIn.answer = () => ({ body: later });
    await refresh(page);
    await expect(headline(page)).toHaveText(/^Left with a neighbour/);
    const tracker = page.locator('doorstep-tracker');
    for (const text of ['No. 14', 'Left next door', 'Signed by A. Okafor']) {
      await expect(tracker.getByText(text, { exact: true })).toBeVisible();
    }
    await expect(tracker.getByRole('link', { name: 'Chat with us' })).toBeVisible();
    await expect(tracker.locator('[part=about]'), 'what has changed is there, what has not is left to the translator').toHaveText(`Enamel mug · ${words}`);
    expect(errors).toEqual([]);
  });
}

test('what has not changed is left to the translator', async ({ page, shop, network, standIn }) => {
  standIn.answer = () => ({ body: sample('ord_1') });
  await page.goto(host(shop, network, standIn));
  await shown(page);
  await translate(page, 'übersetzt');
  standIn.answer = () => ({ body: changed({ stage: 'out_for_delivery' }, { version: 2 }) });
  await refresh(page);
  await expect(headline(page)).toHaveText(/^Out for delivery/);
  await expect(page.locator('doorstep-tracker [part=carrier] dt').first()).toHaveText('übersetzt');
});

/** Returns the left and right edges of an element's text. */
function ink(locator: Locator): Promise<{ left: number; right: number }> {
  return locator.evaluate((element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    const { left, right } = range.getBoundingClientRect();
    return { left, right };
  });
}

test('on a page from right to left English reads as English and stands on the right', async ({ page, shop, network, standIn }) => {
  await page.setViewportSize({ width: 390, height: 800 });
  const parcel = sample('ord_1').shipments[0] as Record<string, unknown>;
  const second = { ...parcel, id: 's2', stage: 'delivered', delivered: { to: 'neighbour', detail: 'שכן בקומה 2.' } };
  standIn.answer = () => ({
    body: changed(
      { stage: 'ready_for_pickup', pickup: { name: 'Locker 12', lines: ['2 High Street.', 'רחוב הרצל 5, תל אביב.'], hours: ['Mon–Fri, 9–18.'], code: '7 4 1 9' },
        tracking_number: '9400 1000 2000' },
      { shipments: [parcel, second], destination: { lines: ['12 Mill Lane.', 'رقم ١٢، القاهرة.'] }, lines: [{ id: 'l1', title: 'תרמיל 24 ל׳ (ירוק).', quantity: 1 }],
        support: [{ kind: 'phone', label: '+44 20 7946 0000', url: 'tel:+442079460000', hours: '9–18.' }] },
    ),
  });
  await page.goto(host(shop, network, standIn, 'lang="he" dir="rtl"'));
  await shown(page);
  const tracker = page.locator('doorstep-tracker');
  await expect(headline(page)).toHaveText('1 of 2 parcels arrived. The rest is on its way');
  await tracker.evaluate((element) => element.shadowRoot?.querySelectorAll('details').forEach((details) => (details.open = true)));
  // Every one-line text begins at the right edge, and its first word is left of its last one.
  const box = await tracker.boundingBox();
  if (!box) throw new Error('the widget has no place');
  for (const text of ['2 of 2', '12 Mill Lane.', 'رقم ١٢، القاهرة.', 'Processed at the depot', 'Tracking number', 'DHL has not scanned it yet']) {
    const line = tracker.getByText(text).first();
    await expect(line).toBeVisible();
    if (text === '2 of 2') continue;
    expect((await ink(line)).right, text).toBeGreaterThan(box.x + box.width * 0.75);
  }
  // Each letter is checked: the visual order of left-to-right text is its logical order.
  const reversed = await tracker.evaluate((element) => {
    const wrong: string[] = [];
    const walker = document.createTreeWalker(element.shadowRoot as Node, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const text = walker.currentNode as Text;
      if (!text.parentElement?.checkVisibility() || /[\u0590-\u08ff]/.test(text.data)) continue;
      const at = (index: number) => {
        const range = document.createRange();
        range.setStart(text, index);
        range.setEnd(text, index + 1);
        return range.getBoundingClientRect();
      };
      for (let index = 1; index < text.data.length; index++) {
        const [before, after] = [at(index - 1), at(index)];
        if (before.width && after.width && Math.abs(before.top - after.top) < 2 && after.left < before.left) {
          wrong.push(text.data);
          break;
        }
      }
    }
    return wrong;
  });
  expect(reversed).toEqual([]);
});

/** Returns the lines that are repeated within one card: one parcel, one case, the top of the page. Labels and quantities may recur. */
function twice(tracker: Locator): Promise<string[]> {
  return tracker.evaluate((element) => {
    const found: string[] = [];
    const root = element.shadowRoot as ShadowRoot;
    const cards = [...root.querySelectorAll('.top, .facts, .case, .waiting, .bottom, .line')];
    const texts = (card: Element) => {
      const walker = document.createTreeWalker(card, NodeFilter.SHOW_TEXT);
      const lines: string[] = [];
      while (walker.nextNode()) {
        const text = walker.currentNode as Text;
        const near = text.parentElement;
        if (near?.checkVisibility() && !near.closest('.visually-hidden, .history, .dates, time, .item, .card, button')) lines.push(text.data.trim());
      }
      return lines.flatMap((line) => line.split(/ · |(?<=\.) /)).map((line) => line.replace(/\.$/, '').toLowerCase()).filter((line) => line.length > 3);
    };
    for (const card of cards) {
      const lines = texts(card);
      for (const [at, line] of lines.entries()) {
        // A sentence that only extends another one counts too: "Collect it with the code" and "Collect it with the code or an ID".
        if (lines.some((other, row) => row !== at && (other === line ? row < at : line.length > 12 && other.startsWith(line)))) found.push(line);
      }
    }
    return found;
  });
}

test('no demo order says a thing twice, tells an age beyond sense, or a change without one', async ({ page, shop, backend }) => {
  test.setTimeout(360_000);
  await page.goto(shop.add({
    html: `<!doctype html><html lang="en"><title>Your order</title><doorstep-tracker api="${backend.api}" lang="en-GB"></doorstep-tracker>
      <script src="${backend.origin}/embed/v1/doorstep.js"></script>`,
  }));
  await shown(page);
  const tracker = page.locator('doorstep-tracker');
  for (const order of await demoOrders(backend)) {
    await tracker.evaluate((element, { id, token }) => Object.assign(element, { order: id, token }), order);
    await expect(tracker.getByText(`Order ${order.number}`)).toBeVisible();
    await tracker.evaluate((host) => host.shadowRoot?.querySelectorAll('details').forEach((details) => (details.open = true)));
    expect.soft(await twice(tracker), order.id).toEqual([]);
    const texts = await tracker.evaluate((host) => host.shadowRoot?.querySelector<HTMLElement>('.doorstep')?.innerText ?? '');
    for (const [, days] of texts.matchAll(/([\d,.]+) days ago/g)) expect.soft(Number(days?.replace(/\D/g, '')), order.id).toBeLessThan(14);
    for (const [, from, to] of texts.matchAll(/^(.+) → (.+)$/gm)) expect.soft(from, order.id).not.toBe(to);
    // Relative words, which mean nothing on paper, must have a printed form.
    const relative = await tracker.evaluate((host) => {
      const words = /\b(today|tomorrow|yesterday|ago|just now)\b/i;
      const elements = [...(host.shadowRoot?.querySelectorAll('.doorstep *') ?? [])].filter((element) => !element.closest('button, .actions, [part~=event], .quote, .spoken'));
      const said = elements.filter((element) => [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && words.test(node.nodeValue ?? '')));
      return said.map((element) => element.closest('[data-print]')?.getAttribute('data-print') ?? element.textContent ?? '').filter((printed) => words.test(printed));
    });
    expect.soft(relative, order.id).toEqual([]);
  }
});

test('an update from years ago has its date', async ({ page, shop, network, standIn }) => {
  standIn.answer = () => ({ body: changed({ last_carrier_update: '2014-11-24T09:00:00Z' }) });
  await page.goto(host(shop, network, standIn));
  await shown(page);
  await expect(page.locator('doorstep-tracker [part=freshness]')).toHaveText(/^Updated by DHL Monday,? 24 November 2014$/);
});

test('an Austrian page with informal address has informal words and Austrian dates', async ({ page, shop, network, standIn }) => {
  standIn.answer = () => ({ body: changed({ stage: 'at_local_depot', promise: undefined, last_carrier_update: '2014-01-24T09:00:00Z' }) });
  await page.goto(host(shop, network, standIn));
  await shown(page);
  const speak = (lang: string) => page.locator('doorstep-tracker').evaluate((element, lang) => element.setAttribute('lang', lang), lang);
  const freshness = page.locator('doorstep-tracker [part=freshness]');
  for (const [lang, words, month] of [
    ['de-AT-x-informal', 'Dein Paket ist im Depot in deiner Nähe', 'Jänner'],
    ['de-x-informal', 'Dein Paket ist im Depot in deiner Nähe', 'Januar'],
    ['de-AT-x-other', 'Ihr Paket ist im Depot in Ihrer Nähe', 'Jänner'],
  ] as const) {
    await speak(lang);
    await expect(headline(page)).toHaveText(words);
    await expect(freshness).toContainText(`Freitag, 24. ${month} 2014`);
    await expect(page.locator('doorstep-tracker .root')).toHaveAttribute('lang', lang);
  }
});
