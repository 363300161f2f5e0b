import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advance } from './advance.ts';
import { enrol } from './enrol.ts';
import type { Journey } from './journey.ts';
import { DAY, draw, journeyOf, NOON, node, SECOND } from './testing/drawing.ts';
import { graphArbitrary } from './testing/graphs.ts';
import { inputsArbitrary, LENGTH, timeOf } from './testing/happenings.ts';
import { type Told, tellWalk } from './testing/model.ts';
import { depositAt, situationAt } from './testing/player.ts';
import type { Advanced, Effect, Enrolment, Held, Input, Step } from './types.ts';

const END = NOON + LENGTH * SECOND;
/** Messages that outlast the walk: those a late server would not send any more are another matter. */
const LASTING = fc.constant(DAY);

interface Call {
  readonly inputs: readonly Input[];
  readonly now: number;
}

interface Walked {
  readonly enrolment: Enrolment;
  readonly steps: readonly Step[];
  readonly effects: readonly Effect[];
}

const deepFreeze = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null)
    for (const part of Object.values(Object.freeze(value))) deepFreeze(part);
  return value;
};

interface Server {
  readonly held?: Held;
  readonly playerId?: string;
  /** Whether it also looks whenever something is due. */
  readonly onTime?: boolean;
}

/** A walk whose enrolment goes through a database between calls, and is never written to. */
function walk(journey: Journey, calls: readonly Call[], server: Server = {}): Walked {
  const { held = null, playerId = 'p1', onTime = false } = server;
  const entrant = { enrolmentId: 'e1', playerId, as: 'active', at: NOON, event: depositAt(NOON) } as const;
  const steps: Step[] = [];
  const effects: Effect[] = [];
  const take = (advanced: Advanced): Enrolment => {
    steps.push(...advanced.steps);
    effects.push(...advanced.effects);
    return deepFreeze(JSON.parse(JSON.stringify(advanced.enrolment)));
  };
  let enrolment = take(enrol(journey, entrant, situationAt(NOON)));
  const move = (inputs: readonly Input[], now: number): void => {
    enrolment = take(advance(journey, enrolment, inputs, situationAt(now, { held })));
  };
  for (const { inputs, now } of calls) {
    while (onTime && enrolment.wakeAt !== null && enrolment.wakeAt < now) move([], enrolment.wakeAt);
    move(inputs, now);
  }
  return { enrolment, steps, effects };
}

const told = ({ seq, nodeId, connector, toNodeId, left }: Step): Told => [
  seq,
  nodeId,
  connector,
  toNodeId,
  (left - NOON) / SECOND,
];

/** Each input in a call of its own, at its time, and the end. */
const punctual = (inputs: readonly Input[]): Call[] => [
  ...inputs.map((input) => ({ inputs: [input], now: timeOf(input) })),
  { inputs: [], now: END },
];

/** Inputs in some calls, each some time after the last of its inputs. */
const lateCalls = fc
  .record({
    inputs: inputsArbitrary,
    sizes: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 25, maxLength: 25 }),
  })
  .map(({ inputs, sizes }) => {
    const calls: Call[] = [];
    for (let from = 0, n = 0; from < inputs.length; n++) {
      const together = inputs.slice(from, from + (sizes[n] ?? 1));
      from += together.length;
      const next = inputs[from];
      calls.push({ inputs: together, now: next ? timeOf(next) : END });
    }
    return { inputs, calls: [...calls, { inputs: [], now: END }] };
  });

function expectOneEdgePerVisit(
  { nodes, edges }: Journey['definition'],
  { enrolment, steps, effects }: Walked,
): void {
  expect(steps.map(({ seq }) => seq)).toEqual(steps.map((_, n) => n + 1));
  expect(enrolment.seq).toBe(steps.length + (enrolment.status === 'active' ? 1 : 0));
  for (const [n, step] of steps.entries()) {
    expect(step.left).toBeGreaterThanOrEqual(step.began);
    const next = steps[n + 1];
    const arrived = next
      ? [next.nodeId, next.began]
      : enrolment.end
        ? [null, step.left]
        : [enrolment.nodeId, enrolment.visitBegan];
    expect([step.toNodeId, step.left]).toEqual(arrived);
    if (step.toNodeId !== null)
      expect(edges).toContainEqual({ from: step.nodeId, connector: step.connector, to: step.toNodeId });
  }
  expect(new Set(effects.map(({ key }) => key)).size).toBe(effects.length);
  for (const { seq, nodeId } of effects) expect(steps[seq - 1]?.nodeId ?? enrolment.nodeId).toBe(nodeId);
  expect(nodes[enrolment.nodeId]).toBeDefined();
}

function expectTimersCountFromTheVisit({ nodes }: Journey['definition'], { steps }: Walked): void {
  for (const { nodeId, began, left, cause, connector } of steps) {
    if (cause !== 'time') continue;
    const at = nodes[nodeId];
    if (at?.kind === 'delay' && 'forMs' in at.delay) expect(left - began).toBe(at.delay.forMs);
    if (at?.kind === 'wait_event') expect(left - began).toBe(at.timeoutMs);
    if (at?.kind === 'popup' && left - began > 0 && connector === 'expired')
      expect(left - began).toBeLessThanOrEqual(at.expiresAfterMs ?? 0);
  }
}

describe('random walks over random graphs', () => {
  it('go as the model tells, one edge a visit (12,000)', () => {
    const endings = new Set<string>();
    fc.assert(
      fc.property(
        graphArbitrary(),
        fc.array(inputsArbitrary, { minLength: 3, maxLength: 3 }),
        (definition, several) => {
          const journey = journeyOf(definition);
          for (const [n, inputs] of several.entries()) {
            const walked = walk(journey, punctual(inputs), { playerId: `p${n}`, onTime: true });
            const model = tellWalk(definition, 'journey', `p${n}`, inputs, LENGTH);
            expect(walked.steps.map(told)).toEqual(model.visits);
            expect([walked.enrolment.nodeId, walked.enrolment.status !== 'active']).toEqual([
              model.at,
              model.over,
            ]);
            expectOneEdgePerVisit(definition, walked);
            expectTimersCountFromTheVisit(definition, walked);
            endings.add(walked.enrolment.end?.reason ?? walked.enrolment.waitingFor ?? '');
          }
        },
      ),
      { numRuns: 4_000 },
    );
    // All ends came about, or less was proved than it seems.
    expect([...endings].sort()).toEqual(
      ['event', 'exit_reached', 'handed_over', 'outcome', 'path_ended', 'time', 'withdrawn_by_staff'].sort(),
    );
  }, 120_000);

  it('go the same way when the server is late (8,000)', () => {
    fc.assert(
      fc.property(
        graphArbitrary(LASTING),
        fc.array(lateCalls, { minLength: 2, maxLength: 2 }),
        (definition, several) => {
          const journey = journeyOf(definition);
          for (const { inputs, calls } of several) {
            const late = walk(journey, calls);
            expect(late).toEqual(walk(journey, punctual(inputs)));
            expect(late.steps.map(told)).toEqual(
              tellWalk(definition, 'journey', 'p1', inputs, LENGTH).visits,
            );
            expectOneEdgePerVisit(definition, late);
          }
        },
      ),
      { numRuns: 4_000 },
    );
  }, 120_000);

  it('are not moved by outcomes told twice', () => {
    fc.assert(
      fc.property(graphArbitrary(LASTING), inputsArbitrary, (definition, inputs) => {
        const journey = journeyOf(definition);
        const outcomes = inputs.filter(({ kind }) => kind !== 'event');
        const twice = outcomes.flatMap((input) => [input, input]);
        expect(walk(journey, punctual(twice))).toEqual(walk(journey, punctual(outcomes)));
      }),
      { numRuns: 1_000 },
    );
  }, 60_000);
});

describe('a pause in a random walk', () => {
  const paused = fc.record({
    definition: graphArbitrary(LASTING),
    inputs: inputsArbitrary,
    from: fc.integer({ min: 1, max: LENGTH - 2 }),
    length: fc.integer({ min: 1, max: 20 }),
  });

  it('in which nothing was due or came changes nothing', () => {
    let quiet = 0;
    fc.assert(
      fc.property(paused, ({ definition, inputs, from, length }) => {
        const journey = journeyOf(definition);
        const held = { from: NOON + from * SECOND, until: NOON + (from + length) * SECOND };
        const outside = inputs.filter((input) => timeOf(input) < held.from || timeOf(input) >= held.until);
        const before = walk(
          journey,
          punctual(outside.filter((input) => timeOf(input) < held.from)).slice(0, -1),
        );
        const then = advance(journey, before.enrolment, [], situationAt(held.from - 1));
        const { wakeAt } = then.enrolment;
        if (wakeAt !== null && wakeAt < held.until) return;
        quiet++;
        expect(walk(journey, punctual(outside), { held })).toEqual(walk(journey, punctual(outside)));
      }),
      { numRuns: 2_000 },
    );
    expect(quiet).toBeGreaterThan(500);
  }, 60_000);

  it('drops nobody, does nothing while it lasts, and keeps the order', () => {
    fc.assert(
      fc.property(paused, ({ definition, inputs, from, length }) => {
        const journey = journeyOf(definition);
        const held = { from: NOON + from * SECOND, until: NOON + (from + length) * SECOND };
        const before = inputs.filter((input) => timeOf(input) < held.from);
        const kept = inputs.filter((input) => timeOf(input) >= held.from && timeOf(input) < held.until);
        const after = inputs.filter((input) => timeOf(input) >= held.until);
        const end = held.until + LENGTH * SECOND;
        const calls = [
          ...punctual(before).slice(0, -1),
          { inputs: [], now: held.from - 1 },
          { inputs: kept, now: held.until },
          ...after.map((input) => ({ inputs: [input], now: timeOf(input) })),
          { inputs: [], now: end },
        ];
        const walked = walk(journey, calls, { held });
        expectOneEdgePerVisit(definition, walked);
        for (const { left } of walked.steps) expect(left < held.from || left >= held.until).toBe(true);
        if (walked.enrolment.status === 'active') expect(walked.enrolment.waitingFor).not.toBeNull();
        else expect(walked.enrolment.end).not.toBeNull();
      }),
      { numRuns: 2_000 },
    );
  }, 60_000);
});

describe('click against time-out', () => {
  const journey = journeyOf(
    draw({ n: node.popup, a: node.exit, b: node.exit }, ['start.next > n', 'n.clicked > a', 'n.expired > b']),
  );
  const deadline = NOON + 7 * DAY;

  it('10,000 times, the earlier one wins, and the visit leaves once', () => {
    fc.assert(
      fc.property(fc.integer({ min: -3, max: 3 }), fc.boolean(), fc.boolean(), (offset, together, again) => {
        const click = { kind: 'outcome', seq: 2, outcome: 'clicked', at: deadline + offset } as const;
        const clicks = again ? [click, click] : [click];
        const calls = together
          ? [{ inputs: clicks, now: deadline + 10 }]
          : [
              ...clicks.map((input) => ({ inputs: [input], now: input.at })),
              { inputs: [], now: deadline + 10 },
            ];
        const { steps } = walk(journey, calls);
        expect(steps.map(({ nodeId }) => nodeId)).toEqual(['start', 'n', offset < 0 ? 'a' : 'b']);
      }),
      { numRuns: 10_000 },
    );
  }, 60_000);
});
