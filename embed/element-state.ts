// The state of one element, for the page: properties for scripts that come late, and custom states for its stylesheets.

import type { State } from './glue';
import type { DoorstepErrorDetail, DoorstepOrderDetail } from './types';

/** State of an element: `loading`, `ready` if an order is shown, or the code of the last error. */
export type ElementStatus = 'loading' | 'ready' | DoorstepErrorDetail['code'];

export class ElementState {
  status: ElementStatus = 'loading';
  summary: DoorstepOrderDetail | null = null;
  /** Resolves with the summary when the first order is shown. */
  readonly ready: Promise<DoorstepOrderDetail>;
  #resolve: (summary: DoorstepOrderDetail) => void = () => {};
  #isLoading = true;
  #isStale = false;
  readonly #states: CustomStateSet | undefined;

  constructor(host: HTMLElement) {
    this.ready = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    // Older browsers have no custom states.
    this.#states = host.attachInternals?.().states;
    this.begin();
  }

  /** Begins anew, for another order or after the end. */
  begin(): void {
    this.summary = null;
    this.#isLoading = true;
    this.#isStale = false;
    this.#set('loading');
  }

  /** Takes note of an event of the element. */
  heard(name: string, detail: object): void {
    if (name === 'error') {
      const { code } = detail as DoorstepErrorDetail;
      // An order whose link has ended is still shown.
      if (code !== 'expired') this.summary = null;
      this.#isLoading = false;
      this.#set(code);
    }
    if (name !== 'ready' && name !== 'change') return;
    this.summary = detail as DoorstepOrderDetail;
    this.#resolve(this.summary);
    this.#set('ready');
  }

  /** Takes note of the content that the widget shows. `isLookup` is true if no order is named: the content is then the look-up, if it is no order. */
  shown(content: State, isLookup: boolean): void {
    this.#isLoading = content === 'loading' || content === 'slow';
    this.#isStale = content === 'stale';
    this.#set(isLookup && !this.#isLoading && this.status === 'loading' ? 'lookup-needed' : this.status);
  }

  #set(status: ElementStatus): void {
    this.status = status;
    const { tone, parcels = 0, delivered, late = 0 } = this.summary ?? {};
    const states = {
      loading: this.#isLoading,
      expired: status === 'expired',
      stale: this.#isStale,
      late: late > 0,
      problem: tone === 'problem',
      delivered: parcels > 0 && delivered === parcels,
    };
    try {
      for (const [name, isOn] of Object.entries(states)) this.#states?.[isOn ? 'add' : 'delete'](name);
    } catch {
      // Chromium before 125 accepts only names that begin with two hyphens.
    }
  }
}
