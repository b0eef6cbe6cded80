// The measured pages, and the three origins of an embedding: the page of the shop, the files of the widget, and the API.

import type { Browser } from '@playwright/test';
import { type Backend, startBackend } from '../support/backend';
import type { Opened } from '../support/orders';
import { type Shop, shop } from '../support/servers';

export interface Parties {
  readonly host: Shop;
  readonly files: Backend;
  readonly api: Backend;
  stop(): Promise<unknown>;
}

export async function parties(): Promise<Parties> {
  const [host, files, api] = [await shop(), await startBackend(), await startBackend()];
  return { host, files, api, stop: () => Promise.all([host.stop(), files.stop(), api.stop()]) };
}

/** Text of the shop beside the widget, so that a shift is visible. */
export const PARAGRAPH = '<p>Thank you for your order. We will keep you posted about every step on its way to you.</p>'.repeat(6);

/** The rest of the viewport is reserved, so that what follows is out of sight when the height of the order is known. */
export const RESERVED = '<style>.order-status { min-block-size: 100svh }</style>';

export const html = (body: string, head = '') => `<!doctype html><html lang="en"><head><title>Your order</title>
  <meta name="viewport" content="width=device-width">${head}</head><body><main>${body}</main></body></html>`;

/** Returns the script tag that shows an order: the short form, or the recommended one with the first page. */
export function tag({ files, api }: Parties, order: Opened, form: 'one tag' | 'recommended'): string {
  const first = form === 'recommended' ? ' data-first-page="backend"' : '';
  return `<script async fetchpriority="high" src="${files.origin}/embed/v1/doorstep.js" data-api="${api.api}"
    data-order="${order.id}" data-token="${order.token}"${first}></script>`;
}

export const preconnect = ({ api }: Parties) => `<link rel="preconnect" href="${api.origin}" crossorigin>`;

/** Returns the body of a page whose server has put the order into it, as HTML of the backend. */
export async function rendered({ files, api }: Parties, order: Opened): Promise<string> {
  const answer = await fetch(`${api.api}/v1/orders/${order.id}/html?language=en`, { headers: { Authorization: `Bearer ${order.token}` } });
  const template = (await answer.text()).replace('href="/embed/', `href="${files.origin}/embed/`);
  return `<doorstep-tracker api="${api.api}" order="${order.id}" token="${order.token}">${template}</doorstep-tracker>
    <script async src="${files.origin}/embed/v1/doorstep.js"></script>`;
}

/** Returns the text of the widget as markup of a page without script. */
export async function staticText(browser: Browser, url: string): Promise<string> {
  const page = await browser.newPage();
  await page.goto(url);
  await page.locator('doorstep-tracker .event').first().waitFor();
  const lines = await page.locator('doorstep-tracker').evaluate((host) => (host.shadowRoot?.querySelector('.order') as HTMLElement).innerText.split('\n'));
  await page.close();
  const escaped = lines.filter((line) => line.trim()).map((line) => line.replace(/[&<]/g, (letter) => (letter === '&' ? '&amp;' : '&lt;')));
  return escaped.map((line, row) => (row === 0 ? `<h2>${line}</h2>` : `<p class="event">${line}</p>`)).join('');
}
