// Orders on which something can be asked for, each of its own, with times that are counted from now.

import type { Backend } from './backend';
import { admin, createOrder } from './orders';

type Json = Record<string, unknown>;

/** An order whose token may act. */
export type Own = Awaited<ReturnType<typeof createOrder>>;

/** A case as the order document tells it. */
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

/** The reading of a clock in UTC so many hours ago. */
const ago = (hours: number) => ({ local: new Date(Date.now() - hours * HOUR).toISOString().slice(0, 19), offset_min: 0 });

/** A day so many days from now. */
export function day(days: number): Json {
  const date = new Date(Date.now() + days * 24 * HOUR).toISOString().slice(0, 10);
  return { kind: 'day', from: date, to: date };
}

/** Something that happens to a parcel so many hours ago. */
export async function happens(backend: Backend, order: { id: string }, stage: string, hours: number, more: Json = {}): Promise<void> {
  await admin(backend, `/${order.id}/events`, { shipment_id: 's1', at: ago(hours), stage, ...more });
}

/** A new order whose token may read and act. */
export const owned = (backend: Backend, changes: Json = {}): Promise<Own> => createOrder(backend, changes, ['read', 'act']);

/** A parcel that its carrier has. */
export async function underWay(backend: Backend, stage = 'in_transit', changes: Json = {}, more: Json = {}): Promise<Own> {
  const order = await owned(backend, changes);
  await happens(backend, order, stage, 3, more);
  return order;
}

/** A parcel that was delivered so many days ago. */
export async function arrived(backend: Backend, days = 3, changes: Json = {}, to = 'mailbox'): Promise<Own> {
  const order = await owned(backend, changes);
  await happens(backend, order, 'in_transit', days * 24 + 20);
  await happens(backend, order, 'delivered', days * 24, { facts: { delivered: { to } } });
  return order;
}

/** The carrier was there, and nobody was at home. */
export const missed = (backend: Backend, changes: Json = {}): Promise<Own> =>
  underWay(backend, 'out_for_delivery', changes, { condition: 'attempt_failed', reason: 'consignee_not_home' });

/** Nothing was sent yet, and it leaves later than promised. */
export const delayed = (backend: Backend): Promise<Own> =>
  owned(backend, {
    lines: [{ id: 'l1', title: 'Rain jacket', quantity: 1 }, { id: 'l2', title: 'Enamel mug', quantity: 3 }],
    shipments: [],
    unshipped: [
      { line_id: 'l1', quantity: 1, promised_dispatch: day(-2), expected_dispatch: day(6) },
      { line_id: 'l2', quantity: 3, promised_dispatch: day(-2), expected_dispatch: day(6) },
    ],
  });

/** A contract under the law of the European Union. */
export const inGermany: Json = { time_zone: 'Europe/Berlin', destination: { lines: ['R. Marlowe', '10961 Berlin'], country: 'DE' } };

/** Two lines in the one parcel. */
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

/** The order as the backend has it now. */
export async function documentOf(backend: Backend, order: Own): Promise<OrderDocument> {
  const answer = await fetch(`${backend.api}/v1/orders/${order.id}`, { headers: { Authorization: `Bearer ${order.token}` } });
  return (await answer.json()) as OrderDocument;
}

/** Asks for something as the widget does, from elsewhere. */
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

/** The retailer's people decide about a case. */
export const decide = (backend: Backend, order: Own, id: string, update: Json) => admin(backend, `/${order.id}/cases/${id}`, update);

/** Money for something that was cancelled, which did not get through. */
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
