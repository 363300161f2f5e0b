import { ok, type Result, refuse } from '@promosmith/core';
import { campaignLifecycle, move } from '@promosmith/core/lifecycle';
import type { Queryable } from '../../platform/db.ts';
import type { CampaignRecord } from './campaign.ts';
import { change, type Plan, type Who } from './change.ts';
import { announced, type Judges, launchOf, mayRun, refused } from './launch.ts';
import { loadDefinition } from './live.ts';

export const PURPOSES = ['publish', 'edit', 'extend'] as const;

/** What is asked for: that a draft runs, that an edit of a live campaign comes into force, or that one that ended runs on. */
export interface Asked {
  purpose: (typeof PURPOSES)[number];
  version: number;
}

/** A decision someone made on what was asked. `who` is the one who decided. */
export interface Decision {
  who: Who;
  campaignId: string;
  approvalId: string;
  asked: Asked;
  /** Given with a rejection. */
  reason?: string | undefined;
}

const movedOn = () => refuse('conflict', 'The campaign no longer waits for this request.');

/** Brings into force what was asked, in the transaction of the decision. Refused when it cannot be any more. */
export const approve = (tx: Queryable, judges: Judges, decision: Decision): Promise<Result<CampaignRecord>> =>
  change(tx, decision.who, decision.campaignId, undefined, async (current) => {
    if (current.approvalId !== decision.approvalId) return movedOn();
    const planned = await planOf(tx, judges, current, decision.asked);
    if (!planned.ok) return planned;
    const { events = [], change: changes } = planned.value;
    return ok({
      action: 'campaign.approved',
      change: { ...changes, approvalId: null, pendingVersion: null },
      events: ['campaign.approved', ...events],
    });
  });

/**
 * Drops what was asked, in the transaction of the decision. A campaign that moved on meanwhile is left alone.
 * @param withdrawn by whoever asked: nothing was rejected, so no event tells of it.
 */
export const drop = (
  tx: Queryable,
  decision: Decision,
  withdrawn: boolean,
): Promise<Result<CampaignRecord>> =>
  change(tx, decision.who, decision.campaignId, undefined, async (current) =>
    current.approvalId === decision.approvalId
      ? ok({
          action: withdrawn ? 'campaign.withdrawn' : 'campaign.rejected',
          change: refused(current),
          events: withdrawn ? [] : ['campaign.rejected'],
          reason: decision.reason,
        })
      : movedOn(),
  );

async function planOf(
  tx: Queryable,
  judges: Judges,
  current: CampaignRecord,
  { purpose, version }: Asked,
): Promise<Result<Pick<Plan, 'change' | 'events'>>> {
  if (purpose === 'publish') {
    const launch = await launchOf(tx, judges, current);
    return launch.ok ? ok({ change: { status: launch.value }, events: announced(launch.value) }) : launch;
  }
  const definition = await loadDefinition(tx, current.campaignId, version);
  const { startsAt, endsAt } = definition.schedule;
  const runs = await mayRun(tx, judges, current.brandId, definition);
  if (!runs.ok) return runs;
  const inForce = { version, startsAt, endsAt };
  if (purpose === 'edit')
    return current.status === 'ended'
      ? refuse('conflict', 'The campaign has ended meanwhile: reject the edit.')
      : ok({ change: inForce });
  const reopened = move(campaignLifecycle, current.status, 'active', ['end_extended', 'approval']);
  return reopened.ok
    ? ok({ change: { ...inForce, status: reopened.value, pauseReason: null }, events: announced('active') })
    : reopened;
}
