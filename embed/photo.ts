// Prepares a photo for the upload. It is redrawn at a smaller size, so that only the picture itself is sent. If the browser does not let a page read
// a canvas, the file itself is sent, without its metadata of place and time.

import { create, nullProto } from './dom';

/** Longest side of a redrawn photo at the first attempt, in pixels; enough to read a label. */
const LONGEST = 1800;
/** JPEG quality at the first attempt, from 0 to 1. */
const QUALITY = 0.82;
/** Number of attempts, each smaller than the one before, until the photo is given up. */
const ATTEMPTS = 5;
/** Side of one square of the pattern that tests if the canvas can be read, in pixels. */
const SQUARE = 16;
/** Red, green and blue of the squares. */
const PATTERN = [
  [200, 30, 30],
  [30, 160, 30],
  [30, 30, 200],
  [128, 128, 128],
] as const;
/** Maximum difference between a drawn and a compressed colour value. The noise that browsers add against fingerprinting differs by more. */
const TOLERANCE = 40;

/**
 * Returns the photo to send, with at most `most` bytes if it was redrawn and at most `mostOfOriginal` bytes otherwise. Returns null if the file is
 * not a photo. Returns undefined if the photo cannot be made small enough, or cannot be sent without its metadata.
 */
export async function prepared(file: File, most: number, mostOfOriginal: number): Promise<Blob | null | undefined> {
  const bitmap = await createImageBitmap(file).catch(() => null);
  if (!bitmap) return null;
  try {
    if (!(await isReadable().catch(() => false))) return await withoutMetadata(file, mostOfOriginal);
    let [longest, quality] = [LONGEST, QUALITY];
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const blob = await drawn(bitmap, longest, quality);
      if (blob && blob.size <= most) return blob;
      longest *= 0.75;
      quality -= 0.08;
    }
    return undefined;
  } finally {
    bitmap.close();
  }
}

function canvasOf(width: number, height: number): [HTMLCanvasElement, CanvasRenderingContext2D] {
  const canvas = create('canvas');
  Object.assign(canvas, { width, height });
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  return [canvas, context];
}

const written = (canvas: HTMLCanvasElement, quality: number) =>
  new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', quality));

async function drawn(bitmap: ImageBitmap, longest: number, quality: number): Promise<Blob | null> {
  const scale = Math.min(longest / Math.max(bitmap.width, bitmap.height), 1);
  const side = (length: number) => Math.max(Math.round(length * scale), 1);
  const [canvas, context] = canvasOf(side(bitmap.width), side(bitmap.height));
  // JPEG has no transparency: transparent areas become white.
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return written(canvas, quality);
}

/** Draws known colours and returns true if they are read back. Browsers that hinder fingerprinting return white or noise. */
async function isReadable(): Promise<boolean> {
  const [canvas, context] = canvasOf(SQUARE * PATTERN.length, SQUARE);
  PATTERN.forEach((colour, at) => {
    context.fillStyle = `rgb(${colour.join()})`;
    context.fillRect(at * SQUARE, 0, SQUARE, SQUARE);
  });
  const blob = await written(canvas, QUALITY);
  if (!blob) return false;
  const bitmap = await createImageBitmap(blob);
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  const { data, width } = context.getImageData(0, 0, canvas.width, canvas.height);
  return PATTERN.every((colour, at) => {
    const pixel = (width * (SQUARE / 2) + at * SQUARE + SQUARE / 2) * 4;
    return colour.every((value, channel) => Math.abs(value - (data[pixel + channel] ?? 0)) <= TOLERANCE);
  });
}

/**
 * Returns a JPEG or PNG without the metadata of place, time and device and without the data after the picture. If the file is of another type, is
 * broken, or is too large, returns undefined.
 */
async function withoutMetadata(file: File, most: number): Promise<Blob | undefined> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const starts = (...magic: number[]) => magic.every((byte, at) => bytes[at] === byte);
  const [type, parts] = starts(0xff, 0xd8)
    ? ['image/jpeg', jpeg(bytes)]
    : starts(0x89, 0x50, 0x4e, 0x47)
      ? ['image/png', png(bytes)]
      : ['', null];
  const blob = parts && new Blob(parts, nullProto({ type }));
  return blob && blob.size <= most ? blob : undefined;
}

/** Returns the parts of a JPEG that make up the picture (ITU T.81, annex B), with its orientation. If the file is not a JPEG, returns null. */
function jpeg(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer>[] | null {
  const view = new DataView(bytes.buffer);
  const kept = [bytes.subarray(0, 2)];
  for (let at = 2; at + 4 <= bytes.length && bytes[at] === 0xff; ) {
    const kind = bytes[at + 1] ?? 0;
    const end = at + 2 + view.getUint16(at + 2);
    if (kind === 0xda) return [...kept, bytes.subarray(at, endOfScans(bytes, end))];
    // Application segments and comments are metadata, except two segments about colours: the colour profile and Adobe's segment.
    const notes = (kind > 0xe0 && kind < 0xf0 && kind !== 0xee && !(kind === 0xe2 && bytes[at + 4] === 0x49)) || kind === 0xfe;
    const turned = kind === 0xe1 ? orientation(view, at + 10, end) : 1;
    if (!notes) kept.push(bytes.subarray(at, end));
    else if (turned > 1) kept.push(turnedBy(turned));
    at = end;
  }
  return null;
}

/** Returns the offset of the end of the picture. The data that phones append begins there: videos, depth maps and brighter versions of the picture. */
function endOfScans(bytes: Uint8Array, from: number): number {
  for (let at = from; at + 1 < bytes.length; at++) {
    const kind = bytes[at + 1] ?? 0;
    if (bytes[at] !== 0xff || kind === 0 || kind === 0xff || (kind >= 0xd0 && kind <= 0xd7)) continue;
    if (kind === 0xd9) return at + 2;
    // Tables between two scans are skipped.
    at += 1 + (((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0));
  }
  return bytes.length;
}

/** Returns the orientation from the Exif data, 1 to 8, or 1 if the segment has no orientation. `tiff` is the offset of the TIFF header. */
function orientation(view: DataView, tiff: number, end: number): number {
  try {
    const little = view.getUint16(tiff) === 0x4949;
    const first = tiff + view.getUint32(tiff + 4, little);
    for (let entry = first + 2, left = view.getUint16(first, little); left > 0 && entry + 12 <= end; left--, entry += 12) {
      if (view.getUint16(entry, little) === 0x0112) return view.getUint16(entry + 8, little);
    }
  } catch {
    // The segment is not Exif, or it is cut off.
  }
  return 1;
}

/** Returns an Exif segment with the orientation only. */
const turnedBy = (orientation: number) =>
  Uint8Array.of(
    ...[0xff, 0xe1, 0, 34, 0x45, 0x78, 0x69, 0x66, 0, 0, 0x4d, 0x4d, 0, 42, 0, 0, 0, 8],
    ...[0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation & 15, 0, 0, 0, 0, 0, 0],
  );

/** Returns the chunks of a PNG except its metadata (PNG, third edition, sections 11.3.3 and 11.3.4). If the file is not a PNG, returns null. */
function png(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer>[] | null {
  const view = new DataView(bytes.buffer);
  const kept = [bytes.subarray(0, 8)];
  for (let at = 8; at + 12 <= bytes.length; ) {
    const kind = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const end = at + 12 + view.getUint32(at);
    if (!/^(?:eXIf|[tiz]TXt|tIME)$/.test(kind)) kept.push(bytes.subarray(at, end));
    if (kind === 'IEND') return kept;
    at = end;
  }
  return null;
}
