import type { EngineReport } from '@promosmith/contract';
import { WAGER_UNIT } from '@promosmith/core/money';
import type { Queryable } from '../../platform/db.ts';
import type { NewEvent } from '../../platform/outbox.ts';
import { endGrants } from '../bonuses/index.ts';

/** A bonus that an outside engine keeps, held for a report. */
export interface ReportedGrant {
  readonly playerId: string;
  readonly playerExternalId: string;
  readonly brandId: string;
  readonly grantId: string;
  readonly kind: string;
  readonly status: string;
  readonly campaignId: string;
  readonly currency: string;
  /** What it told last that is left, minor units. */
  readonly balance: number;
  /** Turnover required and so far, in 1/10,000 minor units. */
  readonly required: number;
  readonly wagered: number;
  /** The database's clock. */
  readonly now: Date;
}

/** The bonus after a report. */
export interface AppliedReport {
  readonly status: string;
  readonly wagered: number;
  readonly converted: number;
}

export interface ReportAnswer {
  grantId: string;
  status: string;
  applied: boolean;
}

/** @returns undefined of a bonus that is not the engine's. */
export async function lockReported(
  tx: Queryable,
  brandId: string,
  grantId: string,
): Promise<ReportedGrant | undefined> {
  const { rows } = await tx.query<ReportedGrant>(
    `select g.player_id as "playerId", p.external_id as "playerExternalId", g.brand_id as "brandId",
       g.grant_id as "grantId", g.kind, g.status, g.campaign_id as "campaignId", g.currency,
       g.outside_balance as balance,
       g.wagering_required as required, g.wagered, now() as now
     from grants g join players p on p.player_id = g.player_id
     where g.brand_id = $1 and g.grant_id = $2 and g.outside_balance is not null for update of g`,
    [brandId, grantId],
  );
  return rows[0];
}

export async function findReport(
  tx: Queryable,
  playerId: string,
  reportId: string,
): Promise<{ digest: string; answer: ReportAnswer } | undefined> {
  const { rows } = await tx.query<{ digest: string; answer: ReportAnswer }>(
    'select digest, answer from engine_reports where player_id = $1 and report_id = $2',
    [playerId, reportId],
  );
  return rows[0];
}

export async function keepReport(
  tx: Queryable,
  { playerId, brandId, grantId }: ReportedGrant,
  { reportId, digest, answer }: { reportId: string; digest: string; answer: ReportAnswer },
): Promise<void> {
  await tx.query(
    `insert into engine_reports (player_id, report_id, brand_id, grant_id, digest, answer)
     values ($1, $2, $3, $4, $5, $6)`,
    [playerId, reportId, brandId, grantId, digest, JSON.stringify(answer)],
  );
}

/**
 * Writes what the engine told of a bonus that is under way; its word decides. Reports may overtake each other, and the
 * answer to the issue: turnover never goes back, and what has ended stays ended.
 * @returns undefined when the bonus had ended before.
 */
export async function applyReport(
  tx: Queryable,
  { playerId, grantId }: ReportedGrant,
  { status, wagered, balance, converted }: EngineReport,
): Promise<AppliedReport | undefined> {
  const { rows } = await tx.query<AppliedReport>(
    `update grants set status = 'active',
       granted_at = coalesce(granted_at, now()), effective_at = coalesce(effective_at, now()),
       wagered = greatest(wagered, $3), outside_balance = $4, converted = $5, changed_at = now()
     where player_id = $1 and grant_id = $2 and status in ('pending', 'active', 'delivery_failed')
     returning status, wagered, converted`,
    [playerId, grantId, wagered * WAGER_UNIT, balance, converted],
  );
  const [applied] = rows;
  if (!applied || status === 'progressed') return applied;
  await endGrants(tx, [{ playerId, grantId }], { as: status });
  return { ...applied, status };
}

const QUARTERS = 4;

const quarterOf = (wagered: number, required: number): number =>
  required === 0 ? 0 : Math.min(QUARTERS, Math.floor((wagered / required) * QUARTERS));

/** What a report makes known, in the words of bonuses that are kept here: progress at each quarter, and the end. */
export function eventsOf(before: ReportedGrant, { status, wagered, converted }: AppliedReport): NewEvent[] {
  const { grantId, kind, campaignId, currency, balance, required, playerExternalId: player, now } = before;
  const about = { grantId, kind, campaignId, player, currency, at: now.toISOString() };
  const event = (type: NewEvent['type'], data: Record<string, unknown>): NewEvent => ({
    type,
    subject: `grant/${grantId}`,
    data: { ...about, ...data },
  });
  switch (status) {
    case 'active':
      if (quarterOf(wagered, required) <= quarterOf(before.wagered, required)) return [];
      return [
        event('wagering.progressed', {
          wagered: Math.floor(wagered / WAGER_UNIT),
          required: Math.ceil(required / WAGER_UNIT),
        }),
      ];
    case 'completed':
      return [event('wagering.completed', {}), event('bonus.converted', { amount: converted })];
    case 'lost':
    case 'expired':
    case 'forfeited':
      return [event(`bonus.${status}`, { status, amount: balance })];
    default:
      throw new Error(`no report brings a bonus to ${status}`);
  }
}
