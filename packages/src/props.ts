// The props that the components of React and Vue have in common, and their way to the element: attributes in the markup, the others as properties.
// A new prop is a line in `DoorstepTrackerProps` and a line in one of the two lists.

import type { DoorstepSource, DoorstepStrings, DoorstepTrackerAttributes, DoorstepTracker as DoorstepTrackerElement } from './types.js';

/** Returns a fresh token for the order of the element, or null if there is none. */
export type TokenProvider = () => Promise<string | null>;

export interface DoorstepTrackerProps {
  /** Base address of the backend, relative to the page. Needed without `source` and `data`. */
  api?: string | undefined;
  /** The order's public id. Default: the order named by the link's fragment, else the guest look-up. */
  order?: string | undefined;
  /** The capability token. It is set as a property and never written to the markup. Null forgets the token of this order. */
  token?: string | null | undefined;
  /** Called if an order has no token, and if the backend refuses the token. It may be another function in each rendering; the latest is called. */
  tokenProvider?: TokenProvider | null | undefined;
  theme?: 'auto' | 'light' | 'dark' | undefined;
  /** `lazy` loads nothing until the element is near the viewport. */
  loading?: 'eager' | 'lazy' | undefined;
  headingLevel?: 1 | 2 | 3 | 4 | 5 | 6 | undefined;
  /** `backend`: the backend can send the first page with the order. */
  firstPage?: 'backend' | undefined;
  /** Names of the sections that are not shown, separated by spaces. */
  hide?: string | undefined;
  /** Names of the sections in their order on the page, separated by spaces. */
  sections?: string | undefined;
  /** Appearance of the milestones. */
  rail?: 'icons' | 'dots' | 'bar' | 'steps' | undefined;
  /** Appearance of the timeline. */
  timeline?: 'line' | 'plain' | undefined;
  /** `informal`: texts address the shopper informally, in languages that make the difference. */
  variant?: 'informal' | undefined;
  /** `readonly`: the order without its actions, for support staff. */
  mode?: 'readonly' | undefined;
  /** True: the skeleton is shown, and nothing is requested. */
  paused?: boolean | undefined;
  /** Texts in place of those of the catalogue, by key. Keep the object the same between renderings. */
  strings?: DoorstepStrings | null | undefined;
  /** Functions that provide the data in place of a backend. Keep the object the same between renderings. */
  source?: DoorstepSource | null | undefined;
  /** Order document that is shown at once. */
  data?: object | null | undefined;
}

/** Attributes of the element by their prop, without `api`. A value of true is an attribute without a text, and false is none. */
export const ATTRIBUTES = {
  order: 'order',
  theme: 'theme',
  loading: 'loading',
  headingLevel: 'heading-level',
  firstPage: 'first-page',
  hide: 'hide',
  sections: 'sections',
  rail: 'rail',
  timeline: 'timeline',
  variant: 'variant',
  mode: 'mode',
  paused: 'paused',
} as const;

/** Properties of the element with the name of their prop. They are never in the markup. */
export const PROPERTIES = ['token', 'tokenProvider', 'strings', 'source', 'data'] as const;

type Attribute = keyof typeof ATTRIBUTES;
type Property = (typeof PROPERTIES)[number];

/** Events of the element by the prop of React that handles them. Vue emits them without `doorstep-`. */
export const EVENTS = {
  onReady: 'doorstep-ready',
  onChange: 'doorstep-change',
  onView: 'doorstep-view',
  onPromiseSeen: 'doorstep-promise-seen',
  onActionStart: 'doorstep-action-start',
  onAction: 'doorstep-action',
  onError: 'doorstep-error',
} as const;

/** Compiles only without an argument that is left. */
type None<Left extends never> = Left;

/** Does not compile if an attribute of the element or a prop is in no list, or if a list has another name. Every element has `lang`. */
export type Listed = None<
  | Exclude<keyof DoorstepTrackerAttributes, (typeof ATTRIBUTES)[Attribute] | Property | 'api' | 'lang'>
  | Exclude<keyof DoorstepTrackerProps, Attribute | Property | 'api'>
  | Exclude<Attribute | Property, keyof DoorstepTrackerProps>
>;

/**
 * Returns the attributes of the element by their names, without `api`. An attribute that is absent is undefined. A value of true becomes the name of
 * the attribute: the frameworks set some attributes through properties, and the empty text as a value of `hidden` removes it.
 */
export function attributesOf(props: Readonly<Partial<Record<Attribute, unknown>>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(ATTRIBUTES).map(([prop, name]) => [name, attribute(name, props[prop as Attribute])]));
}

/** Returns the value of an attribute, or undefined for null and false. */
export function attribute(name: string, value: unknown): unknown {
  return value === true ? name : value === false || value === null ? undefined : value;
}

/** Values of the properties. Undefined: the component has not set it. */
export type Properties = Partial<Record<Property, unknown>>;

/**
 * Returns the values of the properties. If there is a token provider, `provider` takes its place: a function that calls the latest one, so that the
 * element has the same function for as long as it has one.
 */
export function propertiesOf(props: Readonly<Properties>, provider: TokenProvider): Properties {
  const values = Object.fromEntries(PROPERTIES.map((name) => [name, props[name]])) as Properties;
  return values.tokenProvider ? { ...values, tokenProvider: provider } : values;
}

/** Returns a function that calls the token provider which `latest` returns. */
export const callLatest =
  (latest: () => TokenProvider | null | undefined): TokenProvider =>
  async () =>
    (await latest()?.()) ?? null;

/** Sets the properties that differ from those that were set before. A property that was set and is undefined now becomes null. */
export function assign(host: DoorstepTrackerElement, before: Properties, now: Properties): void {
  for (const name of PROPERTIES) {
    if (now[name] !== before[name]) Object.assign(host, { [name]: now[name] ?? null });
  }
}
