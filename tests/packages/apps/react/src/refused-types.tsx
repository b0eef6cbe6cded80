// Props that the types refuse. The compiler fails if one of them is accepted.

import { DoorstepTracker } from 'doorstep-tracker/react';
import { createRef } from 'react';

const button = createRef<HTMLButtonElement>();

export const accepted = <DoorstepTracker api="/api" order="ord_1" token={null} theme="dark" loading="lazy" firstPage="backend" className="tracker" data-test="1" />;

// The data comes from the page if there is no address.
export const withoutAddress = <DoorstepTracker data={{ id: 'ord_1' }} />;
// @ts-expect-error There is no such text.
export const wrongKey = <DoorstepTracker api="/api" strings={{ 'no.such-text': 'A' }} />;
// @ts-expect-error A source reads the order.
export const wrongSource = <DoorstepTracker source={{ submit: async () => ({}) }} />;
// @ts-expect-error There is no such prop.
export const unknown = <DoorstepTracker api="/api" ordr="ord_1" />;
// @ts-expect-error An order has a text as its id.
export const wrongType = <DoorstepTracker api="/api" order={1} />;
// @ts-expect-error There are six levels.
export const wrongLevel = <DoorstepTracker api="/api" headingLevel={7} />;
// @ts-expect-error A handler receives the event of the element.
export const wrongHandler = <DoorstepTracker api="/api" onReady={(parcels: number) => parcels} />;
// @ts-expect-error The event about progress has no version.
export const wrongDetail = <DoorstepTracker api="/api" onAction={(event) => event.detail.version} />;
export const appearance = <DoorstepTracker api="/api" hide="help" sections="parcels promise" rail="steps" timeline="plain" variant="informal" mode="readonly" paused hidden={false} />;
export const properties = <DoorstepTracker api="/api" tokenProvider={async () => null} strings={{ 'action.order': 'A', 'about.more': { other: 'B' } }} source={null} data={{ id: 'ord_1' }} />;

// @ts-expect-error A provider returns a promise.
export const wrongProvider = <DoorstepTracker api="/api" tokenProvider={() => 'token'} />;
// @ts-expect-error There is no such appearance.
export const wrongRail = <DoorstepTracker api="/api" rail="line" />;
// @ts-expect-error The widget is paused or not.
export const wrongPause = <DoorstepTracker api="/api" paused="no" />;
// @ts-expect-error A text is a text in every language, or one for each.
export const wrongTexts = <DoorstepTracker api="/api" strings={{ a: 1 }} />;
// @ts-expect-error The ref is the element.
export const wrongRef = <DoorstepTracker api="/api" ref={button} />;
