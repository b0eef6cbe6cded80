// The element as a component of React 18 and 19. Both versions get the same: attributes in the markup, the token as a property, events by listeners.
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
import type { DoorstepTracker as DoorstepTrackerElement, DoorstepTrackerEventMap } from './types.js';

export type { DoorstepTrackerElement };

/** Attributes of HTML that are passed on. Attributes with a hyphen, such as `data-…` and `aria-…`, are passed on, too. */
type Html = 'children' | 'className' | 'dir' | 'hidden' | 'id' | 'lang' | 'role' | 'slot' | 'style' | 'title';

export interface DoorstepTrackerProps extends Pick<HTMLAttributes<DoorstepTrackerElement>, Html> {
  /** Base address of the backend, relative to the page. */
  api: string;
  /** The order's public id. Default: the order named by the link's fragment, else the guest look-up. */
  order?: string | undefined;
  /** The capability token. It is set as a property and never written to the markup. Null forgets the token of this order. */
  token?: string | null | undefined;
  theme?: 'auto' | 'light' | 'dark' | undefined;
  /** `lazy` loads nothing until the element is near the viewport. */
  loading?: 'eager' | 'lazy' | undefined;
  headingLevel?: 1 | 2 | 3 | 4 | 5 | 6 | undefined;
  /** `backend`: the backend can send the first page with the order. */
  firstPage?: 'backend' | undefined;
  onReady?: ((event: DoorstepTrackerEventMap['doorstep-ready']) => void) | undefined;
  onChange?: ((event: DoorstepTrackerEventMap['doorstep-change']) => void) | undefined;
  /** `event.preventDefault()` leaves the action to the page. */
  onActionStart?: ((event: DoorstepTrackerEventMap['doorstep-action-start']) => void) | undefined;
  onAction?: ((event: DoorstepTrackerEventMap['doorstep-action']) => void) | undefined;
  onError?: ((event: DoorstepTrackerEventMap['doorstep-error']) => void) | undefined;
}

/** Handlers by the type of their event. */
type Handlers = { [Type in keyof DoorstepTrackerEventMap]: ((event: DoorstepTrackerEventMap[Type]) => void) | undefined };

/** Effects that run before the browser paints. React 18 warns about them on a server, where no effect runs. */
const useBrowserEffect: typeof useLayoutEffect = typeof document === 'undefined' ? useEffect : useLayoutEffect;

/** Shows an order. The first one that is mounted defines the element, unless the page has called `load` or has a script tag. */
export const DoorstepTracker: ForwardRefExoticComponent<DoorstepTrackerProps & RefAttributes<DoorstepTrackerElement>> = forwardRef(
  function DoorstepTracker(props: DoorstepTrackerProps, ref: ForwardedRef<DoorstepTrackerElement>) {
    const { api, token, headingLevel, firstPage, className, onReady, onChange, onActionStart, onAction, onError, ...attributes } = props;
    const element = useRef<DoorstepTrackerElement>(null);
    useImperativeHandle(ref, () => element.current as DoorstepTrackerElement, []);
    useHandlers(element, {
      'doorstep-ready': onReady,
      'doorstep-change': onChange,
      'doorstep-action-start': onActionStart,
      'doorstep-action': onAction,
      'doorstep-error': onError,
    });
    useAccess(element, api, token);
    useEffect(() => define(), []);
    return createElement('doorstep-tracker', { ...attributes, ref: element, class: className, 'heading-level': headingLevel, 'first-page': firstPage });
  },
);

/**
 * Sets address and token together. React sets attributes before the element is inserted and gives access to it afterwards. If the element had its
 * address at the insertion, it would request the order without the token.
 */
function useAccess(element: { readonly current: DoorstepTrackerElement | null }, api: string, token: string | null | undefined): void {
  const hadToken = useRef(false);
  useBrowserEffect(() => {
    const host = element.current;
    if (!host) return;
    if (token !== undefined || hadToken.current) host.token = token ?? null;
    hadToken.current = token !== undefined;
    host.setAttribute('api', api);
  }, [element, api, token]);
}

/** Listens once per mount, and calls the handlers of the latest render. */
function useHandlers(element: { readonly current: DoorstepTrackerElement | null }, handlers: Handlers): void {
  const latest = useRef(handlers);
  useBrowserEffect(() => {
    latest.current = handlers;
  });
  useBrowserEffect(() => {
    const host = element.current;
    if (!host) return;
    const types = Object.keys(latest.current) as (keyof Handlers)[];
    const call = (event: Event) => (latest.current[event.type as keyof Handlers] as ((event: Event) => void) | undefined)?.(event);
    for (const type of types) host.addEventListener(type, call);
    return () => {
      for (const type of types) host.removeEventListener(type, call);
    };
  }, [element]);
}
