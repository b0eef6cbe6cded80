// Accessibility: axe over every situation and page, headings, zoom, text spacing, forced colours and reduced motion. Operation by keyboard is in
// keyboard.spec.ts.

import type { Locator, Page } from '@playwright/test';
import { findings } from './support/axe';
import type { Backend } from './support/backend';
import { trackerUpdated } from './support/easypost';
import { expect, shown, test } from './support/fixtures';
import { createOrder, deliver, demoOrder, demoOrders, headingLevels, headline, open, type Opened, scans } from './support/orders';
import type { Shop } from './support/servers';

/** Opens every demo order in one element, one after the other, with all its disclosures open, and calls `look` for each. */
async function throughAllOrders(page: Page, shop: Shop, backend: Backend, look: (order: Opened, tracker: Locator) => Promise<void>) {
  const html = `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
    <title>Your order</title><style>body { background: Canvas }</style><main><h1>Your order</h1><doorstep-tracker api="${backend.api}" lang="en-GB"></doorstep-tracker></main>
    <script src="${backend.origin}/embed/v1/doorstep.js"></script>`;
  await page.goto(shop.add({ html }));
  await shown(page);
  const tracker = page.locator('doorstep-tracker');
  for (const order of await demoOrders(backend)) {
    await tracker.evaluate((element, { id, token }) => Object.assign(element, { order: id, token }), order);
    await expect(tracker.getByText(`Order ${order.number}`)).toBeVisible();
    await tracker.evaluate((host) => host.shadowRoot?.querySelectorAll('details').forEach((details) => (details.open = true)));
    await look(order, tracker);
  }
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in any situation on a ${colorScheme} page`, async ({ page, shop, backend }) => {
    test.setTimeout(360_000);
    await page.setViewportSize({ width: 360, height: 800 });
    // Rows that are still fading in do not have their contrast yet.
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await throughAllOrders(page, shop, backend, async (order) => {
      expect.soft(await findings(page), order.id).toEqual([]);
    });
  });
}

test('axe finds nothing in either theme on a page of the other', async ({ page, shop, backend }) => {
  const order = await demoOrder(backend, 'pickup');
  for (const [theme, colorScheme] of [['dark', 'light'], ['light', 'dark']] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await open(page, shop, backend, order, { theme });
    expect(await findings(page), theme).toEqual([]);
  }
});

test('axe finds nothing in the look-up, the failure and the notice', async ({ page, context, shop, backend, standIn }) => {
  test.setTimeout(120_000);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const html = (api: string, order: string) => `<!doctype html><html lang="en"><title>Your order</title>
    <main><h1>Your order</h1><doorstep-tracker api="${api}" order="${order}"></doorstep-tracker></main>
    <script src="${backend.origin}/embed/v1/doorstep.js"></script>`;
  await page.goto(shop.add({ html: html(backend.api, '') }));
  await shown(page);
  expect(await findings(page), 'the look-up').toEqual([]);
  await page.getByRole('button', { name: 'Find order' }).click();
  await expect(page.getByText('Enter the order number')).toBeVisible();
  expect(await findings(page), 'the look-up with errors').toEqual([]);

  standIn.answer = () => ({ status: 500 });
  await page.goto(shop.add({ html: html(standIn.origin, 'ord_1') }));
  await expect(page.getByRole('heading', { name: 'We cannot load your order right now' })).toBeVisible();
  expect(await findings(page), 'the failure').toEqual([]);

  const tracker = await open(page, shop, backend, await demoOrder(backend, 'late'));
  await context.setOffline(true);
  await expect(tracker.locator('[part~=notice]')).toBeVisible();
  expect(await findings(page), 'the notice').toEqual([]);
});

test('headings begin at heading-level and leave no level out', async ({ page, shop, backend }) => {
  test.setTimeout(240_000);
  await throughAllOrders(page, shop, backend, async (order, tracker) => {
    for (const first of [1, 3]) {
      await tracker.evaluate((element, level) => element.setAttribute('heading-level', String(level)), first);
      await expect(tracker.getByRole('heading', { level: first })).toHaveCount(1);
      const levels = await headingLevels(tracker);
      expect(levels[0], order.id).toBe(first);
      for (const [row, level] of levels.entries()) {
        expect(level, `${order.id}: ${levels.join(' ')}`).toBeLessThanOrEqual((levels[row - 1] ?? first) + 1);
      }
    }
  });
});

test('nothing is wider than a page of 320 pixels, in any language', async ({ page, shop, backend }) => {
  test.setTimeout(240_000);
  await page.setViewportSize({ width: 320, height: 640 });
  await throughAllOrders(page, shop, backend, async (order, tracker) => {
    for (const lang of ['de', 'en-GB']) {
      await tracker.evaluate((element, tag) => element.setAttribute('lang', tag), lang);
      await expect(tracker.getByRole('list', { name: lang === 'de' ? 'Fortschritt' : 'Progress' }).or(headline(tracker)).first()).toBeVisible();
      expect.soft(await cutOff(tracker), `${order.id} in ${lang}`).toEqual([]);
    }
  });
});

test('text that is set wider apart stays readable', async ({ page, shop, backend }) => {
  test.setTimeout(240_000);
  await page.setViewportSize({ width: 360, height: 800 });
  await throughAllOrders(page, shop, backend, async (order, tracker) => {
    await tracker.evaluate((host) => {
      const spacing = new CSSStyleSheet();
      spacing.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
        p { margin-block-end: 2em !important; }`);
      const root = host.shadowRoot;
      if (root && !root.adoptedStyleSheets.some((sheet) => sheet.cssRules[0]?.cssText.includes('word-spacing'))) root.adoptedStyleSheets.push(spacing);
    });
    expect.soft(await cutOff(tracker), order.id).toEqual([]);
  });
});

/** Returns the texts that stick out of the page or are cut off by their container. */
function cutOff(tracker: Locator): Promise<string[]> {
  return tracker.evaluate((host) => {
    const found: string[] = [];
    const width = document.documentElement.clientWidth;
    if ((document.scrollingElement?.scrollWidth ?? 0) > width) found.push('the page scrolls sideways');
    for (const element of host.shadowRoot?.querySelectorAll<HTMLElement>('.doorstep *') ?? []) {
      const own = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());
      if (!own || element.closest('.visually-hidden, .spoken') || !element.checkVisibility({ opacityProperty: true })) continue;
      const { left, right } = element.getBoundingClientRect();
      const clips = getComputedStyle(element).overflow !== 'visible' && element.scrollHeight > element.clientHeight + 1;
      if (left < -0.5 || right > width + 0.5 || clips) found.push(`${element.className || element.tagName}: ${element.textContent.slice(0, 60)}`);
    }
    return found;
  });
}

test('forced colours keep the rail, and what is done apart from what is ahead', async ({ page, shop, backend }) => {
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
  const tracker = await open(page, shop, backend, await demoOrder(backend, 'late'));
  const colours = await tracker.evaluate((host) => {
    const background = (selector: string, pseudo?: string) => {
      const element = host.shadowRoot?.querySelector(selector);
      return element ? getComputedStyle(element, pseudo).backgroundColor : '';
    };
    const probe = document.body.appendChild(document.createElement('div'));
    probe.style.backgroundColor = 'Canvas';
    return {
      canvas: getComputedStyle(probe).backgroundColor,
      line: background('[data-state=current]', '::before'),
      done: background('[data-state=done] .dot'),
      current: background('[data-state=current] .dot'),
      ahead: background('[data-state=ahead] .dot'),
    };
  });
  const { canvas, line, done, current, ahead } = colours;
  for (const seen of [line, done, current]) expect([canvas, 'rgba(0, 0, 0, 0)', ''], JSON.stringify(colours)).not.toContain(seen);
  expect(ahead).not.toBe(done);
});

test('reduced motion moves nothing when something arrives', async ({ page, shop, backend }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const order = await createOrder(backend);
  const tracker = await open(page, shop, backend, order);
  await deliver(backend, trackerUpdated(order.trackingNumber));
  await expect(scans(tracker).first()).toBeVisible();
  const running = () => document.getAnimations().length;
  expect(await page.evaluate(running)).toBe(0);
  expect(await scans(tracker).first().evaluate((row) => getComputedStyle(row).animationName)).toBe('none');
});
