// Whose clock counts: the place's for a scan, the destination's for today and tomorrow, never the one of the device.

import { expect, order as sample, shown, test } from './support/fixtures';

/** Half past eleven in the evening in London is the next morning in Tokyo. */
const NOW = 'Tue, 03 Mar 2026 23:30:00 GMT';

for (const timezoneId of ['America/Los_Angeles', 'Asia/Kathmandu']) {
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
        const row = (text: string) => page.locator('[part=event]').filter({ hasText: text }).locator('time');
        await expect(row('Left')).toHaveText('19:47');
        await expect(row('Arrived')).toHaveText('06:12');
        await expect(row('Collected'), 'a date without a time stays one').toHaveText('');
        await expect(row('Left')).toHaveAttribute('datetime', '2026-03-03T19:47:00');
      });
    }
  });
}
