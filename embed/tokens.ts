// Tokens that the page set as properties, by backend and order. A copy of an element has its attributes and none of its properties: where a page
// restores a copy of its body, the copy is to show the order too.

const known = new Map<string, string>();

const key = (api: string, order: string) => `${api} ${order}`;

/** Keeps the token for an order, or forgets it when the page has taken it away. */
export function remember(api: string, order: string, token: string | null): void {
  if (token) known.set(key(api, order), token);
  else known.delete(key(api, order));
}

/** Returns the token that the page has set for this order of this backend. */
export const recall = (api: string, order: string): string | undefined => known.get(key(api, order));
