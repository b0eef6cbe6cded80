// The element as a component of Vue 3, and a plugin that registers the component for all templates.

import {
  type AllowedComponentProps,
  type ComponentCustomProps,
  defineComponent,
  h,
  onMounted,
  type Plugin,
  type PropType,
  type ShallowRef,
  type Slot,
  shallowRef,
  type VNode,
  type VNodeProps,
  watch,
} from 'vue';
import { define } from './index.js';
import type { DoorstepTracker as DoorstepTrackerElement, DoorstepTrackerEventMap } from './types.js';

export type { DoorstepTrackerElement };

export interface DoorstepTrackerProps {
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
}

/** Events as templates name them after `@`. */
export interface DoorstepTrackerEmits {
  (event: 'ready', detail: DoorstepTrackerEventMap['doorstep-ready']): void;
  (event: 'change', detail: DoorstepTrackerEventMap['doorstep-change']): void;
  (event: 'action-start', detail: DoorstepTrackerEventMap['doorstep-action-start']): void;
  (event: 'action', detail: DoorstepTrackerEventMap['doorstep-action']): void;
  (event: 'error', detail: DoorstepTrackerEventMap['doorstep-error']): void;
}

interface Listeners {
  onReady?: ((event: DoorstepTrackerEventMap['doorstep-ready']) => unknown) | undefined;
  onChange?: ((event: DoorstepTrackerEventMap['doorstep-change']) => unknown) | undefined;
  /** `event.preventDefault()` leaves the action to the page. */
  onActionStart?: ((event: DoorstepTrackerEventMap['doorstep-action-start']) => unknown) | undefined;
  onAction?: ((event: DoorstepTrackerEventMap['doorstep-action']) => unknown) | undefined;
  onError?: ((event: DoorstepTrackerEventMap['doorstep-error']) => unknown) | undefined;
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

const component = defineComponent({
  name: 'DoorstepTracker',
  props: {
    api: { type: String, required: true },
    order: String,
    token: { type: null as unknown as PropType<string | null>, default: undefined },
    theme: String,
    loading: String,
    headingLevel: [Number, String],
    firstPage: String,
  },
  emits: ['ready', 'change', 'action-start', 'action', 'error'],
  setup(props, { emit, expose, slots }) {
    const element: ShallowRef<DoorstepTrackerElement | null> = shallowRef(null);
    watch(
      () => props.token,
      (token) => {
        if (element.value) element.value.token = token ?? null;
      },
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
    return () => h('doorstep-tracker', { ref: element, ...attributesOf(props), ...listeners(emit), onVnodeBeforeMount }, slots.default?.());

    /** Sets the token before the element is inserted, so that its first request has the token. */
    function onVnodeBeforeMount({ el }: VNode): void {
      if (props.token !== undefined) (el as DoorstepTrackerElement).token = props.token;
    }
  },
});

interface Attributes {
  readonly api: string;
  readonly order?: string | undefined;
  readonly theme?: string | undefined;
  readonly loading?: string | undefined;
  readonly headingLevel?: number | string | undefined;
  readonly firstPage?: string | undefined;
}

/** Returns the attributes of the element, which a server renders, too. The token is not among them. */
function attributesOf({ api, order, theme, loading, headingLevel, firstPage }: Attributes): Record<string, unknown> {
  return { api, order, theme, loading, 'heading-level': headingLevel, 'first-page': firstPage };
}

/** Returns the listeners of the element, which emit the events of the component. */
function listeners(emit: (event: 'ready' | 'change' | 'action-start' | 'action' | 'error', detail: Event) => void): Record<string, (event: Event) => void> {
  return {
    onDoorstepReady: (event) => emit('ready', event),
    onDoorstepChange: (event) => emit('change', event),
    onDoorstepActionStart: (event) => emit('action-start', event),
    onDoorstepAction: (event) => emit('action', event),
    onDoorstepError: (event) => emit('error', event),
  };
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
