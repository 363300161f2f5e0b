import type { Advanced, Cause, Step } from '@promosmith/core/journey';
import type { Queryable } from '../../../platform/db.ts';
import type { NewEvent } from '../../../platform/outbox.ts';
import { endedEvent, enrolledEvent } from './announce.ts';
import type { Stored } from './store/stored.ts';
import { BEGUN, type Counted, ENDED, type EnrolmentCount, insertTallies } from './store/tallies.ts';
import { dropEffects, type EffectOf, insertEffects, insertSteps, type StepOf } from './store/traces.ts';
import { type Changed, updateStored } from './store/written.ts';

/** What one call of the engine brought about. */
export interface Change extends Changed {
  readonly steps: Advanced['steps'];
  readonly effects: Advanced['effects'];
}

/** An enrolment that has just begun, and how far it walked at once. */
export type Beginning = Omit<Change, 'before'>;

/** Writes what became of enrolments that are locked, set-based, with all its traces. @returns what to publish. */
export async function recordChanges(tx: Queryable, changes: readonly Change[]): Promise<NewEvent[]> {
  const real = changes.filter(isChanged);
  await Promise.all([
    updateStored(tx, real),
    recordTraces(tx, real),
    insertTallies(tx, real.filter(({ after }) => !after.isTest).flatMap(countsOf)),
  ]);
  return real.flatMap((change) => (hasEnded(change) ? endedEvent(change.after) : []));
}

/** Writes the traces of enrolments that are inserted. @returns what to publish. */
export async function recordBeginnings(tx: Queryable, beginnings: readonly Beginning[]): Promise<NewEvent[]> {
  await Promise.all([
    recordTraces(tx, beginnings),
    insertTallies(tx, beginnings.filter(({ after }) => !after.isTest).flatMap(firstCountsOf)),
  ]);
  return beginnings.flatMap(({ after }) => [...enrolledEvent(after), ...endedEvent(after)]);
}

/** The engine keeps what does not change, but for how it looks at the enrolment. */
function isChanged({ before, after, steps, effects }: Change): boolean {
  if (steps.length > 0 || effects.length > 0 || before.keeps !== after.keeps) return true;
  if (before.version !== after.version) return true;
  const [a, b] = [before.enrolment, after.enrolment];
  return STATE.some((field) => a[field] !== b[field]);
}

const STATE = [
  ...(['status', 'waitingFor', 'wakeAt', 'shownAt', 'event', 'events'] as const),
  ...(['goalUntil', 'convertedAt'] as const),
] as const;

const hasEnded = ({ before, after }: Change): boolean =>
  before.enrolment.status === 'active' && after.enrolment.status !== 'active';

async function recordTraces(tx: Queryable, given: readonly Beginning[]): Promise<void> {
  const steps: StepOf[] = [];
  const effects: EffectOf[] = [];
  for (const { after, ...trace } of given) {
    const { brandId, journeyId, version, enrolment } = after;
    for (const step of trace.steps) steps.push({ playerId: enrolment.playerId, step });
    for (const effect of trace.effects) effects.push({ brandId, journeyId, version, effect });
  }
  await Promise.all([
    insertSteps(tx, steps),
    insertEffects(tx, effects),
    dropEffects(
      tx,
      steps.filter(({ step }) => mayLeaveUndone(step)),
    ),
  ]);
}

/** Kinds of nodes that ask for something to be done outside wait for it, and may be left while it is not done. */
const AT_HOME: ReadonlySet<Step['kind']> = new Set([
  ...(['trigger', 'delay', 'wait_event', 'condition', 'split', 'exit'] as const),
]);
/** Left by these, a visit has had done what it asked for, or hands it over for good. */
const DONE: ReadonlySet<Cause> = new Set(['node', 'outcome']);

const mayLeaveUndone = ({ kind, cause }: Step): boolean => !AT_HOME.has(kind) && !DONE.has(cause);

function firstCountsOf({ after, steps }: Beginning): Counted[] {
  const { journeyId, version, enrolment } = after;
  if (enrolment.status === 'control') return [countOf(after, 'control')];
  const first = steps[0]?.nodeId ?? enrolment.nodeId;
  return [
    countOf(after, 'entered'),
    { journeyId, version, nodeId: first, connector: BEGUN },
    ...steps.flatMap((step) => visitsOf(after, step)),
    ...endCountsOf(after),
  ];
}

function countsOf(change: Change): Counted[] {
  const { before, after, steps } = change;
  const counts: Counted[] = [];
  if (before.version !== after.version) counts.push(...transferCountsOf(change));
  else for (const step of steps) counts.push(...visitsOf(after, step));
  if (before.enrolment.convertedAt === null && after.enrolment.convertedAt !== null)
    counts.push(countOf(after, after.enrolment.status === 'control' ? 'control_converted' : 'converted'));
  if (hasEnded(change)) counts.push(...endCountsOf(after));
  return counts;
}

/** The visit ends in the version it began in; what follows is of the other one. */
function transferCountsOf({ before, after, steps: [first, ...more] }: Change): Counted[] {
  const { nodeId } = before.enrolment;
  const stays = { journeyId: after.journeyId, version: after.version, nodeId, connector: BEGUN };
  const begun = first ? begunBy(after, first) : [stays];
  return [
    { journeyId: before.journeyId, version: before.version, nodeId, connector: ENDED },
    ...begun,
    ...more.flatMap((step) => visitsOf(after, step)),
  ];
}

const visitsOf = (stored: Stored, step: Step): Counted[] => [
  {
    journeyId: stored.journeyId,
    version: stored.version,
    nodeId: step.nodeId,
    connector: step.connector ?? ENDED,
  },
  ...begunBy(stored, step),
];

const begunBy = ({ journeyId, version }: Stored, { toNodeId }: Step): Counted[] =>
  toNodeId === null ? [] : [{ journeyId, version, nodeId: toNodeId, connector: BEGUN }];

const endCountsOf = (stored: Stored): Counted[] => {
  const { status } = stored.enrolment;
  return status === 'active' || status === 'control' ? [] : [countOf(stored, status)];
};

const countOf = ({ journeyId, version }: Stored, connector: EnrolmentCount): Counted => ({
  journeyId,
  version,
  nodeId: '',
  connector,
});
