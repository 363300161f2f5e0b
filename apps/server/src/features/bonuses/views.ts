import {
  type CampaignDefinition,
  type Grant,
  type GrantWithTerms,
  Id,
  type listGrants,
  Reward,
  type RouteInput,
} from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { compileTerms, mostConverted } from '@promosmith/core/funds';
import { WAGER_UNIT } from '@promosmith/core/money';
import { z } from 'zod';
import type { Database } from '../../platform/db.ts';
import { decodeCursor, LOOKED_THROUGH, toFilteredPage } from '../../platform/http/cursor.ts';
import { playerId } from '../../platform/ids.ts';
import { spanEnd, spanStart } from '../../platform/time-span.ts';
import { loadDefinition } from '../campaigns/index.ts';

type Query = RouteInput<typeof listGrants>['query'];
type Page = { items: Grant[]; nextCursor: string | null };

export interface GrantViews {
  list(brandId: string, query: Query): Promise<Result<Page>>;
  /** @param player the platform's id of the only player whose bonus it may be; undefined for staff, who see more. */
  find(brandId: string, grantId: string, player: string | undefined): Promise<Result<GrantWithTerms>>;
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
    outside_balance: number | null;
    converted: number;
    wagering_required: number;
    wagered: number;
    source: Grant['source'];
    parent_grant_id: string | null;
    ended_reason: string | null;
    granted_at: Date | null;
    expires_at: Date | null;
    created_at: Date;
    changed_at: Date;
  };
  players: { player_id: string; external_id: string };
}

type Row = Omit<Tables['grants'], 'player_id' | 'brand_id'> & { external_id: string };

const UNDER_WAY: ReadonlySet<Grant['status']> = new Set(['pending', 'active', 'delivery_failed']);

const grantOf = (row: Row, reward: Reward | undefined): Grant => ({
  id: row.grant_id,
  player: row.external_id,
  kind: row.kind,
  status: row.status,
  campaignId: row.campaign_id,
  campaignVersion: row.campaign_version,
  activationId: row.activation_id,
  source: row.source,
  parentGrantId: row.parent_grant_id,
  keptOutside: row.outside_balance !== null,
  amount: row.amount,
  balance: row.outside_balance ?? row.balance,
  converted: row.converted,
  convertsAtMost: limitOf(row, reward),
  currency: row.currency,
  wageringRequired: Math.ceil(row.wagering_required / WAGER_UNIT),
  wagered: Math.floor(row.wagered / WAGER_UNIT),
  remaining: UNDER_WAY.has(row.status)
    ? Math.max(0, Math.ceil((row.wagering_required - row.wagered) / WAGER_UNIT))
    : 0,
  grantedAt: row.granted_at?.toISOString() ?? null,
  expiresAt: row.expires_at?.toISOString() ?? null,
  createdAt: row.created_at.toISOString(),
  changedAt: row.changed_at.toISOString(),
});

/** The most that becomes real money, where the terms limit it and the amount is known. */
function limitOf({ amount, currency }: Row, reward: Reward | undefined): number | null {
  const wagering = reward && 'wagering' in reward ? reward.wagering : undefined;
  if (!wagering?.maxConversion || amount === 0) return null;
  const most = mostConverted({ amount, terms: compileTerms(wagering, currency) });
  return most < Number.MAX_SAFE_INTEGER ? most : null;
}

const Cursor = z.tuple([Id]);

const SHOWN = [
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
  'g.outside_balance',
  'g.converted',
  'g.wagering_required',
  'g.wagered',
  'g.source',
  'g.parent_grant_id',
  'g.ended_reason',
  'g.granted_at',
  'g.expires_at',
  'g.created_at',
  'g.changed_at',
] as const;

/** `grants_ended` has the others. */
const isIndexed = (status: Grant['status']): boolean => status !== 'pending' && status !== 'active';

export function createGrantViews(db: Database): GrantViews {
  /** What an index serves; the rest is looked for among these. */
  function foundBy(brandId: string, query: Query, after: string | undefined) {
    let found = db.tables<Tables>().selectFrom('grants').selectAll().where('brand_id', '=', brandId);
    if (query.player !== undefined) found = found.where('player_id', '=', playerId(brandId, query.player));
    if (query.campaignId) found = found.where('campaign_id', '=', query.campaignId);
    if (query.status && isIndexed(query.status)) found = found.where('status', '=', query.status);
    if (query.from) {
      const { at, id } = spanStart(query.from);
      found = found.where('created_at', '>=', at).where('grant_id', '>=', id);
    }
    if (query.to) {
      const { at, id } = spanEnd(query.to);
      found = found.where('created_at', '<', at).where('grant_id', '<', id);
    }
    if (after) found = found.where('grant_id', '<', after);
    return found.orderBy('grant_id', 'desc');
  }

  /** The terms of each grant's version: a page rarely has more than a few. */
  async function definitionsOf(rows: readonly Row[]): Promise<(row: Row) => CampaignDefinition> {
    const name = ({ campaign_id, campaign_version }: Row) => `${campaign_id} ${campaign_version}`;
    const versions = new Map<string, CampaignDefinition>();
    for (const row of rows)
      if (!versions.has(name(row)))
        versions.set(name(row), await loadDefinition(db, row.campaign_id, row.campaign_version));
    return (row) => {
      const definition = versions.get(name(row));
      if (!definition) throw new Error(`the terms of ${row.grant_id} were not loaded`);
      return definition;
    };
  }

  return {
    async list(brandId, query) {
      const after = decodeCursor(query.cursor, Cursor);
      if (!after.ok) return after;
      const { limit } = query;
      const { kind } = query;
      const status = query.status && !isIndexed(query.status) ? query.status : undefined;
      const isFiltered = status !== undefined || kind !== undefined;
      const found = foundBy(brandId, query, after.value?.[0]);
      let passing = db
        .tables<Tables>()
        .selectFrom(found.limit(isFiltered ? LOOKED_THROUGH : limit + 1).as('g'))
        .innerJoin('players as p', 'p.player_id', 'g.player_id')
        .select(SHOWN);
      if (status) passing = passing.where('g.status', '=', status);
      if (kind) passing = passing.where('g.kind', '=', kind);
      const rows = await passing
        .orderBy('g.grant_id', 'desc')
        .limit(limit + 1)
        .execute();
      const definitionOf = await definitionsOf(rows);
      const endOfLook = async () => {
        if (!isFiltered) return undefined;
        const end = await found
          .clearSelect()
          .select('grant_id')
          .offset(LOOKED_THROUGH - 1)
          .limit(1)
          .executeTakeFirst();
        return end && [end.grant_id];
      };
      return ok(
        await toFilteredPage(
          rows,
          limit,
          (row) => [row.grant_id],
          (row) => grantOf(row, definitionOf(row).rewards[row.reward_index]),
          endOfLook,
        ),
      );
    },

    async find(brandId, grantId, player) {
      let found = db
        .tables<Tables>()
        .selectFrom('grants as g')
        .innerJoin('players as p', 'p.player_id', 'g.player_id')
        .select(SHOWN)
        .where('g.brand_id', '=', brandId)
        .where('g.grant_id', '=', grantId);
      if (player !== undefined) found = found.where('g.player_id', '=', playerId(brandId, player));
      const row = await found.executeTakeFirst();
      if (!row) return refuse('not_found', `There is no grant ${grantId}.`);
      const { rewards, terms } = await loadDefinition(db, row.campaign_id, row.campaign_version);
      const reward = Reward.parse(rewards[row.reward_index]);
      const reason = player === undefined ? { endedReason: row.ended_reason } : {};
      return ok({ ...grantOf(row, reward), ...reason, reward, terms });
    },
  };
}
