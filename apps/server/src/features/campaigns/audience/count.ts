import type { Audience, AudienceCount } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { localClock } from '@promosmith/core/activation';
import { compileRule } from '@promosmith/core/rules';
import { type Database, type Queryable, sqlState } from '../../../platform/db.ts';
import type { Brands } from '../../brands/index.ts';
import { allPlayerIds, loadPlayers, type Players, samplePlayerIds } from '../../players/index.ts';
import { first } from '../launch.ts';
import { ruleFaults } from '../validation/savable.ts';
import { estimate } from './estimate.ts';
import { type CompiledAudience, type Match, matchOf } from './match.ts';

/** Most players that are looked at, and up to which number all are. */
const MOST_LOOKED_AT = 5_000;
/** Most rows that are read to find as many of the brand: others may have most of the players. */
const MOST_READ = 50_000;
const PART = 1_000;
const STATEMENT_TIMEOUT_MS = 2_000;
/** After so long the sample is what it is by then. */
const LONG_ENOUGH_MS = 2_000;
const QUERY_CANCELLED = '57014';

export type CountAudience = (
  brandId: string,
  audience: Audience,
  hasHungUp: () => boolean,
) => Promise<Result<AudienceCount>>;

/** Says how many players an audience matches, in bounded work whatever the size of the brand. */
export function createCountAudience(
  db: Database,
  { brands, players }: { brands: Brands; players: Players },
): CountAudience {
  async function compiled(brandId: string, audience: Audience): Promise<Result<CompiledAudience>> {
    const source = audience.audience.rule;
    if (source === null) return ok({ ...audience, rule: undefined });
    const catalogue = await players.catalogue(brandId);
    const rule = compileRule(source, catalogue);
    if (rule.ok) return ok({ ...audience, rule: rule.rule });
    const faults = ruleFaults(source, catalogue);
    return refuse('campaign_invalid', first(faults), faults);
  }

  return async (brandId, audience, hasHungUp) => {
    const wanted = await compiled(brandId, audience);
    if (!wanted.ok) return wanted;
    const { timeZone } = await brands.get(brandId);
    try {
      return await db.transaction(async (tx): Promise<Result<AudienceCount>> => {
        await tx.query(`set local statement_timeout = ${STATEMENT_TIMEOUT_MS}`);
        return ok(await count(tx, brandId, wanted.value, timeZone, hasHungUp));
      });
    } catch (error) {
      if (sqlState(error) !== QUERY_CANCELLED) throw error;
      const message = 'The database is too busy to count players just now.';
      return { ok: false, refusal: { key: 'overloaded', message, retryAfterSeconds: 5 } };
    }
  };
}

async function count(
  tx: Queryable,
  brandId: string,
  audience: CompiledAudience,
  timeZone: string,
  hasHungUp: () => boolean,
): Promise<AudienceCount> {
  const began = performance.now();
  const mayGoOn = () => performance.now() - began < LONG_ENOUGH_MS && !hasHungUp();
  const { rows } = await tx.query<{ now: Date }>('select now()');
  const now = rows[0]?.now ?? new Date();
  const today = localClock(now.getTime(), timeZone).day;
  const tally = createTally();
  const look = async (playerIds: readonly string[]): Promise<void> => {
    for (const player of (await loadPlayers(tx, playerIds)).values())
      tally.add(matchOf(audience, player, now, today));
  };

  const all = await allPlayerIds(tx, brandId, MOST_LOOKED_AT);
  if (all) {
    for (let at = 0; at < all.length && !hasHungUp(); at += PART) await look(all.slice(at, at + PART));
    return tally.result(1);
  }
  let share = 0;
  let after: string | undefined;
  for (let read = 0; read < MOST_READ && tally.looked() < MOST_LOOKED_AT && mayGoOn(); read += PART) {
    const part = await samplePlayerIds(tx, brandId, after, PART);
    share = part.share;
    after = part.last;
    await look(part.playerIds);
    if (share >= 1) break;
  }
  return tally.result(share);
}

function createTally() {
  const outcomes = new Map<Match['outcome'], number>();
  const facts = new Map<string, number>();
  const more = <Key>(counts: Map<Key, number>, key: Key) => counts.set(key, (counts.get(key) ?? 0) + 1);
  let looked = 0;
  return {
    looked: () => looked,
    add({ outcome, missing }: Match): void {
      looked++;
      more(outcomes, outcome);
      for (const fact of missing) more(facts, fact);
    },
    /** @param share of all players of the brand that was looked at. */
    result(share: number): AudienceCount {
      const of = (outcome: Match['outcome']) => estimate(outcomes.get(outcome) ?? 0, share);
      return {
        exact: share >= 1,
        looked,
        players: estimate(looked, share),
        matching: of('matching'),
        unknown: of('unknown'),
        barred: of('barred'),
        missing: [...facts]
          .sort(([, a], [, b]) => b - a)
          .map(([fact, players]) => ({ fact, players: estimate(players, share) })),
      };
    },
  };
}
