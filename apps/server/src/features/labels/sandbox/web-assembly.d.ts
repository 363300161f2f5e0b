/** The parts of WebAssembly that are used here: Node.js has it, but its types come with a browser's only. */
declare namespace WebAssembly {
  interface Module {
    readonly [Symbol.toStringTag]: 'WebAssembly.Module';
  }
  interface Memory {
    readonly buffer: ArrayBuffer;
  }
  interface RuntimeError extends Error {}
  var Memory: new (size: { initial: number; maximum: number }) => Memory;
  var RuntimeError: new (message?: string) => RuntimeError;
  function compile(bytes: Uint8Array): Promise<Module>;
}
