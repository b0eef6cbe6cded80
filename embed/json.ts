// Reads JSON that comes from outside.

import { nullProto } from './dom';

/** Maximum size of a document in bytes. A larger one is not read. */
export const MAX_DOCUMENT_BYTES = 8_000_000;

/** Returns the object that a text contains as JSON; undefined if the text is not JSON, or if its value is not an object. The object has no prototype. */
export function parsedObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return value && typeof value === 'object' && !Array.isArray(value) ? (nullProto(value) as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
