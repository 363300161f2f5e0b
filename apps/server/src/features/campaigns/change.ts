import type { EventType } from '@promosmith/contract';
import { ok, type Result } from '@promosmith/core';
import { audit } from '../../platform/audit.ts';
import type { Queryable } from '../../platform/db.ts';
import { publish } from '../../platform/outbox.ts';
import {
  type By,
  type CampaignRecord,
  campaignNotFound,
  campaignView,
  revisionConflict,
} from './campaign.ts';
import { type CampaignChange, changeCampaign, findCampaign, lockCampaign } from './store.ts';

/** What a change writes, once it was decided on. */
export interface Plan {
  /** Of the audit entry, e.g. `campaign.paused`. */
  action: string;
  change: CampaignChange;
  events?: readonly EventType[];
  /** Given by a person; stands in the audit entry and the events. */
  reason?: string | undefined;
}

export type Who = Pick<By, 'brandId' | 'actor' | 'requestId'>;

/**
 * Changes one campaign: locks it, lets `decide` look at it and say what to write, then writes that with its audit
 * entry and events.
 * @param expected the revision the caller saw; undefined when it does not matter.
 */
export async function change(
  tx: Queryable,
  who: Who,
  campaignId: string,
  expected: number | undefined,
  decide: (current: CampaignRecord) => Promise<Result<Plan>>,
): Promise<Result<CampaignRecord>> {
  const before = await lockCampaign(tx, who.brandId, campaignId);
  if (!before) return campaignNotFound();
  if (expected !== undefined && before.revision !== expected) return revisionConflict(before.revision);
  const decided = await decide(before);
  if (!decided.ok) return decided;
  const plan = decided.value;
  await changeCampaign(tx, before, plan.change);
  const after = await findCampaign(tx, who.brandId, campaignId);
  if (!after) throw new Error(`campaign ${campaignId} vanished under its lock`);
  await record(tx, who, plan, before, after);
  return ok(after);
}

async function record(
  tx: Queryable,
  who: Who,
  { action, events = [], reason }: Plan,
  before: CampaignRecord,
  after: CampaignRecord,
): Promise<void> {
  const changed = changedFields(before, after);
  const { brandId, actor, requestId } = who;
  const { campaignId, name, version } = after;
  await publish(
    tx,
    { brandId, actor, correlationId: requestId, time: new Date().toISOString() },
    events.map((type) => ({
      type,
      subject: `campaign/${campaignId}`,
      data: { campaignId, name, version, ...(reason === undefined ? {} : { reason }) },
    })),
  );
  await audit(tx, {
    brandId,
    actor,
    requestId,
    action,
    targetKind: 'campaign',
    targetId: campaignId,
    before: changed.before,
    after: changed.after,
    ...(reason === undefined ? {} : { reason }),
  });
}

/** The fields of the view that differ, before and after. */
function changedFields(before: CampaignRecord, after: CampaignRecord) {
  const [one, other] = [campaignView(before), campaignView(after)];
  const names = (Object.keys(other) as (keyof typeof other)[]).filter(
    (name) => name !== 'updatedAt' && JSON.stringify(one[name]) !== JSON.stringify(other[name]),
  );
  const pick = (view: typeof one) => Object.fromEntries(names.map((name) => [name, view[name]]));
  return { before: pick(one), after: pick(other) };
}
