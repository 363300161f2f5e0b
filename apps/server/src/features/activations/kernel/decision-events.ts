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
  return decided.flatMap((item) => toldOf(item, commonOf));
}

function toldOf(item: Decided, commonOf: CommonOf): NewEvent[] {
  switch (item.decision.outcome) {
    case 'refused':
      return [refused(item)];
    case 'in_review':
      return [held(item)];
    case 'awaiting_deposit':
      return [activated(item, commonOf), ...flagged(item)];
    case 'accepted':
      return [activated(item, commonOf), ...granted(item, commonOf), ...flagged(item)];
  }
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

/** What somebody who looks at abuse wants to know of an attempt. */
const aboutAttempt = ({ pending, answer }: Decided) => ({
  activationId: answer.activationId,
  player: pending.playerExternalId,
  campaignId: answer.campaignId,
});

const held = (item: Decided): NewEvent => ({
  type: 'activation.held',
  subject: `activation/${item.answer.activationId}`,
  correlationId: item.pending.correlationId,
  data: {
    ...aboutAttempt(item),
    code: item.answer.codeShown,
    codeId: item.answer.codeId,
    campaignVersion: item.answer.campaignVersion,
    channel: item.pending.attempt.entry.channel,
    score: item.decision.assessment?.score,
  },
});

function flagged(item: Decided): NewEvent[] {
  const { assessment } = item.decision;
  if (assessment?.band !== 'flag') return [];
  const { activationId } = item.answer;
  const subject = `activation/${activationId}`;
  const { correlationId } = item.pending;
  return [
    {
      type: 'risk.flagged',
      subject,
      correlationId,
      data: { ...aboutAttempt(item), score: assessment.score },
    },
  ];
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
