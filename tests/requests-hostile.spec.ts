// Self-service with a compromised backend: reasons, slots, places, histories and answers stay text and stay within their containers.

import type { Locator, Page } from '@playwright/test';
import { expect, order as sample, shown, test } from './support/fixtures';
import type { Network, Shop } from './support/servers';
import type { StandIn } from './support/stand-in';

const MARKUP = `"'><img src=x onerror="window.broken='img'"><script>window.broken='script'</script><svg onload="window.broken='svg'">{{broken}}`;
const RTL = 'מעיל גשם \u202Eexe.gpj\u202C بالقرب من الباب';
const LONG = 'Pneumonoultramicroscopicsilicovolcanoconiosis'.repeat(12);

type Json = Record<string, unknown>;

const KINDS = ['report_non_receipt', 'report_damaged', 'reschedule', 'redirect_to_pickup', 'change_address'];

/** Returns an order that offers every action, and in which every text is `text`. */
function everything(text: string): Json {
  const base = sample('ord_1');
  const [shipment] = base.shipments;
  const lines = [{ line_id: 'l1', shipment_id: 's1', quantity: 2, eligible: true }, { line_id: 'l2', shipment_id: 's1', quantity: 1, eligible: false, why_not: text }];
  const outcomes = ['refund', 'replacement', text];
  const reasons = [{ code: text, text }, { code: `${text}2` }];
  const entry = { at: '2026-11-19T10:00:00Z', who: text, what: text, text };
  return {
    ...base,
    number: text,
    destination: { lines: [text], country: 'GB' },
    lines: ['l1', 'l2'].map((id) => ({ id, title: text, variant: text, quantity: 2 })),
    shipments: [{ ...shipment, stage: 'delivered', delivered: { to: 'mailbox', detail: text, signed_by: text } }],
    actions: [
      ...KINDS.map((kind) => ({ kind, shipment_id: 's1', state: 'available', lines, outcomes, reasons, needs: [text], text })),
      { kind: 'contact', state: 'available', text },
      { kind: 'start_return', state: 'available', lines, outcomes: ['refund'], reasons },
      { kind: 'cancel', state: 'unavailable', reason: text, text },
      { kind: text, state: 'available' },
    ],
    cases: [
      { id: text, reference: text, kind: text, state: text, opened_at: text, outcome: text, can_reply: true, acknowledged: true, return_id: 'r1',
        next: { what: text, who: text, by: text }, lines: [{ line_id: 'l1', quantity: 1 }], timeline: [entry, { ...entry, what: 'message' }], feedback: { asked: true } },
    ],
    returns: [{ id: 'r1', case_id: text, state: text, lines: [], method: text, label: { formats: [text], qr_text: text, qr_rows: [text, '1'] } }],
    refunds: [{ id: text, amount: { minor: 1, currency: text }, state: text, to: text, reference: text }],
    support: [{ kind: 'chat', label: text, url: 'https://help.example', hours: text }, { kind: 'x', label: text, url: 'javascript:window.broken=1', hours: text }],
  };
}

function answers(text: string, { path, headers }: { path: string; headers: Readonly<Json> }) {
  if (path.endsWith('/slots')) {
    const window = { kind: 'times', from: '2026-11-21T08:00:00Z', to: '2026-11-21T12:00:00Z' };
    return { body: { slots: [{ id: text, window, fee: { minor: 100, currency: text } }, { id: text, window }, { id: 'broken', window: text }] } };
  }
  if (path.endsWith('/pickup-points')) return { body: { points: [{ id: text, name: text, lines: [text], hours: [text], distance_m: 1e9 }] } };
  if (path.endsWith('/quote')) return { body: { amount: { minor: 1, currency: text }, parts: [{ kind: text, amount: { minor: 5, currency: 'GBP' } }], methods: [{ id: text, kind: text, name: text, printer: text }] } };
  if (path.endsWith('/requests')) return { status: 422, body: { status: 422, code: text, title: text, detail: text, errors: [{ pointer: text, code: text }, { pointer: '/lines', code: text }] } };
  void headers;
  return { headers: { ETag: '"1"' }, body: everything(text) };
}

async function opens(page: Page, shop: Shop, network: Network, standIn: StandIn, text: string): Promise<Locator> {
  standIn.answer = (question) => answers(text, question);
  await page.goto(shop.add({
    html: `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>Your order</title>
      <doorstep-tracker api="${standIn.origin}" order="ord_1" token="t"></doorstep-tracker><script src="${network.origin}/embed/v1/doorstep.js"></script>`,
    headers: { 'Content-Security-Policy': `script-src ${network.origin} 'wasm-unsafe-eval'; object-src 'none'` },
  }));
  await shown(page);
  return page.locator('doorstep-tracker');
}

const unfold = (tracker: Locator) => tracker.evaluate((host) => host.shadowRoot?.querySelectorAll('details').forEach((fold) => (fold.open = true)));

/** Returns unexpected elements and links in the widget, traces of executed code, and violations of the policy. */
const intruders = (page: Page) =>
  page.evaluate(() => {
    const root = document.querySelector('doorstep-tracker')?.shadowRoot;
    const found = [...(root?.querySelectorAll('script, iframe, object, embed, img[onerror], svg[onload], [style]') ?? [])].map((element) => element.outerHTML);
    for (const link of root?.querySelectorAll('a[href]') ?? []) {
      const href = link.getAttribute('href') ?? '';
      if (!/^(https:|tel:|mailto:)/.test(href)) found.push(href);
    }
    if ('broken' in window) found.push(`executed: ${String(window.broken)}`);
    return [...found, ...window.notes.violations];
  });

/** Returns the texts that stick out of the screen or of the dialog. */
const outside = (tracker: Locator) =>
  tracker.evaluate((host) => {
    const found: string[] = [];
    const width = document.documentElement.clientWidth;
    if ((document.scrollingElement?.scrollWidth ?? 0) > width) found.push('the page scrolls sideways');
    const dialog = host.shadowRoot?.querySelector('dialog');
    if (dialog && dialog.scrollWidth > dialog.clientWidth) found.push('the dialog scrolls sideways');
    for (const element of host.shadowRoot?.querySelectorAll<HTMLElement>('.doorstep *') ?? []) {
      const own = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());
      const used = element.matches('input:not(.visually-hidden), textarea, select, button');
      if ((!own && !used) || element.closest('.visually-hidden, .spoken') || !element.checkVisibility({ opacityProperty: true })) continue;
      const { left, right } = element.getBoundingClientRect();
      if (left < -0.5 || right > width + 0.5) found.push(`${element.tagName}.${element.className}: ${element.textContent.slice(0, 40)}`);
    }
    return found;
  });

/** Opens each dialog, continues to its first failed check, and calls `look`. */
async function throughDialogs(tracker: Locator, look: (name: string) => Promise<void>): Promise<void> {
  const entries = tracker.locator('button[data-action]');
  await unfold(tracker);
  for (let at = 0; at < (await entries.count()); at++) {
    const entry = entries.nth(at);
    const name = (await entry.getAttribute('data-action')) ?? '';
    await entry.focus();
    await entry.press('Enter');
    const dialog = tracker.getByRole('dialog');
    await expect(dialog.getByRole('heading', { level: 2 })).toBeFocused();
    await expect(dialog.locator('[aria-busy=true]')).toHaveCount(0);
    const box = dialog.getByRole('checkbox').first();
    if (await box.count()) await box.check();
    await look(name);
    const forward = dialog.locator('button[type=submit]');
    if (await forward.count()) await forward.press('Enter');
    await look(`${name}, pressed`);
    await tracker.page().keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
  }
}

for (const [kind, text] of [['markup', MARKUP], ['a text from right to left with marks that turn it', RTL]] as const) {
  test(`${kind} in reasons, slots, places and stories stays text`, async ({ page, shop, network, standIn }) => {
    test.setTimeout(120_000);
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    const tracker = await opens(page, shop, network, standIn, text);
    await expect(tracker.getByRole('heading', { name: 'Your requests' })).toBeVisible();
    await throughDialogs(tracker, async (name) => expect(await intruders(page), name).toEqual([]));
    for (const card of ['Show the return label', 'Add something', 'Say how it went']) {
      const button = tracker.getByRole('button', { name: card });
      if (!(await button.count())) continue;
      await button.press('Enter');
      await expect(tracker.getByRole('heading', { level: 2 }).last()).toBeFocused();
      expect(await intruders(page), card).toEqual([]);
      await page.keyboard.press('Escape');
    }
    expect(errors).toEqual([]);
  });
}

for (const [where, size] of [['at 320 pixels', 16], ['with text of twice the size', 32]] as const) {
  test(`words without an end stay inside the dialog ${where}`, async ({ page, shop, network, standIn }) => {
    test.setTimeout(120_000);
    await page.setViewportSize({ width: size === 16 ? 320 : 400, height: 700 });
    const tracker = await opens(page, shop, network, standIn, LONG);
    await page.addStyleTag({ content: `html { font-size: ${size}px } body { margin: 8px }` });
    await expect(tracker.getByRole('heading', { name: 'Your requests' })).toBeVisible();
    await unfold(tracker);
    expect(await outside(tracker), 'the page').toEqual([]);
    await throughDialogs(tracker, async (name) => expect(await outside(tracker), name).toEqual([]));
  });
}

test('a reason that the backend gives for a refusal is shown as its words and not as its markup', async ({ page, shop, network, standIn }) => {
  const tracker = await opens(page, shop, network, standIn, MARKUP);
  await unfold(tracker);
  await tracker.getByRole('button', { name: 'Talk to a person' }).press('Enter');
  const dialog = tracker.getByRole('dialog');
  await dialog.getByRole('textbox').first().fill(MARKUP);
  await dialog.getByRole('button', { name: 'Send', exact: true }).press('Enter');
  await expect(dialog.getByRole('alert')).toContainText('<img src=x');
  await expect(dialog.getByRole('textbox').first()).toHaveValue(MARKUP);
  expect(await intruders(page)).toEqual([]);
});
