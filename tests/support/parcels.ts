// Orders that offer self-service actions, created for each test, with times relative to now.

import type { Backend } from './backend';
import { admin, createOrder } from './orders';

type Json = Record<string, unknown>;

/** An order whose token may act. */
export type Own = Awaited<ReturnType<typeof createOrder>>;

/** A case as the order document represents it. */
export interface Case {
  readonly id: string;
  readonly reference: string;
  readonly kind: string;
  readonly state: string;
  readonly return_id?: string;
}

export interface OrderDocument {
  readonly version: number;
  readonly cases: Case[];
  readonly actions: { kind: string; state: string; from?: string; until?: string; lines?: Json[]; outcomes?: string[] }[];
  readonly refunds: { id: string; state: string }[];
  readonly returns: { id: string; state: string; case_id?: string }[];
}

const HOUR = 3_600_000;

/** Returns the local time in UTC, the given number of hours ago. */
const ago = (hours: number) => ({ local: new Date(Date.now() - hours * HOUR).toISOString().slice(0, 19), offset_min: 0 });

/** Returns the date the given number of days from now. */
export function day(days: number): Json {
  const date = new Date(Date.now() + days * 24 * HOUR).toISOString().slice(0, 10);
  return { kind: 'day', from: date, to: date };
}

/** Reports a tracking event of a parcel, the given number of hours ago. */
export async function happens(backend: Backend, order: { id: string }, stage: string, hours: number, more: Json = {}): Promise<void> {
  await admin(backend, `/${order.id}/events`, { shipment_id: 's1', at: ago(hours), stage, ...more });
}

/** Creates an order whose token may read and act. */
export const owned = (backend: Backend, changes: Json = {}): Promise<Own> => createOrder(backend, changes, ['read', 'act']);

/** Creates an order with a parcel that is with the carrier. */
export async function underWay(backend: Backend, stage = 'in_transit', changes: Json = {}, more: Json = {}): Promise<Own> {
  const order = await owned(backend, changes);
  await happens(backend, order, stage, 3, more);
  return order;
}

/** Creates an order with a parcel that was delivered the given number of days ago. */
export async function arrived(backend: Backend, days = 3, changes: Json = {}, to = 'mailbox'): Promise<Own> {
  const order = await owned(backend, changes);
  await happens(backend, order, 'in_transit', days * 24 + 20);
  await happens(backend, order, 'delivered', days * 24, { facts: { delivered: { to } } });
  return order;
}

/** Creates an order with a failed delivery attempt: nobody was at home. */
export const missed = (backend: Backend, changes: Json = {}): Promise<Own> =>
  underWay(backend, 'out_for_delivery', changes, { condition: 'attempt_failed', reason: 'consignee_not_home' });

/** Creates an order of which nothing was sent yet and that leaves later than promised. */
export const delayed = (backend: Backend): Promise<Own> =>
  owned(backend, {
    lines: [{ id: 'l1', title: 'Rain jacket', quantity: 1 }, { id: 'l2', title: 'Enamel mug', quantity: 3 }],
    shipments: [],
    unshipped: [
      { line_id: 'l1', quantity: 1, promised_dispatch: day(-2), expected_dispatch: day(6) },
      { line_id: 'l2', quantity: 3, promised_dispatch: day(-2), expected_dispatch: day(6) },
    ],
  });

/** Data of an order whose contract is under the law of the European Union. */
export const inGermany: Json = { time_zone: 'Europe/Berlin', destination: { lines: ['R. Marlowe', '10961 Berlin'], country: 'DE' } };

/** Data of an order with two lines in its one parcel. */
export const twoLines = {
  lines: [{ id: 'l1', title: 'Rain jacket', variant: 'M, blue', quantity: 1 }, { id: 'l2', title: 'Enamel mug', quantity: 3 }],
  shipments: [
    {
      carrier: { code: 'usps', name: 'USPS' },
      tracking_number: 'EZTWO',
      lines: [{ line_id: 'l1', quantity: 1 }, { line_id: 'l2', quantity: 3 }],
    },
  ],
};

/** Returns the order document that the backend has now. */
export async function documentOf(backend: Backend, order: Own): Promise<OrderDocument> {
  const answer = await fetch(`${backend.api}/v1/orders/${order.id}`, { headers: { Authorization: `Bearer ${order.token}` } });
  return (await answer.json()) as OrderDocument;
}

/** Submits a self-service request as the widget does, but from outside the page. */
export async function ask(backend: Backend, order: Own, body: Json): Promise<Case> {
  const answer = await fetch(`${backend.api}/v1/orders/${order.id}/requests`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${order.token}`,
      'Content-Type': 'application/json',
      'Idempotency-Key': crypto.randomUUID(),
      'If-Match': '*',
    },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${String(body['kind'])}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Case;
}

/** Decides a case, as the retailer's staff does. */
export const decide = (backend: Backend, order: Own, id: string, update: Json) => admin(backend, `/${order.id}/cases/${id}`, update);

/** Creates a cancelled order whose refund failed. */
export async function unpaid(backend: Backend): Promise<Own> {
  const order = await owned(backend, {
    lines: [{ id: 'l1', title: 'Cast-iron skillet', quantity: 1, unit_price: { minor: 6800, currency: 'GBP' } }],
    shipments: [],
    unshipped: [{ line_id: 'l1', quantity: 1 }],
  });
  await ask(backend, order, { kind: 'cancel', lines: [{ line_id: 'l1', quantity: 1 }] });
  const [refund] = (await documentOf(backend, order)).refunds;
  await admin(backend, `/${order.id}/refunds/${refund?.id}`, { state: 'failed' });
  return order;
}
