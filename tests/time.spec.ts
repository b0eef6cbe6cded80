// Clocks and time zones: a scan has the local time of its place, today and tomorrow are those of the destination, and the device's time zone has no
// effect.

import { expect, order as sample, shown, test } from './support/fixtures';

/** Half past eleven in the evening in London, which is the next morning in Tokyo. */
const NOW = 'Tue, 03 Mar 2026 23:30:00 GMT';

const scan = (local: string, offset: number | undefined, text: string, place?: string) => ({
  id: text,
  at: offset === undefined ? { local, zone: 'unknown' } : { local, offset_min: offset, zone: 'explicit' },
  stage: 'in_transit',
  text,
  ...(place && { place: { name: place } }),
});

/** Situations around clock changes, with the texts that a shopper of that zone reads in any time zone of the device. */
const CHANGES = [
  {
    change: 'the clocks go back tonight',
    now: 'Sat, 31 Oct 2026 20:00:00 GMT',
    zone: 'America/New_York',
    window: { kind: 'time', from: '2026-11-01T14:00:00Z', to: '2026-11-01T16:00:00Z' },
    told: /tomorrow, 09:00.11:00/,
    events: [scan('2026-10-31T15:30:00', -240, 'Departed', 'Newark, NJ'), scan('2026-10-31T12:10:00', undefined, 'Sorted')],
    rows: [{ time: '15:30', text: 'Newark, NJ' }, { time: '12:10', text: 'Sorted' }],
  },
  {
    change: 'an hour has come twice',
    now: 'Sun, 01 Nov 2026 12:00:00 GMT',
    zone: 'America/New_York',
    window: { kind: 'time', from: '2026-11-01T14:00:00Z', to: '2026-11-01T16:00:00Z' },
    told: /today, 09:00.11:00/,
    // The scan with the earlier local time is the later one.
    events: [scan('2026-11-01T01:45:00', -240, 'Arrived', 'Newark, NJ'), scan('2026-11-01T01:15:00', -300, 'Departed', 'Newark, NJ')],
    rows: [{ time: '01:15', text: 'Newark, NJ' }, { time: '01:45', text: 'Arrived' }],
  },
  {
    change: 'an hour was left out',
    now: 'Sun, 29 Mar 2026 00:30:00 GMT',
    zone: 'Europe/London',
    window: { kind: 'time', from: '2026-03-29T08:00:00Z', to: '2026-03-29T10:00:00Z' },
    told: /today, 09:00.11:00/,
    events: [scan('2026-03-29T00:20:00', 0, 'Arrived', 'Hinckley'), scan('2026-03-28', undefined, 'Collected')],
    rows: [{ time: '00:20', text: 'Hinckley' }, { time: '', text: 'Collected' }],
  },
] as const;

for (const timezoneId of ['America/Los_Angeles', 'Asia/Tokyo', 'Asia/Kathmandu']) {
  test.describe(`on a device in ${timezoneId}`, () => {
    test.use({ timezoneId });

    for (const [zone, day] of [['Europe/London', 'tomorrow'], ['Asia/Tokyo', 'today']] as const) {
      test(`a parcel to ${zone} comes ${day}, and its scans keep the times that were written`, async ({ page, shop, network, standIn }) => {
        const order = sample('ord_1');
        const wednesday = { kind: 'day', from: '2026-03-04', to: '2026-03-04' };
        const shipments = order.shipments.map((shipment) => ({
          ...shipment,
          promise: { promised: wednesday, expected: wednesday, source: 'carrier', confidence: 'high', verdict: 'on_time' },
          events: [
            { id: 'a', at: { local: '2026-03-03T19:47:00', zone: 'unknown' }, stage: 'in_transit', text: 'Left' },
            { id: 'b', at: { local: '2026-03-03T06:12:00', offset_min: -300, zone: 'explicit' }, stage: 'in_transit', text: 'Arrived' },
            { id: 'c', at: { local: '2026-03-02', zone: 'unknown' }, stage: 'handed_over', text: 'Collected' },
          ],
        }));
        standIn.answer = () => ({ headers: { Date: NOW }, body: { ...order, time_zone: zone, shipments } });
        await page.goto(shop.add({
          html: `<!doctype html><html lang="en-GB"><title>Your order</title><doorstep-tracker api="${standIn.origin}" order="ord_1"></doorstep-tracker>
            <script src="${network.origin}/embed/v1/doorstep.js"></script>`,
        }));
        await shown(page);
        await expect(page.locator('[data-focus=headline]')).toHaveText(new RegExp(day));
        const row = (text: string) => page.locator('[part~=event]').filter({ hasText: text }).locator('time');
        await expect(row('Left')).toHaveText('19:47');
        await expect(row('Arrived')).toHaveText('06:12');
        await expect(row('Collected'), 'a date without a time stays one').toHaveText('');
        await expect(row('Left')).toHaveAttribute('datetime', '2026-03-03T19:47:00');
      });
    }

    // New York puts its clocks back on 1 November at 06:00 UTC, London puts its clocks forward on 29 March at 01:00 UTC.
    for (const { change, now, zone, window, told, events, rows } of CHANGES) {
      test(`windows, days and scans are right when ${change}`, async ({ page, shop, network, standIn }) => {
        const order = sample('ord_1');
        const promise = { promised: window, expected: window, source: 'carrier', confidence: 'high', verdict: 'on_time' };
        const shipments = order.shipments.map((shipment) => ({ ...shipment, stage: 'in_transit', promise, events }));
        standIn.answer = () => ({ headers: { Date: now }, body: { ...order, time_zone: zone, shipments } });
        await page.goto(shop.add({
          html: `<!doctype html><html lang="en-GB"><title>Your order</title><doorstep-tracker api="${standIn.origin}" order="ord_1"></doorstep-tracker>
            <script src="${network.origin}/embed/v1/doorstep.js"></script>`,
        }));
        await shown(page);
        await expect(page.locator('[data-focus=headline]')).toHaveText(told);
        const shownRows = page.locator('[part~=event]');
        await expect(shownRows).toHaveCount(rows.length);
        for (const [index, { time, text }] of rows.entries()) {
          await expect(shownRows.nth(index).locator('time')).toHaveText(time);
          await expect(shownRows.nth(index)).toContainText(text);
        }
        await expect(page.locator('doorstep-tracker'), 'no zone is ever made up').not.toContainText(/GMT|UTC|E[SD]T/);
      });
    }
  });
}
