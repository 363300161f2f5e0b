import type { Millis } from '@promosmith/core/activation';
import type { BetSplit, FundsEvent } from '@promosmith/core/funds';
import { bools, instants, int4s, int8s, jsons, rowsOf, texts, uuids } from '../../../platform/arrays.ts';
import type { Queryable } from '../../../platform/db.ts';
import type { WalletKey } from '../folding/wallet.ts';

/** A bet, a stake or a win as it was told. */
export interface Bet extends WalletKey {
  readonly brandId: string;
  readonly betId: string;
  readonly roundId: string;
  readonly game: string;
  readonly category: string | null;
  readonly provider: string | null;
  /** Null for a whole bet. After a closing win no more comes of the round. */
  readonly part: 'stake' | 'win' | 'closing_win' | null;
  readonly stake: number;
  readonly win: number;
  readonly at: Millis;
}

/** A bet to be written down. */
export interface NewBet {
  readonly bet: Bet;
  /** How it was divided; null when it is no line of the books. */
  readonly split: BetSplit | null;
  /** Its round had been rolled back before. */
  readonly isVoid: boolean;
}

/** The bet as an event of its wallet. */
export function eventOf({ part, betId, at, roundId, game, category, stake, win }: Bet): FundsEvent {
  if (part === 'win' || part === 'closing_win')
    return { kind: 'win', at, id: betId, roundId, win, endsRound: part === 'closing_win' };
  const play = { at, id: betId, roundId, game, category, stake };
  return part === 'stake' ? { kind: 'stake', ...play } : { kind: 'bet', ...play, win };
}

/**
 * Says whose bets of which quarters of an hour changed, for whoever counts them: one row for all of a statement, because a
 * mark in each bet would have every bet written twice.
 * @param changed what has `brand`, `player` and `at` of each bet, as `from` takes it.
 */
const marking = (changed: string): string => `marked as (
        insert into bet_marks (brand_id, mark_id, player_ids, slots)
        select brand, gen_random_uuid(), array_agg(player), array_agg(slot)
        from (select distinct brand, player, date_bin('15 minutes', at, 'epoch'::timestamptz) as slot from ${changed}) changed
        group by brand
      )`;

const TOLD = {
  player: 'uuid',
  bet: 'text',
  brand: 'uuid',
  round: 'text',
  game: 'text',
  category: 'text',
  provider: 'text',
  currency: 'text',
  part: 'text',
  stake: 'int8',
  win: 'int8',
  bonus_stake: 'int8',
  bonus_win: 'int8',
  grant_id: 'uuid',
  further: 'json',
  contribution: 'int8',
  counted_for: 'uuid',
  breach: 'bool',
  unbooked: 'bool',
  at: 'timestamptz',
  void: 'bool',
  round_key: 'int4',
} as const;

/**
 * Writes bets down, which no table knows yet.
 * @throws unique_violation (23505) when one is known after all.
 */
export async function insertBets(connection: Queryable, bets: readonly NewBet[]): Promise<void> {
  if (bets.length === 0) return;
  const column = <T>(of: (bet: Bet) => T): T[] => bets.map(({ bet }) => of(bet));
  const split = <T>(of: (split: BetSplit) => T, none: T): T[] =>
    bets.map((one) => (one.split ? of(one.split) : none));
  await connection.query({
    name: 'funds.bets',
    text: `with ${marking('unnest($3::uuid[], $1::uuid[], $20::timestamptz[]) as told (brand, player, at)')}
      insert into bets (player_id, bet_id, brand_id, round_id, round_key, game, category, provider, currency, part, stake, win,
        bonus_stake, bonus_win, grant_id, further, contribution, counted_for, breach, unbooked, at, rolled_back_at)
      select player, bet, brand, round, round_key, game, category, provider, currency, part, stake, win, bonus_stake, bonus_win,
        grant_id, further, contribution, counted_for, breach, unbooked, at, case when void then now() end
      from (${rowsOf(TOLD)}) told`,
    values: [
      uuids(column(({ playerId }) => playerId)),
      texts(column(({ betId }) => betId)),
      uuids(column(({ brandId }) => brandId)),
      texts(column(({ roundId }) => roundId)),
      texts(column(({ game }) => game)),
      texts(column(({ category }) => category)),
      texts(column(({ provider }) => provider)),
      texts(column(({ currency }) => currency)),
      texts(column(({ part }) => part)),
      int8s(column(({ stake }) => stake)),
      int8s(column(({ win }) => win)),
      int8s(bets.map(({ bet, split: own }) => (own ? bet.stake - own.realStake : 0))),
      int8s(bets.map(({ bet, split: own }) => (own ? bet.win - own.realWin : 0))),
      uuids(split(firstGrant, null)),
      jsons(split(furtherParts, null)),
      int8s(split(({ contribution }) => contribution, 0)),
      uuids(split((own) => (own.countedFor === firstGrant(own) ? null : own.countedFor), null)),
      bools(split(({ breach }) => breach, false)),
      bools(bets.map((one) => one.split === null)),
      instants(column(({ at }) => at)),
      bools(bets.map(({ isVoid }) => isVoid)),
      int4s(column(({ roundId }) => roundKey(roundId))),
    ],
  });
}

/** Which bits of a hash are kept does not matter, as long as they are the same every time: FNV-1a, of 32. */
function roundKey(roundId: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < roundId.length; i++) hash = Math.imul(hash ^ roundId.charCodeAt(i), 0x01000193);
  return hash | 0;
}

const firstGrant = ({ parts, countedFor }: BetSplit): string | null => parts[0]?.grantId ?? countedFor;

const furtherParts = ({ parts }: BetSplit): string | null =>
  parts.length < 2
    ? null
    : JSON.stringify(parts.slice(1).map(({ grantId, stake, win }) => [grantId, stake, win]));

interface Row {
  player_id: string;
  bet_id: string;
  brand_id: string;
  round_id: string;
  game: string;
  category: string | null;
  provider: string | null;
  currency: string;
  part: Bet['part'];
  stake: number;
  win: number;
  bonus_stake: number;
  bonus_win: number;
  grant_id: string | null;
  further: [grantId: string, stake: number, win: number][] | null;
  contribution: number;
  counted_for: string | null;
  breach: boolean;
  unbooked: boolean;
  at: Date;
  rolled_back_at: Date | null;
  divided_again: BetSplit | null;
}

const COLUMNS = `b.player_id, b.bet_id, b.brand_id, b.round_id, b.game, b.category, b.provider, b.currency, b.part, b.stake,
  b.win, b.bonus_stake, b.bonus_win, b.grant_id, b.further, b.contribution, b.counted_for, b.breach, b.unbooked, b.at,
  b.rolled_back_at, b.divided_again`;

/** A bet with how it is divided: as it was told, or as folding again came to since. */
export interface StoredBet {
  readonly bet: Bet;
  readonly split: BetSplit;
  readonly isBooked: boolean;
  readonly isRolledBack: boolean;
}

function toldSplit(row: Row): BetSplit {
  const further = row.further ?? [];
  const rest = (index: 1 | 2) => further.reduce((sum, part) => sum + part[index], 0);
  const first = { stake: row.bonus_stake - rest(1), win: row.bonus_win - rest(2) };
  const hasPart = row.grant_id !== null && (row.bonus_stake > 0 || row.bonus_win > 0);
  return {
    realStake: row.stake - row.bonus_stake,
    realWin: row.win - row.bonus_win,
    parts: [
      ...(hasPart && row.grant_id !== null ? [{ grantId: row.grant_id, ...first }] : []),
      ...further.map(([grantId, stake, win]) => ({ grantId, stake, win })),
    ],
    countedFor: row.contribution > 0 ? (row.counted_for ?? row.grant_id) : null,
    contribution: row.contribution,
    breach: row.breach,
  };
}

const storedBet = (row: Row): StoredBet => ({
  bet: {
    playerId: row.player_id,
    currency: row.currency,
    brandId: row.brand_id,
    betId: row.bet_id,
    roundId: row.round_id,
    game: row.game,
    category: row.category,
    provider: row.provider,
    part: row.part,
    stake: row.stake,
    win: row.win,
    at: row.at.getTime(),
  },
  split: row.divided_again ?? toldSplit(row),
  isBooked: !row.unbooked,
  isRolledBack: row.rolled_back_at !== null,
});

const byPlayerAnd = (names: readonly (readonly [playerId: string, name: string])[]): Buffer[] => [
  uuids(names.map(([player]) => player)),
  texts(names.map(([, name]) => name)),
];

/** Bets that are known, by player and id. `offset 0` here and below: each is looked up, whatever a plan was made for. */
export async function findBets(
  connection: Queryable,
  names: readonly (readonly [playerId: string, betId: string])[],
): Promise<StoredBet[]> {
  if (names.length === 0) return [];
  const { rows } = await connection.query<Row>({
    name: 'funds.find_bets',
    text: `select ${COLUMNS} from unnest($1::uuid[], $2::text[]) as t (player, bet)
      cross join lateral (select * from bets b where b.player_id = t.player and b.bet_id = t.bet offset 0) b`,
    values: byPlayerAnd(names),
  });
  return rows.map(storedBet);
}

/** All bets of rounds, by player and round, in every currency. */
export async function findRounds(
  connection: Queryable,
  names: readonly (readonly [playerId: string, roundId: string])[],
): Promise<StoredBet[]> {
  if (names.length === 0) return [];
  const { rows } = await connection.query<Row>({
    name: 'funds.find_rounds',
    text: `select ${COLUMNS} from unnest($1::uuid[], $2::text[], $3::int[]) as t (player, round, key)
      cross join lateral (select * from bets b where b.player_id = t.player and b.round_key = t.key
        and b.round_id = t.round offset 0) b`,
    values: [...byPlayerAnd(names), int4s(names.map(([, round]) => roundKey(round)))],
  });
  return rows.map(storedBet);
}

/** What is folded into wallets of bets, from an instant on. */
export async function betsSince(
  connection: Queryable,
  wallets: readonly (WalletKey & { readonly since: Millis | null })[],
): Promise<StoredBet[]> {
  const { rows } = await connection.query<Row>({
    name: 'funds.bets_since',
    text: `select ${COLUMNS} from unnest($1::uuid[], $2::text[], $3::timestamptz[]) as t (player, currency, since)
      cross join lateral (select * from bets b where b.player_id = t.player and b.currency = t.currency
        and b.at >= coalesce(t.since, '-infinity') and b.rolled_back_at is null and not b.unbooked offset 0) b`,
    values: [
      uuids(wallets.map(({ playerId }) => playerId)),
      texts(wallets.map(({ currency }) => currency)),
      instants(wallets.map(({ since }) => since)),
    ],
  });
  return rows.map(storedBet);
}

/** Marks bets as rolled back. */
export async function voidBets(
  connection: Queryable,
  names: readonly (readonly [playerId: string, betId: string])[],
): Promise<void> {
  if (names.length === 0) return;
  await connection.query(
    `with voided as (
        update bets b set rolled_back_at = now() from unnest($1::uuid[], $2::text[]) as t (player, bet)
        where b.player_id = t.player and b.bet_id = t.bet and b.rolled_back_at is null
        returning b.brand_id as brand, b.player_id as player, b.at
      ), ${marking('voided')}
      select 1`,
    byPlayerAnd(names),
  );
}

/** A bet that is a line of the books, as folding again divides it. */
export interface DividedAgain {
  readonly playerId: string;
  readonly betId: string;
  readonly split: BetSplit;
}

/** Notes how bets are divided now; their legs stay as they were booked. */
export async function saveDivisions(
  connection: Queryable,
  divisions: readonly DividedAgain[],
): Promise<void> {
  if (divisions.length === 0) return;
  await connection.query(
    `update bets b set divided_again = t.split from unnest($1::uuid[], $2::text[], $3::json[]) as t (player, bet, split)
     where b.player_id = t.player and b.bet_id = t.bet and b.player_id = any($1::uuid[])`,
    [
      uuids(divisions.map(({ playerId }) => playerId)),
      texts(divisions.map(({ betId }) => betId)),
      jsons(divisions.map(({ split }) => JSON.stringify(split))),
    ],
  );
}
