import type { EventType } from '@promosmith/contract';
import { slotOf } from '@promosmith/core/codewatch';
import { playerId } from '../../../platform/ids.ts';
import type { FoundEvent } from '../../events/index.ts';

/** What players tried, as the feed tells of it: taken, held or refused. */
export const TRIED: ReadonlySet<EventType> = new Set<EventType>([
  'code.activated',
  'activation.held',
  'activation.refused',
]);

/** Tries of one code in one slot. */
export interface Tries {
  readonly codeKey: string;
  readonly campaignId: string;
  /** Where the slot begins: milliseconds since 1970. */
  readonly slot: number;
  tries: number;
  accepted: number;
}

/** Tries of one code by one player. */
export interface Trier {
  readonly codeKey: string;
  readonly campaignId: string;
  readonly playerId: string;
  readonly player: string;
  /** Of the first. */
  readonly at: number;
  tries: number;
}

type Tried = Pick<FoundEvent, 'type' | 'time' | 'data'>;

/** Adds up tries. What named no code there is, is none of any. */
export function triesOf(brandId: string, events: readonly Tried[]): { tries: Tries[]; triers: Trier[] } {
  const tries = new Map<string, Tries>();
  const triers = new Map<string, Trier>();
  for (const { type, time, data } of events) {
    const { codeId: codeKey, campaignId, player } = data;
    if (typeof codeKey !== 'string' || typeof campaignId !== 'string' || typeof player !== 'string') continue;
    const at = Date.parse(time);
    const slot = slotOf(at);
    const sum = known(tries, `${slot} ${codeKey}`, { codeKey, campaignId, slot, tries: 0, accepted: 0 });
    sum.tries++;
    if (type === 'code.activated') sum.accepted++;
    const id = playerId(brandId, player);
    known(triers, `${codeKey} ${id}`, { codeKey, campaignId, playerId: id, player, at, tries: 0 }).tries++;
  }
  return { tries: [...tries.values()], triers: [...triers.values()] };
}

function known<T>(map: Map<string, T>, key: string, fresh: T): T {
  const found = map.get(key);
  if (found) return found;
  map.set(key, fresh);
  return fresh;
}
