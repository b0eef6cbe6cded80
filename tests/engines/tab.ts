// A shopper's actions in a browser that is driven by WebDriver: opens a page, finds controls by role and name, presses and types.

import type { Session } from './webdriver';

/** Key by which the specification of WebDriver refers to an element. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

/** Keys that are not characters, by the code points of the specification of WebDriver. */
const KEYS = { Enter: '\uE007', Tab: '\uE004', Escape: '\uE00C', Space: ' ', ArrowDown: '\uE015' } as const;

/** Selectors of the elements that may have a role, as the widget writes them. */
const ROLES = {
  button: 'button',
  checkbox: '[type=checkbox]',
  combobox: 'select',
  file: '[type=file]',
  heading: 'h1, h2, h3, h4',
  link: 'a[href]',
  option: 'option',
  radio: '[type=radio]',
  summary: 'summary',
  textbox: 'textarea, input:not([type=radio], [type=checkbox], [type=file])',
} as const;

export type Role = keyof typeof ROLES;

/** Records that the page keeps from its first script on. */
export interface Notes {
  readonly events: { type: string; detail: unknown }[];
  /** Uncaught errors, and violations of the page's policy. */
  readonly errors: string[];
}

export class Tab {
  constructor(private readonly session: Session) {}

  async goto(url: string): Promise<void> {
    await this.session.send('navigate', { url });
  }

  async resize(width: number, height: number): Promise<void> {
    await this.session.send('resize', { width, height });
  }

  /** Runs a function in the page. The function can use nothing but its arguments. */
  async run<A extends unknown[], T>(body: (...values: A) => T | Promise<T>, ...values: A): Promise<T> {
    const script = `const done = arguments[arguments.length - 1];
      Promise.resolve().then(() => (${body.toString()})(...Array.prototype.slice.call(arguments, 0, -1))).then(
        (value) => done({ value }), (error) => done({ error: String(error) }));`;
    const { value, error } = (await this.session.send('run', { script, args: values })) as { value: T; error?: string };
    if (error) throw new Error(`in the page: ${error}`);
    return value;
  }

  notes(): Promise<Notes> {
    return this.run(() => (window as unknown as { notes: Notes }).notes);
  }

  /** Returns the trimmed text of the first element in the widget that matches; null if there is none. */
  text(selector: string): Promise<string | null> {
    return this.run((selector) => {
      const found = document.querySelector('doorstep-tracker')?.shadowRoot?.querySelector(selector);
      return found?.checkVisibility() || found?.classList.contains('spoken') ? (found.textContent ?? '').trim() : null;
    }, selector);
  }

  /** Returns the number of visible elements of the widget that match. */
  count(selector: string): Promise<number> {
    return this.run((selector) => {
      const found = document.querySelector('doorstep-tracker')?.shadowRoot?.querySelectorAll(selector) ?? [];
      return [...found].filter((element) => element.checkVisibility()).length;
    }, selector);
  }

  /** Returns true if there is a control of that name. */
  async has(role: Role, name: string): Promise<boolean> {
    return (await this.find(role, name)) !== null;
  }

  /** Returns the name of the focused element in the widget. */
  focused(): Promise<string | null> {
    return this.run(() => {
      const control = document.activeElement?.shadowRoot?.activeElement;
      if (!control) return null;
      const labels = [...((control as HTMLInputElement).labels ?? [])].map((label) => label.textContent);
      return (control.getAttribute('aria-label') ?? ([...labels, control.textContent].find(Boolean) || control.tagName)).trim();
    });
  }

  /** Clicks with the mouse. */
  async click(role: Role, name: string): Promise<void> {
    await this.session.send('click', { id: await this.get(role, name) });
  }

  /** Types into a field, or passes a file to a picker. */
  async type(role: Role, name: string, text: string): Promise<void> {
    await this.session.send('sendKeys', { id: await this.get(role, name), text });
  }

  /** Presses keys, one after the other, with the focus unchanged. */
  async press(...keys: (keyof typeof KEYS)[]): Promise<void> {
    const actions = keys.flatMap((key) => [{ type: 'keyDown', value: KEYS[key] }, { type: 'keyUp', value: KEYS[key] }]);
    await this.session.send('perform', { actions: [{ type: 'key', id: 'keyboard', actions }] });
  }

  async screenshot(): Promise<Buffer> {
    return Buffer.from(String(await this.session.send('screenshot', { full: false })), 'base64');
  }

  private async get(role: Role, name: string): Promise<string> {
    for (const deadline = Date.now() + 5_000; Date.now() < deadline; ) {
      const id = await this.find(role, name);
      if (id !== null) return id;
    }
    throw new Error(`there is no ${role} "${name}"`);
  }

  /** Returns the first usable control whose name begins with `name`: in the dialog if one is open, otherwise in the widget. Null if there is none. */
  private async find(role: Role, name: string): Promise<string | null> {
    const found = await this.run(
      (selector, name) => {
        const root = document.querySelector('doorstep-tracker')?.shadowRoot;
        const scope = root?.querySelector('dialog[open]') ?? root;
        const named = (control: Element): string => {
          const labels = [...((control as HTMLInputElement).labels ?? [])].map((label) => label.textContent);
          return (control.getAttribute('aria-label') ?? (labels.join(' ') || control.textContent || '')).trim();
        };
        const controls = [...(scope?.querySelectorAll<HTMLElement>(selector) ?? [])];
        return controls.find((control) => (control.tagName === 'OPTION' || control.checkVisibility()) && named(control).startsWith(name)) ?? null;
      },
      ROLES[role],
      name,
    );
    return found === null ? null : ((found as unknown as Record<string, string>)[ELEMENT] ?? null);
  }
}
