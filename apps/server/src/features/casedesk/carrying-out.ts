import { ok, type Result, refuse } from '@promosmith/core';
import { REFUSALS, type RefusalKey } from '@promosmith/core/activation';
import type { Database, Queryable } from '../../platform/db.ts';
import { doEachDue } from '../../platform/do-due.ts';
import type { SetAside } from '../../platform/set-aside.ts';
import type { Activations, ReviewOrder } from '../activations/index.ts';
import { type CaseEffect, type CaseRecord, findCase, findUnsettled, settleCase } from '../cases/index.ts';
import type { CodesService } from '../codes/index.ts';
import { blockBonuses } from '../players/index.ts';
import type { Lists } from './lists/index.ts';

const AT_ONCE = 20;
/** Whom a person found to be honest is not held or declined again for so long. */
const ALLOWED_DAYS = 7;

export interface Carriers {
  readonly db: Database;
  readonly reviews: Activations['reviews'];
  readonly codes: Pick<CodesService, 'disableIn'>;
  readonly lists: Pick<Lists, 'allowPlayer'>;
}

/** @returns the case with what came of it, whoever did it: all of it once, in one transaction. */
export async function carryOut(parts: Carriers, decided: CaseRecord): Promise<CaseRecord> {
  const done = await parts.db.transaction(async (tx): Promise<Result<CaseRecord>> => {
    const effects: CaseEffect[] = [];
    for (const work of worksOf(parts, decided)) effects.push(...(await work(tx)));
    const settled = await settleCase(tx, decided, effects);
    return settled ? ok(settled) : doneMeanwhile;
  });
  return done.ok ? done.value : ((await findCase(parts.db, decided.brandId, decided.id)) ?? decided);
}

const doneMeanwhile = refuse('conflict', 'Another process has carried it out.');

const gone = refuse('not_found', 'Nobody knows the player any more.');

/** @returns what came of it. */
type Work = (tx: Queryable) => Promise<CaseEffect[]>;

const effectOf = (effect: string, detail: string, result: Result<unknown>): CaseEffect => ({
  effect,
  done: result.ok,
  detail: result.ok ? detail : result.refusal.key,
});

const one =
  (effect: string, detail: string, work: (tx: Queryable) => Promise<Result<unknown>>): Work =>
  async (tx) => [effectOf(effect, detail, await work(tx))];

/** What a decided case says, in the order of locks. What is refused leaves nothing behind, and is kept with its key. */
function worksOf({ reviews, codes, lists }: Carriers, decided: CaseRecord): Work[] {
  const { brandId, id, kind, decision, activationId, playerId, player, codeId, jobId } = decided;
  const actor = decided.decidedBy ?? SYSTEM;
  const reason = decided.reason ?? '';
  const by = { brandId, actor, requestId: id };
  const works: Work[] = [];
  if (decision === 'block' && playerId !== null && player !== null)
    works.push(
      one('player_blocked', player, async (tx) =>
        (await blockBonuses(tx, playerId, reason, { caller: { actor }, requestId: id })) ? ok(null) : gone,
      ),
    );
  if (kind === 'activation_held' && activationId !== null) {
    const order = { ...by, activationId, reason };
    works.push(
      decision === 'release'
        ? releaseOrRefuse(reviews, order)
        : one('activation_refused', activationId, (tx) => reviews.refuse(tx, order)),
    );
  }
  if (kind === 'review_requested' && decision === 'release' && player !== null)
    works.push(
      one('player_allowed', player, async (tx) =>
        ok(await lists.allowPlayer(tx, player, ALLOWED_DAYS, reason, by)),
      ),
    );
  if (jobId !== null) works.push(one('bonuses_taken_back', jobId, async () => ok(null)));
  if (decision === 'block' && playerId === null && codeId !== null)
    works.push(one('code_disabled', codeId, (tx) => codes.disableIn(tx, by, codeId, reason)));
  return works;
}

/**
 * A case is decided once: what can't be released, because its player gets no bonuses any more, would be held for ever with
 * all that it reserves. It is refused for that instead.
 */
const releaseOrRefuse =
  (reviews: Carriers['reviews'], order: ReviewOrder): Work =>
  async (tx) => {
    const { activationId } = order;
    const released = await reviews.release(tx, order);
    const effects = [effectOf('activation_released', activationId, released)];
    if (released.ok || !isRefusalKey(released.refusal.key)) return effects;
    const refused = await reviews.refuse(tx, order, released.refusal.key);
    return [...effects, effectOf('activation_refused', activationId, refused)];
  };

/** Whether activations are refused for it, which is not so where none is in review. */
const isRefusalKey = (key: string): key is RefusalKey => Object.hasOwn(REFUSALS, key);

const SYSTEM = { kind: 'system', id: 'risk' } as const;

/** Carries out what was decided where the server that was asked did not come to it. @returns whether there may be more. */
export const carryOutRest = (parts: Carriers, aside: SetAside): Promise<boolean> =>
  doEachDue(aside, {
    find: (names) => findUnsettled(parts.db, names, AT_ONCE),
    nameOf: ({ id }) => id,
    work: async (decided) => {
      await carryOut(parts, decided);
      return false;
    },
  });
