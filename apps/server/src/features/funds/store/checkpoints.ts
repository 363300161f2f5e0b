import type { Millis } from '@promosmith/core/activation';
import { type Checkpoint, type FundsEventKind, type Place, toCheckpoint } from '@promosmith/core/funds';
import { bools, instants, jsons, texts, uuids } from '../../../platform/arrays.ts';
import type { Queryable } from '../../../platform/db.ts';
import type { NewCheckpoint } from '../folding/run.ts';
import type { Wallet, WalletKey } from '../folding/wallet.ts';

/** A place to fold again from. */
export interface StoredCheckpoint extends WalletKey {
  readonly place: Place;
  readonly funds: Checkpoint;
  readonly isFinal: boolean;
}

interface Row {
  player_id: string;
  currency: string;
  at: Date;
  kind: FundsEventKind;
  id: string;
  funds: Checkpoint;
  final: boolean;
}

/** Of each wallet the last two checkpoints up to an instant, and the one where a bonus ended for good. */
export async function checkpointsBefore(
  connection: Queryable,
  wallets: readonly (WalletKey & { readonly at: Millis })[],
): Promise<StoredCheckpoint[]> {
  const { rows } = await connection.query<Row>({
    name: 'funds.checkpoints',
    text: `select c.* from unnest($1::uuid[], $2::text[], $3::timestamptz[]) as t (player, currency, at)
      cross join lateral (
        (select * from checkpoints c where c.player_id = t.player and c.currency = t.currency and c.at <= t.at
         order by c.at desc limit 2)
        union all
        (select * from checkpoints c where c.player_id = t.player and c.currency = t.currency and c.final
         order by c.at desc limit 1)
      ) c`,
    values: [
      uuids(wallets.map(({ playerId }) => playerId)),
      texts(wallets.map(({ currency }) => currency)),
      instants(wallets.map(({ at }) => at)),
    ],
  });
  return rows.map((row) => ({
    playerId: row.player_id,
    currency: row.currency,
    place: { at: row.at.getTime(), kind: row.kind, id: row.id },
    funds: row.funds,
    isFinal: row.final,
  }));
}

/** Events older than this are not taken, so a checkpoint from before the latest one this old serves nobody. */
const KEPT = `interval '91 days'`;

/**
 * Writes the new checkpoints of wallets, and removes those that no longer hold, those from before a bonus ended for
 * good, and those too old for any event.
 */
export async function saveCheckpoints(connection: Queryable, wallets: readonly Wallet[]): Promise<void> {
  const changed = wallets.filter(
    ({ checkpoints, rewoundTo }) => checkpoints.length > 0 || rewoundTo !== undefined,
  );
  if (changed.length === 0) return;
  const rows = changed.flatMap((wallet) =>
    lastOfEachInstant(wallet).map((checkpoint) => ({ wallet, checkpoint })),
  );
  const column = <T>(of: (row: (typeof rows)[number]) => T): T[] => rows.map(of);
  await connection.query({
    name: 'funds.drop_checkpoints',
    text: `delete from checkpoints c using unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::timestamptz[])
        as t (player, currency, holds_to, begins_at)
      where c.player_id = t.player and c.player_id = any($1::uuid[]) and c.currency = t.currency
        and (c.at > t.holds_to or c.at < t.begins_at or c.at < (select max(o.at) from checkpoints o
          where o.player_id = t.player and o.currency = t.currency and o.at < now() - ${KEPT}))`,
    values: [
      uuids(changed.map(({ playerId }) => playerId)),
      texts(changed.map(({ currency }) => currency)),
      instants(changed.map(({ rewoundTo }) => (rewoundTo === null ? 0 : (rewoundTo ?? null)))),
      instants(
        changed.map(({ checkpoints }) => checkpoints.findLast(({ final }) => final)?.place.at ?? null),
      ),
    ],
  });
  await connection.query({
    name: 'funds.add_checkpoints',
    text: `insert into checkpoints (player_id, currency, at, kind, id, funds, final)
      select * from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::text[], $5::text[], $6::json[], $7::bool[])
      on conflict (player_id, currency, at) do update
        set kind = excluded.kind, id = excluded.id, funds = excluded.funds, final = excluded.final`,
    values: [
      uuids(column(({ wallet }) => wallet.playerId)),
      texts(column(({ wallet }) => wallet.currency)),
      instants(column(({ checkpoint }) => checkpoint.place.at)),
      texts(column(({ checkpoint }) => checkpoint.place.kind)),
      texts(column(({ checkpoint }) => checkpoint.place.id)),
      jsons(column(({ checkpoint }) => JSON.stringify(toCheckpoint(checkpoint.funds)))),
      bools(column(({ checkpoint }) => checkpoint.final)),
    ],
  });
}

/** From the last place where a bonus ended for good on. */
function lastOfEachInstant({ checkpoints }: Wallet): NewCheckpoint[] {
  const from = Math.max(
    0,
    checkpoints.findLastIndex(({ final }) => final),
  );
  return [
    ...new Map(checkpoints.slice(from).map((checkpoint) => [checkpoint.place.at, checkpoint])).values(),
  ];
}
