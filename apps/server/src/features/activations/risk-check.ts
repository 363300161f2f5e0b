import type { Queryable } from '../../platform/db.ts';
import { outlineOf } from './kernel/outlines.ts';
import { readChecks, type StoredChecks } from './stored-checks.ts';

/** A declined activation, and what spoke against it. */
export interface Declined {
  readonly activationId: string;
  readonly playerId: string;
  readonly player: string;
  readonly codeKey: string | null;
  readonly campaignId: string | null;
  /** What the check of indicators saw: score, band, policy and findings. */
  readonly saw: Readonly<Record<string, unknown>>;
}

/** @returns null when it was not refused for what indicators say; undefined when the player has no activation of that id. */
export async function findDeclined(
  db: Queryable,
  brandId: string,
  playerId: string,
  activationId: string,
): Promise<Declined | null | undefined> {
  const { rows } = await db.query<Omit<Declined, 'saw'> & StoredChecks & { declined: boolean }>(
    `select activation_id as "activationId", player_id as "playerId", player_external_id as player, code_key as "codeKey",
       campaign_id as "campaignId", ${outlineOf('activations')} as outline, seen,
       outcome = 'refused' and refusal_key = 'risk_declined' as declined
     from activations
     where activation_id = $1 and player_id = $2 and brand_id = $3`,
    [activationId, playerId, brandId],
  );
  const [row] = rows;
  if (!row?.declined) return row && null;
  const { outline, seen, declined: _, ...about } = row;
  const risk = readChecks({ outline, seen }).find(({ check }) => check === 'risk');
  const saw = typeof risk?.saw === 'object' && risk.saw !== null ? { ...risk.saw } : {};
  return { ...about, saw };
}
