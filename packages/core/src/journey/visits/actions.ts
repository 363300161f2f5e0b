import type { Millis } from '../../activation/index.ts';
import { connectorsOf } from '../connectors.ts';
import type { ActionNode } from '../graph.ts';
import type { OutcomeInput } from '../types.ts';
import { type Departure, effectOf, ignore, remember, stay, type Walk } from '../walk.ts';

/** Has something done outside. What becomes of it is waited for where anything depends on it. */
export function startAction(walk: Walk, action: ActionNode, at: Millis): Departure | null {
  walk.effects.push({ kind: 'action', action, ...effectOf(walk, at) });
  if (walk.activity.exits.size === 0) return { at, cause: 'node', connector: null };
  return stay(walk, { waitingFor: 'outcome', wakeAt: null });
}

/** A change of a property that failed has no way to leave by: it stays until it is done, or skipped. */
export function actionOutcome(walk: Walk, input: OutcomeInput, at: Millis): Departure | null {
  const { outcome, data, reason } = input;
  const connector = walk.activity.node.kind === 'change_property' && outcome === 'success' ? 'next' : outcome;
  if (!connectorsOf(walk.activity.node).includes(connector)) return ignore(walk, input, 'not_awaited');
  if (data) remember(walk, data);
  return { at, cause: 'outcome', connector, reason };
}
