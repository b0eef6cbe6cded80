// Photos as phones take them: many pixels, and the location in the metadata.

import type { Page } from '@playwright/test';

export interface Photo {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** Returns a JPEG of the given size in pixels, drawn by the browser, with the location in its metadata. */
export async function photo(page: Page, width = 640, height = 480, name = 'photo.jpg'): Promise<Photo> {
  const base64 = await page.evaluate(
    async ([width, height]) => {
      const canvas = new OffscreenCanvas(width, height);
      const context = canvas.getContext('2d');
      if (!context) throw new Error('no canvas');
      // Detail everywhere, as in a picture of cardboard.
      for (let at = 0; at < 6_000; at++) {
        context.fillStyle = `hsl(${(at * 47) % 360} 60% ${20 + ((at * 13) % 60)}%)`;
        context.fillRect((at * 977) % width, (at * 613) % height, 20 + ((at * 31) % 180), 14 + ((at * 17) % 120));
      }
      const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 })).arrayBuffer());
      let text = '';
      for (let at = 0; at < bytes.length; at += 32_768) text += String.fromCharCode(...bytes.subarray(at, at + 32_768));
      return btoa(text);
    },
    [width, height] as const,
  );
  return { name, mimeType: 'image/jpeg', buffer: located(Buffer.from(base64, 'base64')) };
}

/** Inserts, after the first marker, an APP1 segment with Exif: one directory that points to a latitude. */
export function located(jpeg: Buffer): Buffer {
  const exif = Buffer.from(
    [
      '457869660000', // "Exif"
      '4d4d002a00000008', // TIFF, the first directory at 8
      '0001' + '8825' + '0004' + '00000001' + '0000001a' + '00000000', // GPS directory at 26
      '0002',
      '0001' + '0002' + '00000002' + '4e000000', // north
      '0002' + '0005' + '00000003' + '00000038', // latitude at 56
      '00000000',
      '00000033' + '00000001' + '0000001e' + '00000001' + '00000000' + '00000001', // 51° 30′ 0″
    ].join(''),
    'hex',
  );
  const header = Buffer.from([0xff, 0xe1, 0, 0]);
  header.writeUInt16BE(exif.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), header, exif, jpeg.subarray(2)]);
}

/** Returns the types of the segments of a JPEG up to its picture, such as `e0`. */
export function segments(jpeg: Buffer): string[] {
  const found: string[] = [];
  for (let at = 2; at + 4 < jpeg.length && jpeg[at] === 0xff; at += 2 + jpeg.readUInt16BE(at + 2)) {
    found.push((jpeg[at + 1] ?? 0).toString(16));
    if (jpeg[at + 1] === 0xda) break;
  }
  return found;
}
