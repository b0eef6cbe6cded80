// The element itself in JSX, with the types of doorstep-react.d.ts.

import type { DoorstepTracker } from 'doorstep-tracker';
import { createRef } from 'react';

const tracker = createRef<DoorstepTracker>();

export const accepted = <doorstep-tracker ref={tracker} key="1" api="/api" order="ord_1" heading-level="3" first-page="backend" id="tracker" />;

// The data comes from the page if there is no address.
export const withoutAddress = <doorstep-tracker order="ord_1" />;
// @ts-expect-error There is no such attribute.
export const unknown = <doorstep-tracker api="/api" ordr="ord_1" />;
// @ts-expect-error An element is loaded eagerly or lazily.
export const wrongType = <doorstep-tracker api="/api" loading="later" />;
