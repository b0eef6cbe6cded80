// The entry: defines the element once per page, whichever version comes first, and inserts one for each script tag that asks for it.

import { DoorstepTracker } from './element';
import { watchFragment } from './fragment';
import { own, tags } from './release';
import { insertBehind } from './script-tag';

const TAG = 'doorstep-tracker';

if (own) {
  if (!customElements.get(TAG)) {
    // First the address bar, then everything else.
    watchFragment();
    customElements.define(TAG, DoorstepTracker);
  }
  for (const script of tags) insertBehind(script, TAG);
} else {
  console.error(
    'Doorstep: the script does not know its own address. Load it unchanged and by its name, <script async src="https://…/embed/v1/doorstep.js"></script>, and do not bundle or inline it.',
  );
}
