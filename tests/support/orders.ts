// Creates and changes orders of the reference backend as a retailer and a tracking provider do, and opens pages that show them.

import { createHmac, randomUUID } from 'node:crypto';
import type { Locator, Page } from '@playwright/test';
import type { Backend } from './backend';
import { shown } from './fixtures';
import type { Shop } from './servers';

const ADMIN_KEY = 'demo-admin-key';
const EASYPOST_SECRET = 'demo-easypost-secret';

/** An order with the data that opens it. */
export interface Opened {
  readonly id: string;
  readonly number: string;
  readonly token: string;
}

export interface DemoOrder extends Opened {
  readonly title: string;
}

export async function demoOrders(backend: Backend): Promise<DemoOrder[]> {
  const answer = await fetch(`${backend.api}/demo/orders`);
  return (await answer.json()) as DemoOrder[];
}

export async function demoOrder(backend: Backend, name: string): Promise<DemoOrder> {
  const found = (await demoOrders(backend)).find((order) => order.id === `ord_demo_${name}`);
  if (!found) throw new Error(`the demo has no order ${name}`);
  return found;
}

/** Posts to the admin API of orders, as the retailer's own systems do. */
export async function admin(backend: Backend, path: string, body: unknown): Promise<Record<string, unknown>> {
  const answer = await fetch(`${backend.api}/v1/admin/orders${path}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${ADMIN_KEY}`, 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID() },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path || 'a new order'}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Record<string, unknown>;
}

/** Creates an order with one parcel, with a tracking number and proofs of its own. Default: its token has the shopper's scopes. */
export async function createOrder(backend: Backend, changes: Record<string, unknown> = {}, scopes: readonly string[] = ['read', 'act']) {
  const mark = randomUUID().slice(0, 8).toUpperCase();
  const [number, trackingNumber, email, postcode] = [`T-${mark}`, `EZ${mark}`, `${mark.toLowerCase()}@mail.example`, 'EC1R 1UR'];
  const made = await admin(backend, '', {
    number,
    placed_at: '2026-03-02T09:30:00Z',
    time_zone: 'Europe/London',
    destination: { lines: ['R. Marlowe', 'London EC1R'], country: 'GB' },
    email,
    postcode,
    lines: [{ id: 'l1', title: 'Rain jacket', quantity: 1 }],
    shipments: [
      { carrier: { code: 'usps', name: 'USPS' }, tracking_number: trackingNumber, lines: [{ line_id: 'l1', quantity: 1 }] },
    ],
    ...changes,
  });
  const id = String(made['id']);
  const { token } = await admin(backend, `/${id}/token`, { scopes });
  return { id, number, trackingNumber, email, postcode, token: String(token) };
}

/** Delivers a webhook as EasyPost does; resolves to the status. Default: signed with the demo's secret. */
export async function deliver(backend: Backend, payload: unknown, secret = EASYPOST_SECRET): Promise<number> {
  const body = JSON.stringify(payload);
  const signature = createHmac('sha256', secret).update(body).digest('hex');
  const answer = await fetch(`${backend.api}/v1/webhooks/easypost`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Hmac-Signature': `hmac-sha256-hex=${signature}` },
    body,
  });
  return answer.status;
}

/** Returns the number of streams that the backend has open. */
export async function openStreams(backend: Backend): Promise<number> {
  const metrics = await (await fetch(`${backend.origin}/metrics`)).text();
  return Number(/^doorstep_streams_open (\d+)/m.exec(metrics)?.[1] ?? 0);
}

/** Returns a host page with one script tag and nothing else of the shop. */
export function scriptTag(backend: Backend, attributes: Record<string, string>): string {
  const data = Object.entries(attributes).map(([name, value]) => ` data-${name}="${value}"`);
  return `<!doctype html><html lang="en"><head><title>Your order</title><meta name="viewport" content="width=device-width"></head>
    <body><main><h1>Your order</h1><script async src="${backend.origin}/embed/v1/doorstep.js" data-api="${backend.api}"${data.join('')}>
    </script></main></body></html>`;
}

/**
 * Opens an order on a page of the shop and waits until it is shown and its first effects, such as the opening of the stream, are performed. The start of
 * the widget is divided into several tasks.
 */
export async function open(page: Page, shop: Shop, backend: Backend, order: Opened, attributes: Record<string, string> = {}): Promise<Locator> {
  await page.goto(shop.add({ html: scriptTag(backend, { order: order.id, token: order.token, lang: 'en-GB', ...attributes }) }));
  await shown(page);
  await page.waitForFunction(() => {
    const isOrder = document.querySelector('doorstep-tracker')?.shadowRoot?.querySelector('.order');
    // A page that a test has opened beside the fixture's one has no notes.
    const { notes } = window as Partial<Window>;
    return !isOrder || !notes || notes.events.some(({ type }) => type === 'doorstep-ready');
  });
  return page.locator('doorstep-tracker');
}

/** Returns the headline, which can receive the focus. */
export const headline = (scope: Page | Locator): Locator => scope.locator('[data-focus=headline]');

/** Returns the live region. */
export const spoken = (scope: Page | Locator): Locator => scope.locator('.spoken');

/** Returns the tracking events of a parcel, without the headings of their days. */
export const scans = (scope: Page | Locator): Locator => scope.locator('[part=event]');

/** Returns the levels of the visible headings, from top to bottom. */
export function headingLevels(tracker: Locator): Promise<number[]> {
  return tracker.evaluate((host) => {
    const headings = host.shadowRoot?.querySelectorAll('h1, h2, h3, h4, h5, h6') ?? [];
    return [...headings].filter((heading) => heading.checkVisibility()).map((heading) => Number(heading.tagName[1]));
  });
}
