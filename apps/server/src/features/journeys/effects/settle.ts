import type { ActionOutcome, MessageOutcome } from '@promosmith/core/journey';
import type { Queryable } from '../../../platform/db.ts';
import { type NewEvent, publish } from '../../../platform/outbox.ts';
import type { Claim, EffectKind, Move } from './effect.ts';
import { endEffects, lockVisits, visitName } from './store.ts';

/** What became of an effect, as its enrolment is told. */
export interface Result {
  readonly claim: Claim;
  readonly outcome: MessageOutcome | ActionOutcome;
  /** Why it was suppressed or failed. */
  readonly reason?: string | undefined;
  /** Kept as `events.<node>`. */
  readonly data?: Readonly<Record<string, unknown>> | undefined;
}

/** Effects that are this transaction's to do, of one brand. */
export interface Begun<Kind extends EffectKind> {
  /** Those still wanted by their enrolments, and of whose attempts these are the latest. */
  readonly wanted: readonly Claim<Kind>[];
  /** The database's clock. */
  readonly now: Date;
}

/**
 * Ends effects before they are done, in the transaction that does them: of two attempts one waits for the other and finds
 * nothing left to do. What nobody wants any more is dropped. Locks the enrolments.
 */
export async function begin<Kind extends EffectKind>(
  tx: Queryable,
  claims: readonly Claim<Kind>[],
): Promise<Begun<Kind>> {
  const { now, wanted } = await lockVisits(tx, claims);
  const { yes = [], no = [] } = Object.groupBy(claims, (claim) =>
    wanted.has(visitName(claim)) && !isOver(claim, now) ? 'yes' : 'no',
  );
  const ended = await endEffects(tx, yes, 'done');
  await endEffects(tx, no, 'dropped');
  return { now, wanted: yes.filter((claim) => ended.has(visitName(claim))) };
}

/** Nobody could answer the message any more: its visit is left by its time. */
const isOver = ({ effect }: Claim, now: Date): boolean =>
  effect.kind === 'message' && effect.expiresAt <= now.getTime();

const ACTOR = { kind: 'system', id: 'journeys' } as const;

/** Who did something for an enrolment. */
export const originOf = ({ brandId, effectKey }: Claim, now: Date) => ({
  brandId,
  actor: ACTOR,
  correlationId: effectKey,
  time: now.toISOString(),
});

/** Moves enrolments of a brand on by what their effects came to, and publishes that with `events`. */
export async function finish(
  tx: Queryable,
  move: Move,
  { claims, results, events, now }: Done,
): Promise<void> {
  const [first] = claims;
  if (!first) return;
  const at = now.getTime();
  const { events: moved } = await move(
    tx,
    results.map(({ claim: { playerId, enrolmentId, seq }, ...outcome }) => ({
      playerId,
      enrolmentId,
      input: { kind: 'outcome', seq, at, ...outcome },
    })),
  );
  await publish(tx, originOf(first, now), [...events, ...moved]);
}

export interface Done {
  readonly claims: readonly Claim[];
  /** Of those that came to something already. */
  readonly results: readonly Result[];
  readonly events: readonly NewEvent[];
  readonly now: Date;
}
