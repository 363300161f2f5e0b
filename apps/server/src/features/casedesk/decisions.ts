import {
  type Actor,
  type Approval,
  CaseDecision,
  type decideCase,
  type RouteInput,
} from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { z } from 'zod';
import { audit } from '../../platform/audit.ts';
import type { Database, Queryable } from '../../platform/db.ts';
import type { RequestContext } from '../../platform/http/context.ts';
import { newId } from '../../platform/ids.ts';
import { publish } from '../../platform/outbox.ts';
import type { Approvals } from '../approvals/index.ts';
import {
  type CaseRecord,
  caseView,
  closeCase,
  endApproval,
  findCase,
  waitForApproval,
} from '../cases/index.ts';
import { alreadyDecided, caseNotFound, movedOn, waitsForSecond } from './refusals.ts';
import type { TakeBacks } from './taking-back.ts';

const TAKE_BACK = 'case.take_back';

/** What a second person agrees to. */
const Payload = z.object({
  caseId: z.uuid(),
  decision: CaseDecision,
  reason: z.string(),
  playerMessage: z.string().optional(),
  takeBack: z.array(z.uuid()),
});
type Payload = z.infer<typeof Payload>;

export type Asked = RouteInput<typeof decideCase>['body'];

/** A decided case, or the request that a second person has to decide first. */
export type Decided = { readonly decided: CaseRecord } | { readonly approval: Approval };

export interface Decisions {
  decide(caseId: string, asked: Asked, context: RequestContext): Promise<Result<Decided>>;
}

/**
 * Decides cases: each once, by a write that is guarded by the revision that was looked at. Nothing is carried out here but
 * that a job is started; the rest follows from what is decided, so that a crash loses none of it.
 */
export function createDecisions(db: Database, approvals: Approvals, takeBacks: TakeBacks): Decisions {
  approvals.register(TAKE_BACK, {
    async approved(tx, { approvalId, brandId, payload, requestedBy }, { actor, requestId = newId() }) {
      const { caseId, takeBack, ...verdict } = Payload.parse(payload);
      const jobId = await takeBacks.start(
        tx,
        { brandId, actor },
        { activationIds: takeBack, reason: verdict.reason },
      );
      const closed = await closeCase(
        tx,
        brandId,
        caseId,
        { approvalId },
        { ...verdict, by: requestedBy, jobId },
      );
      if (!closed) return refuse('conflict', 'The case has been decided otherwise meanwhile.');
      await tell(tx, closed, requestedBy, requestId);
      return ok(closed);
    },
    async closed(tx, { approvalId, brandId, payload }) {
      await endApproval(tx, brandId, Payload.parse(payload).caseId, approvalId);
    },
  });

  async function ask(
    tx: Queryable,
    found: CaseRecord,
    { revision, ...asked }: Asked,
    { caller: { brandId, actor }, requestId }: RequestContext,
  ): Promise<Result<Approval>> {
    const foreign = await findForeign(tx, found, asked.takeBack);
    if (foreign) return notOfThePlayer(foreign);
    const approval = await approvals.request(tx, {
      brandId,
      kind: TAKE_BACK,
      subject: `case/${found.id}`,
      payload: { caseId: found.id, ...asked } satisfies Payload,
      summary: `Take back ${asked.takeBack.length} activations of ${found.player}`,
      reason: asked.reason,
      requestedBy: actor,
      requestId,
    });
    if (!approval.ok) return approval;
    const waits = await waitForApproval(tx, brandId, found.id, revision, approval.value.approvalId);
    return waits ? approval : movedOn(await findCase(tx, brandId, found.id));
  }

  async function decideIn(
    tx: Queryable,
    caseId: string,
    asked: Asked,
    context: RequestContext,
  ): Promise<Result<Decided>> {
    const { brandId, actor } = context.caller;
    const found = await findCase(tx, brandId, caseId);
    if (!found) return caseNotFound();
    if (found.state === 'decided')
      return found.decision === asked.decision && (found.jobId === null) === (asked.takeBack.length === 0)
        ? ok({ decided: found })
        : alreadyDecided(found);
    if (found.approvalId !== null) return waitsForSecond();
    if (found.revision !== asked.revision) return movedOn(found);
    const possible = checkPossible(found, asked);
    if (!possible.ok) return possible;
    if (asked.takeBack.length > 0) {
      const waiting = await ask(tx, found, asked, context);
      return waiting.ok ? ok({ approval: waiting.value }) : waiting;
    }
    const { decision, reason, playerMessage } = asked;
    const verdict = { decision, reason, playerMessage, by: actor };
    const closed = await closeCase(tx, brandId, caseId, { revision: asked.revision }, verdict);
    // Somebody else has decided it meanwhile, which is found now.
    if (!closed) return decideIn(tx, caseId, asked, context);
    await tell(tx, closed, actor, context.requestId);
    return ok({ decided: closed });
  }

  return {
    decide: (caseId, asked, context) => db.transaction((tx) => decideIn(tx, caseId, asked, context)),
  };
}

async function tell(tx: Queryable, closed: CaseRecord, actor: Actor, requestId: string): Promise<void> {
  const { brandId, id, kind, decision, reason, decidedAt } = closed;
  await audit(tx, {
    ...{ brandId, actor, requestId },
    action: 'case.decided',
    targetKind: 'case',
    targetId: id,
    before: { state: 'open' },
    after: { state: 'decided', decision, jobId: closed.jobId },
    ...(reason === null ? {} : { reason }),
  });
  const { player, activationId, codeId, campaignId, score, band } = caseView(closed);
  await publish(tx, { brandId, actor, correlationId: requestId, time: decidedAt ?? '' }, [
    {
      type: 'risk.case_decided',
      subject: `case/${id}`,
      data: { caseId: id, kind, decision, player, activationId, codeId, campaignId, score, band },
    },
  ]);
}

/** Whether the decision can be carried out on a case of the kind. */
function checkPossible({ playerId, codeId }: CaseRecord, { decision, takeBack }: Asked): Result<unknown> {
  if (decision === 'block' && playerId === null && codeId === null)
    return refuse(
      'decision_not_possible',
      'The case is about a whole campaign: there is no code to disable.',
    );
  if (takeBack.length === 0) return ok(undefined);
  if (decision === 'release')
    return refuse('decision_not_possible', 'Nothing is taken back when nothing was wrong.');
  return playerId === null
    ? refuse('decision_not_possible', 'Of a code, bonuses are taken back where the code is watched.')
    : ok(undefined);
}

/** One of the activations that is not an accepted one of the case's player. */
async function findForeign(
  tx: Queryable,
  { brandId, playerId }: CaseRecord,
  activationIds: readonly string[],
): Promise<string | undefined> {
  const { rows } = await tx.query<{ id: string }>(
    `select activation_id as id from activations where activation_id = any($1::uuid[]) and player_id = $2 and brand_id = $3
       and outcome in ('accepted', 'awaiting_deposit')`,
    [activationIds, playerId, brandId],
  );
  const own = new Set(rows.map(({ id }) => id));
  return activationIds.find((id) => !own.has(id));
}

const notOfThePlayer = (activationId: string) =>
  refuse('invalid_request', 'takeBack: names no accepted activation of the player', [
    { field: 'takeBack', reason: `${activationId} is no accepted activation of the player` },
  ]);
