import { allEnded } from '../../../platform/all-ended.ts';
import { instants, int4s, texts, uuids } from '../../../platform/arrays.ts';
import type { Queryable } from '../../../platform/db.ts';
import { COUNTS_FOR, type Taken } from './deposits.ts';
import type { ProfiledFact } from './facts.ts';
import { withProfiles } from './known-profiles.ts';
import type { Profile } from './profile.ts';
import { SLOT_MS, slotAt } from './sums.ts';

const SLOT = `interval '15 minutes'`;
const slotOf = (instant: string): string => `date_bin(${SLOT}, ${instant}, 'epoch'::timestamptz)`;

const DAY_MS = 86_400_000;
const COUNTS_FOR_MS = 7 * DAY_MS;

/** Bets of a player to look at: of whole quarters of an hour, milliseconds since 1970, the last instant excluded. */
export interface BetRange {
  readonly playerId: string;
  readonly from: number;
  readonly until: number;
}

/** Bets that a code may count for that was taken just now: they may have been looked at before. */
export const betsAfter = ({ playerId, at }: Taken): BetRange => {
  const from = slotAt(at.getTime());
  return { playerId, from, until: from + COUNTS_FOR_MS + SLOT_MS };
};

/** Bets of a player in a quarter of an hour that count for an activation. */
interface Counted {
  readonly playerId: string;
  readonly slot: Date;
  readonly activationId: string;
  readonly campaignId: string;
  readonly currency: string;
  readonly bets: number;
  /** Minor units, as text. */
  readonly staked: string;
  readonly won: string;
  readonly profileId: string | null;
}

/** Some of the marks of bets that were told or rolled back. They are looked at with this. JSON is read faster than arrays. */
export async function takeMarks(
  tx: Queryable,
  brandId: string,
  atMost: number,
): Promise<{ ranges: BetRange[]; hasMore: boolean }> {
  const { rows } = await tx.query<{ playerIds: string[]; slots: string[] }>(
    `delete from bet_marks where brand_id = $1
       and mark_id in (select mark_id from bet_marks where brand_id = $1 order by mark_id limit $2)
     returning array_to_json(player_ids) as "playerIds", array_to_json(slots) as slots`,
    [brandId, atMost],
  );
  const ranges = rows.flatMap(({ playerIds, slots }) =>
    playerIds.map((playerId, index) => {
      const from = Date.parse(slots[index] ?? '');
      return { playerId, from, until: from + SLOT_MS };
    }),
  );
  return { ranges, hasMore: rows.length === atMost };
}

/**
 * Finds anew which activations bets count for, and what corrects the sums by the difference: looking twice harms nothing. A
 * bet, and a win told apart from its stake, counts for the last code of its player that was taken in the days before, by
 * its own time; one that was rolled back counts for none.
 */
export async function countBets(
  tx: Queryable,
  brandId: string,
  ranges: readonly BetRange[],
): Promise<ProfiledFact[]> {
  const apart = joined(ranges);
  if (apart.length === 0) return [];
  const [now, before] = await Promise.all([findCounting(tx, apart), findKept(tx, apart)]);
  const [isNow, wasBefore] = [new Set(now.map(textOf)), new Set(before.map(textOf))];
  const gone = before.filter((bets) => !isNow.has(textOf(bets)));
  const fresh = now.filter((bets) => !wasBefore.has(textOf(bets)));
  const written = Promise.all([forget(tx, gone), keep(tx, brandId, fresh)]);
  const changes = withProfiles(tx, brandId, [
    ...gone.map((bets) => ({ ...bets, sign: -1 as const })),
    ...fresh.map((bets) => ({ ...bets, sign: 1 as const })),
  ]);
  await allEnded([written, changes]);
  return (await changes).flatMap(factsOf);
}

/** The same of two that are the same. */
const textOf = ({ playerId, slot, activationId, currency, bets, staked, won }: Counted): string =>
  `${playerId} ${slot.getTime()} ${activationId} ${currency} ${bets} ${staked} ${won}`;

/** The same bets in ranges of which no two have a bet in common. */
function joined(ranges: readonly BetRange[]): BetRange[] {
  const sorted = [...ranges].sort((a, b) =>
    a.playerId === b.playerId ? a.from - b.from : a.playerId < b.playerId ? -1 : 1,
  );
  const apart: BetRange[] = [];
  for (const range of sorted) {
    const last = apart.at(-1);
    if (last?.playerId === range.playerId && range.from <= last.until)
      apart[apart.length - 1] = { ...last, until: Math.max(last.until, range.until) };
    else apart.push(range);
  }
  return apart;
}

interface Change extends Omit<Counted, 'profileId'> {
  readonly profile: Profile | null;
  readonly sign: 1 | -1;
}

function factsOf({ slot, campaignId, currency, bets, staked, won, profile, sign }: Change): ProfiledFact[] {
  const fact = { at: slot.getTime(), campaignId, currency, profile, detail: '' };
  return [
    { ...fact, measure: 'staked', count: sign * bets, amount: BigInt(sign) * BigInt(staked) },
    { ...fact, measure: 'won', count: 0, amount: BigInt(sign) * BigInt(won) },
  ];
}

const asked = (ranges: readonly BetRange[]) => [
  uuids(ranges.map(({ playerId }) => playerId)),
  instants(ranges.map(({ from }) => from)),
  instants(ranges.map(({ until }) => until)),
];

const RANGES = 'unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[]) as t (player, since, until)';

/**
 * Planned each time: how many bets there are makes all the difference. Codes are looked up player by player. Ranges are of
 * whole quarters of an hour and have no bet in common, so a sum within one is whole.
 */
async function findCounting(tx: Queryable, ranges: readonly BetRange[]): Promise<Counted[]> {
  const { rows } = await tx.query<Counted>(
    `select t.player as "playerId", b.slot, a.activation_id as "activationId", a.campaign_id as "campaignId",
        a.profile_id as "profileId", b.currency, b.bets, b.staked, b.won
      from ${RANGES}
      cross join lateral (
        select fact_id as activation_id, campaign_id, profile_id, at as since,
          least(lead(at) over (order by at, fact_id), at + ${COUNTS_FOR}) as until
        from facts f where f.player_id = t.player and f.measure = 'accepted' offset 0
      ) a
      cross join lateral (
        select ${slotOf('at')} as slot, currency,
          (count(*) filter (where part is null or part = 'stake'))::int as bets, sum(stake)::text as staked, sum(win)::text as won
        from (select at, currency, part, stake, win from bets b
          where b.player_id = t.player and b.at >= greatest(t.since, a.since) and b.at < least(t.until, a.until)
            and b.rolled_back_at is null offset 0) b
        group by 1, 2
      ) b
      where a.since < t.until and a.until > t.since`,
    asked(ranges),
  );
  return rows;
}

async function findKept(tx: Queryable, ranges: readonly BetRange[]): Promise<Counted[]> {
  const { rows } = await tx.query<Counted>(
    `select k.player_id as "playerId", k.slot, k.activation_id as "activationId", k.campaign_id as "campaignId",
       k.profile_id as "profileId", k.currency, k.bets, k.staked::text, k.won::text
     from ${RANGES}
     cross join lateral (select * from activation_bets k
       where k.player_id = t.player and k.slot >= t.since and k.slot < t.until offset 0) k`,
    asked(ranges),
  );
  return rows;
}

async function forget(tx: Queryable, gone: readonly Counted[]): Promise<void> {
  if (gone.length === 0) return;
  await tx.query(
    `delete from activation_bets kept
     using unnest($1::uuid[], $2::timestamptz[], $3::uuid[], $4::text[]) as t (player, slot, activation, currency)
     where kept.player_id = t.player and kept.slot = t.slot and kept.activation_id = t.activation and kept.currency = t.currency`,
    [
      uuids(gone.map(({ playerId }) => playerId)),
      instants(gone.map(({ slot }) => slot.getTime())),
      uuids(gone.map(({ activationId }) => activationId)),
      texts(gone.map(({ currency }) => currency)),
    ],
  );
}

async function keep(tx: Queryable, brandId: string, counted: readonly Counted[]): Promise<void> {
  if (counted.length === 0) return;
  const column = <T>(of: (bets: Counted) => T): T[] => counted.map(of);
  await tx.query(
    `insert into activation_bets (brand_id, player_id, slot, activation_id, currency, campaign_id, profile_id, bets, staked, won)
     select $1::uuid, * from unnest($2::uuid[], $3::timestamptz[], $4::uuid[], $5::text[], $6::uuid[], $7::uuid[], $8::int[],
       $9::text[]::bigint[], $10::text[]::bigint[])`,
    [
      brandId,
      uuids(column(({ playerId }) => playerId)),
      instants(column(({ slot }) => slot.getTime())),
      uuids(column(({ activationId }) => activationId)),
      texts(column(({ currency }) => currency)),
      uuids(column(({ campaignId }) => campaignId)),
      uuids(column(({ profileId }) => profileId)),
      int4s(column(({ bets }) => bets)),
      texts(column(({ staked }) => staked)),
      texts(column(({ won }) => won)),
    ],
  );
}
