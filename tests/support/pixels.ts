// Compares two screenshots in the browser, which can decode them.

import type { Page } from '@playwright/test';

/** Difference of a channel, of 255, that two rasterisations of the same content can have at the edge of a shape. */
const NOISE = 16;

/** Returns the number of pixels in which two PNGs differ visibly; all of them if their sizes differ. The page is left on an empty document. */
export async function differentPixels(page: Page, one: Buffer, other: Buffer): Promise<number> {
  await page.goto('about:blank');
  return page.evaluate(
    async ([noise, ...pictures]) => {
      const [a, b] = await Promise.all(
        pictures.map(async (picture) => {
          const bitmap = await createImageBitmap(new Blob([Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0))]));
          const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d') as OffscreenCanvasRenderingContext2D;
          canvas.drawImage(bitmap, 0, 0);
          return canvas.getImageData(0, 0, bitmap.width, bitmap.height);
        }),
      );
      if (!a || !b || a.width !== b.width || a.height !== b.height) return Math.max(a?.data.length ?? 1, b?.data.length ?? 1);
      const differs = new Set<number>();
      a.data.forEach((channel, at) => Math.abs(channel - (b.data[at] ?? 0)) > noise && differs.add(at >> 2));
      return differs.size;
    },
    [NOISE, one.toString('base64'), other.toString('base64')] as const,
  );
}
