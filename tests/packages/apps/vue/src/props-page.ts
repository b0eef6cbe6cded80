// A page whose component gets its props from a test, again and again.

import { DoorstepTracker, type DoorstepTrackerProps } from 'doorstep-tracker/vue';
import { createApp, h, nextTick, ref } from 'vue';

declare global {
  interface Window {
    show(props: DoorstepTrackerProps): Promise<void>;
  }
}

const props = ref<DoorstepTrackerProps>();

window.show = (next) => {
  props.value = next;
  return nextTick();
};

createApp({ render: () => props.value && h(DoorstepTracker, props.value) }).mount('#app');
