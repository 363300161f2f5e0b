import type { Fact } from './facts.ts';
import type { Need } from './need.ts';
import type { Logic } from './rule.ts';
import type { Outcome } from './types.ts';

/** One condition to change. `condition` is its index in the evaluation. */
export type Step = { readonly kind: 'step'; readonly condition: number; readonly need: Need };
/** What would have to change for the rule to pass: all of the ways in `all`, or any one of those in `any`, easiest first. */
export type Way = Step | { readonly kind: 'all' | 'any'; readonly ways: readonly Way[] };

/** What {@link nearestWay} has to know about each condition. */
export type Weighed = {
  readonly outcome: Outcome;
  readonly facts: readonly Fact[];
  readonly need: (wanted: boolean) => Need;
};

type Costed = { readonly way: Way; readonly cost: number };

/** Marks that nothing has to change. */
const DONE = 'done';
/** Marks that nothing could: a condition on no facts. */
const IMPOSSIBLE = 'impossible';

/** The nearest way to make the rule true; undefined when it already is, or no facts could make it so. */
export function nearestWay(logic: Logic, conditions: readonly Weighed[]): Way | undefined {
  const found = reach(logic, true, conditions);
  return typeof found === 'string' ? undefined : found.way;
}

type Reached = Costed | typeof DONE | typeof IMPOSSIBLE;

function reach(logic: Logic, wanted: boolean, conditions: readonly Weighed[]): Reached {
  switch (logic.kind) {
    case 'not':
      return reach(logic.part, !wanted, conditions);
    case 'condition':
      return reachCondition(logic.index, wanted, conditions);
    case 'choice':
      return anyOf([
        allOf([reach(logic.test, true, conditions), reach(logic.yes, wanted, conditions)]),
        allOf([reach(logic.test, false, conditions), reach(logic.no, wanted, conditions)]),
      ]);
    default: {
      const parts = logic.parts.map((part) => reach(part, wanted, conditions));
      return (logic.kind === 'all') === wanted ? allOf(parts) : anyOf(parts);
    }
  }
}

function reachCondition(index: number, wanted: boolean, conditions: readonly Weighed[]): Reached {
  const condition = conditions[index];
  if (!condition || condition.outcome === wanted) return DONE;
  if (condition.facts.length === 0) return IMPOSSIBLE;
  const need = condition.need(wanted);
  return { way: { kind: 'step', condition: index, need }, cost: effort(condition, need) };
}

function allOf(parts: readonly Reached[]): Reached {
  if (parts.includes(IMPOSSIBLE)) return IMPOSSIBLE;
  return gather('all', parts.filter(isCosted), (costs) => costs.reduce((sum, cost) => sum + cost, 0));
}

function anyOf(parts: readonly Reached[]): Reached {
  if (parts.includes(DONE)) return DONE;
  const possible = parts.filter(isCosted).sort((a, b) => a.cost - b.cost);
  return possible.length === 0 ? IMPOSSIBLE : gather('any', possible, ([least = 0]) => least);
}

function gather(
  kind: 'all' | 'any',
  parts: readonly Costed[],
  cost: (costs: readonly number[]) => number,
): Reached {
  const [first] = parts;
  if (!first) return DONE;
  if (parts.length === 1) return first;
  return { way: { kind, ways: parts.map((part) => part.way) }, cost: cost(parts.map((part) => part.cost)) };
}

const isCosted = (part: Reached): part is Costed => typeof part !== 'string';

const EFFORT: Readonly<Record<Fact['changes'], number>> = { by_player: 1, with_time: 2, rarely: 4 };

/** The hardest fact to change decides; among equals, the smaller relative distance. */
function effort({ facts }: Weighed, { gap, value }: Need): number {
  const hardest = Math.max(...facts.map((fact) => EFFORT[fact.changes]));
  if (gap === undefined || typeof value !== 'number') return hardest + 0.5;
  const distance = Math.abs(gap);
  return hardest + distance / (distance + Math.max(1, Math.abs(value)));
}
