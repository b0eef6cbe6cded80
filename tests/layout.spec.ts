// Every width from 240 to 1400 pixels, in German, in texts that are 40 per cent longer, and from right to left: nothing is wider than the page, no text is
// cut off, and no two texts or controls lie on one another.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures';
import { demoOrder } from './support/orders';

const ORDERS = ['late', 'out_for_delivery', 'pickup', 'safe_place', 'case_declined', 'customs_duty', 'return_label', 'split'];
const WIDTHS = [240, 280, 320, 390, 480, 640, 719, 768, 900, 1040, 1400];

type Texts = Record<string, string | Record<string, string>>;

/** Returns a text with accents that is 40 per cent longer, with its placeholders as they are. */
function longer(text: string): string {
  const letters: Record<string, string> = { a: 'á', e: 'ê', i: 'ï', o: 'ö', u: 'ü', n: 'ñ', A: 'Å', E: 'É', O: 'Ø' };
  const accented = text.replace(/\{.*?\}|./gs, (found) => letters[found] ?? found);
  const words = 'lörem ïpsum dölor sït ámet cönsectetur ádipiscing élit séd dö'.repeat(10);
  return `${accented} ${words.slice(0, Math.ceil(text.length * 0.4))}`.trim();
}

/** Returns English in longer texts. */
async function pseudo(): Promise<Texts> {
  const english = JSON.parse(await readFile(join(import.meta.dirname, '../locales/en.json'), 'utf8')) as Texts;
  const entry = (text: Texts[string]) =>
    typeof text === 'string' ? longer(text) : Object.fromEntries(Object.entries(text).map(([form, value]) => [form, longer(value)]));
  return Object.fromEntries(Object.entries(english).map(([key, text]) => [key, entry(text)]));
}

/** Opens everything that is folded and returns what is wrong in the widgets of the page: too wide, cut off, or on one another. */
function faults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    for (const host of document.querySelectorAll('doorstep-tracker')) {
      for (const details of host.shadowRoot?.querySelectorAll('details') ?? []) details.open = true;
    }
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) found.push(`the page is ${scrollWidth} wide`);
    for (const host of document.querySelectorAll('doorstep-tracker')) {
      const name = host.getAttribute('order') ?? '';
      const page = host.getBoundingClientRect();
      const isSeen = (element: Element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest('.visually-hidden, .spoken');
      const texts: [Element, DOMRect, string][] = [];
      const walker = document.createTreeWalker(host.shadowRoot as ShadowRoot, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const text = walker.currentNode as Text;
        const parent = text.parentElement;
        if (!parent || !text.data.trim() || !isSeen(parent)) continue;
        // Names that the stylesheet keeps for screen readers only.
        if (getComputedStyle(parent).clipPath !== 'none') continue;
        const range = document.createRange();
        range.selectNodeContents(text);
        for (const rect of range.getClientRects()) {
          if (rect.width < 2 || rect.height < 2) continue;
          const words = text.data.trim().slice(0, 30);
          texts.push([parent, rect, words]);
          if (rect.left < page.left - 1 || rect.right > page.right + 1) found.push(`${name}: "${words}" is outside`);
          for (let box: Element | null = parent; box; box = box.parentElement) {
            const { overflow } = getComputedStyle(box);
            if (overflow === 'visible' || box.closest('.about')) continue;
            const frame = box.getBoundingClientRect();
            if (rect.right > frame.right + 1 || rect.left < frame.left - 1) found.push(`${name}: "${words}" is cut off`);
          }
        }
      }
      for (const [at, [one, a, words]] of texts.entries()) {
        for (const [two, b, others] of texts.slice(at + 1)) {
          if (one === two || one.contains(two) || two.contains(one)) continue;
          const [width, height] = [Math.min(a.right, b.right) - Math.max(a.left, b.left), Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)];
          // Lines of text are taller than their letters.
          if (width > 2 && height > 5) found.push(`${name}: "${words}" is on "${others}"`);
        }
      }
    }
    return [...new Set(found)];
  });
}

for (const [name, lang, dir] of [['German', 'de', 'ltr'], ['longer texts', 'en-XA', 'ltr'], ['longer texts from right to left', 'en-XA', 'rtl']] as const) {
  test(`nothing is too wide, cut off or on one another in any width, in ${name}`, async ({ page, shop, backend }) => {
    test.setTimeout(180_000);
    const texts = JSON.stringify(await pseudo()).replaceAll('<', '\\u003c');
    const elements = await Promise.all(
      ORDERS.map(async (name) => {
        const { id, token } = await demoOrder(backend, name);
        return `<doorstep-tracker api="${backend.api}" order="${id}" token="${token}" lang="${lang}"></doorstep-tracker>`;
      }),
    );
    const html = `<!doctype html><html lang="en" dir="${dir}"><title>Your orders</title><meta name="viewport" content="width=device-width">
      <body style="margin: 8px">${elements.join('')}<script src="${backend.origin}/embed/v1/doorstep.js"></script>
      <script>customElements.get('doorstep-tracker').registerLocale('en-XA', ${texts})</script>`;
    await page.goto(shop.add({ html }));
    await page.evaluate(() => Promise.all([...document.querySelectorAll('doorstep-tracker')].map((tracker) => (tracker as HTMLElement & { ready: Promise<unknown> }).ready)));
    const all: string[] = [];
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      all.push(...(await faults(page)).map((fault) => `${width}: ${fault}`));
    }
    expect(all).toEqual([]);
  });
}
