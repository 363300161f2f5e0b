/** QuickJS touches less of the unused stack than this below where it stands: its own limit, and what it does in between. */
const STACK_REACH = 288 * 1024;
/** Zeros of the data that may lie beside those of the stack. */
const MARGIN = 32 * 1024;

/**
 * The memory of a WebAssembly instance at one moment, to return to: everything a program did in between is undone,
 * whatever it was, for the price of a copy of some hundred kilobytes.
 *
 * Between the data and the heap lie megabytes of unused stack, all zeros. Only the part a program can reach is written
 * again. What it left above the heap's end at that moment belongs to nobody and is never handed out unwritten.
 * @throws RangeError when the memory does not look like that.
 */
export function takeImage(memory: WebAssembly.Memory): () => void {
  const bytes = new Uint8Array(memory.buffer);
  const end = bytes.findLastIndex((byte) => byte !== 0) + 1;
  const gap = longestZeros(bytes, end);
  if (gap.end - gap.start < STACK_REACH + 2 * MARGIN) throw new RangeError('no unused stack in the memory');
  const upTo = gap.start + MARGIN;
  const from = gap.end - STACK_REACH - MARGIN;
  const below = bytes.slice(0, upTo);
  const above = bytes.slice(from, end);
  return () => {
    bytes.set(below);
    bytes.set(above, from);
  };
}

function longestZeros(bytes: Uint8Array, end: number): { start: number; end: number } {
  let longest = { start: 0, end: 0 };
  let start = 0;
  for (let at = 0; at <= end; at++) {
    if (at < end && bytes[at] === 0) continue;
    if (at - start > longest.end - longest.start) longest = { start, end: at };
    start = at + 1;
  }
  return longest;
}
