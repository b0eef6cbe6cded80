// Photos: reduced and stripped of the location before they leave the device, counted, and removed on request.

import type { Page, Request } from '@playwright/test';
import type { Backend } from './support/backend';
import { gate } from './support/gate';
import { corsFor, listen } from './support/servers';
import { expect, test } from './support/fixtures';
import { arrived, documentOf, type Own } from './support/parcels';
import { type Photo, photo, segments } from './support/photos';
import { Shopper } from './support/shopper';

const isUpload = (request: Request) => request.method() === 'POST' && request.url().endsWith('/evidence');

async function opens(page: Parameters<typeof Shopper.opens>[0], shop: Parameters<typeof Shopper.opens>[1], backend: Backend, order: Own): Promise<Shopper> {
  const shopper = await Shopper.opens(page, shop, backend, order);
  shopper.looks = false;
  await shopper.enters('I got the wrong item');
  return shopper;
}

const added = (shopper: Shopper) => shopper.dialog.getByText('Added', { exact: true });
const named = (name: string, text: string): Photo => ({ name, mimeType: 'image/jpeg', buffer: Buffer.from(text) });

test('a photo of twelve megapixels leaves the device small, and without the place where it was taken', async ({ page, shop, backend }) => {
  test.setTimeout(120_000);
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

test('a photo says that it is on its way, can be taken back on its way, and what is left goes along', async ({ page, shop, backend }) => {
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

/** Scripts with which a page hinders fingerprinting: the canvas returns white or noise instead of what was drawn. */
const HINDERED = {
  white: `const blank = (width, height) => new ImageData(new Uint8ClampedArray(width * height * 4).fill(255), width, height);
    CanvasRenderingContext2D.prototype.getImageData = (x, y, width, height) => blank(width, height);
    const { toBlob } = HTMLCanvasElement.prototype;
    HTMLCanvasElement.prototype.toBlob = function (...rest) {
      const empty = Object.assign(Document.prototype.createElement.call(document, 'canvas'), { width: this.width, height: this.height });
      toBlob.apply(empty, rest);
    };`,
  noise: `const { getImageData } = CanvasRenderingContext2D.prototype, { toBlob } = HTMLCanvasElement.prototype;
    const noisy = (data) => { for (let at = 0; at < data.data.length; at++) data.data[at] = (at * 7919) % 256; return data };
    CanvasRenderingContext2D.prototype.getImageData = function (...rest) { return noisy(getImageData.apply(this, rest)) };
    HTMLCanvasElement.prototype.toBlob = function (...rest) {
      const context = this.getContext('2d');
      context.putImageData(noisy(getImageData.call(context, 0, 0, this.width, this.height)), 0, 0);
      toBlob.apply(this, rest);
    };`,
  nothing: `HTMLCanvasElement.prototype.toBlob = (done) => done(null); CanvasRenderingContext2D.prototype.getImageData = () => { throw new Error('blocked') };`,
};

/** Starts a server that receives the uploads in place of the backend. */
async function uploads(page: Page) {
  const sent: { body: Buffer; headers: Record<string, string> }[] = [];
  const between = await listen((request, response) => {
    const cors = corsFor(request);
    if (request.method === 'OPTIONS') return void response.writeHead(204, cors).end();
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      sent.push({ body: Buffer.concat(chunks), headers: request.headers as Record<string, string> });
      response.writeHead(201, { ...cors, 'Content-Type': 'application/json' }).end('{"id":"ev_1","media_type":"image/jpeg","bytes":1}');
    });
  });
  await page.route('**/evidence', (route) => route.fallback({ url: `${between.origin}/evidence` }));
  return { ...between, sent };
}

for (const [what, script] of Object.entries(HINDERED)) {
  test(`where the browser answers a page that reads its canvas with ${what}, the photo itself goes, without its notes and without what stands behind it`, async ({ page, shop, backend }) => {
    const shopper = await opens(page, shop, backend, await arrived(backend));
    const taken = await photo(page, 900, 700);
    const [upload] = [await uploads(page)];
    await page.evaluate(script);
    const film = Buffer.from('....ftypmp42 a film behind the picture');
    await shopper.adds({ ...taken, buffer: Buffer.concat([taken.buffer, film]) });
    await expect(added(shopper)).toBeVisible();
    await upload.stop();
    const body = upload.sent[0]?.body ?? Buffer.alloc(0);
    expect(body.includes('Exif')).toBe(false);
    expect(body.includes('ftyp')).toBe(false);
    expect(body.subarray(-2).toString('hex')).toBe('ffd9');
    // The picture is the original one, byte for byte from its tables on.
    const tables = taken.buffer.indexOf(Buffer.from([0xff, 0xdb]));
    expect(body.includes(taken.buffer.subarray(tables))).toBe(true);
  });
}

test('a photo that such a browser cannot send as it is says so', async ({ page, shop, backend }) => {
  const shopper = await opens(page, shop, backend, await arrived(backend));
  const webp = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(20, 20);
    canvas.getContext('2d')?.fillRect(0, 0, 20, 20);
    return [...new Uint8Array(await (await canvas.convertToBlob({ type: 'image/webp' })).arrayBuffer())];
  });
  await page.evaluate(HINDERED.white);
  const sent: string[] = [];
  page.on('request', (request) => isUpload(request) && sent.push(request.url()));
  await shopper.adds({ name: 'box.webp', mimeType: 'image/webp', buffer: Buffer.from(webp) });
  await expect(shopper.dialog.getByText(/^Your browser does not let this page prepare photos/)).toBeVisible();
  shopper.looks = true;
  await shopper.look();
  expect(sent).toEqual([]);
});

test('a photo with a film and a brighter picture behind it is sent as the picture alone', async ({ page, shop, backend }) => {
  const shopper = await opens(page, shop, backend, await arrived(backend));
  const taken = await photo(page, 900, 700);
  const upload = await uploads(page);
  const behind = Buffer.concat([taken.buffer, Buffer.from('MotionPhoto_Data'), Buffer.from('....ftypmp42 a film')]);
  await shopper.adds({ ...taken, buffer: Buffer.concat([taken.buffer, behind]) });
  await expect(added(shopper)).toBeVisible();
  await upload.stop();
  expect(upload.sent[0]?.body.includes('ftyp')).toBe(false);
});

test('a photo is sent without a cookie and without the address of the page', async ({ page, context, shop, backend }) => {
  await context.addCookies([{ name: 'shopper', value: '1', url: shop.origin }]);
  const shopper = await opens(page, shop, backend, await arrived(backend));
  const upload = await uploads(page);
  await shopper.adds(await photo(page));
  await expect(added(shopper)).toBeVisible();
  await upload.stop();
  const headers = upload.sent[0]?.headers ?? {};
  expect(headers['authorization']).toMatch(/^Bearer /);
  expect([headers['cookie'], headers['referer']]).toEqual([undefined, undefined]);
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
