// The gallery: its product page with the demo shop, the studio, and the page of all states. It is a page that uses the widget by its public surface.

import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type { Backend } from './support/backend';
import { expect, test } from './support/fixtures';
import { demoOrder } from './support/orders';
import { differentPixels } from './support/pixels';

const SHOPS = ['fieldhouse', 'aurevoie', 'larderly', 'tumblewick', 'northmere'] as const;
const AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

// A hostile page is a page of somebody else. The gallery's own pages are not tested as such, except for their policy.
test.skip(({ hostile }) => hostile, 'the gallery is the page');

/** Opens the studio with a state and waits until both previews show their order. */
async function studio(page: Page, backend: Backend, state = ''): Promise<void> {
  await page.goto(`${backend.origin}/studio/${state && `#studio=1&${state}`}`);
  await expect(page.locator('html')).toHaveAttribute('data-studio', 'ready');
  await expect(page.locator('.pane doorstep-tracker [data-focus=headline]')).toHaveCount(2);
}

/** Returns axe's findings of the page, one line each. */
async function findings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(AA).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.flat().join(' ')}: ${node.failureSummary ?? ''}`));
}

/** Returns the computed colour of the headline in the light preview. */
const headlineColor = (page: Page) =>
  page.locator('.pane[data-scheme=light] doorstep-tracker [part~=headline]').evaluate((headline) => getComputedStyle(headline).color);

const verdict = (page: Page) => page.locator('#verdict-summary');

async function setHex(page: Page, token: string, scheme: 'light' | 'dark', hex: string): Promise<void> {
  const group = page.locator('details.group', { has: page.locator(`[data-token=${token}]`) });
  await group.evaluate((details: HTMLDetailsElement) => (details.open = true));
  const field = page.locator(`.hex[data-token=${token}][data-scheme=${scheme}]`);
  await field.fill(hex);
  await field.press('Enter');
}

test('the studio names every token with the default of the documentation', async () => {
  const text = await readFile(join(import.meta.dirname, '../docs/theming.md'), 'utf8');
  const documented = [...text.matchAll(/^\| `--doorstep-([a-z-]+)` \| `(.+?)` \|/gm)].map(([, name, css]) => [name, css]);
  const { TOKENS } = await import('../public/studio/tokens.js');
  const known = [...TOKENS.values()].map(({ name, css }) => [name, css]);
  expect(known.sort()).toEqual(documented.sort());
});

for (const shop of SHOPS) {
  test(`the theme of ${shop} applies, passes every contrast, and axe finds nothing in light and dark`, async ({ page, backend }) => {
    test.setTimeout(120_000);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const plain = shop === 'fieldhouse';
    for (const [at, order] of ['late', 'pickup', 'case_declined'].entries()) {
      await studio(page, backend, `shop=${shop}&order=ord_demo_${order}&width=390`);
      // The fragment alone does not load the page anew.
      if (at > 0) await expect(page.locator(`doorstep-tracker[order=ord_demo_${order}]`)).toHaveCount(2);
      await expect(verdict(page)).toHaveText(/^All \d+ pairs pass AA, light and dark\.$/);
      expect(await findings(page), order).toEqual([]);
    }
    const accent = await page.locator('.pane doorstep-tracker').first().evaluate((host) => getComputedStyle(host).getPropertyValue('--doorstep-accent'));
    expect(accent).toMatch(plain ? /^$/ : /^light-dark\(/);
    expect(await page.evaluate(() => window.notes.violations)).toEqual([]);
  });
}

test('a pair of colours that fails is named with its ratio', async ({ page, backend }) => {
  await studio(page, backend);
  await expect(verdict(page)).toHaveText(/^All/);
  await setHex(page, 'muted', 'light', '#999999');
  await expect(verdict(page)).toHaveText(/^\d+ of \d+ pairs fail AA\.$/);
  const failing = page.locator('#verdict-list li');
  await expect(failing.filter({ hasText: 'light: muted on surface' })).toHaveText(/2\.\d\d:1, needs 4\.5:1/);
  await expect(failing.filter({ hasText: 'dark:' })).toHaveCount(0);
  await setHex(page, 'muted', 'light', 'no colour');
  await expect(page.locator('.hex[data-token=muted][data-scheme=light]')).toHaveAttribute('aria-invalid', 'true');
  await page.getByRole('button', { name: 'Take back: Text of second rank' }).click();
  await expect(verdict(page)).toHaveText(/^All/);
});

test('changes are undone and redone, by button and by key', async ({ page, backend }) => {
  await studio(page, backend);
  const before = await headlineColor(page);
  await setHex(page, 'text', 'light', '#112233');
  await expect.poll(() => headlineColor(page)).toBe('rgb(17, 34, 51)');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => headlineColor(page)).toBe(before);
  await page.getByRole('button', { name: 'Redo' }).click();
  await expect.poll(() => headlineColor(page)).toBe('rgb(17, 34, 51)');
  await page.getByRole('button', { name: 'Undo' }).focus();
  await page.keyboard.press('Control+z');
  await expect.poll(() => headlineColor(page)).toBe(before);
  await expect(page.getByRole('button', { name: 'Undo' })).toHaveAttribute('aria-disabled', 'true');
  await page.keyboard.press('Control+Shift+z');
  await expect.poll(() => headlineColor(page)).toBe('rgb(17, 34, 51)');
  await page.getByRole('button', { name: 'Reset' }).click();
  await expect.poll(() => headlineColor(page)).toBe(before);
});

test('a link to the studio brings its state back', async ({ page, context, backend }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await studio(page, backend, 'shop=larderly&width=390');
  await setHex(page, 'accent', 'dark', '#aabbcc');
  await page.getByText('Layout').click();
  await page.getByRole('checkbox', { name: 'address' }).check();
  await page.getByRole('radio', { name: 'RTL' }).check({ force: true });
  const css = await page.locator('#css').textContent();
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(page.locator('#said')).toHaveText('Copied.');
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await page.goto('about:blank');
  await page.goto(link);
  await expect(page.locator('html')).toHaveAttribute('data-studio', 'ready');
  await expect(page.locator('#css')).toHaveText(css ?? '');
  await expect(page.locator('#shop')).toHaveValue('larderly');
  await expect(page.locator('.pane doorstep-tracker').first()).toHaveAttribute('hide', 'address');
  await expect(page.locator('.pane doorstep-tracker').first()).toHaveAttribute('dir', 'rtl');
});

/** Fragments that try to bring something else into the page than a setting. */
const HOSTILE = [
  'accent=red;}body{display:none',
  'accent=url(https://evil.example/x)',
  'text=ffffff-000000-111111',
  'font=x%22;@import%20%22https://evil.example%22',
  'radius=1e9',
  'radius=-4',
  'gap=64px',
  'shop=../../evil',
  'order=%22%3E%3Cscript%3Ealert(1)%3C/script%3E',
  'hide=%22%20onload=alert(1)',
  'rail=%3Cb%3E',
  'lang=%2E%2E',
  '__proto__=x',
  'constructor=x',
  'density=toString',
];

test('a hostile link changes nothing, and says how much was refused', async ({ page, backend }) => {
  const requested: string[] = [];
  page.on('request', (request) => requested.push(request.url()));
  await studio(page, backend);
  const css = await page.locator('#css').textContent();
  const html = await page.locator('#html').textContent();
  await page.goto('about:blank');
  await studio(page, backend, HOSTILE.join('&'));
  await expect(page.locator('#said')).toHaveText(`${HOSTILE.length} settings were not valid and left out.`);
  expect(await page.locator('#css').textContent()).toBe(css);
  expect(await page.locator('#html').textContent()).toBe(html);
  expect(await page.evaluate(() => window.notes.violations)).toEqual([]);
  expect(requested.filter((url) => !url.startsWith(backend.origin) && url !== 'about:blank')).toEqual([]);
  await page.evaluate(() => (location.hash = `studio=1&accent=${'a'.repeat(10_000)}`));
  await expect(page.locator('#said')).toHaveText('This link is not valid.');
});

test('a theme file is opened again, and another file is refused', async ({ page, backend }) => {
  await studio(page, backend, 'shop=northmere&radius=12');
  const css = await page.locator('#css').textContent();
  const saved = page.waitForEvent('download');
  await page.locator('#save-theme').click();
  const path = await (await saved).path();
  await page.goto('about:blank');
  await studio(page, backend);
  await page.locator('#open-theme').setInputFiles(path);
  await expect(page.locator('#css')).toHaveText(css ?? '');
  await page.locator('#open-theme').setInputFiles({ name: 'x.json', mimeType: 'application/json', buffer: Buffer.from('[1') });
  await expect(page.locator('#said')).toHaveText('This is not a theme file of the studio.');
});

for (const [shop, changes] of [
  ['aurevoie', 'accent=7a2e5d-e0a6c8&radius=6&headline-weight=700'],
  ['northmere', 'density=roomy'],
  ['larderly', 'gap=40&font=book'],
] as const) {
  for (const scheme of ['light', 'dark'] as const) {
    test(`the CSS of a changed ${shop} gives the picture of the studio on a plain ${scheme} page`, async ({ page, shop: host, backend }) => {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      await studio(page, backend, `shop=${shop}&${changes}&width=390&order=ord_demo_case_declined`);
      const original = page.locator(`.pane[data-scheme=${scheme}] doorstep-tracker`);
      await expect(original.locator('[part~=case]')).toBeVisible();
      // The banner is content of the page, in a slot, and so are the texts: the same script sets both.
      const { css, attributes, strings, paper, area } = await original.evaluate((element) => {
        element.querySelector('.banner')?.remove();
        const { left, top, width } = element.getBoundingClientRect();
        return {
          css: document.getElementById('css')?.textContent ?? '',
          attributes: Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value])),
          strings: (element as HTMLElement & { strings?: unknown }).strings ?? null,
          paper: getComputedStyle(element.parentElement as HTMLElement).backgroundColor,
          area: { left: left + scrollX, top: top + scrollY, width },
        };
      });
      const text = await original.locator('[part~=order]').textContent();
      const expected = await original.screenshot({ animations: 'disabled' });

      // The place is that of the preview, so that letters begin at the same fraction of a pixel.
      const { token } = await demoOrder(backend, 'case_declined');
      const html = `<!doctype html><html lang="en-GB"><meta name="color-scheme" content="light dark"><title>Order</title><style>${css}</style>
        <style>body { margin: 0; padding: ${area.top}px 0 0 ${area.left}px; background: ${paper} } doorstep-tracker { inline-size: ${area.width}px }</style>
        <body><script src="${backend.origin}/embed/v1/doorstep.js"></script>`;
      await page.goto(host.add({ html }));
      await page.evaluate(
        ([api, attributes, more]) => {
          const element = document.createElement('doorstep-tracker');
          for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
          document.body.append(Object.assign(element, more, { api }));
        },
        [backend.api, attributes, { token, ...(strings ? { strings } : {}) }] as const,
      );
      const copy = page.locator('doorstep-tracker');
      await expect(copy.locator('[part~=case]')).toBeVisible();
      if (strings) await expect(copy.locator('[part~=order]')).toHaveText(text ?? '');
      expect(await differentPixels(page, expected, await copy.screenshot({ animations: 'disabled' }))).toBe(0);
    });
  }
}

test('the inspector names the part under the pointer and with the focus, and copies a rule for it', async ({ page, context, backend }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await studio(page, backend);
  const light = page.locator('.pane[data-scheme=light] doorstep-tracker');
  await light.locator('[part~=headline]').hover();
  await expect(page.locator('#inspect-names')).toBeEmpty();
  await page.getByRole('checkbox', { name: 'Inspect' }).check();
  await light.locator('[part~=headline]').hover();
  await expect(page.locator('#inspect-names')).toHaveText(/^headline /);
  await expect(page.locator('#inspect-outline')).toBeVisible();
  await page.getByRole('list', { name: 'Parts in the preview' }).getByRole('button', { name: 'carrier' }).press('Enter');
  await expect(page.locator('#inspect-names')).toHaveText('carrier');
  await page.getByRole('button', { name: 'Copy the rule' }).click();
  await expect(page.locator('#said')).toHaveText('Copied.');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('doorstep-tracker::part(carrier) {');
});

test('the product page shows a living widget, puts on a shop, and has code for every kind of page', async ({ page, backend }) => {
  test.setTimeout(120_000);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(`${backend.origin}/?order=ord_demo_late`);
  await expect(page.locator('#living [data-focus=headline]')).toBeVisible();
  await expect(page.locator('#order-status [data-focus=headline]')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
  expect(await findings(page), 'the default').toEqual([]);
  for (const shop of SHOPS.slice(1)) {
    await page.locator('#shops').selectOption(shop);
    await expect(page.locator('#shop')).toHaveAttribute('data-shop', shop);
    await expect.poll(() => page.locator('#order-status doorstep-tracker').evaluate((host) => getComputedStyle(host).getPropertyValue('--doorstep-accent'))).toContain('light-dark');
    await expect(page.locator('#order-status [data-focus=headline]')).toBeVisible();
    expect(await findings(page), shop).toEqual([]);
  }
  await expect(page.locator('#order-status doorstep-tracker')).toHaveAttribute('sections', /contact/);
  for (const [form, code] of [['React', "'doorstep-tracker/react'"], ['Leptos', '            token=token'], ['WooCommerce', 'wp_enqueue_script'], ['CSP', "'wasm-unsafe-eval'"]] as const) {
    await page.getByRole('radio', { name: form, exact: true }).check({ force: true });
    await expect(page.locator('#code')).toContainText(code);
  }
  expect(await page.evaluate(() => window.notes.violations)).toEqual([]);
});

test('a scan that the page adds arrives in the widget', async ({ page, backend }) => {
  await page.goto(`${backend.origin}/?order=ord_demo_quirk_exception`);
  await expect(page.locator('#order-status [data-focus=headline]')).toBeVisible();
  await page.getByText('The order’s JSON', { exact: true }).click();
  await expect(page.locator('#json')).toContainText('"shipments"');
  await page.getByRole('button', { name: 'At the depot' }).click();
  await expect(page.locator('#scan-said')).toHaveText('Added: Arrived at the delivery depot.');
  await expect(page.locator('#order-status').getByText('Arrived at the delivery depot')).toBeVisible();
  await expect(page.locator('#json')).toContainText('Arrived at the delivery depot');
  await expect(page.locator('#log')).toContainText('doorstep-change');
});

test('the page of all states keeps few widgets, and every scenario shows what it is named after', async ({ page, backend }) => {
  test.setTimeout(90_000);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(`${backend.origin}/states/`);
  const scenario = (name: string) => page.locator(`[data-scenario=${name}]`);
  const frame = (name: string) => scenario(name).frameLocator('iframe').first();
  for (const [name, text] of [['lookup', 'Find your order'], ['offline', 'You seem to be offline'], ['expired', 'This link has ended'], ['failure', 'We cannot load your order'], ['fallback', 'will look it up for you']] as const) {
    await scenario(name).scrollIntoViewIfNeeded();
    await expect(frame(name).getByText(text).first()).toBeVisible();
  }
  await scenario('skeleton').scrollIntoViewIfNeeded();
  await expect(frame('skeleton').locator('doorstep-tracker')).toBeAttached();
  const rows = page.locator('.row');
  await expect.poll(() => rows.count()).toBeGreaterThan(40);
  await rows.last().scrollIntoViewIfNeeded();
  await expect(rows.last().locator('[data-focus=headline]')).toHaveCount(2);
  await expect(rows.first().locator('doorstep-tracker')).toHaveCount(0);
  expect(await page.locator('.row doorstep-tracker').count()).toBeLessThanOrEqual(8);
  expect(await findings(page)).toEqual([]);
  expect(await page.evaluate(() => window.notes.violations)).toEqual([]);
});

test('the documentation is readable page by page, and its links stay on the site', async ({ page, backend }) => {
  test.setTimeout(120_000);
  const files = (await readdir(join(import.meta.dirname, '../docs'))).filter((name) => name.endsWith('.md')).map((name) => name.slice(0, -3));
  await page.goto(`${backend.origin}/docs/`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Documentation');
  const linked = await page.locator('#pages a').evaluateAll((links) => links.map((link) => new URLSearchParams((link as HTMLAnchorElement).search).get('page')));
  expect(files.filter((name) => !linked.includes(name))).toEqual([]);
  for (const name of files) {
    await page.goto(`${backend.origin}/docs/?page=${name}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    const left = await page.locator('#page').evaluate((root) => {
      const texts = [...root.querySelectorAll('p, li, td, th, h2, h3')].filter((element) => !element.closest('pre'));
      const own = texts.map((element) => [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.textContent).join(''));
      const anchors = [...root.querySelectorAll('a[href^="#"]')].filter((link) => !document.getElementById(link.getAttribute('href')?.slice(1) ?? ''));
      return [...own.filter((text) => /`|\]\(|\*\*|\|\s*-{3}|<!--/.test(text)), ...anchors.map((link) => link.outerHTML)];
    });
    expect(left, name).toEqual([]);
  }
  expect(await findings(page)).toEqual([]);
  expect(await page.evaluate(() => window.notes.violations)).toEqual([]);
});

for (const path of ['/docs/?page=theming', '/?order=ord_demo_split', '/?order=ord_demo_late&shop=aurevoie', '/studio/#studio=1&shop=tumblewick', '/states/?shop=northmere']) {
  test(`${path} fits into 320 pixels`, async ({ page, backend }) => {
    await page.setViewportSize({ width: 320, height: 700 });
    await page.goto(backend.origin + path);
    await expect(page.locator('doorstep-tracker [data-focus=headline], .row, #page table').first()).toBeAttached();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  });
}

test('the shops show what attributes, texts and slots can do', async ({ page, backend }) => {
  await studio(page, backend, 'shop=larderly&order=ord_demo_split');
  const tracker = page.locator('.pane[data-scheme=light] doorstep-tracker');
  await expect(tracker.getByText(/^Package \d of 3/).first()).toBeVisible();
  await expect(tracker.getByText('In this package').first()).toBeVisible();
  await expect(tracker.getByText('Hand your empty cool bags')).toBeVisible();
  await studio(page, backend, 'shop=aurevoie&order=ord_demo_split');
  await expect(tracker.getByText('Courier').first()).toBeVisible();
  await expect(tracker.getByText('Going to')).toBeHidden();
  await expect(tracker.locator('[part~=mark]')).toBeHidden();
  await studio(page, backend, 'shop=tumblewick&order=ord_demo_split');
  await expect(tracker.getByText('Sprich mit uns')).toBeVisible();
  await studio(page, backend, 'shop=northmere&order=ord_demo_split');
  const [contact, parcel] = [await tracker.getByText('Talk to a banker').boundingBox(), await tracker.locator('[part~=parcel]').first().boundingBox()];
  expect(contact?.y).toBeLessThan(parcel?.y ?? 0);
});

test('the pseudo-locale is the English catalogue with accents and longer texts', async ({ page, backend }) => {
  await studio(page, backend, 'order=ord_demo_late&lang=en-XA');
  await expect(page.locator('.pane[data-scheme=light] doorstep-tracker').getByText(/^Ŵĥáţ ĥáppéñéđ/)).toBeVisible();
  await page.goto(`${backend.origin}/?lang=en-XA`);
  await expect(page.locator('#order-status').getByText(/^Ŵĥáţ ĥáppéñéđ/)).toBeVisible();
});

test('the studio names every section that can be hidden', async () => {
  const text = await readFile(join(import.meta.dirname, '../docs/customising.md'), 'utf8');
  const [, table = ''] = /<!-- surface:sections -->([\s\S]*?)<!-- \/surface -->/.exec(text) ?? [];
  const documented = [...table.matchAll(/^\| `([a-z]+)` \|/gm)].map(([, name]) => name);
  const { HIDEABLE } = await import('../public/studio/widget.js');
  expect([...HIDEABLE].sort()).toEqual(documented.sort());
});
