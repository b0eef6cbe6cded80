// Notices when an element comes into view.

import { nullProto } from './dom';

/**
 * Calls `then` once when a part of an element is in view, or at once in a browser that cannot tell. Returns a function that ends the waiting.
 *
 * @param margin Distance from the viewport that counts as in view, as in CSS.
 */
export function inView(element: Element, then: () => void, margin = '0px'): () => void {
  if (typeof IntersectionObserver !== 'function') {
    then();
    return () => {};
  }
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      then();
    },
    nullProto({ rootMargin: margin }),
  );
  observer.observe(element);
  return () => observer.disconnect();
}
