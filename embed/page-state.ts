// Reports the state of the page and of the device to the widget in Rust (src/browser/page.rs). Part of the glue.

import { nullProto, read } from './dom';

/** Changes as numbers, because they take the least code in Rust. */
const [HIDDEN, VISIBLE, OFFLINE, ONLINE, PRINTED] = [0, 1, 2, 3, 4];

/**
 * Reports visibility and connectivity now, and every change of them. A tab may be opened in the background, or without a network. Returns a function that
 * ends the reports.
 */
export function watchPage(report: (change: number) => void): () => void {
  const ended = new AbortController();
  // Markup of the page can replace `document.visibilityState`.
  const visibility = () => report(read<string>(Document, 'visibilityState', document) === 'hidden' ? HIDDEN : VISIBLE);
  const on = (type: string, listener: () => void) => addEventListener(type, listener, nullProto({ signal: ended.signal }));
  on('visibilitychange', visibility);
  // A page in the back/forward cache is frozen without notice; this event reports its return.
  on('pageshow', visibility);
  on('pagehide', () => report(HIDDEN));
  on('beforeprint', () => report(PRINTED));
  on('online', () => report(ONLINE));
  on('offline', () => report(OFFLINE));
  visibility();
  report(navigator.onLine ? ONLINE : OFFLINE);
  return () => ended.abort();
}
