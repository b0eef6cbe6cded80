// The public types of <doorstep-tracker>, for pages that set properties or listen to events. Runtime: the script tag; nothing is imported.
// JSX: docs/embedding.md has what React needs.

export interface DoorstepTrackerAttributes {
  /** Base address of the backend; relative to the page. */
  api: string;
  /** The order's public id. Without it the shopper looks the order up. */
  order?: string;
  /** The capability token. Better set as a property or carried by the link's fragment. */
  token?: string;
  /** BCP 47. Without it: the language of the page. */
  lang?: string;
  /** `light` or `dark`; anything else follows the `color-scheme` of the page. */
  theme?: string;
  /** `lazy` waits until the element comes near the viewport. */
  loading?: 'eager' | 'lazy';
  /** Level of the first heading, 1 to 6; 2 by default. */
  'heading-level'?: string;
}

/** An order in four facts; nothing personal. */
export interface DoorstepOrderDetail {
  /** Grows with every change of the order. */
  version: number;
  /** How the order goes. */
  tone: 'quiet' | 'good' | 'attention' | 'problem';
  /** Parcels on their way to the shopper, or there; returns are not counted. */
  parcels: number;
  /** How many of them have arrived. */
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
  /** The shipment's identity within the order; null for an action about the order. */
  shipment: string | null;
}

export interface DoorstepActionDetail {
  kind: DoorstepActionKind;
  phase: 'started' | 'step' | 'submitted' | 'failed' | 'abandoned';
  /** With `step`: the step's name. */
  step?: string;
  /** With `failed`: the problem's code. */
  code?: string;
}

export interface DoorstepTrackerEventMap {
  /** An order is shown for the first time. */
  'doorstep-ready': CustomEvent<DoorstepOrderDetail>;
  /** A newer version of the order is shown. */
  'doorstep-change': CustomEvent<DoorstepOrderDetail>;
  /** The shopper wants to do something; `preventDefault()` leaves it to the page. */
  'doorstep-action-start': CustomEvent<DoorstepActionStartDetail>;
  /** How far it is. */
  'doorstep-action': CustomEvent<DoorstepActionDetail>;
  /** What was asked for cannot be shown, or not any more. */
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
