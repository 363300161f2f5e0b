import type { Simulation, SimulationScript } from '@promosmith/contract';
import { ok, type Result } from '@promosmith/core';
import {
  type Answer,
  type Effect,
  type Happening,
  type Input,
  type Journey,
  type JourneyEvent,
  type Moment,
  type Script,
  type Step,
  simulate,
} from '@promosmith/core/journey';
import type { Catalogue, Facts } from '@promosmith/core/rules';
import { refuseField } from '../definitions/refusals.ts';
import { withGiven } from './facts.ts';

/** What a script starts from. */
export interface Stage {
  readonly journey: Journey;
  readonly catalogue: Catalogue;
  readonly playerId: string;
  /** Of the player. */
  readonly facts: Facts;
  readonly timeZone: string;
  /** The present. */
  readonly now: number;
}

const DAY_MS = 86_400_000;
const USUAL_MS = 30 * DAY_MS;
const LONGEST_MS = 366 * DAY_MS;

/** Walks a journey through the future that a script makes up. */
export function runScript(stage: Stage, given: SimulationScript): Result<Simulation> {
  const script = scriptOf(stage, given);
  if (!script.ok) return script;
  const { moments, end, cut } = simulate(stage.journey, script.value);
  return ok({
    moments: moments.map(momentView),
    end: {
      status: end.status,
      nodeId: end.nodeId,
      reason: end.end?.reason ?? null,
      convertedAt: isoOf(end.convertedAt),
    },
    cut,
  });
}

function scriptOf({ journey, catalogue, ...stage }: Stage, given: SimulationScript): Result<Script> {
  const startsAt = given.startsAt === null ? stage.now : Date.parse(given.startsAt);
  const until = given.until === null ? startsAt + USUAL_MS : Date.parse(given.until);
  if (until <= startsAt || until > startsAt + LONGEST_MS)
    return refuseField('until', 'is not within 366 days after the start');
  const timeZone = given.timeZone ?? stage.timeZone;
  if (!isZone(timeZone)) return refuseField('timeZone', 'is no time zone');
  const facts = withGiven(stage.facts, given.facts, catalogue, 'facts');
  if (!facts.ok) return facts;
  const happenings = happeningsOf(facts.value, given.happenings, catalogue);
  if (!happenings.ok) return happenings;
  return ok({
    playerId: stage.playerId,
    startsAt,
    until,
    timeZone,
    facts: facts.value,
    event: given.event ?? triggerEvent(journey),
    happenings: happenings.value,
    answers: answersOf(given.answers),
  });
}

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** The event a trigger waits for, with nothing in it; null when it waits for none. */
export function triggerEvent({
  definition,
  triggerId,
}: Journey): Pick<JourneyEvent, 'source' | 'name' | 'data'> | null {
  const node = definition.nodes[triggerId];
  const on = node?.kind === 'trigger' ? node.on : null;
  return on && 'name' in on ? { source: on.source, name: on.name, data: {} } : null;
}

/** Facts that change are told one by one, and kept as a whole from then on. */
function happeningsOf(
  first: Facts,
  given: SimulationScript['happenings'],
  catalogue: Catalogue,
): Result<Happening[]> {
  let facts = first;
  const happenings: Happening[] = [];
  const inOrder = given.map((happening, index) => ({ happening, index, at: Date.parse(happening.at) }));
  for (const { happening, index, at } of inOrder.toSorted((a, b) => a.at - b.at)) {
    if (!('facts' in happening)) {
      const { source, name, data } = happening;
      happenings.push({ at, source, name, data });
      continue;
    }
    const changed = withGiven(facts, happening.facts, catalogue, `happenings.${index}.facts`);
    if (!changed.ok) return changed;
    facts = changed.value;
    happenings.push({ at, facts });
  }
  return ok(happenings);
}

const answersOf = (given: SimulationScript['answers']): Script['answers'] =>
  Object.fromEntries(
    Object.entries(given).map(([nodeId, turns]) => [nodeId, turns.map((turn) => turn.map(answerOf))]),
  );

type GivenAnswer = SimulationScript['answers'][string][number][number];

const answerOf = ({ afterMs, outcome, reason, data, raises }: GivenAnswer): Answer => ({
  afterMs,
  outcome,
  ...(reason === undefined ? {} : { reason }),
  ...(data === undefined ? {} : { data }),
  ...(raises === undefined ? {} : { raises }),
});

const iso = (at: number): string => new Date(at).toISOString();
const isoOf = (at: number | null): string | null => (at === null ? null : iso(at));

const momentView = ({ at, input, steps, effects, ignored, enrolment }: Moment) => ({
  at: iso(at),
  input: input && inputView(input),
  steps: steps.map(stepView),
  effects: effects.map(effectView),
  ignored: ignored.map(({ because }) => because),
  status: enrolment.status,
  nodeId: enrolment.nodeId,
  waitingFor: enrolment.waitingFor,
  wakeAt: isoOf(enrolment.wakeAt),
});

function inputView(input: Input): Record<string, unknown> {
  if (input.kind !== 'event') return { ...input, at: iso(input.at) };
  const { source, name, data, at } = input.event;
  return { kind: 'event', source, name, data, at: iso(at) };
}

const stepView = ({ seq, nodeId, kind, began, left, cause, connector, reason, toNodeId }: Step) => ({
  ...{ seq, nodeId, kind, cause, connector, reason, toNodeId },
  began: iso(began),
  left: iso(left),
});

const effectView = (effect: Effect) => ({
  seq: effect.seq,
  nodeId: effect.nodeId,
  kind: effect.kind === 'message' ? effect.channel : effect.action.kind,
  expiresAt: effect.kind === 'message' ? iso(effect.expiresAt) : null,
});
