// The custom element: attributes, properties, insertion and removal. The session draws the content.

import type { TokenProvider } from './access';
import { ATTRIBUTES, MIRRORED } from './attributes';
import { nullProto } from './dom';
import { capabilityFor, onCapability } from './fragment';
import type { Options } from './glue';
import { match, tagOf } from './language';
import { release } from './release';
import { Session } from './session';
import { recall, remember } from './tokens';

/** Distance from the viewport at which a lazy element starts to load. */
const MARGIN = '200px';

/** Accessors that are defined below, one for each attribute that they mirror. */
export interface DoorstepTracker extends Record<keyof typeof MIRRORED, string | null> {}

export class DoorstepTracker extends HTMLElement {
  static readonly version = release.version;
  static readonly observedAttributes = ATTRIBUTES;

  /** Token that the page has set. Undefined: never set, as in a copy of the element. Null: removed. */
  #token: string | null | undefined;
  #provider: TokenProvider | null = null;
  #session: Session;
  /** True from the start of loading until the element is removed from the page. */
  #begun = false;
  #observer: IntersectionObserver | null = null;
  #leaving: ReturnType<typeof setTimeout> | undefined;
  #changed = false;
  #unsubscribe: () => void = () => {};

  constructor() {
    super();
    // A page that was rendered on a server has a declarative shadow root, with the order.
    this.#session = new Session(this, this.shadowRoot ?? this.attachShadow(nullProto({ mode: 'open' })));
    // Properties that were set before the definition was loaded hide the accessors of the class until they are set again.
    for (const name of ['token', 'tokenProvider', ...Object.keys(MIRRORED)] as (keyof this)[]) {
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

  /** Function of the page that returns a fresh token. Called if there is no token, and if the backend refuses the token. */
  get tokenProvider(): TokenProvider | null {
    return this.#provider;
  }

  set tokenProvider(provider: TokenProvider | null | undefined) {
    // A widget that has started without a provider starts again.
    if (this.#begun && !this.#provider && provider) this.#session.stop();
    this.#provider = provider ?? null;
    this.#schedule();
  }

  /** Requests the current state from the backend now. */
  refresh(): void {
    this.#session.refresh();
  }

  connectedCallback(): void {
    clearTimeout(this.#leaving);
    this.#leaving = undefined;
    if (this.#begun) return this.#schedule();
    if (this.loading !== 'lazy' || typeof IntersectionObserver !== 'function') return this.#begin();
    this.#session.wait();
    this.#observer ??= new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) this.#begin();
      },
      nullProto({ rootMargin: MARGIN }),
    );
    this.#observer.observe(this);
  }

  disconnectedCallback(): void {
    this.#unobserve();
    // A page that moves the element removes it and inserts it again within one task. The widget is kept in that case.
    this.#leaving ??= setTimeout(() => {
      this.#leaving = undefined;
      if (this.isConnected) return;
      this.#begun = false;
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
    if (name === 'loading' && this.#observer && after !== 'lazy') return this.#begin();
    this.#schedule();
  }

  #begin(): void {
    this.#unobserve();
    this.#begun = true;
    this.#unsubscribe();
    this.#unsubscribe = onCapability(() => this.#schedule());
    const options = this.#options();
    // A framework may insert the element first and set the properties right after. Options that are still missing then are an error.
    if (options) void this.#session.show(options);
    else this.#schedule();
  }

  #unobserve(): void {
    this.#observer?.disconnect();
    this.#observer = null;
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
    const api = address(this.api, this.baseURI);
    if (!api) return null;
    const order = this.order || null;
    if (order && this.#token !== undefined) remember(api, order, this.#token);
    const own = this.token || (order && this.#token === undefined && recall(api, order)) || null;
    const capability = own ? null : capabilityFor(order);
    const level = Number(this.headingLevel ?? 2);
    return {
      api,
      order: order ?? capability?.order ?? null,
      token: own ?? capability?.token ?? null,
      lang: match(tagOf(this)).locale,
      theme: this.theme,
      headingLevel: Number.isInteger(level) && level >= 1 && level <= 6 ? level : 2,
      firstPage: this.firstPage === 'backend',
    };
  }
}

for (const [property, attribute] of Object.entries(MIRRORED)) {
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
  Object.defineProperty(DoorstepTracker.prototype, property, nullProto(accessor));
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
