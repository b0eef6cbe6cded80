// Operation by keyboard in every engine: controls are reached in reading order and the focus is visible; a dialog keeps the focus and returns it.

import { demoOrder } from '../support/orders';
import { arrived } from '../support/parcels';
import { expect, hostPage, test } from './fixtures';
import type { Tab } from './tab';

const CONTROLS = 'a[href], button, input, summary';

/** Returns the controls that can be reached, in reading order. */
const controls = (tab: Tab) =>
  tab.run((selector) => {
    const found = [...(document.querySelector('doorstep-tracker')?.shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? [])];
    return found.filter((control) => control.checkVisibility()).map((control) => `${control.tagName} ${control.getAttribute('aria-label') ?? control.textContent}`);
  }, CONTROLS);

/** Returns the focused control of the widget, and true if its focus is visible. */
const focused = (tab: Tab) =>
  tab.run(() => {
    const control = document.activeElement?.shadowRoot?.activeElement;
    if (!control) return null;
    const { outlineStyle, outlineWidth } = getComputedStyle(control);
    const { top, bottom } = control.getBoundingClientRect();
    const seen = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 && bottom > 0 && top < innerHeight;
    return { name: `${control.tagName} ${control.getAttribute('aria-label') ?? control.textContent}`, seen };
  });

for (const name of ['late', 'split', 'pickup']) {
  test(`the tab key reaches every control of the order ${name}, and its focus is seen`, async ({ tab, shop, backend }) => {
    const order = await demoOrder(backend, name);
    const tag = `<script async src="${backend.origin}/embed/v1/doorstep.js" data-api="${backend.api}" data-order="${order.id}" data-token="${order.token}"></script>`;
    await tab.goto(shop.add({ html: hostPage(`${tag}<a href="#after">After it</a>`) }));
    await expect.poll(() => tab.text('[data-focus=headline]')).toMatch(/./);
    const expected = await controls(tab);
    expect(expected.length).toBeGreaterThan(2);
    for (const control of expected) {
      await tab.press('Tab');
      // WebKit scrolls to the control a moment later.
      await expect.poll(() => focused(tab)).toEqual({ name: control, seen: true });
    }
    await tab.press('Tab');
    expect(await focused(tab), 'and leaves it again').toBeNull();
  });
}

test('a dialog is opened, filled in and sent by keys alone, and gives the focus back when it is left', async ({ tab, shop, backend }) => {
  const order = await arrived(backend);
  const tag = `<script async src="${backend.origin}/embed/v1/doorstep.js" data-api="${backend.api}" data-order="${order.id}" data-token="${order.token}"></script>`;
  await tab.goto(shop.add({ html: hostPage(tag) }));
  await expect.poll(() => tab.text('[data-focus=headline]')).toMatch(/./);
  const reach = async (name: string) => {
    for (let press = 0; press < 80 && !(await tab.focused())?.startsWith(name); press++) await tab.press('Tab');
    expect(await tab.focused()).toMatch(new RegExp(`^${name}`));
  };
  const heading = () => tab.text('dialog[open] h2');
  await reach('Help with your order');
  await tab.press('Enter');
  await reach('I got the wrong item');
  await tab.press('Enter');
  await expect.poll(heading).toBe('I got the wrong item');
  await expect.poll(() => tab.focused(), 'the heading of the dialog').toBe('I got the wrong item');
  await tab.press('Escape');
  await expect.poll(heading).toBeNull();
  await expect.poll(() => tab.focused(), 'the button that opened it').toBe('I got the wrong item');
  await tab.press('Enter');
  await expect.poll(heading).toBe('I got the wrong item');
  await reach('The same again');
  await tab.press('Space');
  await reach('Send the report');
  await tab.press('Enter');
  await expect.poll(heading).toBe('We have it');
  await tab.press('Escape');
  await expect.poll(heading).toBeNull();
});
