// EasyPost's webhooks about a parcel that was delivered: six scans, the last of them dated by a clock that was a day slow.

interface Scan {
  readonly message: string;
  readonly status: string;
  readonly detail: string;
  readonly datetime: string;
  readonly city?: string;
}

const SCANS: readonly Scan[] = [
  { message: 'Shipping Label Created', status: 'pre_transit', detail: 'label_created', datetime: '2026-03-02T10:12:00Z' },
  { message: 'ACCEPTED AT ORIGIN', status: 'in_transit', detail: 'received_at_origin_facility', datetime: '2026-03-02T18:40:00Z', city: 'LEEDS' },
  { message: 'DEPARTED FACILITY', status: 'in_transit', detail: 'departed_facility', datetime: '2026-03-03T02:05:00Z', city: 'LEEDS' },
  { message: 'ARRIVED AT FACILITY', status: 'in_transit', detail: 'arrived_at_facility', datetime: '2026-03-03T23:31:00Z', city: 'LONDON' },
  { message: 'OUT FOR DELIVERY', status: 'out_for_delivery', detail: 'out_for_delivery', datetime: '2026-03-04T07:15:00Z', city: 'LONDON' },
  { message: 'DELIVERED, FRONT DOOR', status: 'delivered', detail: 'arrived_at_destination', datetime: '2026-03-03T13:02:00Z', city: 'LONDON' },
];

/** Returns the webhook about the first scans of a parcel. Default: all six. */
export function trackerUpdated(trackingCode: string, scans = SCANS.length): unknown {
  const told = SCANS.slice(0, scans);
  return {
    id: 'evt_b1f0a7',
    object: 'Event',
    mode: 'test',
    description: 'tracker.updated',
    previous_attributes: { status: 'pre_transit' },
    created_at: '2026-03-04T13:05:11.000Z',
    result: {
      id: 'trk_5d2c90',
      object: 'Tracker',
      mode: 'test',
      tracking_code: trackingCode,
      status: told.at(-1)?.status,
      status_detail: told.at(-1)?.detail,
      signed_by: null,
      weight: null,
      est_delivery_date: '2026-03-04T00:00:00Z',
      shipment_id: null,
      carrier: 'USPS',
      tracking_details: told.map(({ message, status, detail, datetime, city }) => ({
        object: 'TrackingDetail',
        message,
        description: null,
        status,
        status_detail: detail,
        datetime,
        source: 'USPS',
        carrier_code: null,
        tracking_location: { object: 'TrackingLocation', city: city ?? null, state: null, country: city ? 'GB' : null, zip: null },
      })),
      carrier_detail: null,
      fees: [],
      public_url: 'https://track.easypost.example/trk_5d2c90',
    },
  };
}
