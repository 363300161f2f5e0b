import type { NewEvent } from '../../../platform/outbox.ts';
import type { Decided } from './decided.ts';

type Common = NonNullable<NewEvent['common']>;

/** Events of decisions that were made together. What they tell alike is one object for all of them. */
export function eventsOf(decided: readonly Decided[]): NewEvent[] {
  /** By the code everybody shares, else the campaign; and by the plan of the grant. */
  const commons = new Map<object, Common>();
  const commonOf = (key: object, make: () => Common): Common => {
    const known = commons.get(key);
    if (known) return known;
    const common = make();
    commons.set(key, common);
    return common;
  };
  return decided.flatMap((item) => {
    if (item.decision.outcome === 'refused') return [refused(item)];
    const told = activated(item, commonOf);
    return item.decision.outcome === 'awaiting_deposit' ? [told] : [told, ...granted(item, commonOf)];
  });
}

type CommonOf = (key: object, make: () => Common) => Common;

function refused({ pending, answer }: Decided): NewEvent {
  return {
    type: 'activation.refused',
    subject: `activation/${answer.activationId}`,
    correlationId: pending.correlationId,
    data: {
      activationId: answer.activationId,
      player: pending.playerExternalId,
      code: answer.codeShown,
      codeId: answer.codeId,
      campaignId: answer.campaignId,
      campaignVersion: answer.campaignVersion,
      channel: pending.attempt.entry.channel,
      key: answer.refusalKey,
    },
  };
}

function activated({ pending, decision, answer }: Decided, commonOf: CommonOf): NewEvent {
  const { code, campaign, outcome } = decision;
  if (!code || !campaign) throw new Error('an activation without its code');
  const { activationId, codeShown, codeId } = answer;
  const { campaignId, version: campaignVersion } = campaign;
  const offer = { campaignId, campaignVersion, outcome };
  const own = { activationId, player: pending.playerExternalId, channel: pending.attempt.entry.channel };
  const ofCode = { code: codeShown, codeId };
  const isShared = code.sharedText !== null;
  return {
    type: 'code.activated',
    subject: `code/${codeId}`,
    correlationId: pending.correlationId,
    data: isShared ? own : { ...own, ...ofCode },
    common: isShared ? commonOf(code, () => ({ ...ofCode, ...offer })) : commonOf(campaign, () => offer),
  };
}

function granted({ pending, decision, answer, grantIds }: Decided, commonOf: CommonOf): NewEvent[] {
  return decision.grants.map((plan, index) => {
    const grantId = grantIds[index];
    const { kind, amount, currency } = plan;
    return {
      type: 'bonus.granted',
      subject: `grant/${grantId}`,
      correlationId: pending.correlationId,
      data: { grantId, activationId: answer.activationId, player: pending.playerExternalId },
      common: commonOf(plan, () => ({ kind, amount, currency, campaignId: answer.campaignId })),
    };
  });
}
