import {
  type Grant,
  type GrantWithTerms,
  Id,
  type listGrants,
  Reward,
  type RouteInput,
} from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { WAGER_UNIT } from '@promosmith/core/money';
import { z } from 'zod';
import type { Database } from '../../platform/db.ts';
import { decodeCursor, toPage } from '../../platform/http/cursor.ts';
import { playerId } from '../../platform/ids.ts';
import { spanEnd, spanStart } from '../../platform/time-span.ts';
import { loadDefinition } from '../campaigns/index.ts';

type Query = RouteInput<typeof listGrants>['query'];
type Page = { items: Grant[]; nextCursor: string | null };

export interface GrantViews {
  list(brandId: string, query: Query): Promise<Result<Page>>;
  find(brandId: string, grantId: string): Promise<Result<GrantWithTerms>>;
}

interface Tables {
  grants: {
    player_id: string;
    grant_id: string;
    brand_id: string;
    activation_id: string | null;
    campaign_id: string;
    campaign_version: number;
    reward_index: number;
    kind: Grant['kind'];
    status: Grant['status'];
    currency: string;
    amount: number;
    balance: number;
    wagering_required: number;
    granted_at: Date | null;
    expires_at: Date | null;
    created_at: Date;
    changed_at: Date;
  };
  players: { player_id: string; external_id: string };
}

type Row = Omit<Tables['grants'], 'player_id' | 'brand_id'> & { external_id: string };

const grantOf = (row: Row): Grant => ({
  id: row.grant_id,
  player: row.external_id,
  kind: row.kind,
  status: row.status,
  campaignId: row.campaign_id,
  campaignVersion: row.campaign_version,
  activationId: row.activation_id,
  amount: row.amount,
  balance: row.balance,
  currency: row.currency,
  wageringRequired: Math.ceil(row.wagering_required / WAGER_UNIT),
  grantedAt: row.granted_at?.toISOString() ?? null,
  expiresAt: row.expires_at?.toISOString() ?? null,
  createdAt: row.created_at.toISOString(),
  changedAt: row.changed_at.toISOString(),
});

const Cursor = z.tuple([Id]);

export function createGrantViews(db: Database): GrantViews {
  const grants = (brandId: string) =>
    db
      .tables<Tables>()
      .selectFrom('grants as g')
      .innerJoin('players as p', 'p.player_id', 'g.player_id')
      .where('g.brand_id', '=', brandId)
      .select([
        'p.external_id',
        'g.grant_id',
        'g.activation_id',
        'g.campaign_id',
        'g.campaign_version',
        'g.reward_index',
        'g.kind',
        'g.status',
        'g.currency',
        'g.amount',
        'g.balance',
        'g.wagering_required',
        'g.granted_at',
        'g.expires_at',
        'g.created_at',
        'g.changed_at',
      ]);

  return {
    async list(brandId, query) {
      const after = decodeCursor(query.cursor, Cursor);
      if (!after.ok) return after;
      let found = grants(brandId);
      if (query.player !== undefined)
        found = found.where('g.player_id', '=', playerId(brandId, query.player));
      if (query.campaignId) found = found.where('g.campaign_id', '=', query.campaignId);
      if (query.status) found = found.where('g.status', '=', query.status);
      if (query.kind) found = found.where('g.kind', '=', query.kind);
      if (query.from) {
        const { at, id } = spanStart(query.from);
        found = found.where('g.created_at', '>=', at).where('g.grant_id', '>=', id);
      }
      if (query.to) {
        const { at, id } = spanEnd(query.to);
        found = found.where('g.created_at', '<', at).where('g.grant_id', '<', id);
      }
      if (after.value) found = found.where('g.grant_id', '<', after.value[0]);
      const rows = await found
        .orderBy('g.grant_id', 'desc')
        .limit(query.limit + 1)
        .execute();
      return ok(toPage(rows, query.limit, (row) => [row.grant_id], grantOf));
    },

    async find(brandId, grantId) {
      const row = await grants(brandId).where('g.grant_id', '=', grantId).executeTakeFirst();
      if (!row) return refuse('not_found', `There is no grant ${grantId}.`);
      const { rewards, terms } = await loadDefinition(db, row.campaign_id, row.campaign_version);
      return ok({ ...grantOf(row), reward: Reward.parse(rewards[row.reward_index]), terms });
    },
  };
}
