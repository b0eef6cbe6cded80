// Large orders of the reference backend.

import type { Backend } from '../support/backend';
import { trackerUpdated } from '../support/easypost';
import { createOrder, deliver } from '../support/orders';
import { documentOf, type Own } from '../support/parcels';

const MINUTE = 60_000;
/** Minutes between the newest event of an order and now. */
export const SPAN = 1_440;

/** Returns the time in UTC, the given number of minutes ago. */
export const ago = (minutes: number): string => new Date(Date.now() - minutes * MINUTE).toISOString();

/** Reports the events that a parcel has in one webhook of a tracking provider. */
async function travels(backend: Backend, trackingNumber: string, events: number): Promise<void> {
  const payload = trackerUpdated(trackingNumber, 2) as { result: { status: string; tracking_details: object[] } };
  const scan = payload.result.tracking_details[1];
  payload.result.tracking_details = [...Array(events).keys()].map((event) => ({
    ...scan,
    message: `ARRIVED AT DEPOT ${event}`,
    datetime: ago(SPAN + (events - event) * 60),
  }));
  const status = await deliver(backend, payload);
  if (status >= 300) throw new Error(`the webhook got ${status}`);
}

/** Creates an order with parcels of so many tracking events each, and waits until the backend has them. */
export async function orderOf(backend: Backend, parcels: number, events: number): Promise<Own> {
  const parcelNumbers = [...Array(parcels).keys()].map((index) => index + 1);
  const trackingNumber = (parcel: number) => `EZ${parcels}X${parcel}`;
  const order = await createOrder(backend, {
    lines: parcelNumbers.map((parcel) => ({ id: `l${parcel}`, title: `Rain jacket ${parcel}`, quantity: 1 })),
    shipments: parcelNumbers.map((parcel) => ({
      carrier: { code: 'usps', name: 'USPS' },
      tracking_number: trackingNumber(parcel),
      lines: [{ line_id: `l${parcel}`, quantity: 1 }],
    })),
  });
  for (const parcel of parcelNumbers) await travels(backend, trackingNumber(parcel), events);
  const known = async () => ((await documentOf(backend, order)) as unknown as { shipments: { events: object[] }[] }).shipments.flatMap((parcel) => parcel.events);
  while ((await known()).length < parcels * events) await new Promise((done) => setTimeout(done, 50));
  return order;
}
