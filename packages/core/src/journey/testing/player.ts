import { advance } from '../advance.ts';
import { type Entrant, enrol } from '../enrol.ts';
import type { Journey } from '../journey.ts';
import type { Advanced, Effect, Ignored, Input, JourneyEvent, Situation, Step } from '../types.ts';
import { NOON } from './drawing.ts';

export const situationAt = (now: number, rest: Partial<Situation> = {}): Situation => ({
  now,
  facts: { player: { country: 'DE', segments: ['vip'] } },
  timeZone: 'Europe/Berlin',
  held: null,
  ...rest,
});

export const eventAt = (
  at: number,
  name = 'CODE_IS_SHOWN',
  data: JourneyEvent['data'] = { code: 'A1B2C3' },
): JourneyEvent => ({
  id: `${name}-${at}`,
  source: name === name.toUpperCase() ? 'client_action' : 'event',
  name,
  at,
  data,
});

export const depositAt = (at: number, amount = 5_000): JourneyEvent =>
  eventAt(at, 'deposit.succeeded', { amount, method: 'card' });

/** A player inside a journey, and everything that came of it. */
export function play(journey: Journey, rest: Partial<Situation> = {}, entrant: Partial<Entrant> = {}) {
  const at = entrant.at ?? NOON;
  const steps: Step[] = [];
  const effects: Effect[] = [];
  const ignored: Ignored[] = [];
  const take = (advanced: Advanced) => {
    steps.push(...advanced.steps);
    effects.push(...advanced.effects);
    ignored.push(...advanced.ignored);
    return advanced.enrolment;
  };
  const who: Entrant = {
    enrolmentId: 'e1',
    playerId: 'p1',
    as: 'active',
    at,
    event: depositAt(at),
    ...entrant,
  };
  let enrolment = take(enrol(journey, who, situationAt(at, rest)));
  const move = (inputs: readonly Input[], now: number, changed: Partial<Situation> = {}) => {
    enrolment = take(advance(journey, enrolment, inputs, situationAt(now, { ...rest, ...changed })));
    return player;
  };
  const player = {
    get enrolment() {
      return enrolment;
    },
    steps,
    effects,
    ignored,
    /** As `popup.impression > wait`; `-` where there is no connector or node. */
    get path() {
      return steps.map(
        ({ nodeId, connector, toNodeId }) => `${nodeId}.${connector ?? '-'} > ${toNodeId ?? '-'}`,
      );
    },
    move,
    waitUntil: (now: number) => move([], now),
    happens: (event: JourneyEvent, now = event.at) => move([{ kind: 'event', event }], now),
    becomes: (
      outcome: Extract<Input, { kind: 'outcome' }>['outcome'],
      at: number,
      rest: Partial<Extract<Input, { kind: 'outcome' }>> = {},
    ) => move([{ kind: 'outcome', seq: enrolment.seq, outcome, at, ...rest }], at),
  };
  return player;
}
