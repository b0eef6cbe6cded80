// The types of the package without a framework. The compiler fails if a refused line is accepted.

import { define, type DoorstepTracker, load, version } from 'doorstep-tracker';

define();
const { version: defined } = await load({ base: new URL('https://widgets.example/embed/0.1.0/') });
export const same: boolean = defined === version;

const tracker: DoorstepTracker = document.createElement('doorstep-tracker');
tracker.addEventListener('doorstep-ready', (event) => event.detail.parcels.toFixed());
tracker.refresh();

// @ts-expect-error An address is a text or a URL.
await load({ base: 1 });
// @ts-expect-error There is no such option.
await load({ address: '/embed/' });
// @ts-expect-error The event about an order has no code.
tracker.addEventListener('doorstep-ready', (event) => event.detail.code);
