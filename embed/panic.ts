// A panic ends the only WebAssembly instance of the page, and with it every widget on the page. All of them show their fallback; the rest of the page
// is not affected.

import type { Glue } from './glue';

/** Time in milliseconds. If a panic comes within this time after another one, no widget is mounted until this time has passed again. */
const WINDOW = 60_000;

let last = -Infinity;
let repeated = false;
/** True if no fresh instance could be created after a panic, so that nothing can be mounted any more. */
let dead = false;
let ending = false;
const mounted = new Set<(retryable: boolean) => void>();

/** Calls `crashed` after a panic, with true if a widget may be mounted again. Returns a function that removes this callback. */
export function onPanic(crashed: (retryable: boolean) => void): () => void {
  mounted.add(crashed);
  return () => mounted.delete(crashed);
}

/** Handles a panic. Called while the exception is on its way, or after a call that threw. */
export function panicked(glue: Glue): void {
  if (ending) return;
  ending = true;
  const now = performance.now();
  repeated = now - last < WINDOW;
  last = now;
  // The panic may still be on the stack. The fresh instance is created right after it, before any other callback of the old instance can run on its
  // inconsistent state. The fresh instance does not know the old callbacks and refuses them.
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

/** Returns true if a widget may be mounted. */
export function mayMount(): boolean {
  return !dead && !(repeated && performance.now() - last < WINDOW);
}
