import { localClock, type Millis } from '@promosmith/core/activation';
import type { Journey, Situation } from '@promosmith/core/journey';
import type { Facts } from '@promosmith/core/rules';
import type { Queryable } from '../../../platform/db.ts';
import type { Brands } from '../../brands/index.ts';
import { factsOf, type KnownPlayer, loadPlayers, zoneOf } from '../../players/index.ts';
import { presentOf } from './store/journeys.ts';

/** What there is to know of players at an instant. */
export interface People {
  readonly now: Millis;
  /** Of the brand. */
  readonly timeZone: string;
  /** Undefined when the platform never told of the player. */
  known(playerId: string): KnownPlayer | undefined;
  /** What rules may ask of the player. */
  facts(playerId: string): Facts;
  situation(playerId: string, held: Situation['held']): Situation;
}

/** Loads players of a brand as they are at present: to be asked once what is judged by it is locked. */
export async function loadPeople(
  tx: Queryable,
  brands: Brands,
  brandId: string,
  playerIds: readonly string[],
): Promise<People> {
  const [now, brand, players] = await Promise.all([
    presentOf(tx),
    brands.read(tx, brandId),
    playerIds.length === 0 ? new Map<string, KnownPlayer>() : loadPlayers(tx, [...new Set(playerIds)]),
  ]);
  const today = localClock(now, brand.timeZone).day;
  const at = new Date(now);
  const facts = (playerId: string): Facts => {
    const player = players.get(playerId);
    return player ? { player: factsOf(player, at, today) } : {};
  };
  return {
    now,
    timeZone: brand.timeZone,
    known: (playerId) => players.get(playerId),
    facts,
    situation(playerId, held) {
      const player = players.get(playerId);
      return { now, held, facts: facts(playerId), timeZone: player ? zoneOf(player, brand) : brand.timeZone };
    },
  };
}

/** What a version asks of its surroundings, worked out once. */
export interface Needs {
  /** Keys of the events that a wait of it, or its goal, listens to. */
  readonly listensTo: ReadonlySet<string>;
  /** Whether a walk through it asks anything of the player: a fact, or the hour it is for them. */
  readonly player: boolean;
}

const needs = new WeakMap<Journey, Needs>();

export function needsOf(journey: Journey): Needs {
  const kept = needs.get(journey);
  if (kept) return kept;
  const activities = [...journey.activities.values()];
  const keys = activities.flatMap(({ match }) => (match ? [match.key] : []));
  const looksAtClock = activities.some(({ node }) => node.kind === 'delay' && 'until' in node.delay);
  const found: Needs = {
    listensTo: new Set(journey.goal ? [...keys, journey.goal.match.key] : keys),
    player: journey.facts.length > 0 || journey.settings.quietHours !== null || looksAtClock,
  };
  needs.set(journey, found);
  return found;
}
