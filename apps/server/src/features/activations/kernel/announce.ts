import type { Queryable } from '../../../platform/db.ts';
import { type NewEvent, type Origin, publish } from '../../../platform/outbox.ts';
import { quietBudget, spendBudget } from '../budget.ts';
import type { Take, Taken } from './counters.ts';
import type { Decided } from './decided.ts';
import { eventsOf } from './decision-events.ts';
import type { Pending } from './pending.ts';

/** Outbox rows hold one brand and one actor each; a batch rarely has more than one of either. */
function byOrigin(decided: readonly Decided[]): [first: Decided, ...Decided[]][] {
  const groups: [Decided, ...Decided[]][] = [];
  for (const item of decided) {
    const group = groups.find(([first]) => haveOneOrigin(first.pending, item.pending));
    if (group) group.push(item);
    else groups.push([item]);
  }
  return groups;
}

const haveOneOrigin = (a: Pending, b: Pending): boolean =>
  a.brandId === b.brandId && a.actor.kind === b.actor.kind && a.actor.id === b.actor.id;

/** Writes the events of a batch: one outbox row per brand and actor, however many activations. */
export async function publishDecisions(connection: Queryable, decided: readonly Decided[]): Promise<void> {
  await Promise.all(
    byOrigin(decided).map((group) => publish(connection, originOf(group[0]), eventsOf(group))),
  );
}

const originOf = ({ pending, answer }: Decided): Origin => ({
  brandId: pending.brandId,
  actor: pending.actor,
  correlationId: pending.correlationId,
  time: answer.createdAt,
});

/** Between which values a shared counter tells nothing of a take, whoever else takes from it meanwhile. */
export const quietBounds = ({ refusal, maximum, step, before = 0 }: Take): { from: number; to: number } =>
  refusal === 'budget_exceeded' ? quietBudget(before, maximum, step) : { from: 0, to: maximum - 1 };

/** Whether the take has nothing to tell as far as the batch knows. A counter's first take is left to the careful way. */
export function isQuiet(take: Take): boolean {
  if (!take.hot) return true;
  if (take.before === undefined) return false;
  const { from, to } = quietBounds(take);
  return take.before >= from && take.before + take.used + take.reserved <= to;
}

/** Only the transaction that took the last use sees the counter at its maximum: so exactly one says so. */
const isReached = ({ usedNow, reservedNow, maximum }: Taken): boolean => usedNow + reservedNow === maximum;

/**
 * What the takes brought about: a limit reached (once per crossing), or a budget spent so far that not one more bonus
 * fits, which pauses the campaign.
 * @param after the counters many share: a unique code's single use is no crossing worth telling.
 */
export async function publishReached(
  connection: Queryable,
  decided: readonly Decided[],
  after: readonly Taken[],
): Promise<void> {
  for (const taken of after) {
    const cause = decided.filter(({ decision }) =>
      decision.claims.some((claim) => claim.counterKey === taken.key),
    );
    const last = cause.at(-1);
    if (!last) continue;
    if (taken.refusal === 'budget_exceeded')
      await spendBudget(connection, originOf(last), {
        campaignId: taken.campaignId,
        counterKey: taken.key,
        maximum: taken.maximum,
        used: taken.usedNow,
        reserved: taken.reservedNow,
        change: taken.used + taken.reserved,
        step: taken.step,
      });
    else if (isReached(taken)) await publish(connection, originOf(last), [limitReached(taken, last)]);
  }
}

function limitReached(taken: Taken, { pending, answer }: Decided): NewEvent {
  const ofCode = taken.home === 'code';
  return {
    type: 'code.limit_reached',
    subject: ofCode ? `code/${taken.key}` : `campaign/${taken.campaignId}`,
    correlationId: pending.correlationId,
    data: {
      scope: ofCode ? 'code' : 'campaign',
      counter: taken.key,
      limit: taken.maximum,
      code: answer.codeShown,
      codeId: answer.codeId,
      campaignId: taken.campaignId,
    },
  };
}
