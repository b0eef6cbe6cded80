// Declarations for the parts of wasm-bindgen's output that link.ts uses.
declare module 'doorstep-glue' {
  /** Returns the exports of the instance that is running now, if it is called again. */
  export default function running(): Promise<WebAssembly.Exports>;
}
