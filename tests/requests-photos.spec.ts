// Photos: small and without a trace of the place before they leave the device, counted, and taken back on request.

import type { Request } from '@playwright/test';
import type { Backend } from './support/backend';
import { gate } from './support/gate';
import { corsFor, listen } from './support/servers';
import { expect, test } from './support/fixtures';
import { arrived, documentOf, type Own } from './support/parcels';
import { type Photo, photo, segments } from './support/photos';
import { Shopper } from './support/shopper';

const FOLD = 'Help with this parcel';
const isUpload = (request: Request) => request.method() === 'POST' && request.url().endsWith('/evidence');

async function opens(page: Parameters<typeof Shopper.opens>[0], shop: Parameters<typeof Shopper.opens>[1], backend: Backend, order: Own): Promise<Shopper> {
  const shopper = await Shopper.opens(page, shop, backend, order);
  shopper.looks = false;
  await shopper.enters('I got the wrong item', FOLD);
  return shopper;
}

const added = (shopper: Shopper) => shopper.dialog.getByText('Added', { exact: true });
const named = (name: string, text: string): Photo => ({ name, mimeType: 'image/jpeg', buffer: Buffer.from(text) });

test('a photo of twelve megapixels leaves the device small, and without the place where it was taken', async ({ page, shop, backend }) => {
  test.setTimeout(30_000);
  const bodies: Buffer[] = [];
  const between = await listen((request, response) => {
    const cors = corsFor(request);
    if (request.method === 'OPTIONS') return void response.writeHead(204, cors).end();
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      bodies.push(Buffer.concat(chunks));
      response.writeHead(201, { ...cors, 'Content-Type': 'application/json' }).end('{"id":"ev_1","media_type":"image/jpeg","bytes":1}');
    });
  });
  const order = await arrived(backend);
  const shopper = await opens(page, shop, backend, order);
  const taken = await photo(page, 4_000, 3_000);
  expect(segments(taken.buffer), 'the photo has metadata').toContain('e1');
  expect(taken.buffer.length).toBeGreaterThan(500_000);
  await page.route('**/evidence', (route) => route.fallback({ url: `${between.origin}/evidence` }));
  await shopper.adds(taken);
  await expect(added(shopper)).toBeVisible({ timeout: 15_000 });
  await between.stop();
  const [sent] = bodies;
  if (!sent) throw new Error('nothing was sent');
  expect(bodies).toHaveLength(1);
  expect(sent.length).toBeLessThan(500_000);
  expect(sent.subarray(0, 3).toString('hex')).toBe('ffd8ff');
  expect(segments(sent)).not.toContain('e1');
  expect(sent.includes('Exif')).toBe(false);
});

test('a photo says how far it is, can be taken back on its way, and what is left goes along', async ({ page, shop, backend }) => {
  const order = await arrived(backend);
  const shopper = await opens(page, shop, backend, order);
  const held = gate();
  await page.route('**/evidence', async (route) => {
    await held.opened;
    await route.continue().catch(() => undefined);
  });
  await shopper.adds(await photo(page, 640, 480, 'box.jpg'), await photo(page, 640, 480, 'label.jpg'));
  await expect(shopper.dialog.getByRole('progressbar')).toHaveCount(2);
  await shopper.chooses(/My money back/);
  const picker = shopper.dialog.getByLabel('Add a photo');
  await shopper.isStopped('Send the report', picker, picker, 'Wait until the photos are there, or remove them.');
  const gone = page.waitForEvent('requestfailed', isUpload);
  await shopper.press(shopper.button('Remove box.jpg'));
  await gone;
  await expect(shopper.dialog.getByText('box.jpg')).toHaveCount(0);
  held.open();
  await expect(added(shopper)).toHaveCount(1);
  shopper.looks = true;
  await shopper.look();
  await shopper.sends('Send the report', /^I got the wrong item/);
  expect((await documentOf(backend, order)).cases).toHaveLength(1);
});

for (const [kind, text] of [
  ['text', 'not a photo'],
  ['vector graphic', '<svg xmlns="http://www.w3.org/2000/svg" onload="window.broken=1"/>'],
  ['document', '%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj'],
] as const) {
  test(`a ${kind} that calls itself a photo is refused in words, and never sent`, async ({ page, shop, backend }) => {
    const shopper = await opens(page, shop, backend, await arrived(backend));
    const sent: string[] = [];
    page.on('request', (request) => isUpload(request) && sent.push(request.url()));
    await shopper.adds(named('box.jpg', text));
    await expect(shopper.dialog.getByText('This file is not a photo that your browser can read. JPEG, PNG and WebP work.')).toBeVisible();
    shopper.looks = true;
    await shopper.look();
    expect(sent).toEqual([]);
    await shopper.press(shopper.button('Remove box.jpg'));
    await expect(shopper.dialog.getByText('box.jpg')).toHaveCount(0);
  });
}

test('no more photos are taken than the shop wants', async ({ page, shop, backend }) => {
  const shopper = await opens(page, shop, backend, await arrived(backend));
  const one = await photo(page);
  await shopper.adds(...Array.from({ length: 7 }, (_, at) => ({ ...one, name: `photo-${at}.jpg` })));
  await expect(added(shopper)).toHaveCount(5);
  await expect(shopper.dialog.getByLabel('Add a photo')).toBeDisabled();
});

test('a photo that did not get through says so, and can be added again', async ({ page, shop, backend }) => {
  const shopper = await opens(page, shop, backend, await arrived(backend));
  await page.route('**/evidence', (route) => route.abort(), { times: 1 });
  await shopper.adds(await photo(page));
  await expect(shopper.dialog.getByText('This photo did not get through. Remove it and add it again.')).toBeVisible();
  await shopper.press(shopper.button('Remove photo.jpg'));
  await shopper.adds(await photo(page));
  await expect(added(shopper)).toBeVisible();
});
