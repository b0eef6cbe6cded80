// The element as a component of Vue 3, and a plugin that registers the component for all templates.

import {
  type AllowedComponentProps,
  type ComponentCustomProps,
  camelize,
  defineComponent,
  h,
  onMounted,
  type Plugin,
  type ShallowRef,
  type Slot,
  shallowRef,
  toHandlerKey,
  toRaw,
  type VNode,
  type VNodeProps,
  watch,
} from 'vue';
import { define } from './index.js';
import { ATTRIBUTES, assign, attributesOf, callLatest, type DoorstepTrackerProps, EVENTS, PROPERTIES, type Properties, propertiesOf } from './props.js';
import type { DoorstepTracker as DoorstepTrackerElement, DoorstepTrackerEventMap } from './types.js';

export type { DoorstepTrackerElement, DoorstepTrackerProps };

/** Events as templates name them after `@`. */
export interface DoorstepTrackerEmits {
  (event: 'ready', detail: DoorstepTrackerEventMap['doorstep-ready']): void;
  (event: 'change', detail: DoorstepTrackerEventMap['doorstep-change']): void;
  (event: 'action-start', detail: DoorstepTrackerEventMap['doorstep-action-start']): void;
  (event: 'action', detail: DoorstepTrackerEventMap['doorstep-action']): void;
  (event: 'error', detail: DoorstepTrackerEventMap['doorstep-error']): void;
  (event: 'view', detail: DoorstepTrackerEventMap['doorstep-view']): void;
  (event: 'promise-seen', detail: DoorstepTrackerEventMap['doorstep-promise-seen']): void;
}

interface Listeners {
  onReady?: ((event: DoorstepTrackerEventMap['doorstep-ready']) => unknown) | undefined;
  onChange?: ((event: DoorstepTrackerEventMap['doorstep-change']) => unknown) | undefined;
  /** `event.preventDefault()` leaves the action to the page. */
  onActionStart?: ((event: DoorstepTrackerEventMap['doorstep-action-start']) => unknown) | undefined;
  onAction?: ((event: DoorstepTrackerEventMap['doorstep-action']) => unknown) | undefined;
  onError?: ((event: DoorstepTrackerEventMap['doorstep-error']) => unknown) | undefined;
  onView?: ((event: DoorstepTrackerEventMap['doorstep-view']) => unknown) | undefined;
  onPromiseSeen?: ((event: DoorstepTrackerEventMap['doorstep-promise-seen']) => unknown) | undefined;
}

/** Members that a template ref gives access to. */
export interface DoorstepTrackerExposed {
  /** The element. Null before the component is mounted. */
  readonly element: DoorstepTrackerElement | null;
  /** Requests the current state from the backend now. */
  refresh(): void;
}

/** Type of the component, without types that differ between the versions of Vue. */
export interface DoorstepTrackerComponent {
  new (): DoorstepTrackerExposed & {
    $props: AllowedComponentProps & ComponentCustomProps & VNodeProps & DoorstepTrackerProps & Listeners;
    $emit: DoorstepTrackerEmits;
    $slots: { default?: Slot };
  };
}

/** Names of the events as the component emits them. */
const EMITS = Object.values(EVENTS).map((type) => type.replace('doorstep-', ''));

/** Declares the props. They have no type at run time, so that Vue gives an attribute without a text, such as `paused`, as an empty text. */
const OPTIONAL = Object.fromEntries([...Object.keys(ATTRIBUTES), ...PROPERTIES].map((name) => [name, { type: null, default: undefined }]));

const component = defineComponent({
  name: 'DoorstepTracker',
  props: { api: String, ...OPTIONAL },
  emits: EMITS,
  setup(given, { emit, expose, slots }) {
    const props = given as unknown as Readonly<DoorstepTrackerProps>;
    const element: ShallowRef<DoorstepTrackerElement | null> = shallowRef(null);
    const provider = callLatest(() => props.tokenProvider);
    let before: Properties = {};
    watch(
      () => propertiesOf(props, provider),
      () => element.value && setProperties(element.value),
      { flush: 'post' },
    );
    onMounted(() => define());
    const exposed: DoorstepTrackerExposed = {
      get element() {
        return element.value;
      },
      refresh: () => element.value?.refresh?.(),
    };
    expose(exposed as unknown as Record<string, unknown>);
    // Properties are set before the element is inserted, so that its first request has the token.
    const onVnodeBeforeMount = ({ el }: VNode) => setProperties(el as DoorstepTrackerElement);
    return () =>
      h('doorstep-tracker', { ref: element, api: props.api, ...attributesOf(props), ...listeners(emit), onVnodeBeforeMount }, slots.default?.());

    function setProperties(host: DoorstepTrackerElement): void {
      const now = propertiesOf(props, provider);
      // The element gets the objects of the page, and not the proxies with which Vue sees their changes.
      for (const name of PROPERTIES) now[name] = toRaw(now[name]);
      assign(host, before, now);
      before = now;
    }
  },
});

/** Returns the listeners of the element, which emit the events of the component. */
function listeners(emit: (event: string, detail: Event) => void): Record<string, (event: Event) => void> {
  return Object.fromEntries(EMITS.map((name) => [toHandlerKey(camelize(`doorstep-${name}`)), (event: Event) => emit(name, event)]));
}

/** Shows an order. The first one that is mounted defines the element, unless the page has called `load` or has a script tag. */
export const DoorstepTracker: DoorstepTrackerComponent = component as unknown as DoorstepTrackerComponent;

/** Registers the component for all templates: `app.use(doorstep)`. */
export const doorstep: Plugin = {
  install(app) {
    app.component('DoorstepTracker', component);
  },
};

declare module 'vue' {
  interface GlobalComponents {
    DoorstepTracker: DoorstepTrackerComponent;
  }
}
