// The capability that a link carries: `#doorstep=<token>` or `#doorstep=<order>/<token>`. It is taken out of the address bar at once, so that
// it does not end in a bookmark, a screenshot or an analytics tool, and is held in memory only. Mail programmes and campaign tools change
// links on their way; what they add is no character of a token and ends it.

export interface Capability {
  /** Null: for whatever order the page shows. */
  readonly order: string | null;
  readonly token: string;
}

const KEY = /^doorstep=/i;
/** How often a link may have been percent-encoded as a whole on its way. */
const ENCODED = 3;
/** Where mail programmes break a long address: line breaks, with the `=` of quoted-printable, and characters without width. And a tag behind it. */
const BREAK = /(?:<|%3C).*|=?(?:%0D)?%0A|%0D|%09|%C2%AD|%E2%80%(?:8[B-F]|A[89A-E])|%E2%81%A.|%EF%BB%BF|=(?!=*$|0[AD]|20)/gi;
/** Where a token ends: at a character that tokens do not have, as it is or percent-encoded, or at a parameter that was appended. */
const END = /(?:[^\w.~%/+=-]|=[02]|%(?:[01189A-F].|2[02]|3[CE]|5[BCE]|60|7[BCDF]|(?![\dA-F]{2})|(?:26|3F)[\w.-]+%3D)).*/i;
/** What the sentence around the address puts behind it. */
const PUNCTUATION = /[.,;:!?'*()[\]/]+$/;

let held: Capability | null = null;
const listeners = new Set<() => void>();

/** Returns what a fragment carries, and what stays when that is taken out; null when it is not for us. */
export function parse(hash: string): { capability: Capability | null; rest: string } | null {
  let text = hash.replace(/^#/, '');
  for (let times = 0; times < ENCODED; times++) {
    // Each part with the character that separates it from the next one.
    const parts = text.split(/(?<=[&?#;])/);
    const others = parts.filter((part) => !KEY.test(part));
    if (others.length < parts.length) {
      const ours = parts.find((part) => KEY.test(part)) ?? '';
      const rest = others.join('');
      const last = KEY.test(parts.at(-1) ?? '');
      return { capability: capability(ours.replace(KEY, '')), rest: last ? rest.replace(/(?:&amp;|[&?#;])$/, '') : rest };
    }
    text = decoded(text);
  }
  return null;
}

/** Reads `<order>/<token>` or `<token>`, both percent-encoded. */
function capability(value: string): Capability | null {
  const [, order, rest = ''] = /^(?:([^/]*)\/(?=.))?(.*)$/.exec(value.replace(/[&?#;]$/, '').replace(BREAK, '')) ?? [];
  const token = decoded(rest.replace(END, '')).replace(PUNCTUATION, '');
  // Behind a token, `=` is either the padding of base64 or left over from a line break.
  const whole = token.length % 4 ? token.replace(/=+$/, '') : token;
  return whole ? { order: decoded(order ?? '') || null, token: whole } : null;
}

/** Decodes a text that is percent-encoded; one that is not has nothing to say. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

/** Takes the capability out of the address, also where a tool has encoded the `#` and made the fragment part of the query. */
function take(): void {
  const [page = '', ...fragments] = location.href.replace(/%23(?=doorstep(?:=|%3D))/i, '#').split('#');
  const found = parse(fragments.join('#'));
  if (!found) return;
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

/** Returns the capability for an element without a token of its own. */
export function capabilityFor(order: string | null): Capability | null {
  // A page that changes its address by `history.pushState` tells nobody.
  take();
  return held && (!held.order || !order || held.order === order) ? held : null;
}

/** Calls when another capability came; returns how to stop that. */
export function onCapability(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
