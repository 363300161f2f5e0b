import type { GrantFunds, GrantState } from '@promosmith/core/funds';
import { texts, uuids } from '../../../platform/arrays.ts';
import type { Queryable } from '../../../platform/db.ts';
import { IS_MONEY } from '../../bonuses/index.ts';
import { loadTerms } from '../terms.ts';

/** A bonus with what its row says beside its money. */
export interface StoredGrant {
  readonly playerId: string;
  readonly currency: string;
  readonly campaignId: string;
  readonly kind: string;
  readonly isFolded: boolean;
  readonly grant: GrantFunds;
}

interface Row {
  player_id: string;
  grant_id: string;
  currency: string;
  campaign_id: string;
  campaign_version: number;
  reward_index: number;
  kind: string;
  amount: number;
  balance: number;
  wagered: number;
  wagering_required: number;
  started_at: Date;
  expires_at: Date | null;
  deposit_id: string | null;
  folded: boolean;
  /** Not asked of bonuses under way, as nothing below: they have come to nothing yet. */
  status?: GrantState;
  converted?: number;
  remainder?: number;
  forfeited_by?: string | null;
}

const OF_ACTIVE = `player_id, grant_id, currency, campaign_id, campaign_version, reward_index, kind, amount, balance, wagered,
  wagering_required, coalesce(effective_at, granted_at) as started_at, expires_at, deposit_id, folded`;

const COLUMNS = `${OF_ACTIVE}, status, converted, remainder, forfeited_by`;

/** The bonuses of money that players have under way, in the order they count. */
export async function loadActive(
  connection: Queryable,
  playerIds: readonly string[],
): Promise<StoredGrant[]> {
  const { rows } = await connection.query<Row>({
    name: 'funds.grants',
    text: `select ${OF_ACTIVE} from grants where player_id = any($1::uuid[]) and status = 'active' and ${IS_MONEY}`,
    values: [uuids(playerIds)],
  });
  return stored(connection, rows);
}

/** Which bonuses that are over an event may name. */
export interface Named {
  readonly playerId: string;
  readonly grantId: string | null;
  /** The withdrawal that forfeited them. */
  readonly forfeitedBy: string | null;
  /** The deposit that earned them. */
  readonly depositId: string | null;
}

/** Lost and forfeited bonuses that are named: those that may live again. */
export async function loadNamed(connection: Queryable, named: readonly Named[]): Promise<StoredGrant[]> {
  if (named.length === 0) return [];
  const { rows } = await connection.query<Row>(
    `select ${COLUMNS} from grants g
     where player_id = any($1::uuid[]) and status in ('lost', 'forfeited') and folded and ${IS_MONEY}
       and exists (select from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[]) as t (player, grant_named, by, deposit)
         where t.player = g.player_id
           and (t.grant_named = g.grant_id or t.by = g.forfeited_by or t.deposit = g.deposit_id))`,
    [
      uuids(named.map(({ playerId }) => playerId)),
      uuids(named.map(({ grantId }) => grantId)),
      texts(named.map(({ forfeitedBy }) => forfeitedBy)),
      texts(named.map(({ depositId }) => depositId)),
    ],
  );
  return stored(connection, rows);
}

/** Every bonus of money of the players that ever was in a wallet, whatever became of it. */
export async function loadFolded(
  connection: Queryable,
  playerIds: readonly string[],
): Promise<StoredGrant[]> {
  const { rows } = await connection.query<Row>(
    `select ${COLUMNS} from grants where player_id = any($1::uuid[]) and folded and ${IS_MONEY}`,
    [uuids(playerIds)],
  );
  return stored(connection, rows);
}

async function stored(connection: Queryable, rows: readonly Row[]): Promise<StoredGrant[]> {
  const terms = await loadTerms(
    connection,
    rows.map((row) => ({
      campaignId: row.campaign_id,
      campaignVersion: row.campaign_version,
      rewardIndex: row.reward_index,
      currency: row.currency,
    })),
  );
  const grants = rows.flatMap((row, index): StoredGrant[] => {
    const own = terms[index];
    return own
      ? [
          {
            playerId: row.player_id,
            currency: row.currency,
            campaignId: row.campaign_id,
            kind: row.kind,
            isFolded: row.folded,
            grant: {
              grantId: row.grant_id,
              state: row.status ?? 'active',
              amount: row.amount,
              balance: row.balance,
              wagered: row.wagered,
              required: row.wagering_required,
              converted: row.converted ?? 0,
              startedAt: row.started_at.getTime(),
              expiresAt: row.expires_at?.getTime() ?? null,
              depositId: row.deposit_id,
              terms: own,
              remainder: row.remainder ?? 0,
              forfeitedBy: row.forfeited_by ?? null,
            },
          },
        ]
      : [];
  });
  return grants.sort(
    (a, b) => a.grant.startedAt - b.grant.startedAt || (a.grant.grantId < b.grant.grantId ? -1 : 1),
  );
}
