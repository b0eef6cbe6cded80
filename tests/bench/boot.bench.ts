// Measures the boot of the widget beside a static page with the same text, in one run: page, files and API are three origins.

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, test } from '@playwright/test';
import { type Backend, startBackend } from '../support/backend';
import { type DemoOrder, demoOrder } from '../support/orders';
import { type Shop, shop } from '../support/servers';
import { type Load, load, median, PHONE, type Profile, UNTHROTTLED } from './measure';

const RUNS = Number(process.env['DOORSTEP_BENCH_RUNS'] ?? 7);
const OUTPUT = process.env['DOORSTEP_BENCH_OUTPUT'] ?? join(import.meta.dirname, '../../target/bench');

/** Text of the shop before and after the widget, so that a shift is visible. */
const PARAGRAPH = '<p>Thank you for your order. We will keep you posted about every step on its way to you.</p>'.repeat(6);

const html = (body: string, head = '') => `<!doctype html><html lang="en"><head><title>Your order</title>
  <meta name="viewport" content="width=device-width">${head}</head><body><main>${body}</main></body></html>`;

/** The rest of the viewport is reserved, so that what follows is out of sight when the height of the order is known. */
const RESERVED = '<style>.order-status { min-block-size: 100svh }</style>';

interface Variant {
  readonly name: string;
  readonly html: string;
  readonly hasWidget: boolean;
}

/** Returns the text of the widget as markup of a page without script. */
async function staticText(browser: Browser, url: string): Promise<string> {
  const page = await browser.newPage();
  await page.goto(url);
  await page.locator('doorstep-tracker .event').first().waitFor();
  const lines = await page.locator('doorstep-tracker').evaluate((host) => (host.shadowRoot?.querySelector('.order') as HTMLElement).innerText.split('\n'));
  await page.close();
  const escaped = lines.filter((line) => line.trim()).map((line) => line.replace(/[&<]/g, (letter) => (letter === '&' ? '&amp;' : '&lt;')));
  return escaped.map((line, row) => (row === 0 ? `<h2>${line}</h2>` : `<p class="event">${line}</p>`)).join('');
}

async function variants(browser: Browser, host: Shop, files: Backend, api: Backend, order: DemoOrder): Promise<Variant[]> {
  const tag = (attributes = '') => `<script async fetchpriority="high" src="${files.origin}/embed/v1/doorstep.js" data-api="${api.api}"
    data-order="${order.id}" data-token="${order.token}"${attributes}></script>`;
  const preconnect = `<link rel="preconnect" href="${api.origin}" crossorigin>`;
  const text = await staticText(browser, host.add({ html: html(tag()) }));
  const first = ' data-first-page="backend"';
  return [
    { name: 'static HTML', html: html(text), hasWidget: false },
    { name: 'one tag', html: html(tag()), hasWidget: true },
    { name: 'recommended', html: html(tag(first), preconnect), hasWidget: true },
    { name: 'host page without', html: html(`${PARAGRAPH}<div class="event">${PARAGRAPH}</div>`), hasWidget: false },
    {
      name: 'host page, widget amid',
      html: html(`${PARAGRAPH}<div class="order-status">${tag(first)}</div><div>${PARAGRAPH}</div>`, `${preconnect}${RESERVED}`),
      hasWidget: true,
    },
  ];
}

interface Row {
  readonly variant: string;
  readonly profile: string;
  readonly bytes: number | null;
  readonly requests: number | null;
  readonly answer: number | null;
  readonly row: number | null;
  readonly action: number | null;
  readonly lcp: number | null;
  readonly cls: number | null;
  readonly longest: number | null;
  readonly loads: readonly Load[];
}

function row(variant: string, profile: Profile, loads: readonly Load[]): Row {
  const of = (value: (load: Load) => number | null) => median(loads.map(value));
  return {
    variant,
    profile: profile.name,
    bytes: of((load) => load.bytes),
    requests: of((load) => load.requests),
    answer: of((load) => load.answer),
    row: of((load) => load.row),
    action: of((load) => load.action),
    lcp: of((load) => load.lcp),
    cls: of((load) => load.cls),
    longest: of((load) => load.longTasks[0] ?? 0),
    loads,
  };
}

function table(rows: readonly Row[]): string {
  const number = (value: number | null, digits = 0) => (value === null ? '–' : value.toFixed(digits));
  const floor = (profile: string) => rows.find((other) => other.profile === profile && other.variant === 'static HTML')?.row ?? null;
  const ratio = (value: number | null, profile: string) => {
    const least = floor(profile);
    return value === null || !least ? '–' : `${(value / least).toFixed(2)} ×`;
  };
  const lines = rows.map(
    (one) =>
      `| ${one.profile} | ${one.variant} | ${number(one.bytes)} | ${number(one.requests)} | ${number(one.answer)} | ${number(one.row)} | ${ratio(one.row, one.profile)} ` +
      `| ${number(one.action)} | ${ratio(one.action, one.profile)} | ${number(one.lcp)} | ${number(one.cls, 3)} | ${number(one.longest)} |`,
  );
  return ['| profile | page | bytes | requests | answer | row | | action | | LCP | CLS | longest task |', `|${'---|'.repeat(12)}`, ...lines].join('\n');
}

test('boot', async ({ browser }) => {
  const [host, files, api] = [await shop(), await startBackend(), await startBackend()];
  try {
    const order = await demoOrder(api, 'late');
    const rows: Row[] = [];
    const all = await variants(browser, host, files, api, order);
    for (const profile of [PHONE, UNTHROTTLED]) {
      const loads = new Map<string, Load[]>(all.map(({ name }) => [name, []]));
      // The variants take turns, so that a slow moment of the machine meets all of them.
      for (let run = 0; run < RUNS; run++) {
        for (const { name, html, hasWidget } of all) loads.get(name)?.push(await load(browser, host.add({ html }), profile, hasWidget));
      }
      for (const { name } of all) rows.push(row(name, profile, loads.get(name) ?? []));
    }
    await mkdir(OUTPUT, { recursive: true });
    await writeFile(join(OUTPUT, 'boot.json'), JSON.stringify({ runs: RUNS, rows }, null, 1));
    console.log(`\nMedians of ${RUNS}, times in ms since the start of the navigation; × is the ratio to the row of static HTML\n\n${table(rows)}\n`);
  } finally {
    await Promise.all([host.stop(), files.stop(), api.stop()]);
  }
});
