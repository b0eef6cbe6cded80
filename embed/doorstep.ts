// The entry: defines the element once per page, whichever version comes first, and inserts one for a script tag that asks for it.

import { DoorstepTracker } from './element';
import { watchFragment } from './fragment';
import { script } from './release';
import { insertBehind } from './script-tag';

const TAG = 'doorstep-tracker';

if (!customElements.get(TAG)) {
  // First the address bar, then everything else.
  watchFragment();
  customElements.define(TAG, DoorstepTracker);
}
if (script) insertBehind(script, TAG);
