// The order of this page and the access to it. The token comes with a request of its own, so that it is not part of the page.

export interface Access {
  readonly api: string;
  readonly order: string;
  /** Null after the shopper has signed out. */
  readonly token: string | null;
}

export async function access(): Promise<Access> {
  const response = await fetch('/order.json');
  return (await response.json()) as Access;
}
