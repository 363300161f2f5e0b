import { BASIS_POINTS, type BasisPoints } from '../money/index.ts';

/**
 * The player's place in 0…9,999 of a split, or of a journey's control group (`nodeId` empty): always the same one, and
 * independent of the place in any other split. 32 bits: a share of 1 basis point is off by a millionth of itself at most.
 */
export function bucketOf(journeyId: string, nodeId: string, playerId: string): BasisPoints {
  const hash = mix(absorb(absorb(absorb(SEED, journeyId), nodeId), playerId));
  return Math.floor((hash * BASIS_POINTS) / 2 ** 32);
}

const SEED = 0x811c9dc5;
const PRIME = 0x01000193;

/** FNV-1a over UTF-16 units, with an end that no text contains: `a` and `bc` are not `ab` and `c`. */
function absorb(hash: number, text: string): number {
  let h = hash;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), PRIME);
  return Math.imul(h ^ 0x10000, PRIME);
}

/** MurmurHash3's finaliser: FNV's last characters would else hardly reach the upper bits, which decide. */
function mix(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
