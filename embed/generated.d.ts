// Declarations for the parts of wasm-bindgen's output that link.ts uses.
declare module 'doorstep-glue' {
  /** The first call creates an instance. Every later call returns the exports of the instance that is running now. */
  export default function running(): Promise<WebAssembly.Exports>;
}
