import { seal } from '../../platform/chain.ts';
import type { Queryable } from '../../platform/db.ts';
import type { TestApp } from '../../testing/test-app.ts';

/** Seals and sums up all there is, and has every report counted again. */
export async function sumUpAll(app: Pick<TestApp, 'db' | 'cohorts'>): Promise<void> {
  while (await seal(app.db, 'outbox')) {}
  while (await app.cohorts.count()) {}
  await app.db.query('update kept_reports set due_at = now()');
  while (await app.cohorts.refresh()) {}
}

/** The days that are kept of a brand, in order. */
export async function daysOf(db: Queryable, brandId: string): Promise<string[]> {
  const { rows } = await db.query<{ line: string }>(
    `select concat_ws(' ', player_id, day, currency, bets, staked, bonus_staked, won, deposits, deposited, withdrawn,
       bonus_cost) as line from player_days where brand_id = $1 order by 1`,
    [brandId],
  );
  return rows.map(({ line }) => line);
}

/** The same by brute force: every stored row of every player, looked at one by one. */
export async function daysOfRows(db: Queryable, brandId: string): Promise<string[]> {
  const zone = (
    await db.query<{ zone: string }>('select time_zone as zone from brands where brand_id = $1', [brandId])
  ).rows[0]?.zone;
  const { rows } = await db.query<Move>(
    `select player_id as player, currency, at, 'bet' as kind, bet_id as reference, part, stake, bonus_stake as bonus, win
     from bets where brand_id = $1 and rolled_back_at is null
     union all
     select player_id, currency, at, kind, reference, null, amount, 0, 0 from wallet_entries where brand_id = $1
     union all
     select player_id, currency, ended_at, 'converted', '', null, converted, 0, 0 from grants
     where brand_id = $1 and converted > 0 and ended_at is not null`,
    [brandId],
  );
  const reversed = new Set(
    rows.filter(({ kind }) => kind === 'deposit_reversed').map(({ player, reference }) => player + reference),
  );
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' });
  const sums = new Map<string, number[]>();
  for (const move of rows) {
    const added = adds(move, reversed);
    if (!added) continue;
    const key = `${move.player} ${day.format(move.at)} ${move.currency}`;
    const sum = sums.get(key) ?? [0, 0, 0, 0, 0, 0, 0, 0];
    sums.set(
      key,
      sum.map((value, n) => value + (added[n] ?? 0)),
    );
  }
  return [...sums].map(([key, sum]) => `${key} ${sum.join(' ')}`).sort();
}

interface Move {
  player: string;
  currency: string;
  at: Date;
  kind: string;
  reference: string;
  part: string | null;
  stake: number;
  bonus: number;
  win: number;
}

/** Bets, staked, of it bonus money, won, deposits, deposited, withdrawn, cost. */
function adds(
  { player, kind, reference, part, stake, bonus, win }: Move,
  reversed: ReadonlySet<string>,
): number[] | undefined {
  switch (kind) {
    case 'bet':
      return [part === null || part === 'stake' ? 1 : 0, stake, bonus, win, 0, 0, 0, 0];
    case 'deposit':
      return reversed.has(player + reference) ? undefined : [0, 0, 0, 0, 1, stake, 0, 0];
    case 'withdrawal_paid':
      return [0, 0, 0, 0, 0, 0, stake, 0];
    case 'cash':
    case 'converted':
      return [0, 0, 0, 0, 0, 0, 0, stake];
    default:
      return undefined;
  }
}
