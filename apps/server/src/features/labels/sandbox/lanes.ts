import { refuse } from '@promosmith/core';
import type { Outcome, Program, Turn } from './messages.ts';

/** Evaluations of one program that are worked on at once. */
export interface TakenTurn extends Turn {
  /** Ends it. @param outcomes in the order of its instants; those without one wait for another turn. */
  back(outcomes: readonly (Outcome | undefined)[]): void;
}

/** Each program's evaluations wait in a lane of their own. At most one turn of a lane is under way. */
export interface Lanes {
  join(program: Program, task: Turn['task'], at: number): Promise<Outcome>;
  /** From the lane whose turn it is: each in its time, however much another one has waiting. */
  next(): TakenTurn | undefined;
  /** Answers everything that waits, now and at the end of the turns under way. */
  close(answer: Outcome): void;
}

interface Waiting {
  at: number;
  answer: (outcome: Outcome) => void;
}

const MOST_IN_A_TURN = 256;
const MOST_WAITING = 10_000;
/** Of one program that was stopped for its time: after so many in a row it rests. */
const MOST_STOPS = 3;
const REST_MS = 5_000;
/** Lanes with nothing to do are kept while they rest, up to so many. */
const MOST_LANES = 1_000;

export function createLanes(): Lanes {
  const lanes = new Map<string, ReturnType<typeof openLane>>();
  const queue = new Set<ReturnType<typeof openLane>>();
  let closedWith: Outcome | undefined;

  function openLane(key: string, program: Program, task: Turn['task']) {
    const waiting: Waiting[] = [];
    let taken: Waiting[] | undefined;
    let stops = 0;
    let restsUntil = 0;

    function answerAll(outcome: Outcome): void {
      for (const { answer } of waiting.splice(0)) answer(outcome);
    }
    function queueUp(): void {
      if (closedWith) answerAll(closedWith);
      if (waiting.length > 0 && !taken) queue.add(lane);
      else if (waiting.length === 0 && !taken && stops === 0) lanes.delete(key);
    }

    const lane = {
      get isIdle() {
        return waiting.length === 0 && !taken;
      },
      join(at: number): Promise<Outcome> {
        if (performance.now() < restsUntil) return Promise.resolve(resting(program));
        if (waiting.length >= MOST_WAITING) return Promise.resolve(full(program));
        return new Promise((answer) => {
          waiting.push({ at, answer });
          queueUp();
        });
      },
      turn(): TakenTurn {
        taken = waiting.splice(0, MOST_IN_A_TURN);
        return { program, task, instants: taken.map(({ at }) => at), back: lane.back };
      },
      back(outcomes: readonly (Outcome | undefined)[]): void {
        const ended = taken ?? [];
        taken = undefined;
        waiting.unshift(...ended.filter((_, at) => !outcomes[at]));
        for (const [at, { answer }] of ended.entries()) {
          const outcome = outcomes[at];
          if (!outcome) continue;
          answer(outcome);
          stops = !outcome.ok && outcome.refusal.key === 'label_too_slow' ? stops + 1 : 0;
        }
        if (stops >= MOST_STOPS) {
          restsUntil = performance.now() + REST_MS;
          answerAll(resting(program));
        }
        queueUp();
      },
    };
    return lane;
  }

  function laneOf(program: Program, task: Turn['task']) {
    const key = JSON.stringify([task, program.name, program.source]);
    const known = lanes.get(key);
    if (known) return known;
    if (lanes.size >= MOST_LANES) forgetIdle();
    const lane = openLane(key, program, task);
    lanes.set(key, lane);
    return lane;
  }
  function forgetIdle(): void {
    for (const [key, lane] of lanes) if (lane.isIdle) lanes.delete(key);
  }

  return {
    join: (program, task, at) => laneOf(program, task).join(at),
    next() {
      const [first] = queue;
      if (first) queue.delete(first);
      return first?.turn();
    },
    close(answer) {
      closedWith = answer;
      for (const lane of queue) lane.back([]);
      queue.clear();
    },
  };
}

const resting = ({ name }: Program): Outcome =>
  refuse(
    'label_too_slow',
    `label.${name}: was stopped ${MOST_STOPS} times in a row for the time it takes, and rests for ${REST_MS / 1_000} s`,
  );

const full = ({ name }: Program): Outcome =>
  refuse('label_busy', `label.${name}: more than ${MOST_WAITING} evaluations wait already: try again later`);
