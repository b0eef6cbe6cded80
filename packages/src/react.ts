// The element as a component of React 18 and 19. Both versions get the same: attributes in the markup, properties, events by listeners.
'use client';

import {
  createElement,
  type ForwardedRef,
  type ForwardRefExoticComponent,
  forwardRef,
  type HTMLAttributes,
  type RefAttributes,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
} from 'react';
import { define } from './index.js';
import {
  ATTRIBUTES,
  assign,
  attribute,
  attributesOf,
  callLatest,
  type DoorstepTrackerProps as CommonProps,
  EVENTS,
  PROPERTIES,
  type Properties,
  propertiesOf,
} from './props.js';
import type { DoorstepTracker as DoorstepTrackerElement, DoorstepTrackerEventMap } from './types.js';

export type { DoorstepTrackerElement };

/** Attributes of HTML that are passed on. Attributes with a hyphen, such as `data-…` and `aria-…`, are passed on, too. */
type Html = 'children' | 'className' | 'dir' | 'hidden' | 'id' | 'lang' | 'role' | 'slot' | 'style' | 'title';

export interface DoorstepTrackerProps extends CommonProps, Pick<HTMLAttributes<DoorstepTrackerElement>, Html> {
  onReady?: ((event: DoorstepTrackerEventMap['doorstep-ready']) => void) | undefined;
  onChange?: ((event: DoorstepTrackerEventMap['doorstep-change']) => void) | undefined;
  /** `event.preventDefault()` leaves the action to the page. */
  onActionStart?: ((event: DoorstepTrackerEventMap['doorstep-action-start']) => void) | undefined;
  onAction?: ((event: DoorstepTrackerEventMap['doorstep-action']) => void) | undefined;
  onError?: ((event: DoorstepTrackerEventMap['doorstep-error']) => void) | undefined;
  onView?: ((event: DoorstepTrackerEventMap['doorstep-view']) => void) | undefined;
  onPromiseSeen?: ((event: DoorstepTrackerEventMap['doorstep-promise-seen']) => void) | undefined;
}

/** The element after it was rendered. */
type Host = { readonly current: DoorstepTrackerElement | null };

/** Props that are not passed on as they are. */
const OWN: ReadonlySet<string> = new Set(['api', ...Object.keys(ATTRIBUTES), ...PROPERTIES, ...Object.keys(EVENTS)]);

/** Effects that run before the browser paints. React 18 warns about them on a server, where no effect runs. */
const useBrowserEffect: typeof useLayoutEffect = typeof document === 'undefined' ? useEffect : useLayoutEffect;

/** Shows an order. The first one that is mounted defines the element, unless the page has called `load` or has a script tag. */
export const DoorstepTracker: ForwardRefExoticComponent<DoorstepTrackerProps & RefAttributes<DoorstepTrackerElement>> = forwardRef(
  function DoorstepTracker(props: DoorstepTrackerProps, ref: ForwardedRef<DoorstepTrackerElement>) {
    const element = useRef<DoorstepTrackerElement>(null);
    useImperativeHandle(ref, () => element.current as DoorstepTrackerElement, []);
    const latest = useRef(props);
    useBrowserEffect(() => {
      latest.current = props;
    });
    useHandlers(element, latest);
    useProperties(element, latest);
    useEffect(() => define(), []);
    return createElement('doorstep-tracker', { ...passedOn(props), ...attributesOf(props), ref: element });
  },
);

/**
 * Returns the attributes of HTML, and the children. React 18 writes true and false as texts, React 19 writes true as an empty text; here both write
 * the text for attributes with a hyphen, and `hidden` only if it is true.
 */
function passedOn(props: DoorstepTrackerProps): Record<string, unknown> {
  const { className, hidden, ...others } = props;
  const own = ([name]: [string, unknown]) => !OWN.has(name);
  const text = ([name, value]: [string, unknown]) => [name, typeof value === 'boolean' && name.includes('-') ? String(value) : value];
  return { ...Object.fromEntries(Object.entries(others).filter(own).map(text)), class: className, hidden: attribute('hidden', hidden) };
}

/**
 * Sets the properties, and then the address. React sets attributes before the element is inserted and gives access to it afterwards. If the element
 * had its address at the insertion, it would request the order without the token.
 */
function useProperties(element: Host, latest: { readonly current: DoorstepTrackerProps }): void {
  const before = useRef<Properties>({});
  const provider = useRef(callLatest(() => latest.current.tokenProvider));
  useBrowserEffect(() => {
    const host = element.current;
    if (!host) return;
    const now = propertiesOf(latest.current, provider.current);
    assign(host, before.current, now);
    before.current = now;
    const { api = null } = latest.current;
    if (host.getAttribute('api') === api) return;
    if (api === null) host.removeAttribute('api');
    else host.setAttribute('api', api);
  });
}

/** Listens once per mount, and calls the handlers of the latest rendering. */
function useHandlers(element: Host, latest: { readonly current: DoorstepTrackerProps }): void {
  useBrowserEffect(() => {
    const host = element.current;
    if (!host) return;
    const listeners = Object.entries(EVENTS).map(([prop, type]) => {
      const call = (event: Event) => (latest.current[prop as keyof typeof EVENTS] as ((event: Event) => void) | undefined)?.(event);
      host.addEventListener(type, call);
      return () => host.removeEventListener(type, call);
    });
    return () => listeners.forEach((remove) => remove());
  }, [element, latest]);
}
