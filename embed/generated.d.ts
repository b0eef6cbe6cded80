// What wasm-bindgen generates, as far as link.ts uses it.
declare module 'doorstep-glue' {
  /** Called again, it answers with the exports of the instance that is running now. */
  export default function running(): Promise<WebAssembly.Exports>;
}
