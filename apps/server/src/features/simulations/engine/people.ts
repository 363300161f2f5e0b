import type { SimulationResult } from '@promosmith/contract';
import type { Band } from '@promosmith/core/risk';
import { createCompactCounts } from './compact-counts.ts';

/** Of a player: the key of the last refusal, and two facts beside it. */
const KEY_BITS = 8;
const KEY_MASK = (1 << KEY_BITS) - 1;
const QUALIFIED = 1 << KEY_BITS;
const ASSESSED = 1 << (KEY_BITS + 1);
const SEEN = 1 << (KEY_BITS + 2);

/** How players came off, each counted once. */
export interface People {
  seen(playerId: string): void;
  /** @returns whether it is the first time. */
  qualified(playerId: string): boolean;
  refused(playerId: string, key: string): void;
  /** Who qualifies but for abuse, and what is expected of them. */
  assessed(playerId: string, band: Band): void;
  result(): Pick<SimulationResult, 'activePlayers' | 'qualifiedPlayers' | 'abuse'> & {
    /** Players who never qualified, by the key of their last refusal. */
    refusedBy: ReadonlyMap<string, number>;
  };
}

export function createPeople(): People {
  const standing = createCompactCounts();
  const keys: string[] = [];
  const bands: Record<Band, number> = { allow: 0, flag: 0, hold: 0, decline: 0 };
  let qualifiedPlayers = 0;

  const mark = (playerId: string, bit: number): boolean => {
    const before = standing.get(playerId);
    if ((before & bit) !== 0) return false;
    standing.set(playerId, before | bit);
    return true;
  };
  const numberOf = (key: string): number => {
    const at = keys.indexOf(key);
    return at >= 0 ? at + 1 : keys.push(key);
  };

  return {
    seen: (playerId) => {
      mark(playerId, SEEN);
    },
    qualified(playerId) {
      const isFirst = mark(playerId, QUALIFIED);
      if (isFirst) qualifiedPlayers++;
      return isFirst;
    },
    refused(playerId, key) {
      standing.set(playerId, (standing.get(playerId) & ~KEY_MASK) | numberOf(key));
    },
    assessed(playerId, band) {
      if (mark(playerId, ASSESSED)) bands[band]++;
    },
    result() {
      const refusedBy = new Map<string, number>();
      for (const value of standing.values()) {
        const key = keys[(value & KEY_MASK) - 1];
        if (key === undefined || (value & QUALIFIED) !== 0) continue;
        refusedBy.set(key, (refusedBy.get(key) ?? 0) + 1);
      }
      const { flag, hold, decline } = bands;
      const assessed = bands.allow + flag + hold + decline;
      const shareBps = assessed === 0 ? null : Math.floor(((flag + hold + decline) * 10_000) / assessed);
      return {
        ...{ activePlayers: standing.size, qualifiedPlayers, refusedBy },
        abuse: { assessed, flag, hold, decline, shareBps },
      };
    },
  };
}
