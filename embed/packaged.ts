// Entry point of the loader in the npm package, which `packages/src/index.ts` imports in a browser. Defines the element unless the page has one.

import { DoorstepTracker } from './element';
import { watchFragment } from './fragment';

const TAG = 'doorstep-tracker';

if (!customElements.get(TAG)) {
  watchFragment();
  customElements.define(TAG, DoorstepTracker);
}
