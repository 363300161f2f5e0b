import { hash } from 'node:crypto';
import {
  Approval,
  type ApprovalThresholds,
  type BrandSettings,
  type GrantWithTerms,
} from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { z } from 'zod';
import type { Database, Queryable } from '../../platform/db.ts';
import { newId, playerId } from '../../platform/ids.ts';
import type { Approvals } from '../approvals/index.ts';
import type { Bonuses } from '../bonuses/index.ts';
import type { Brands } from '../brands/index.ts';
import { type Candidate, findCandidate, type HandRequest } from './candidate.ts';
import { issueNow } from './issue-now.ts';
import type { Origin } from './origin.ts';

export interface Granting {
  /** @param key repeats are answered as the first was; none when every request is a new one. */
  grant(
    request: Omit<HandRequest, 'brandId'> & { reason: string },
    key: string | undefined,
    by: Origin,
  ): Promise<Result<Granted>>;
}

export type Granted =
  | { readonly grant: GrantWithTerms; readonly replayed: boolean }
  | { readonly approval: Approval; readonly replayed: boolean };

const KIND = 'grant.issue';

/** What waits for a second person: the terms are those the request was made on. */
const Payload = z.object({
  grantId: z.uuid(),
  player: z.string(),
  campaignId: z.uuid(),
  campaignVersion: z.int(),
  rewardIndex: z.int(),
  currency: z.string(),
  amount: z.int().optional(),
  reason: z.string(),
});

const keyReused = refuse('conflict', 'This Idempotency-Key was used for a different request.');

/** Bonuses granted by a person; above the brand's threshold a second one has to agree. */
export function createGranting(
  db: Database,
  { approvals, bonuses, brands }: { approvals: Approvals; bonuses: Bonuses; brands: Brands },
): Granting {
  approvals.register(KIND, {
    async approved(tx, { brandId, payload }, { actor, requestId = newId() }) {
      const { grantId, reason, ...request } = Payload.parse(payload);
      const { settings } = await brands.lock(tx, brandId);
      const candidate = await findCandidate(tx, { ...request, brandId }, settings.jurisdiction);
      if (!candidate.ok) return candidate;
      return issueNow(
        tx,
        { grantId, reason, player: request.player, campaignId: request.campaignId },
        candidate.value,
        {
          brandId,
          actor,
          requestId,
        },
      );
    },
  });

  async function decide(
    tx: Queryable,
    grantId: string,
    { reason, ...asked }: Parameters<Granting['grant']>[0],
    { jurisdiction, approvals: thresholds }: BrandSettings,
    by: Origin,
  ): Promise<Result<Approval | null>> {
    const { brandId, actor, requestId } = by;
    const { player, campaignId } = asked;
    const found = await findCandidate(tx, { ...asked, brandId }, jurisdiction);
    if (!found.ok) return found;
    const { plan, campaignVersion } = found.value;
    if (!isAbove(thresholds, plan)) {
      const issued = await issueNow(tx, { grantId, reason, player, campaignId }, found.value, by);
      return issued.ok ? ok(null) : issued;
    }
    const { rewardIndex, currency, kind, cost } = plan;
    const payload: z.infer<typeof Payload> = {
      ...{ grantId, player, campaignId, campaignVersion, rewardIndex, currency, reason },
      ...(asked.amount === undefined ? {} : { amount: asked.amount }),
    };
    return approvals.request(tx, {
      brandId,
      kind: KIND,
      subject: `grant/${grantId}`,
      payload,
      summary: `Grant ${player} a bonus of kind ${kind}, worth ${cost} ${currency} in minor units`,
      requestedBy: actor,
      reason,
      requestId,
    });
  }

  return {
    async grant(request, key, by) {
      const { brandId } = by;
      const grantId = newId();
      const id = playerId(brandId, request.player);
      const digest = hash('sha256', JSON.stringify(request), 'base64url');
      const done = await db.transaction(async (tx): Promise<Result<{ made: Made; replayed: boolean }>> => {
        const { rowCount } = await tx.query(
          `insert into hand_grants (player_id, request_key, brand_id, digest, grant_id) values ($1, $2, $3, $4, $5)
           on conflict (player_id, request_key) do nothing`,
          [id, key ?? grantId, brandId, digest, grantId],
        );
        if (rowCount === 0) return repeated(tx, id, key ?? grantId, digest);
        const { settings } = await brands.read(tx, brandId);
        const decided = await decide(tx, grantId, request, settings, by);
        if (!decided.ok) return decided;
        const approval = decided.value;
        if (approval)
          await tx.query('update hand_grants set approval = $3 where player_id = $1 and request_key = $2', [
            id,
            key ?? grantId,
            JSON.stringify(approval),
          ]);
        return ok({ made: { grantId, approval }, replayed: false });
      });
      if (!done.ok) return done;
      const { made, replayed } = done.value;
      if (made.approval) return ok({ approval: made.approval, replayed });
      bonuses.deliveries.wake();
      const view = await bonuses.views.find(brandId, made.grantId, undefined);
      return view.ok ? ok({ grant: view.value, replayed }) : view;
    },
  };
}

interface Made {
  readonly grantId: string;
  readonly approval: Approval | null;
}

async function repeated(
  tx: Queryable,
  id: string,
  key: string,
  digest: string,
): Promise<Result<{ made: Made; replayed: boolean }>> {
  const { rows } = await tx.query<{ grant_id: string; digest: string; approval: unknown }>(
    'select grant_id, digest, approval from hand_grants where player_id = $1 and request_key = $2',
    [id, key],
  );
  const [row] = rows;
  if (row?.digest !== digest) return keyReused;
  const approval = row.approval === null ? null : Approval.parse(row.approval);
  return ok({ made: { grantId: row.grant_id, approval }, replayed: true });
}

/** Worth more than a person may grant alone. In a currency that the threshold does not name, everything is. */
const isAbove = (
  { manualGrant }: Pick<ApprovalThresholds, 'manualGrant'>,
  { cost, currency }: Candidate['plan'],
): boolean => manualGrant !== null && cost > (manualGrant[currency] ?? 0);
