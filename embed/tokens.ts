// Tokens that the page has set, by backend and order. A copy of an element has its attributes but no token, because the token is not in the markup. If a
// page restores a copy of its body, the copied element must show the order too.

const known = new Map<string, string>();

const key = (api: string, order: string) => `${api} ${order}`;

/** Stores the token for an order, or deletes it if the page has removed it. */
export function remember(api: string, order: string, token: string | null): void {
  if (token) known.set(key(api, order), token);
  else known.delete(key(api, order));
}

/** Returns the token that the page has set for this order of this backend; undefined if it has set none. */
export const recall = (api: string, order: string): string | undefined => known.get(key(api, order));
