import type { Millis } from '@promosmith/core/activation';
import type { GrantEnd, GrantFunds } from '@promosmith/core/funds';
import { instants, int8s, jsons, texts, uuids } from '../../../platform/arrays.ts';
import type { Queryable } from '../../../platform/db.ts';
import type { WalletKey } from '../folding/wallet.ts';

export type EntryKind =
  | 'deposit'
  | 'deposit_reversed'
  | 'withdrawal_requested'
  | 'withdrawal_cancelled'
  | 'withdrawal_paid'
  | 'cash'
  | 'correction'
  | 'end'
  | 'extend'
  | 'reinstate'
  | 'rollback'
  | 'bet_rollback';

/** What an entry says beside its amount. */
export interface EntryDetail {
  /** Of an end. */
  readonly as?: Exclude<GrantEnd, 'completed' | 'lost'>;
  readonly reason?: string;
  /** Of an extension: until when, and until when it was before. */
  readonly expiresAt?: Millis;
  readonly expiredAt?: Millis | null;
  /** Bonuses that had ended and live again by it, or never will, as they were. */
  readonly revived?: readonly Omit<GrantFunds, 'terms'>[];
}

/** Whatever moves a player's money and is no bet. */
export interface Entry extends WalletKey {
  readonly brandId: string;
  readonly reference: string;
  readonly kind: EntryKind;
  readonly amount: number;
  readonly grantId: string | null;
  readonly detail: EntryDetail;
  readonly at: Millis;
}

export async function insertEntries(connection: Queryable, entries: readonly Entry[]): Promise<void> {
  if (entries.length === 0) return;
  const column = <T>(of: (entry: Entry) => T): T[] => entries.map(of);
  await connection.query({
    name: 'funds.entries',
    text: `insert into wallet_entries (player_id, reference, kind, brand_id, currency, amount, grant_id, detail, at)
      select * from unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::text[], $6::bigint[], $7::uuid[], $8::json[],
        $9::timestamptz[])`,
    values: [
      uuids(column(({ playerId }) => playerId)),
      texts(column(({ reference }) => reference)),
      texts(column(({ kind }) => kind)),
      uuids(column(({ brandId }) => brandId)),
      texts(column(({ currency }) => currency)),
      int8s(column(({ amount }) => amount)),
      uuids(column(({ grantId }) => grantId)),
      jsons(column(({ detail }) => JSON.stringify(detail))),
      instants(column(({ at }) => at)),
    ],
  });
}

interface Row {
  player_id: string;
  reference: string;
  kind: EntryKind;
  brand_id: string;
  currency: string;
  amount: number;
  grant_id: string | null;
  detail: EntryDetail;
  at: Date;
}

const COLUMNS = `e.player_id, e.reference, e.kind, e.brand_id, e.currency, e.amount, e.grant_id, e.detail, e.at`;

const entryOf = (row: Row): Entry => ({
  playerId: row.player_id,
  currency: row.currency,
  brandId: row.brand_id,
  reference: row.reference,
  kind: row.kind,
  amount: row.amount,
  grantId: row.grant_id,
  detail: row.detail,
  at: row.at.getTime(),
});

/** What names an entry. */
export type EntryName = readonly [playerId: string, reference: string, kind: string];

export async function findEntries(connection: Queryable, names: readonly EntryName[]): Promise<Entry[]> {
  if (names.length === 0) return [];
  const { rows } = await connection.query<Row>({
    name: 'funds.find_entries',
    text: `select ${COLUMNS} from unnest($1::uuid[], $2::text[], $3::text[]) as t (player, reference, kind)
      cross join lateral (select * from wallet_entries e where e.player_id = t.player and e.reference = t.reference
        and e.kind = t.kind offset 0) e`,
    values: [
      uuids(names.map(([player]) => player)),
      texts(names.map(([, reference]) => reference)),
      texts(names.map(([, , kind]) => kind)),
    ],
  });
  return rows.map(entryOf);
}

/** What is folded into wallets beside bets, from an instant on. */
export async function entriesSince(
  connection: Queryable,
  wallets: readonly (WalletKey & { readonly since: Millis | null })[],
): Promise<Entry[]> {
  const { rows } = await connection.query<Row>({
    name: 'funds.entries_since',
    text: `select ${COLUMNS} from unnest($1::uuid[], $2::text[], $3::timestamptz[]) as t (player, currency, since)
      cross join lateral (select * from wallet_entries e where e.player_id = t.player and e.currency = t.currency
        and e.at >= coalesce(t.since, '-infinity') offset 0) e`,
    values: [
      uuids(wallets.map(({ playerId }) => playerId)),
      texts(wallets.map(({ currency }) => currency)),
      instants(wallets.map(({ since }) => since)),
    ],
  });
  return rows.map(entryOf);
}

/** Real money put right by what came after a bonus had ended for good. */
export const correctionOf = (
  { playerId, currency, brandId }: WalletKey & { readonly brandId: string },
  reference: string,
  at: Millis,
  amount: number,
): Entry => ({
  ...{ playerId, currency, brandId, reference, kind: 'correction', amount },
  ...{ grantId: null, detail: {}, at },
});
