import type { Millis } from '@promosmith/core/activation';
import type { FundsEventKind, OpenRound, WithdrawalRequest } from '@promosmith/core/funds';
import { instants, int8s, jsons, texts, uuids } from '../../../platform/arrays.ts';
import type { Queryable } from '../../../platform/db.ts';
import type { Wallet, WalletKey } from '../folding/wallet.ts';

/** What folding on needs to know beside balances. */
export interface Open {
  readonly rounds: readonly OpenRound[];
  readonly withdrawals: readonly Pick<WithdrawalRequest, 'withdrawalId' | 'amount'>[];
}

export interface WalletRow {
  player_id: string;
  currency: string;
  brand_id: string;
  real: number;
  folded_until: Date | null;
  folded_kind: FundsEventKind | null;
  folded_id: string | null;
  open: Open | null;
  checkpoint_at: Date | null;
  has_voids: boolean;
}

const COLUMNS = `player_id, currency, brand_id, real, folded_until, folded_kind, folded_id, open, checkpoint_at, has_voids`;

const OF_KEYS = `player_id = any($1::uuid[])
  and (player_id, currency) in (select * from unnest($1::uuid[], $2::text[]))`;

const columns = (keys: readonly WalletKey[]): Buffer[] => [
  uuids(keys.map(({ playerId }) => playerId)),
  texts(keys.map(({ currency }) => currency)),
];

/** Wallets as they are, for reading. */
export async function readWallets(db: Queryable, keys: readonly WalletKey[]): Promise<WalletRow[]> {
  const { rows } = await db.query<WalletRow>({
    name: 'funds.read',
    text: `select ${COLUMNS} from wallets where ${OF_KEYS}`,
    values: columns(keys),
  });
  return rows;
}

/** Takes the rows of wallets, in key order. Those that are not there yet are absent, or that others hold. */
export async function lockWallets(
  connection: Queryable,
  keys: readonly WalletKey[],
  whoWaits: 'wait' | 'skip locked',
): Promise<WalletRow[]> {
  const { rows } = await connection.query<WalletRow>({
    name: `funds.lock ${whoWaits}`,
    text: `select ${COLUMNS} from wallets where ${OF_KEYS} order by player_id, currency
      for update ${whoWaits === 'wait' ? '' : whoWaits}`,
    values: columns(keys),
  });
  return rows;
}

/** The currencies of a player's wallets. */
export async function currenciesOf(
  connection: Queryable,
  playerIds: readonly string[],
): Promise<WalletKey[]> {
  const { rows } = await connection.query<{ player_id: string; currency: string }>(
    'select player_id, currency from wallets where player_id = any($1::uuid[]) order by player_id, currency',
    [playerIds],
  );
  return rows.map(({ player_id, currency }) => ({ playerId: player_id, currency }));
}

/** Holds every wallet of a player, for a change whose reach is only known once nothing else can change them. */
export async function holdWallets(tx: Queryable, playerId: string): Promise<void> {
  await tx.query('select from wallets where player_id = $1 order by currency for update', [playerId]);
}

/** The database's clock. Everything a transaction does happens at one instant. */
export async function databaseNow(connection: Queryable): Promise<Millis> {
  const { rows } = await connection.query<{ now: Date }>({ name: 'funds.now', text: 'select now() as now' });
  return rows[0]?.now.getTime() ?? Number.NaN;
}

/** Makes wallets that are not there yet, with nothing in them. */
export async function createWallets(
  connection: Queryable,
  wallets: readonly (WalletKey & { readonly brandId: string })[],
): Promise<void> {
  await connection.query(
    `insert into wallets (player_id, currency, brand_id, has_voids)
     select player_id, currency, brand_id, exists (select from wallet_entries e
       where e.player_id = t.player_id and e.player_id = any($1::uuid[]) and e.kind in ('rollback', 'bet_rollback'))
     from unnest($1::uuid[], $2::text[], $3::uuid[]) as t (player_id, currency, brand_id)
     order by player_id, currency on conflict do nothing`,
    [...columns(wallets), uuids(wallets.map(({ brandId }) => brandId))],
  );
}

/** From now on, a bet of these players may be of a round that was rolled back. */
export async function expectVoids(connection: Queryable, playerIds: readonly string[]): Promise<void> {
  await connection.query(
    'update wallets set has_voids = true where player_id = any($1::uuid[]) and not has_voids',
    [playerIds],
  );
}

/**
 * Writes wallets whose rows the transaction holds.
 * @param since from when on each of them is other than before: its sums by day are to be made anew from there.
 */
export async function saveWallets(
  connection: Queryable,
  wallets: readonly Wallet[],
  since: readonly Millis[],
): Promise<void> {
  if (wallets.length === 0) return;
  const column = <T>(of: (wallet: Wallet) => T): T[] => wallets.map(of);
  await connection.query({
    name: 'funds.save',
    text: `with saved as (
        update wallets w set real = t.real, folded_until = t.until, folded_kind = t.kind, folded_id = t.id, open = t.open,
          checkpoint_at = t.checkpoint_at, days_stale_since = least(w.days_stale_since, t.since)
        from unnest($1::uuid[], $2::text[], $3::bigint[], $4::timestamptz[], $5::text[], $6::text[], $7::json[],
            $8::timestamptz[], $9::bigint[], $10::timestamptz[])
          as t (player, currency, real, until, kind, id, open, checkpoint_at, was, since)
        where w.player_id = t.player and w.player_id = any($1::uuid[]) and w.currency = t.currency and w.real = t.was
        returning 1)
      select where not insist((select count(*) from saved) = cardinality($1))`,
    values: [
      ...columns(wallets),
      int8s(column(({ funds }) => funds.real)),
      instants(column(({ last }) => last?.at ?? null)),
      texts(column(({ last }) => last?.kind ?? null)),
      texts(column(({ last }) => last?.id ?? null)),
      jsons(column(({ funds }) => openOf(funds))),
      instants(column(({ checkpointAt }) => checkpointAt)),
      int8s(column(({ realBefore }) => realBefore)),
      instants(since),
    ],
  });
}

const openOf = ({ rounds, withdrawals }: Open): string | null =>
  rounds.length > 0 || withdrawals.length > 0 ? JSON.stringify({ rounds, withdrawals }) : null;
