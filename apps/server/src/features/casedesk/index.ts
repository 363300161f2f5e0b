import type { Jobs } from '../../platform/jobs/index.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Activations } from '../activations/index.ts';
import type { Approvals } from '../approvals/index.ts';
import type { CodesService } from '../codes/index.ts';
import type { Risk } from '../risk/index.ts';
import { createAssigning } from './assigning.ts';
import { carryOutRest } from './carrying-out.ts';
import { createDecisions } from './decisions.ts';
import { createLists, deleteOver } from './lists/index.ts';
import { createReviews } from './reviews.ts';
import { mountCaseDesk } from './routes.ts';
import { createTakeBacks, type TakeBacks } from './taking-back.ts';

export type { TakeBackInput, TakeBacks } from './taking-back.ts';

export interface CaseDeskParts {
  readonly activations: Activations;
  readonly approvals: Approvals;
  readonly codes: CodesService;
  readonly jobs: Jobs;
  readonly risk: Pick<Risk, 'identifiers'>;
}

export interface CaseDesk {
  /** Jobs that take back what was won by abuse. */
  readonly takeBacks: TakeBacks;
}

const CARRY_OUT = 'carry out decided cases';
const CARRY_OUT_EVERY_MS = 1_000;
const FORGET_EVERY_MS = 3_600_000;

/** The fraud analysts' desk: the queue of cases and their decisions, lists, reviews that players ask for. */
export function createCaseDesk(platform: Platform, parts: CaseDeskParts): CaseDesk {
  const { db, http, ticker } = platform;
  const { activations, approvals, codes, jobs, risk } = parts;
  const takeBacks = createTakeBacks(db, jobs, activations.reversals);
  const lists = createLists(db, risk.identifiers);
  const carriers = { db, codes, lists, reviews: activations.reviews };
  const aside = platform.setAside(CARRY_OUT);
  ticker.every(CARRY_OUT, CARRY_OUT_EVERY_MS, () => carryOutRest(carriers, aside));
  ticker.every('forget lists that are over', FORGET_EVERY_MS, () => deleteOver(db));
  mountCaseDesk(http, db, {
    ...{ carriers, lists },
    assigning: createAssigning(db),
    decisions: createDecisions(db, approvals, takeBacks),
    reviews: createReviews(db),
    wake: jobs.wake,
  });
  return { takeBacks };
}
