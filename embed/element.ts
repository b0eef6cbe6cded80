// The custom element: attributes, properties, insertion and removal. The session draws the content.

import type { TokenProvider } from './access';
import { ATTRIBUTES, MIRRORED } from './attributes';
import { nullProto } from './dom';
import { ElementState } from './element-state';
import { capabilityFor, onCapability } from './fragment';
import type { Options } from './glue';
import { inView } from './in-view';
import { match, register, type Strings, tagOf } from './language';
import { release } from './release';
import { places } from './sections';
import { Session } from './session';
import { recall, remember } from './tokens';
import type { DoorstepOrderDetail, DoorstepSource } from './types';

/** Distance from the viewport at which a lazy element starts to load. */
const MARGIN = '200px';

/** Elements of the page that have begun. */
const begun = new Set<DoorstepTracker>();

/** Properties that are held in memory. Their accessors are defined below. */
interface Held {
  /** Function of the page that returns a fresh token. Called if there is no token, and if the backend refuses the token. */
  tokenProvider: TokenProvider | null;
  /** Texts of the page, by the key of the catalogue. Without them, those of the attribute are used, which has them as JSON. */
  strings: Strings | null;
  /** Functions of the page that provide the data in place of a backend. */
  source: DoorstepSource | null;
  /** Order document of the page. It is shown without a request. */
  data: object | null;
}

const HELD = ['tokenProvider', 'strings', 'source', 'data'] as const;

/** Returns the name of the property that mirrors an attribute. */
const propertyOf = (attribute: string) => attribute.replace(/-./g, (found) => found.slice(1).toUpperCase());

type PropertyOf<Name extends string> = Name extends `${infer First}-${infer Rest}` ? `${First}${Capitalize<PropertyOf<Rest>>}` : Name;

/** Accessors that are defined below: one for each attribute that they mirror, and those of `Held`. */
export interface DoorstepTracker extends Record<PropertyOf<(typeof MIRRORED)[number]>, string | null>, Held {}

export class DoorstepTracker extends HTMLElement {
  static readonly version = release.version;
  static readonly observedAttributes = ATTRIBUTES;

  /** Token that the page has set. Undefined: never set, as in a copy of the element. Null: removed. */
  #token: string | null | undefined;
  /** Backend and order for which the token was remembered. */
  #remembered: [api: string, order: string] | undefined;
  /** Values of the properties that are held in memory. */
  readonly #held: Held = { tokenProvider: null, strings: null, source: null, data: null };
  /** Source of the data that the page has set. */
  readonly #fixed: DoorstepSource = { load: async () => ({ ...this.#held.data, version: this.#edition }) };
  /** Number of changes of the data. */
  #edition = 0;
  readonly #state: ElementState;
  readonly #session: Session;
  /** True from the start of loading until the element is removed from the page. */
  #begun = false;
  #unobserve: () => void = () => {};
  #leaving: ReturnType<typeof setTimeout> | undefined;
  #changed = false;
  #unsubscribe: () => void = () => {};

  constructor() {
    super();
    // A page that was rendered on a server has a declarative shadow root, with the order.
    const shadow = this.shadowRoot ?? this.attachShadow(nullProto({ mode: 'open' }));
    this.#state = new ElementState(this);
    this.#session = new Session(this, shadow, this.#state);
    // Properties that were set before the definition was loaded hide the accessors of the class until they are set again.
    const names = ['token', 'paused', ...HELD, ...MIRRORED.map(propertyOf)];
    for (const name of names as (keyof this)[]) {
      if (!Object.hasOwn(this, name)) continue;
      const value = this[name];
      delete this[name];
      this[name] = value;
    }
  }

  /** Secret token, held in memory. The attribute is for pages that have no script of their own; it is removed as soon as it is read. */
  get token(): string | null {
    return this.#token ?? null;
  }

  set token(token: string | null | undefined) {
    this.#token = token === undefined ? undefined : token || null;
    this.#schedule();
  }

  static {
    for (const name of HELD) {
      const accessor: PropertyDescriptor & ThisType<DoorstepTracker> = {
        configurable: true,
        enumerable: true,
        get() {
          return this.#held[name];
        },
        set(value: never) {
          this.#hold(name, value ?? null);
        },
      };
      Object.defineProperty(DoorstepTracker.prototype, name, nullProto(accessor));
    }
  }

  #hold(name: keyof Held, value: never): void {
    const before = this.#held[name];
    this.#held[name] = value;
    // A widget that has started without a provider starts again, unless it has an order already.
    if (name === 'tokenProvider' && this.#begun && !before && value && this.state !== 'ready') this.#session.stop();
    if (name === 'data') this.#edition++;
    this.#schedule();
  }

  /** State of the element: `loading`, `ready` if an order is shown, or the code of the last error. */
  get state(): ElementState['status'] {
    return this.#state.status;
  }

  /** Summary of the order as in the last event; null if no order is shown. */
  get summary(): DoorstepOrderDetail | null {
    return this.#state.summary;
  }

  /** Promise that is fulfilled with the summary of the first order that is shown. */
  get ready(): Promise<DoorstepOrderDetail> {
    return this.#state.ready;
  }

  /** True if the element waits for `start()`: the skeleton is shown, and nothing is requested. It has an effect only before the start. */
  get paused(): boolean {
    return this.hasAttribute('paused');
  }

  set paused(paused: boolean) {
    this.toggleAttribute('paused', !!paused);
  }

  /** Registers the texts of a language. They replace those of the nearest catalogue. */
  static registerLocale(tag: string, strings: Strings): void {
    register(tag, strings);
    for (const element of begun) element.#schedule();
  }

  /** Ends the pause. */
  start(): void {
    this.paused = false;
  }

  /** Requests the current state from the backend now. */
  refresh(): void {
    this.#session.refresh();
  }

  connectedCallback(): void {
    clearTimeout(this.#leaving);
    this.#leaving = undefined;
    if (this.#begun) return this.#schedule();
    this.#unobserve();
    if (this.paused) return this.#session.wait();
    if (this.loading !== 'lazy') return this.#begin();
    this.#session.wait();
    this.#unobserve = inView(this, () => this.#begin(), MARGIN);
  }

  disconnectedCallback(): void {
    this.#unobserve();
    // A page that moves the element removes it and inserts it again within one task. The widget is kept in that case.
    this.#leaving ??= setTimeout(() => {
      this.#leaving = undefined;
      if (this.isConnected) return;
      this.#begun = false;
      begun.delete(this);
      this.#unsubscribe();
      this.#session.stop();
    });
  }

  attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    if (before === after) return;
    if (name === 'token') {
      // The element's own removal of the attribute leaves the token as it is.
      if (after === null) return;
      this.token = after;
      return this.removeAttribute(name);
    }
    // An element that waits looks again whether it may begin.
    if ((name === 'loading' || name === 'paused') && this.isConnected) return this.connectedCallback();
    this.#schedule();
  }

  #begin(): void {
    this.#unobserve();
    this.#begun = true;
    begun.add(this);
    this.#unsubscribe();
    this.#unsubscribe = onCapability(() => this.#schedule());
    // A framework may insert the element first and set the properties right after.
    this.#schedule();
  }

  /** Combines several changes within one task into one update. */
  #schedule(): void {
    if (this.#changed) return;
    this.#changed = true;
    queueMicrotask(() => {
      this.#changed = false;
      // Before the start the options are read only for the token, which copies of the element need.
      const options = this.#options();
      if (this.#begun && this.isConnected) void this.#session.show(options);
    });
  }

  /** Returns the options that the page has set, and remembers the token. If the page has set no usable address of a backend, returns null. */
  #options(): Options | null {
    const { data } = this.#held;
    const strings = this.#held.strings ?? this.getAttribute('strings');
    const source = this.#held.source ?? (data && this.#fixed);
    const api = address(this.api || (source && '/'), this.baseURI);
    if (!api) return null;
    const order = this.order || (data && String((data as { id?: unknown }).id ?? 'data'));
    if (order && this.#token !== undefined) {
      // A token that is removed together with a change of the order was that of the order before.
      if (!this.#token && this.#remembered) remember(...this.#remembered, null);
      this.#remembered = [api, order];
      remember(api, order, this.#token);
    }
    const own = this.token || (order && this.#token === undefined && recall(api, order)) || null;
    const capability = own ? null : capabilityFor(order);
    const level = Number(this.headingLevel ?? 2);
    const { locale: lang, strings: registered } = match(tagOf(this) + (this.variant === 'informal' ? '-x-informal' : ''));
    return {
      api,
      order: order ?? capability?.order ?? null,
      token: own ?? capability?.token ?? null,
      lang,
      theme: this.theme,
      headingLevel: Number.isInteger(level) && level >= 1 && level <= 6 ? level : 2,
      // The backend knows neither the texts of the page nor its data.
      firstPage: this.firstPage === 'backend' && !registered && !strings && !source && this.mode !== 'readonly',
      sections: places(this.sections),
      strings,
      registered,
      source,
      mode: this.mode,
      hasApi: !!this.api && source !== this.#fixed,
      edition: this.#edition,
    };
  }
}

for (const attribute of MIRRORED) {
  const accessor: PropertyDescriptor & ThisType<DoorstepTracker> = {
    configurable: true,
    enumerable: true,
    get() {
      return this.getAttribute(attribute);
    },
    set(value: unknown) {
      if (value === null || value === undefined) this.removeAttribute(attribute);
      else this.setAttribute(attribute, String(value));
    },
  };
  Object.defineProperty(DoorstepTracker.prototype, propertyOf(attribute), nullProto(accessor));
}

/** Returns the absolute address of a backend without query, fragment and trailing slash. If there is no valid http or https address, returns null. */
function address(api: string | null, base: string): string | null {
  if (!api?.trim()) return null;
  try {
    const url = new URL(api, base);
    if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
    return (url.origin + url.pathname).replace(/\/+$/, '');
  } catch {
    return null;
  }
}
