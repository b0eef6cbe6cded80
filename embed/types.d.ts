// The public types of <doorstep-tracker>, for pages that set properties or listen to events. The script tag provides the runtime; nothing is
// imported. docs/embedding.md describes the JSX declarations that React needs. Written by
// `UPDATE=1 cargo test -p doorstep-core --test public_surface` from the table of the public surface.

export interface DoorstepTrackerAttributes {
  /** Base address of the backend, relative to the page; `http` and `https` only, without query and fragment. Default: none; needed without `source` and `data`. */
  api?: string;
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
  /** Names of the sections and parts that are not shown, separated by spaces; see the table of sections. Default: nothing is hidden. */
  hide?: string;
  /** Names of the sections in the order in which they are shown, separated by spaces. The others follow in their usual order. Default: the usual order. */
  sections?: string;
  /** Look of the milestones: icons, dots, one bar, or numbers. Default: `icons`. */
  rail?: 'icons' | 'dots' | 'bar' | 'steps';
  /** `plain`: the timeline has no line and no dots. Default: `line`. */
  timeline?: 'line' | 'plain';
  /** `informal`: the informal address. There is one for German. Default: the formal address, where a language has both. */
  variant?: 'informal';
  /** `readonly`: the order without its actions, for support staff. It is requested at intervals and not streamed. Default: the shopper can act. */
  mode?: 'readonly';
  /** If it is present at the start, the skeleton is shown and nothing is requested, so that a page can wait for its token. `start()` removes it. Default: not paused. */
  paused?: boolean;
  /** Texts in place of those of the catalogue, as JSON. Default: the texts of the catalogue. */
  strings?: string;
}

/** Summary of an order, without personal data. */
export interface DoorstepOrderDetail {
  /** Version of the order, which grows with every change. */
  version: number;
  /** State of the order as a tone. */
  tone: 'quiet' | 'good' | 'attention' | 'problem';
  /** Number of parcels on their way to the shopper or delivered; returns are not counted. */
  parcels: number;
  /** Number of these parcels that have been delivered. */
  delivered: number;
  /** Number of these parcels that are expected after the promised day. */
  late: number;
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
  /** The order is in view for the first time. */
  'doorstep-view': CustomEvent<DoorstepOrderDetail>;
  /** A delivery promise is in view for the first time. */
  'doorstep-promise-seen': CustomEvent<DoorstepOrderDetail>;
  /** The shopper starts a self-service action; `preventDefault()` leaves it to the page. */
  'doorstep-action-start': CustomEvent<DoorstepActionStartDetail>;
  /** Progress of a self-service action: `started`, `step`, `submitted`, `failed` or `abandoned`. */
  'doorstep-action': CustomEvent<DoorstepActionDetail>;
  /** The requested content cannot be shown, or no longer. */
  'doorstep-error': CustomEvent<DoorstepErrorDetail>;
}

/** Texts by the key of the catalogue; a plural is an object with its forms, such as `{ one: '…', other: '…' }`. */
export type DoorstepStrings = Readonly<Partial<Record<DoorstepTextKey, string | Readonly<Partial<Record<Intl.LDMLPluralRule, string>>>>>>;

/** State of an element: `loading`, `ready` if an order is shown, or the code of the last error. */
export type DoorstepState = 'loading' | 'ready' | DoorstepErrorDetail['code'];

/** Signal that ends a call of a source, and for requests the idempotency key and the version of the order that the shopper has seen. */
export interface DoorstepSourceContext {
  readonly signal: AbortSignal;
  readonly idempotencyKey?: string;
  readonly version?: string;
}

/**
 * Functions of a page that provide the data in place of a backend. The documents have the shape of the contract. A function that is missing is replaced by
 * a request to `api`, if the element has one; otherwise the actions that need it are not offered. An exception with a number `status` is a refusal: it is
 * treated as a response with this status, and its other fields as the problem. Any other exception counts as no answer, and the widget tries again.
 */
export interface DoorstepSource {
  /** Returns the order document, or null if there is no such order for this shopper. */
  load(order: string, context: DoorstepSourceContext): Promise<object | null>;
  /** Calls `next` with each new document until the signal is aborted. */
  subscribe?(order: string, next: (document: object) => void, context: DoorstepSourceContext): void | Promise<void>;
  /** Finds the order of a guest. Returns null if number and proof do not match. */
  lookUp?(proof: { number: string; email?: string; postcode?: string }, context: DoorstepSourceContext): Promise<{ order_id: string; token: string } | null>;
  /** Takes the shopper's request for an action. Returns the case. */
  submit?(order: string, request: object, context: DoorstepSourceContext): Promise<object>;
  /** Takes the shopper's message to a case. Returns the case. */
  reply?(order: string, caseId: string, message: object, context: DoorstepSourceContext): Promise<object>;
  /** Takes the shopper's rating of a case. Returns the case. */
  rate?(order: string, caseId: string, rating: object, context: DoorstepSourceContext): Promise<object>;
  /** Returns the free delivery slots of a shipment. */
  slots?(order: string, shipment: string, context: DoorstepSourceContext): Promise<readonly object[]>;
  /** Returns the pickup points to which a shipment can be redirected. */
  pickupPoints?(order: string, shipment: string, context: DoorstepSourceContext): Promise<readonly object[]>;
  /** Returns the quote of a return. */
  quote?(order: string, request: object, context: DoorstepSourceContext): Promise<object>;
  /** Takes a photo. Returns its id. */
  upload?(order: string, photo: Blob, context: DoorstepSourceContext): Promise<{ id: string }>;
  /** Returns the label of a return. */
  label?(order: string, returnId: string, context: DoorstepSourceContext): Promise<Blob>;
  /** Returns the acknowledgement of a declaration as a text file. */
  acknowledgement?(order: string, caseId: string, context: DoorstepSourceContext): Promise<Blob>;
}

/** The class of the element, as `customElements.get('doorstep-tracker')` returns it. */
export interface DoorstepTrackerClass {
  new (): DoorstepTracker;
  readonly version: string;
  /** Registers texts for a language, or for a variant of one. Texts that are missing come from the nearest catalogue. */
  registerLocale(tag: string, strings: DoorstepStrings): void;
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
  hide: string | null;
  sections: string | null;
  rail: string | null;
  timeline: string | null;
  variant: string | null;
  mode: string | null;
  /** Function of the page that returns a fresh token, or null. Called if an order has no token, and if the backend refuses the token. */
  tokenProvider: (() => Promise<string | null>) | null;
  /** The attribute `paused`. */
  paused: boolean;
  /** Texts in place of those of the catalogue, by key; see [customising](customising.md#words). */
  strings: DoorstepStrings | null;
  /** Functions of the page that provide the data in place of a backend; see [customising](customising.md#data-of-your-own). */
  source: DoorstepSource | null;
  /** An order document that is shown without a request. A change of the property updates the page. */
  data: object | null;
  /** `loading`, `ready` while an order is shown, or the code of the last `doorstep-error`. */
  readonly state: DoorstepState;
  /** Detail of the last `doorstep-ready` or `doorstep-change`; null if no order is shown. */
  readonly summary: DoorstepOrderDetail | null;
  /** Fulfilled with the summary when the first order is shown. */
  readonly ready: Promise<DoorstepOrderDetail>;
  /** Requests the current state from the backend now; does nothing while an answer is awaited, in the look-up, or after the link has ended. */
  refresh(): void;
  /** Ends the pause of `paused`. */
  start(): void;
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

/** Keys of the texts; docs/texts.md has them with their English texts. */
export type DoorstepTextKey =
  | 'day.today'
  | 'day.tomorrow'
  | 'day.yesterday'
  | 'day.on'
  | 'ago'
  | 'day.name'
  | 'days.range'
  | 'window.hours'
  | 'moment'
  | 'headline.preparing'
  | 'headline.preparing-until'
  | 'headline.preparing-arriving'
  | 'headline.awaiting-carrier'
  | 'headline.awaiting-carrier-arriving'
  | 'headline.handed-over'
  | 'headline.on-the-way'
  | 'headline.arriving'
  | 'headline.customs'
  | 'headline.customs-arriving'
  | 'headline.at-local-depot'
  | 'headline.out-for-delivery'
  | 'headline.stops-away'
  | 'headline.ready'
  | 'headline.ready-until'
  | 'headline.delivered'
  | 'headline.delivered-on'
  | 'headline.delivered-neighbour'
  | 'headline.delivered-neighbour-on'
  | 'headline.delivered-safe-place'
  | 'headline.delivered-safe-place-on'
  | 'headline.collected'
  | 'headline.collected-on'
  | 'headline.delivered-in-part'
  | 'headline.at-risk'
  | 'headline.at-risk-arriving'
  | 'headline.late'
  | 'headline.late-arriving'
  | 'headline.stalled'
  | 'headline.stalled-since'
  | 'headline.held'
  | 'headline.held-arriving'
  | 'headline.attempt-failed'
  | 'headline.attempt-failed-again'
  | 'headline.damaged'
  | 'headline.address-problem'
  | 'headline.payment-due'
  | 'headline.documents-due'
  | 'headline.refused'
  | 'headline.misrouted'
  | 'headline.misrouted-arriving'
  | 'headline.returning'
  | 'headline.returned'
  | 'headline.return-awaited'
  | 'headline.return-under-way'
  | 'headline.return-arrived'
  | 'headline.order-cancelled'
  | 'headline.lost'
  | 'headline.destroyed'
  | 'headline.unknown'
  | 'headline.unknown-words'
  | 'headline.one-of'
  | 'headline.replacement'
  | 'headline.all-delivered'
  | 'headline.all-arriving'
  | 'headline.in-parcels'
  | 'headline.first-arriving'
  | 'headline.in-parcels-later'
  | 'headline.some-arrived'
  | 'headline.some-arrived-more'
  | 'headline.some-arrived-next'
  | 'headline.some-arrived-rest'
  | 'headline.arrived-rest-ships'
  | 'headline.arrived-rest-later'
  | 'about.one'
  | 'about.more'
  | 'about.order'
  | 'status.preparing'
  | 'status.awaiting-carrier'
  | 'status.handed-over'
  | 'status.on-the-way'
  | 'status.customs'
  | 'status.at-local-depot'
  | 'status.out-for-delivery'
  | 'status.ready-for-pickup'
  | 'status.delivered'
  | 'status.delivered-in-part'
  | 'status.at-risk'
  | 'status.late'
  | 'status.stalled'
  | 'status.held'
  | 'status.attempt-failed'
  | 'status.damaged'
  | 'status.address-problem'
  | 'status.payment-due'
  | 'status.documents-due'
  | 'status.refused'
  | 'status.misrouted'
  | 'status.not-collected'
  | 'status.returning'
  | 'status.returned'
  | 'status.return-awaited'
  | 'status.return-under-way'
  | 'status.return-arrived'
  | 'status.cancelled'
  | 'status.lost'
  | 'status.destroyed'
  | 'status.unknown'
  | 'milestone.label'
  | 'milestone.ordered'
  | 'milestone.sent'
  | 'milestone.on-the-way'
  | 'milestone.out-for-delivery'
  | 'milestone.delivered'
  | 'milestone.ready-for-pickup'
  | 'milestone.collected'
  | 'milestone.returning'
  | 'milestone.returned'
  | 'milestone.return-started'
  | 'milestone.arrived-back'
  | 'milestone.done'
  | 'promise.promised'
  | 'promise.expected'
  | 'promise.no-date'
  | 'promise.none-yet'
  | 'promise.on-time'
  | 'promise.early'
  | 'promise.late'
  | 'promise.arrived-on-time'
  | 'promise.arrived-early'
  | 'promise.arrived-late'
  | 'promise.guaranteed'
  | 'promise.sure'
  | 'promise.history'
  | 'promise.change'
  | 'confidence.high'
  | 'confidence.medium'
  | 'confidence.low'
  | 'source.carrier'
  | 'source.retailer'
  | 'source.model'
  | 'reason.carrier-damaged-parcel'
  | 'reason.carrier-sorting-error'
  | 'reason.carrier-address-not-found'
  | 'reason.carrier-parcel-lost'
  | 'reason.carrier-not-enough-time'
  | 'reason.carrier-vehicle-issue'
  | 'reason.carrier-capacity-exceeded'
  | 'reason.carrier-mechanical-delay'
  | 'reason.retailer-cancelled'
  | 'reason.retailer-incorrect-data'
  | 'reason.retailer-not-ready'
  | 'reason.retailer-incorrect-parcel'
  | 'reason.retailer-incorrect-dimensions'
  | 'reason.retailer-packaging-issue'
  | 'reason.consignee-refused'
  | 'reason.consignee-business-closed'
  | 'reason.consignee-not-available'
  | 'reason.consignee-not-home'
  | 'reason.consignee-cancelled'
  | 'reason.consignee-verification-failed'
  | 'reason.consignee-incorrect-address'
  | 'reason.consignee-access-restricted'
  | 'reason.consignee-safe-place-unavailable'
  | 'reason.customs-delay'
  | 'reason.customs-documentation'
  | 'reason.customs-duties-unpaid'
  | 'reason.customs-prohibited'
  | 'reason.customs-inspection'
  | 'reason.weather-delay'
  | 'reason.natural-disaster'
  | 'reason.force-majeure'
  | 'reason.parcel-being-researched'
  | 'reason.security-issue'
  | 'reason.regulatory-hold'
  | 'whose.nobody'
  | 'whose.shopper'
  | 'whose.retailer'
  | 'whose.carrier'
  | 'next.by'
  | 'next.preparing'
  | 'next.awaiting-carrier'
  | 'next.handed-over'
  | 'next.unseen'
  | 'next.on-the-way'
  | 'next.customs'
  | 'next.at-local-depot'
  | 'next.out-for-delivery'
  | 'next.ready-for-pickup'
  | 'next.delivered-in-part'
  | 'next.at-risk'
  | 'next.late'
  | 'next.stalled'
  | 'next.held'
  | 'next.attempt-failed'
  | 'next.damaged'
  | 'next.address-problem'
  | 'next.payment-due'
  | 'next.documents-due'
  | 'next.refused'
  | 'next.misrouted'
  | 'next.returning'
  | 'next.returned'
  | 'next.return-awaited'
  | 'next.return-under-way'
  | 'next.return-arrived'
  | 'next.lost'
  | 'next.destroyed'
  | 'next.unknown'
  | 'next.retailer'
  | 'next.asked'
  | 'next.ask-carrier'
  | 'parcel.of'
  | 'parcel.return'
  | 'parcel.replacement'
  | 'parcel.cancelled'
  | 'parcel.items'
  | 'parcel.pieces'
  | 'item.quantity'
  | 'item.some-of'
  | 'waiting.title'
  | 'waiting.when'
  | 'waiting.no-date'
  | 'carrier.unnamed'
  | 'carrier.named'
  | 'carrier.last-mile'
  | 'carrier.title'
  | 'carrier.number'
  | 'carrier.copy'
  | 'carrier.copied'
  | 'carrier.copy-failed'
  | 'carrier.link'
  | 'carrier.reroute'
  | 'carrier.page'
  | 'link.new-tab'
  | 'proof.title'
  | 'proof.signed-by'
  | 'proof.photo'
  | 'left.recipient'
  | 'left.household'
  | 'left.neighbour'
  | 'left.safe-place'
  | 'left.mailbox'
  | 'left.locker'
  | 'left.pickup-point'
  | 'left.reception'
  | 'left.other-address'
  | 'left.in-part'
  | 'pickup.title'
  | 'pickup.collect-by'
  | 'pickup.code'
  | 'pickup.hours'
  | 'pickup.hours-vary'
  | 'pickup.map'
  | 'destination.title'
  | 'support.title'
  | 'timeline.title'
  | 'timeline.day'
  | 'timeline.more'
  | 'timeline.empty'
  | 'fresh.carrier'
  | 'fresh.carrier-now'
  | 'fresh.no-scan'
  | 'fresh.untracked'
  | 'fresh.no-scan-yet'
  | 'fresh.silent'
  | 'fresh.checked'
  | 'fresh.checked-now'
  | 'notice.offline'
  | 'notice.trouble'
  | 'notice.slow'
  | 'notice.expired'
  | 'notice.limited'
  | 'announce.changed'
  | 'failure.offline'
  | 'failure.offline-more'
  | 'failure.server'
  | 'failure.server-more'
  | 'failure.options'
  | 'failure.options-more'
  | 'failure.retry'
  | 'panic.message'
  | 'panic.retry'
  | 'panic.read-only'
  | 'lookup.title'
  | 'lookup.intro'
  | 'lookup.not-found-title'
  | 'lookup.not-found'
  | 'lookup.number'
  | 'lookup.proof'
  | 'lookup.proof-hint'
  | 'lookup.submit'
  | 'lookup.details'
  | 'lookup.details-intro'
  | 'lookup.email'
  | 'lookup.email-missing'
  | 'lookup.back'
  | 'lookup.busy'
  | 'lookup.number-missing'
  | 'lookup.proof-missing'
  | 'lookup.failed'
  | 'lookup.too-many'
  | 'lookup.network'
  | 'action.report-non-receipt'
  | 'action.report-damaged'
  | 'action.report-wrong-item'
  | 'action.report-missing-item'
  | 'action.reschedule'
  | 'action.change-address'
  | 'action.delivery-instructions'
  | 'action.leave-with-neighbour'
  | 'action.leave-in-safe-place'
  | 'action.redirect-to-pickup'
  | 'action.cancel'
  | 'action.accept-delay'
  | 'action.start-return'
  | 'action.withdraw'
  | 'action.refund-status'
  | 'action.contact'
  | 'action.from'
  | 'action.until'
  | 'action.ended'
  | 'action.not-now'
  | 'action.more'
  | 'action.order'
  | 'notice.requests'
  | 'request.close'
  | 'request.back'
  | 'request.go-on'
  | 'request.check'
  | 'request.step-of'
  | 'request.facts'
  | 'request.optional'
  | 'request.as-it-is'
  | 'request.times'
  | 'request.amount'
  | 'request.fee'
  | 'request.free'
  | 'request.loading'
  | 'request.unloaded'
  | 'request.reload'
  | 'request.others'
  | 'request.ways'
  | 'request.error-choose'
  | 'request.error-missing'
  | 'request.error-email'
  | 'request.error-contact'
  | 'request.error-lines'
  | 'request.error-reason'
  | 'request.error-photo'
  | 'request.error-photo-under-way'
  | 'request.error-refused'
  | 'request.sending'
  | 'request.sending-again'
  | 'request.sending-offline'
  | 'request.sending-lost'
  | 'request.sending-later'
  | 'request.taken-in'
  | 'request.refused'
  | 'request.refused-because'
  | 'request.refused-changed'
  | 'request.refused-unavailable'
  | 'request.refused-slot'
  | 'request.refused-read-only'
  | 'request.look-up'
  | 'request.refused-link'
  | 'request.done-title'
  | 'request.done-reply'
  | 'request.done-rating'
  | 'request.done-reference'
  | 'request.done-reference-at'
  | 'request.done-hint'
  | 'request.keep-reminder'
  | 'request.keep-acknowledgement'
  | 'request.keep-label'
  | 'request.keep-code'
  | 'request.keep-failed'
  | 'request.label-title'
  | 'request.label-show'
  | 'request.label-print'
  | 'request.label-code'
  | 'request.closed-now'
  | 'request.not-yet-from'
  | 'request.expired-since'
  | 'request.why-not-not-offered'
  | 'request.why-not-carrier'
  | 'request.why-not-delivered-yet'
  | 'request.why-not-too-late'
  | 'request.why-not-dispatched'
  | 'request.why-not-not-dispatched'
  | 'request.why-not-delivered'
  | 'request.why-not-window-closed'
  | 'request.why-not-too-early'
  | 'request.why-not-final-sale'
  | 'request.why-not-nothing-left'
  | 'request.why-not-case-open'
  | 'request.why-not-nothing-free'
  | 'request.why-not-no-refund'
  | 'request.why-not-ended'
  | 'request.line-until'
  | 'request.line-many'
  | 'request.line-why'
  | 'request.line-why-none'
  | 'request.lines-missing'
  | 'request.lines-damaged'
  | 'request.lines-wrong'
  | 'request.lines-cancel'
  | 'request.lines-return'
  | 'request.lines-withdraw'
  | 'request.photo-add'
  | 'request.photo-remove'
  | 'request.photo-hint'
  | 'request.photo-waiting'
  | 'request.photo-sending'
  | 'request.photo-sent'
  | 'request.photo-unreadable'
  | 'request.photo-unsendable'
  | 'request.photo-too-large'
  | 'request.photo-lost'
  | 'request.photos-any'
  | 'request.photos-door'
  | 'request.photos-damage'
  | 'request.photos-wrong'
  | 'request.photos-missing'
  | 'request.elsewhere'
  | 'request.photo-question'
  | 'request.photo-mine'
  | 'request.photo-not-mine'
  | 'request.photo-unsure'
  | 'request.checked-question'
  | 'request.checked-household'
  | 'request.checked-neighbours'
  | 'request.checked-places'
  | 'request.checked-hint'
  | 'request.extent-question'
  | 'request.extent-all'
  | 'request.extent-part'
  | 'request.note-missing'
  | 'request.damage-question'
  | 'request.damage-item'
  | 'request.damage-packaging'
  | 'request.damage-both'
  | 'request.note-damage'
  | 'request.note-wrong'
  | 'request.note-lacking'
  | 'request.outcome-question'
  | 'request.outcome-refund'
  | 'request.outcome-refund-hint'
  | 'request.outcome-replacement'
  | 'request.outcome-replacement-hint'
  | 'request.outcome-exchange'
  | 'request.outcome-store-credit'
  | 'request.outcome-investigate'
  | 'request.outcome-investigate-hint'
  | 'request.slot-question'
  | 'request.slot-hours'
  | 'request.slot-any-time'
  | 'request.slot-none'
  | 'request.point-question'
  | 'request.point-name'
  | 'request.point-hint'
  | 'request.point-none'
  | 'request.distance-m'
  | 'request.distance-km'
  | 'request.address-street'
  | 'request.address-street2'
  | 'request.address-postcode'
  | 'request.address-city'
  | 'request.address-country'
  | 'request.address-before'
  | 'request.address-after'
  | 'request.address-hint'
  | 'request.instructions-label'
  | 'request.instructions-hint'
  | 'request.neighbour-name'
  | 'request.neighbour-house'
  | 'request.neighbour-hint'
  | 'request.place-question'
  | 'request.place-porch'
  | 'request.place-garage'
  | 'request.place-shed'
  | 'request.place-garden'
  | 'request.place-bin-store'
  | 'request.place-other'
  | 'request.place-note'
  | 'request.cancel-money'
  | 'request.cancel-final'
  | 'request.delay-when'
  | 'request.delay-no-date'
  | 'request.delay-free'
  | 'request.delay-cancel'
  | 'request.reason-too-small'
  | 'request.reason-too-large'
  | 'request.reason-not-as-described'
  | 'request.reason-changed-mind'
  | 'request.reason-arrived-late'
  | 'request.reason-damaged'
  | 'request.reason-defective'
  | 'request.reason-wrong-item'
  | 'request.reason-better-price'
  | 'request.reason-gift'
  | 'request.reason-quality'
  | 'request.reason-other'
  | 'request.note-return'
  | 'request.method-question'
  | 'request.method-drop-off'
  | 'request.method-collection'
  | 'request.method-store'
  | 'request.method-keep'
  | 'request.method-printer'
  | 'request.method-no-printer'
  | 'request.quote-goods'
  | 'request.quote-delivery'
  | 'request.quote-restocking'
  | 'request.quote-fee'
  | 'request.quote-bonus'
  | 'request.quote-other'
  | 'request.quote-sum'
  | 'request.return-drop-off-by'
  | 'request.return-refund-days'
  | 'request.return-estimate'
  | 'request.return-requested'
  | 'request.return-approved'
  | 'request.return-label-ready'
  | 'request.return-in-transit'
  | 'request.return-received'
  | 'request.return-inspected'
  | 'request.return-completed'
  | 'request.return-rejected'
  | 'request.return-expired'
  | 'request.return-unknown'
  | 'request.withdraw-intro'
  | 'request.withdraw-name'
  | 'request.withdraw-email'
  | 'request.withdraw-email-hint'
  | 'request.withdraw-order'
  | 'request.withdraw-after'
  | 'request.refund-unknown'
  | 'request.refund-promised'
  | 'request.refund-due'
  | 'request.refund-overdue'
  | 'request.refund-sent'
  | 'request.refund-sent-on'
  | 'request.refund-completed'
  | 'request.refund-failed'
  | 'request.refund-to-payment'
  | 'request.refund-to-credit'
  | 'request.refund-look'
  | 'request.refund-reference'
  | 'request.note-refund'
  | 'request.contact-note'
  | 'request.contact-hint'
  | 'request.contact-reach'
  | 'request.contact-reach-hint'
  | 'request.reply-title'
  | 'request.reply-note'
  | 'request.rating-title'
  | 'request.rating-question'
  | 'request.rating-5'
  | 'request.rating-4'
  | 'request.rating-3'
  | 'request.rating-2'
  | 'request.rating-1'
  | 'request.rating-note'
  | 'request.submit-non-receipt'
  | 'request.submit-report'
  | 'request.submit-reschedule'
  | 'request.submit-address'
  | 'request.submit-pass-on'
  | 'request.submit-redirect'
  | 'request.submit-cancel'
  | 'request.submit-delay'
  | 'request.submit-return'
  | 'request.submit-withdrawal'
  | 'request.submit-refund'
  | 'request.submit-message'
  | 'request.cases-title'
  | 'request.returns-title'
  | 'request.refunds-title'
  | 'request.case-title'
  | 'request.case-reference'
  | 'request.case-reference-at'
  | 'request.case-story'
  | 'request.case-wish'
  | 'request.case-came-to'
  | 'request.case-received'
  | 'request.case-in-progress'
  | 'request.case-waiting-for-shopper'
  | 'request.case-waiting-for-carrier'
  | 'request.case-resolved'
  | 'request.case-declined'
  | 'request.case-unknown'
  | 'request.case-label'
  | 'request.case-reply'
  | 'request.case-rate'
  | 'request.next-look-into'
  | 'request.next-carrier-looks'
  | 'request.next-you-answer'
  | 'request.next-answer'
  | 'request.next-send-back'
  | 'request.next-inspect'
  | 'request.next-replacement'
  | 'request.next-refund'
  | 'request.next-deliver'
  | 'request.next-collect'
  | 'request.next-by-when'
  | 'request.next-was-due'
  | 'request.step-opened'
  | 'request.step-you-wrote'
  | 'request.step-we-wrote'
  | 'request.step-handed-over'
  | 'request.step-carrier-asked'
  | 'request.step-carrier-answered'
  | 'request.step-found'
  | 'request.step-rescheduled'
  | 'request.step-address-changed'
  | 'request.step-passed-on'
  | 'request.step-redirected'
  | 'request.step-cancelled'
  | 'request.step-delay-accepted'
  | 'request.step-withdrawn'
  | 'request.step-return-approved'
  | 'request.step-label-ready'
  | 'request.step-return-in-transit'
  | 'request.step-return-received'
  | 'request.step-return-inspected'
  | 'request.step-replacement-promised'
  | 'request.step-replacement-sent'
  | 'request.step-refund-promised'
  | 'request.step-refund-sent'
  | 'request.step-reminded'
  | 'request.step-resolved'
  | 'request.step-declined'
  | 'request.step-expired'
  | 'request.step-something';
