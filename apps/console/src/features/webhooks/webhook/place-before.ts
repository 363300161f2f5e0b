const LAST = 999_999;

/**
 * The feed is read from after a place: to read one event, the place before it is needed.
 * @param sequence of an event, such as `0000000000000042.000007`.
 */
export function placeBefore(sequence: string): string {
  const [round = '', within = ''] = sequence.split('.');
  const [place, count] = [BigInt(round), Number(within)];
  const before = count > 0 ? ([place, count - 1] as const) : ([place > 0n ? place - 1n : 0n, LAST] as const);
  return `${String(before[0]).padStart(16, '0')}.${String(before[1]).padStart(6, '0')}`;
}
