// Entry point: defines the element once per page (the first version that is loaded defines it) and inserts one element for each script tag that asks
// for it.

import { DoorstepTracker } from './element';
import { watchFragment } from './fragment';
import { own, tags } from './release';
import { insertBehind } from './script-tag';

const TAG = 'doorstep-tracker';

if (own) {
  if (!customElements.get(TAG)) {
    // The capability is taken out of the address bar before anything else happens.
    watchFragment();
    customElements.define(TAG, DoorstepTracker);
  }
  for (const script of tags) insertBehind(script, TAG);
} else {
  console.error(
    'Doorstep: the script does not know its own address. Load it by its name, …/doorstep.js, neither bundled nor inlined.',
  );
}
