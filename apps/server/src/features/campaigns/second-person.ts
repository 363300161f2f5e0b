import { ok, type Result } from '@promosmith/core';
import { z } from 'zod';
import type { Queryable } from '../../platform/db.ts';
import { newId } from '../../platform/ids.ts';
import type { ApprovalRecord, Approvals, By as DecidedBy } from '../approvals/index.ts';
import type { By, CampaignRecord } from './campaign.ts';
import { type Asked, approve, type Decision, drop, PURPOSES } from './decisions.ts';
import type { Judges } from './launch.ts';

/** Questions to a second person about campaigns. */
export interface SecondPerson {
  /** @param why one needs to be asked. @returns the id of the request; refused while the same one is open. */
  ask(tx: Queryable, by: By, campaign: CampaignRecord, asked: Asked, why: string): Promise<Result<string>>;
  /** For whoever asked. */
  withdraw(tx: Queryable, by: By, approvalId: string): Promise<Result<unknown>>;
}

const Payload = z.object({ campaignId: z.uuid(), version: z.int(), why: z.string() });

const SUMMARY: Record<Asked['purpose'], (campaign: CampaignRecord) => string> = {
  publish: ({ name }) => `Publish the campaign “${name}”`,
  edit: ({ name }) => `Change the running campaign “${name}”`,
  extend: ({ name }) => `Let the campaign “${name}” run on`,
};

export function createSecondPerson(approvals: Approvals, judges: Judges): SecondPerson {
  for (const purpose of PURPOSES)
    approvals.register(`campaign.${purpose}`, {
      approved: (tx, approval, by) => approve(tx, judges, decisionOn(approval, purpose, by)),
      async closed(tx, approval, by) {
        await drop(tx, decisionOn(approval, purpose, by), approval.status === 'withdrawn');
      },
    });

  return {
    async ask(tx, { brandId, actor, requestId }, campaign, { purpose, version }, why) {
      const { campaignId } = campaign;
      const asked = await approvals.request(tx, {
        brandId,
        kind: `campaign.${purpose}`,
        subject: `campaign/${campaignId}`,
        payload: { campaignId, version, why } satisfies z.infer<typeof Payload>,
        summary: SUMMARY[purpose](campaign),
        requestedBy: actor,
        requestId,
      });
      return asked.ok ? ok(asked.value.approvalId) : asked;
    },
    withdraw: (tx, { brandId, actor, requestId }, approvalId) =>
      approvals.withdraw(tx, brandId, approvalId, { actor, requestId }),
  };
}

function decisionOn(
  approval: ApprovalRecord,
  purpose: Asked['purpose'],
  { actor, requestId }: DecidedBy,
): Decision {
  const { campaignId, version } = Payload.parse(approval.payload);
  return {
    who: { brandId: approval.brandId, actor, requestId: requestId ?? newId() },
    campaignId,
    approvalId: approval.approvalId,
    asked: { purpose, version },
    reason: approval.decisionReason ?? approval.failure?.message,
  };
}
