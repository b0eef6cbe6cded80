// The public types of <doorstep-tracker>, for pages that set properties or listen to events. Runtime: the script tag; nothing is imported.
//
// JSX (React 19, Preact): declare module 'react' { namespace JSX { interface IntrinsicElements {
//   'doorstep-tracker': import('doorstep-tracker').DoorstepTrackerAttributes } } }

export interface DoorstepTrackerAttributes {
  /** Base address of the backend; relative to the page. */
  api: string;
  /** The order's public id. Without it the shopper looks the order up. */
  order?: string;
  /** The capability token. Better set as a property or carried by the link's fragment. */
  token?: string;
  /** BCP 47. Without it: the language of the page. */
  lang?: string;
  theme?: string;
  /** `lazy` waits until the element comes near the viewport. */
  loading?: 'eager' | 'lazy';
  /** Level of the first heading, 1 to 6; 2 by default. */
  'heading-level'?: string;
}

export interface DoorstepErrorDetail {
  code:
    | 'wasm-unsupported'
    | 'wasm-blocked'
    | 'load-failed'
    | 'panic'
    | 'bad-options'
    | 'not-found'
    | 'expired'
    | 'offline'
    | 'server';
  retryable: boolean;
}

export interface DoorstepTrackerEventMap {
  /** The order is shown for the first time. */
  'doorstep-ready': CustomEvent<Record<string, unknown>>;
  /** What is shown has changed. */
  'doorstep-change': CustomEvent<Record<string, unknown>>;
  /** There is nothing to show, and why. */
  'doorstep-error': CustomEvent<DoorstepErrorDetail>;
}

export interface DoorstepTracker extends HTMLElement {
  api: string | null;
  order: string | null;
  /** Held in memory; never written to the attribute. */
  token: string | null;
  theme: string | null;
  loading: string | null;
  headingLevel: string | null;
  /** Asks the backend again now. */
  refresh(): void;
  addEventListener<K extends keyof DoorstepTrackerEventMap>(
    type: K,
    listener: (this: DoorstepTracker, event: DoorstepTrackerEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
}

declare global {
  interface HTMLElementTagNameMap {
    'doorstep-tracker': DoorstepTracker;
  }
  interface HTMLElementEventMap extends DoorstepTrackerEventMap {}
}
