// The public types of <doorstep-tracker>, for pages that set properties or listen to events. The script tag provides the runtime; nothing is
// imported. docs/embedding.md describes the JSX declarations that React needs. Written by
// `UPDATE=1 cargo test -p doorstep-core --test public_surface` from the table of the public surface.

export interface DoorstepTrackerAttributes {
  /** Base address of the backend, relative to the page; `http` and `https` only, without query and fragment. */
  api: string;
  /** The order's public id. Default: the order named by the link's fragment, else the guest look-up. */
  order?: string;
  /** The capability token, held in memory; the element removes the attribute from the markup as soon as it reads it. Default: the token in the link's fragment. */
  token?: string;
  /** BCP 47 tag of the language; one that has no catalogue becomes English. Default: the nearest `lang` around the element, else the browser's language. */
  lang?: string;
  /** `light` or `dark`; anything else follows the `color-scheme` of the page. Default: `auto`. */
  theme?: string;
  /** `lazy` loads nothing until the element is within 200 px of the viewport. Default: `eager`. */
  loading?: 'eager' | 'lazy';
  /** Level of the headline among the headings of the page. Default: `2`. */
  'heading-level'?: string;
  /** `backend`: the backend can send the first page with the order, and the order is shown before the widget is loaded. Default: the widget draws the order once it is loaded. */
  'first-page'?: 'backend';
}

/** Summary of an order in four facts, without personal data. */
export interface DoorstepOrderDetail {
  /** Version of the order, which grows with every change. */
  version: number;
  /** State of the order as a tone. */
  tone: 'quiet' | 'good' | 'attention' | 'problem';
  /** Number of parcels on their way to the shopper or delivered; returns are not counted. */
  parcels: number;
  /** Number of these parcels that have been delivered. */
  delivered: number;
}

export interface DoorstepErrorDetail {
  code:
    | 'wasm-unsupported'
    | 'wasm-blocked'
    | 'load-failed'
    | 'panic'
    | 'bad-options'
    | 'not-found'
    | 'lookup-needed'
    | 'expired'
    | 'offline'
    | 'server';
  retryable: boolean;
}

export type DoorstepActionKind =
  | 'report_non_receipt'
  | 'report_damaged'
  | 'report_wrong_item'
  | 'report_missing_item'
  | 'reschedule'
  | 'change_address'
  | 'delivery_instructions'
  | 'leave_with_neighbour'
  | 'leave_in_safe_place'
  | 'redirect_to_pickup'
  | 'cancel'
  | 'accept_delay'
  | 'start_return'
  | 'withdraw'
  | 'refund_status'
  | 'contact';

export interface DoorstepActionStartDetail {
  kind: DoorstepActionKind;
  /** Identity of the shipment within the order; null for an action that concerns the whole order. */
  shipment: string | null;
}

export interface DoorstepActionDetail {
  kind: DoorstepActionKind;
  phase: 'started' | 'step' | 'submitted' | 'failed' | 'abandoned';
  /** Name of the step, with `step`. */
  step?: string;
  /** Code of the problem, with `failed`. */
  code?: string;
}

export interface DoorstepTrackerEventMap {
  /** An order is shown for the first time. */
  'doorstep-ready': CustomEvent<DoorstepOrderDetail>;
  /** A newer version of the order is shown. */
  'doorstep-change': CustomEvent<DoorstepOrderDetail>;
  /** The shopper starts a self-service action; `preventDefault()` leaves it to the page. */
  'doorstep-action-start': CustomEvent<DoorstepActionStartDetail>;
  /** Progress of a self-service action: `started`, `step`, `submitted`, `failed` or `abandoned`. */
  'doorstep-action': CustomEvent<DoorstepActionDetail>;
  /** The requested content cannot be shown, or no longer. */
  'doorstep-error': CustomEvent<DoorstepErrorDetail>;
}

export interface DoorstepTracker extends HTMLElement {
  api: string | null;
  order: string | null;
  /** The capability token, held in memory; the element removes the attribute from the markup as soon as it reads it. */
  token: string | null;
  theme: string | null;
  loading: string | null;
  headingLevel: string | null;
  firstPage: string | null;
  /** Function of the page that returns a fresh token, or null. Called if an order has no token, and if the backend refuses the token. */
  tokenProvider: (() => Promise<string | null>) | null;
  /** Requests the current state from the backend now; does nothing while an answer is awaited, in the look-up, or after the link has ended. */
  refresh(): void;
  addEventListener<K extends keyof DoorstepTrackerEventMap>(
    type: K,
    listener: (this: DoorstepTracker, event: DoorstepTrackerEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
  removeEventListener<K extends keyof DoorstepTrackerEventMap>(
    type: K,
    listener: (this: DoorstepTracker, event: DoorstepTrackerEventMap[K]) => unknown,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | EventListenerOptions): void;
}

declare global {
  interface HTMLElementTagNameMap {
    'doorstep-tracker': DoorstepTracker;
  }
  interface HTMLElementEventMap extends DoorstepTrackerEventMap {}
}
