// A shopper without a mouse: reaches every control by Tab and operates it by keyboard. Decisions are counted. Every step checks the focus and runs
// axe in both colour schemes.

import { type Locator, type Page } from '@playwright/test';
import { dialogFindings } from './axe';
import type { Backend } from './backend';
import { expect, shown } from './fixtures';
import type { Opened } from './orders';
import type { Shop } from './servers';

/** Returns a page in the device's colour scheme, as wide as a small phone. */
export function hostPage(backend: Backend, order: Opened, attributes: Record<string, string> = {}): string {
  const all = { lang: 'en-GB', ...attributes, order: order.id, token: order.token };
  const data = Object.entries(all).map(([name, value]) => ` data-${name}="${value}"`);
  return `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
    <title>Your order</title><style>body { background: Canvas; color: CanvasText }</style><main><h1>Your order</h1>
    <script async src="${backend.origin}/embed/v1/doorstep.js" data-api="${backend.api}"${data.join('')}></script></main></html>`;
}

/** Number of Tab presses after which a control counts as out of reach. */
const FAR = 80;

export class Shopper {
  /** Decisions of the shopper, from the first button to the submission. */
  readonly decisions: string[] = [];
  /** False in tests that do not check accessibility, because axe is slow. */
  looks = true;

  constructor(readonly page: Page, readonly tracker: Locator) {}

  static async opens(page: Page, shop: Shop, backend: Backend, order: Opened, attributes: Record<string, string> = {}): Promise<Shopper> {
    await page.setViewportSize({ width: 360, height: 800 });
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto(shop.add({ html: hostPage(backend, order, attributes) }));
    await shown(page);
    return new Shopper(page, page.locator('doorstep-tracker'));
  }

  get dialog(): Locator {
    return this.tracker.getByRole('dialog');
  }

  /** Returns the dialog's heading. */
  get heading(): Locator {
    return this.dialog.getByRole('heading', { level: 2 });
  }

  /** Presses Tab until the focus is on the control. */
  async reach(control: Locator): Promise<void> {
    await control.waitFor();
    for (let press = 0; press < FAR; press++) {
      if (await isFocused(control)) return;
      await this.page.keyboard.press('Tab');
    }
    throw new Error(`Tab does not reach ${control.toString()}`);
  }

  /** Opens a dialog, after unfolding the help if its button is in there. */
  async enters(name: string): Promise<void> {
    const button = this.tracker.getByRole('button', { name, includeHidden: true }).first();
    await button.waitFor({ state: 'attached' });
    if (!(await button.isVisible())) {
      const button = this.page.getByRole('button', { name, includeHidden: true });
      await this.reach(this.tracker.locator('[part=help]').filter({ has: button }).locator('summary').first());
      await this.page.keyboard.press('Enter');
    }
    await this.press(button);
    await this.stepIs(name);
  }

  /** Checks a step: its heading has the focus, and axe finds nothing. */
  async stepIs(title: string | RegExp): Promise<void> {
    await expect(this.heading).toHaveText(title);
    await expect(this.heading).toBeFocused();
    await this.look();
  }

  async look(): Promise<void> {
    if (!this.looks) return;
    await expect(this.dialog.locator('[aria-busy=true]')).toHaveCount(0);
    for (const [colorScheme, rules] of [['dark', ['color-contrast']], ['light', undefined]] as const) {
      await this.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      expect(await dialogFindings(this.page, rules), colorScheme).toEqual([]);
    }
  }

  async press(button: Locator): Promise<void> {
    await this.reach(button);
    this.decisions.push((await button.textContent())?.trim() ?? '');
    await this.page.keyboard.press('Enter');
  }

  button(name: string | RegExp): Locator {
    return this.dialog.getByRole('button', { name, exact: true });
  }

  /** Selects one of several answers. */
  async chooses(name: string | RegExp): Promise<void> {
    const radio = this.dialog.getByRole('radio', { name }).first();
    const group = this.dialog.locator(`[type=radio][name="${await radio.getAttribute('name')}"]`);
    await this.reachOneOf(group);
    for (let press = 0; press < FAR && !(await isFocused(radio)); press++) await this.page.keyboard.press('ArrowDown');
    if (!(await radio.isChecked())) await this.page.keyboard.press('Space');
    await expect(radio).toBeChecked();
    this.decisions.push(String(name));
  }

  private async reachOneOf(group: Locator): Promise<void> {
    for (let press = 0; press < FAR; press++) {
      if (await group.evaluateAll((all) => all.some((one) => (one.getRootNode() as ShadowRoot).activeElement === one))) return;
      await this.page.keyboard.press('Tab');
    }
    throw new Error('Tab does not reach the answers');
  }

  /** Ticks a checkbox. */
  async ticks(name: string | RegExp): Promise<void> {
    const box = this.dialog.getByRole('checkbox', { name });
    await this.reach(box);
    await this.page.keyboard.press('Space');
    await expect(box).toBeChecked();
    this.decisions.push(String(name));
  }

  /** Selects from a native list. */
  async picks(list: string, value: string, nth = 0): Promise<void> {
    const select = this.dialog.getByRole('combobox', { name: list }).nth(nth);
    await this.reach(select);
    for (let press = 0; press < 30 && (await select.locator('option:checked').textContent()) !== value; press++) {
      await this.page.keyboard.press('ArrowDown');
    }
    await expect(select.locator('option:checked')).toHaveText(value);
    this.decisions.push(value);
  }

  /** Types into a field. */
  async types(label: string | RegExp, text: string): Promise<void> {
    const field = this.dialog.getByRole('textbox', { name: label });
    await this.reach(field);
    await this.page.keyboard.press('ControlOrMeta+a');
    await this.page.keyboard.type(text);
    await expect(field).toHaveValue(text);
  }

  /** Picks photos. The control is reached by keyboard; the dialog with the files is the system's. */
  async adds(...files: { name: string; mimeType: string; buffer: Buffer }[]): Promise<void> {
    const control = this.dialog.getByLabel('Add a photo');
    await this.reach(control);
    await control.setInputFiles(files);
    this.decisions.push('a photo');
  }

  /** Continues to the next step. */
  async goesOn(name = 'Continue'): Promise<void> {
    const before = await this.progress();
    await this.press(this.button(name));
    await expect.poll(() => this.progress()).not.toBe(before);
    await expect(this.heading).toBeFocused();
    await this.look();
  }

  private async progress(): Promise<string | null> {
    return this.dialog.locator('form').getAttribute('data-step');
  }

  /** Tries to continue, and checks that the error is shown at the field that has it. */
  async isStopped(name: string, at: Locator, group: Locator, words: string): Promise<void> {
    await this.reach(this.button(name));
    await this.page.keyboard.press('Enter');
    await expect(at).toBeFocused();
    await expect(group).toHaveAccessibleDescription(new RegExp(`${words.replaceAll('.', '\\.')}$`));
    await expect(this.dialog.getByText(words).first()).toBeVisible();
    await this.look();
  }

  /** Submits the form, and finds the case in the confirmation and, after the dialog is closed, on the page. Returns its reference. */
  async sends(name: string, card: RegExp): Promise<string> {
    await this.press(this.button(name));
    await this.stepIs('We have it');
    const sentence = await this.dialog.getByText(/^Your reference is /).textContent();
    const reference = /is (\S+-\S+?)\./.exec(sentence ?? '')?.[1] ?? '';
    expect(reference).not.toBe('');
    await this.page.keyboard.press('Escape');
    await expect(this.dialog).toHaveCount(0);
    await expect(this.case(reference)).toHaveText(card);
    return reference;
  }

  /** Returns the heading of a case's card. */
  case(reference: string): Locator {
    return this.tracker.getByRole('group').filter({ hasText: `Reference ${reference}` }).getByRole('heading').first();
  }
}

const isFocused = (control: Locator): Promise<boolean> =>
  control.evaluate((element) => (element.getRootNode() as ShadowRoot | Document).activeElement === element);
