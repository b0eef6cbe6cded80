// Loads the second WebAssembly file of a release into the first one; bundled into the glue.

import running from 'doorstep-glue';

/** Instance that has the chunk already, or is loading it. */
let entered: { exports: WebAssembly.Exports; done: Promise<unknown> } | undefined;

/** Fills the first chunk's table and memory, once for each instance: after a panic there is a new instance without the chunk. */
export async function enter(chunk: WebAssembly.Module): Promise<void> {
  const exports = await running();
  if (entered?.exports !== exports) entered = { exports, done: WebAssembly.instantiate(chunk, { __wasm_split: exports }) };
  try {
    await entered.done;
  } catch (error) {
    entered = undefined;
    throw error;
  }
}
