// A panic ends the one WebAssembly instance of the page, and with it every widget on it: all show their fallback, none disturbs the page.

import type { Glue } from './glue';

/** A second panic within this time, in ms, is not an accident: the fallback stays. */
const WINDOW = 60_000;

let last = -Infinity;
let repeated = false;
/** Without a fresh instance nothing can be mounted any more. */
let dead = false;
let ending = false;
const mounted = new Set<(retryable: boolean) => void>();

/** Calls when the instance panics; returns how to stop that. */
export function onPanic(crashed: (retryable: boolean) => void): () => void {
  mounted.add(crashed);
  return () => mounted.delete(crashed);
}

/** From the panic hook, or from a call that threw. */
export function panicked(glue: Glue): void {
  if (ending) return;
  ending = true;
  const now = performance.now();
  repeated = now - last < WINDOW;
  last = now;
  // The panic may still be on the stack. Right after it, before any other callback of the old instance could run on its torn state:
  // a fresh instance, to which the old callbacks are strangers that are refused.
  queueMicrotask(() => {
    ending = false;
    try {
      if (glue.__wbg_reset_state) glue.__wbg_reset_state();
      else dead = true;
    } catch {
      dead = true;
    }
    for (const crashed of [...mounted]) crashed(mayMount());
  });
}

/** Whether it makes sense to mount. */
export function mayMount(): boolean {
  return !dead && !(repeated && performance.now() - last < WINDOW);
}
