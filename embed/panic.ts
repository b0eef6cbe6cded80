// A panic ends the one WebAssembly instance of the page, and with it every widget on it: all show their fallback, none disturbs the page.

import type { Glue } from './glue';

/** A second panic within this time, in ms, is not an accident: the fallback stays. */
const WINDOW = 60_000;

let broken = false;
let last = -Infinity;
let repeated = false;
const mounted = new Set<(retryable: boolean) => void>();

/** Calls when the instance panics; returns how to stop that. */
export function onPanic(crashed: (retryable: boolean) => void): () => void {
  mounted.add(crashed);
  return () => mounted.delete(crashed);
}

/** From the panic hook, or from a call that threw. */
export function panicked(): void {
  if (broken) return;
  broken = true;
  const now = performance.now();
  repeated = now - last < WINDOW;
  last = now;
  // The panic may still be on the stack: what it holds is taken away after it.
  queueMicrotask(() => {
    for (const crashed of [...mounted]) crashed(!repeated);
  });
}

/** Makes the instance usable again, if it may be. */
export function revive(glue: Glue): boolean {
  if (!broken) return true;
  if (!glue.__wbg_reset_state || (repeated && performance.now() - last < WINDOW)) return false;
  glue.__wbg_reset_state();
  broken = false;
  return true;
}
