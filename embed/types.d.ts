// The public types of <doorstep-tracker>, for pages that set properties or listen to events. The script tag provides the runtime; nothing is
// imported. docs/embedding.md describes the JSX declarations that React needs.

export interface DoorstepTrackerAttributes {
  /** Base address of the backend, resolved against the address of the page. */
  api: string;
  /** Public id of the order. Without it the shopper looks the order up. */
  order?: string;
  /** Capability token. Preferably set as a property or carried by the link's fragment. */
  token?: string;
  /** Language tag, BCP 47. Default: the language of the page. */
  lang?: string;
  /** `light` or `dark`; any other value follows the `color-scheme` of the page. */
  theme?: string;
  /** `lazy` delays loading until the element comes near the viewport. */
  loading?: 'eager' | 'lazy';
  /** Level of the first heading, 1 to 6. Default: 2. */
  'heading-level'?: string;
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
  /** Progress of a self-service action. */
  'doorstep-action': CustomEvent<DoorstepActionDetail>;
  /** The requested content cannot be shown, or no longer. */
  'doorstep-error': CustomEvent<DoorstepErrorDetail>;
}

export interface DoorstepTracker extends HTMLElement {
  api: string | null;
  order: string | null;
  /** Capability token, held in memory and never written to the attribute. */
  token: string | null;
  theme: string | null;
  loading: string | null;
  headingLevel: string | null;
  /** Requests the current state from the backend now. */
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
