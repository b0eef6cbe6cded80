// Notices exceptions that leave the WebAssembly. Each of them is a panic: the state of the instance may be inconsistent. Bundled into the glue, which
// calls the widget in Rust only through these functions.

let notify = () => {};

/** Sets the function that is called while the exception is on its way to the caller. */
export const onTrap = (listener: () => void): void => {
  notify = listener;
};

/**
 * Returns the exports of an instance, with functions that notice exceptions. The functions of wasm-bindgen itself, whose names begin with underscores,
 * stay as they are, because they are called only by guarded ones or by the glue. No guarded function has more than four parameters.
 */
export function guarded(exports: WebAssembly.Exports): WebAssembly.Exports {
  const all: WebAssembly.Exports = Object.create(null);
  for (const name in exports) {
    const value = exports[name]!;
    all[name] =
      typeof value !== 'function' || name.startsWith('__')
        ? value
        : (a: unknown, b: unknown, c: unknown, d: unknown) => {
            try {
              return (value as (...args: unknown[]) => unknown)(a, b, c, d);
            } catch (error) {
              notify();
              throw error;
            }
          };
  }
  return all;
}
