// The access of one widget to its order, on a page that has a token provider. If there is no token, the provider is asked for one. A request that the
// backend refuses is repeated once with a fresh token. The widget in Rust does not see this, so that an open dialog stays as it is. Downloaded with the
// browser tasks. Functions with shared variables are smaller than a class here.

import type { Options } from './glue';
import type { ask, Pairs } from './network';

/** Returns a fresh token for the order of the element, or null if there is none. */
export type TokenProvider = () => Promise<string | null>;

/** Time in milliseconds after which a token provider counts as failed. */
const MAX_WAIT_MS = 20_000;

type Attempt = (token: string | null) => Promise<Response>;

/**
 * Returns a function for HTTP requests. It sends a request that has the token of the page with the current token, and once more with a fresh one if the
 * backend refuses that. It sends all other requests as they are.
 *
 * @param plain The loader's function for HTTP requests.
 * @param options Returns the options with which the widget in Rust runs. A look-up brings another token, which is not the page's to renew.
 */
export function renewing(plain: typeof ask, provider: () => TokenProvider | null, options: () => Options | null): typeof ask {
  // Backend, order and token of the page for which the other variables hold.
  let page = '';
  let token: string | null = null;
  let asking: Promise<string | null> | null = null;
  // True if the provider had no token, and the backend has answered without one.
  let isGuest = false;

  /** Asks the provider for a token, with one call at a time. Returns null if it has none. */
  const renew = () => {
    const asked = (asking ??= call(provider()).then((fresh) => {
      if (asking !== asked) return null;
      asking = null;
      return fresh && (token = fresh);
    }));
    return asked;
  };

  /** Sends a request with the current token, and once more with a fresh one after a refusal. */
  const withToken = async (attempt: Attempt) => {
    const now = page;
    const used = token ?? (isGuest ? null : await renew());
    const answer = await attempt(used);
    if (now !== page) return answer;
    isGuest = !used;
    if (isGuest || !(await isRefused(answer))) return answer;
    // Another request may have brought a fresh token in the meantime.
    const fresh = token === used ? await renew() : token;
    return now === page && fresh && fresh !== used ? attempt(fresh) : answer;
  };

  return (url, request) => {
    const { api, order, token: first } = options() ?? {};
    if (!url.startsWith(`${api}/v1/orders/`)) return plain(url, request);
    const now = `${api} ${order} ${first}`;
    if (now !== page) {
      page = now;
      token = first ?? null;
      asking = null;
      isGuest = false;
    }
    const { headers, body } = request as { headers: Pairs; body?: unknown };
    if (url.endsWith('/read') && body) {
      // The token is the first member of the body.
      const rest = String(body).replace(/.*?(?=,"first_page")/s, '');
      return withToken((used) => plain(url, { ...request, body: `{"token":${JSON.stringify(used ?? '')}${rest}` }));
    }
    const bearer = headers.find(([name]) => name === 'Authorization');
    if (bearer?.[1] !== (first ? `Bearer ${first}` : undefined)) return plain(url, request);
    const others = headers.filter((header) => header !== bearer);
    return withToken((used) => plain(url, { ...request, headers: used ? [...others, ['Authorization', `Bearer ${used}`]] : others }));
  };
}

/** Calls a token provider. Returns null if it has no token, fails, or does not answer in time. */
async function call(provider: TokenProvider | null): Promise<string | null> {
  try {
    const token: unknown = await Promise.race([provider?.(), new Promise((late) => setTimeout(late, MAX_WAIT_MS))]);
    if (token && typeof token === 'string') return token;
  } catch (error) {
    console.warn('Doorstep:', error);
  }
  return null;
}

/** Returns true if the backend has refused the token: with 401, or as an order that it does not find. */
async function isRefused(answer: Response): Promise<boolean> {
  const { status } = answer;
  if (status !== 404) return status === 401;
  const problem = (await answer.clone().json().catch(() => null)) as { code?: unknown } | null;
  return problem?.code === 'order-not-found';
}
