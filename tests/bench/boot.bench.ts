// Measures the boot of the widget beside a static page with the same text, in one run: page, files and API are three origins.

import { type Browser, test } from '@playwright/test';
import { demoOrder } from '../support/orders';
import { type Load, load, PHONE, type Profile, UNTHROTTLED } from './measure';
import { html, type Parties, parties, preconnect, rendered, staticText, tag } from './pages';
import { median, number, ratio, report, RUNS } from './report';

interface Variant {
  readonly name: string;
  readonly html: string;
  readonly hasWidget: boolean;
}

async function variants(browser: Browser, all: Parties): Promise<Variant[]> {
  const order = await demoOrder(all.api, 'late');
  const text = await staticText(browser, all.host.add({ html: html(tag(all, order, 'one tag')) }));
  return [
    { name: 'static HTML', html: html(text), hasWidget: false },
    { name: 'one tag', html: html(tag(all, order, 'one tag')), hasWidget: true },
    { name: 'recommended', html: html(tag(all, order, 'recommended'), preconnect(all)), hasWidget: true },
    { name: 'rendered', html: html(await rendered(all, order)), hasWidget: true },
  ];
}

interface Row {
  readonly variant: string;
  readonly profile: string;
  readonly bytes: number | null;
  readonly requests: number | null;
  readonly skeleton: number | null;
  readonly answer: number | null;
  readonly row: number | null;
  readonly bytesToRow: number | null;
  readonly requestsToRow: number | null;
  readonly action: number | null;
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
    skeleton: of((load) => load.skeleton),
    answer: of((load) => load.answer),
    row: of((load) => load.row),
    bytesToRow: of((load) => load.bytesToRow),
    requestsToRow: of((load) => load.requestsToRow),
    action: of((load) => load.action),
    longest: of((load) => load.longTasks[0] ?? 0),
    loads,
  };
}

const HEAD = ['profile', 'page', 'bytes to row', 'requests', 'bytes to action', 'requests', 'skeleton', 'answer', '', 'row', '', 'action', '', 'longest task'];

function cells(one: Row, rows: readonly Row[]): string[] {
  const floor = rows.find((other) => other.profile === one.profile && other.variant === 'static HTML')?.row;
  return [
    one.profile,
    one.variant,
    number(one.bytesToRow),
    number(one.requestsToRow),
    number(one.bytes),
    number(one.requests),
    number(one.skeleton),
    number(one.answer),
    ratio(one.answer, floor),
    number(one.row),
    ratio(one.row, floor),
    number(one.action),
    ratio(one.action, floor),
    number(one.longest),
  ];
}

test('boot', async ({ browser }) => {
  const all = await parties();
  try {
    const rows: Row[] = [];
    const measured = await variants(browser, all);
    for (const profile of [PHONE, UNTHROTTLED]) {
      const loads = new Map<string, Load[]>(measured.map(({ name }) => [name, []]));
      // The variants take turns, so that a slow moment of the machine meets all of them.
      for (let run = 0; run < RUNS; run++) {
        for (const { name, html, hasWidget } of measured) loads.get(name)?.push(await load(browser, all.host.add({ html }), profile, hasWidget));
      }
      for (const { name } of measured) rows.push(row(name, profile, loads.get(name) ?? []));
    }
    const title = `Medians of ${RUNS}, times in ms since the start of the navigation; × is the ratio to the row of static HTML.`;
    await report('boot', title, HEAD, rows.map((one) => cells(one, rows)), { rows });
  } finally {
    await all.stop();
  }
});
