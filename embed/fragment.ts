// Reads the capability of a link: `#doorstep=<token>` or `#doorstep=<order>/<token>`. The capability is removed from the address bar at once, so that
// it does not end up in a bookmark, a screenshot or an analytics tool. It is held in memory only. Mail programmes and campaign tools change links that
// pass through them. The characters that they insert or append are removed from the token.

export interface Capability {
  /** Public id of the order; null if the capability applies to any order that the page shows. */
  readonly order: string | null;
  readonly token: string;
}

const KEY = /^doorstep=/i;
/**
 * Number of attempts to find the parameter. The text is decoded after each failed attempt, because mail programmes and other tools may
 * have percent-encoded the link as a whole: three attempts find it in a link that was encoded twice.
 */
const ENCODED = 3;
/**
 * Insertions of mail programmes that break a long address: line breaks and tabs, the `=` that quoted-printable writes before a line break,
 * characters without width, and a tag with everything after it.
 */
const BREAK = /(?:<|%3C).*|=?(?:%0D)?%0A|%0D|%09|%C2%AD|%E2%80%(?:8[B-F]|A[89A-E])|%E2%81%A.|%EF%BB%BF|=(?!=*$|0[AD]|20)/gi;
/** End of a token: a character that tokens do not contain, plain or percent-encoded, or a parameter that was appended. */
const END = /(?:[^\w.~%/+=-]|=[02]|%(?:[01189A-F].|2[02]|3[CE]|5[BCE]|60|7[BCDF]|(?![\dA-F]{2})|(?:26|3F)[\w.-]+%3D)).*/i;
/** Punctuation that the surrounding sentence adds after the address. */
const PUNCTUATION = /[.,;:!?'*()[\]/]+$/;

let held: Capability | null = null;
const listeners = new Set<() => void>();

/**
 * Returns the capability of a fragment, and the rest of the fragment without it. If the fragment has no parameter `doorstep`, returns null. If the
 * parameter has no token, the capability is null.
 */
export function parse(hash: string): { capability: Capability | null; rest: string } | null {
  let text = hash.replace(/^#/, '');
  for (let times = 0; times < ENCODED; times++) {
    // Each part includes the character that separates it from the next one.
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

/** Reads `<order>/<token>` or `<token>`, both percent-encoded. If the text has no token, returns null. */
function capability(value: string): Capability | null {
  const [, order, rest = ''] = /^(?:([^/]*)\/(?=.))?(.*)$/.exec(value.replace(/[&?#;]$/, '').replace(BREAK, '')) ?? [];
  const token = decoded(rest.replace(END, '')).replace(PUNCTUATION, '');
  // A `=` at the end of a token is either the padding of base64 or left over from a line break.
  const whole = token.length % 4 ? token.replace(/=+$/, '') : token;
  return whole ? { order: decoded(order ?? '') || null, token: whole } : null;
}

/** Decodes a percent-encoded text; returns an empty text if the encoding is invalid. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

/** Takes the capability out of the address, also if a tool has encoded the `#` and thereby made the fragment part of the query. */
function take(): void {
  const [page = '', ...fragments] = location.href.replace(/%23(?=doorstep(?:=|%3D))/i, '#').split('#');
  const found = parse(fragments.join('#'));
  if (!found) return;
  try {
    history.replaceState(history.state, '', found.rest ? `${page}#${found.rest}` : page);
  } catch {
    // A sandboxed frame may not rewrite its address. The widget works without that.
  }
  // An address that cannot be rewritten holds the capability for ever. Listeners that read it again must not be called for it again.
  if (!found.capability || (held?.order === found.capability.order && held.token === found.capability.token)) return;
  held = found.capability;
  for (const listener of [...listeners]) listener();
}

/** Starts to take the capability out of the address, now and whenever only the fragment changes. */
export function watchFragment(): void {
  take();
  addEventListener('hashchange', take);
}

/** Returns the capability for an element that has no token of its own. If the capability in memory is for another order, or there is none, returns null. */
export function capabilityFor(order: string | null): Capability | null {
  // A page that changes its address by `history.pushState` causes no event.
  take();
  return held && (!held.order || !order || held.order === order) ? held : null;
}

/** Calls the listener each time a capability is found in the address. Returns a function that removes the listener. */
export function onCapability(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
