import {
  type FreeSpins,
  type FreeSpinsState,
  Id,
  type listFreeSpins,
  type RouteInput,
} from '@promosmith/contract';
import { ok, type Result } from '@promosmith/core';
import { isOver } from '@promosmith/core/freespins';
import { z } from 'zod';
import type { Database, Queryable } from '../../platform/db.ts';
import { decodeCursor, toPage } from '../../platform/http/cursor.ts';
import { playerId } from '../../platform/ids.ts';
import type { GrantKey } from '../bonuses/index.ts';

type Query = RouteInput<typeof listFreeSpins>['query'];
type Page = { items: FreeSpins[]; nextCursor: string | null };

export interface FreeSpinsViews {
  list(brandId: string, query: Query): Promise<Result<Page>>;
  /** @throws when there is no such package. */
  get(db: Queryable, key: GrantKey): Promise<FreeSpins>;
}

interface Tables {
  free_spin_packages: {
    player_id: string;
    grant_id: string;
    brand_id: string;
    campaign_id: string;
    player_external_id: string;
    provider: string;
    currency: string;
    count: number;
    spin_value: number;
    win_cap: number | null;
    state: Exclude<FreeSpinsState, 'delivery_failed'>;
    played: number;
    won: number;
    credited: number;
    ending: 'cancelled' | 'expired' | null;
    ending_reason: string | null;
    provider_reference: string | null;
    issued_at: Date | null;
    expires_at: Date | null;
    over_at: Date | null;
    created_at: Date;
    changed_at: Date;
  };
  grants: { player_id: string; grant_id: string; status: string };
}

type Row = Omit<Tables['free_spin_packages'], 'player_id' | 'brand_id'> & { grant_status: string };

const Cursor = z.tuple([Id]);

export function createFreeSpinsViews(db: Database): FreeSpinsViews {
  return {
    async list(brandId, query) {
      const before = decodeCursor(query.cursor, Cursor);
      if (!before.ok) return before;
      let found = packages(db).where('p.brand_id', '=', brandId);
      if (query.player !== undefined)
        found = found.where('p.player_id', '=', playerId(brandId, query.player));
      if (query.campaignId) found = found.where('p.campaign_id', '=', query.campaignId);
      if (query.provider) found = found.where('p.provider', '=', query.provider);
      const failed = query.state === 'delivery_failed';
      if (query.state) found = found.where('p.state', '=', failed ? 'pending' : storedState(query.state));
      if (failed) found = found.where('g.status', '=', 'delivery_failed');
      else if (query.state === 'pending') found = found.where('g.status', '<>', 'delivery_failed');
      if (before.value) found = found.where('p.grant_id', '<', before.value[0]);
      const rows = await found
        .orderBy('p.grant_id', 'desc')
        .limit(query.limit + 1)
        .execute();
      return ok(toPage(rows, query.limit, (row) => [row.grant_id], freeSpinsOf));
    },

    async get(queryable, key) {
      const row = await packages(queryable)
        .where('p.player_id', '=', key.playerId)
        .where('p.grant_id', '=', key.grantId)
        .executeTakeFirstOrThrow();
      return freeSpinsOf(row);
    },
  };
}

const packages = (db: Queryable) =>
  db
    .tables<Tables>()
    .selectFrom('free_spin_packages as p')
    .innerJoin('grants as g', (join) =>
      join.onRef('g.player_id', '=', 'p.player_id').onRef('g.grant_id', '=', 'p.grant_id'),
    )
    .select([
      'p.grant_id',
      'p.campaign_id',
      'p.player_external_id',
      'p.provider',
      'p.currency',
      'p.count',
      'p.spin_value',
      'p.win_cap',
      'p.state',
      'p.played',
      'p.won',
      'p.credited',
      'p.ending',
      'p.ending_reason',
      'p.provider_reference',
      'p.issued_at',
      'p.expires_at',
      'p.over_at',
      'p.created_at',
      'p.changed_at',
      'g.status as grant_status',
    ]);

/** A delivery that failed shows on the grant alone. */
const storedState = (state: FreeSpinsState): Row['state'] =>
  state === 'delivery_failed' ? 'pending' : state;

const shownState = ({ state, grant_status }: Row): FreeSpinsState =>
  state === 'pending' && grant_status === 'delivery_failed' ? 'delivery_failed' : state;

const freeSpinsOf = (row: Row): FreeSpins => ({
  grantId: row.grant_id,
  player: row.player_external_id,
  campaignId: row.campaign_id,
  provider: row.provider,
  state: shownState(row),
  count: row.count,
  played: row.played,
  remaining: isOver(row) ? 0 : row.count - row.played,
  spinValue: row.spin_value,
  won: row.won,
  winCap: row.win_cap,
  credited: row.credited,
  currency: row.currency,
  ending: row.ending,
  endingReason: row.ending_reason,
  providerReference: row.provider_reference,
  expiresAt: row.expires_at?.toISOString() ?? null,
  issuedAt: row.issued_at?.toISOString() ?? null,
  overAt: row.over_at?.toISOString() ?? null,
  createdAt: row.created_at.toISOString(),
  changedAt: row.changed_at.toISOString(),
});
