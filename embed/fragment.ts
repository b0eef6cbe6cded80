// The capability that a link carries: `#doorstep=<token>` or `#doorstep=<order>/<token>`. It is taken out of the address bar at once, so that
// it does not end in a bookmark, a screenshot or an analytics tool, and is held in memory only.

export interface Capability {
  /** Null: for whatever order the page shows. */
  readonly order: string | null;
  readonly token: string;
}

const KEY = 'doorstep=';

let held: Capability | null = null;
const listeners = new Set<() => void>();

/** What a fragment carries, and what stays when that is taken out; nothing when it is not for us. */
export function parse(hash: string): { capability: Capability | null; rest: string } | null {
  const parts = hash.replace(/^#/, '').split('&');
  const ours = parts.find((part) => part.startsWith(KEY));
  if (ours === undefined) return null;
  const rest = parts.filter((part) => !part.startsWith(KEY)).join('&');
  const value = ours.slice(KEY.length);
  const slash = value.indexOf('/');
  try {
    const order = slash < 0 ? null : decodeURIComponent(value.slice(0, slash)) || null;
    const token = decodeURIComponent(value.slice(slash + 1));
    return { capability: token ? { order, token } : null, rest };
  } catch {
    return { capability: null, rest };
  }
}

function take(): void {
  const found = parse(location.hash);
  if (!found) return;
  const page = location.href.split('#', 1)[0] ?? '';
  try {
    history.replaceState(history.state, '', found.rest ? `${page}#${found.rest}` : page);
  } catch {
    // A sandboxed frame may not rewrite its address; the widget works all the same.
  }
  if (!found.capability) return;
  held = found.capability;
  for (const listener of [...listeners]) listener();
}

/** From now on every link's capability is taken, also when only the fragment changes. */
export function watchFragment(): void {
  take();
  addEventListener('hashchange', take);
}

/** The capability for an element without a token of its own. */
export function capabilityFor(order: string | null): Capability | null {
  return held && (!held.order || !order || held.order === order) ? held : null;
}

/** Calls when another capability came; returns how to stop that. */
export function onCapability(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
