import type { Millis } from '../activation/index.ts';
import { follow, visit } from './advance.ts';
import type { NodeId, NodeKind } from './graph.ts';
import { type Activity, activityOf, type Journey } from './journey.ts';
import type { Advanced, Enrolment, Situation } from './types.ts';
import { delayEnd, waitEnd } from './visits/waits.ts';
import { advancedBy, beginVisit, end, record, type Walk, walkOf } from './walk.ts';

/** Where players go whose node the new version has no more: to one of its nodes, or out. By the old node's id. */
export type MigrationTargets = Readonly<Record<NodeId, NodeId | 'exit'>>;

/** What moving to another version means for those who are at one node. */
export type NodeMigration =
  /** Same id, same kind. The visit goes on, with the time it has begun at and the new settings. */
  | { readonly nodeId: NodeId; readonly what: 'stays' }
  | { readonly nodeId: NodeId; readonly what: 'moves'; readonly to: NodeId }
  | { readonly nodeId: NodeId; readonly what: 'exits' }
  | { readonly nodeId: NodeId; readonly what: 'needs_target'; readonly because: 'removed' | 'kind_changed' }
  /** The target is no node that players can be put at. */
  | { readonly nodeId: NodeId; readonly what: 'bad_target'; readonly to: string };

/**
 * What a move from one version to another would do, for every node that players may be at. It can be done when no node
 * that somebody is at needs a target, or has a bad one.
 */
export const planMigration = (from: Journey, to: Journey, targets: MigrationTargets): NodeMigration[] =>
  [...from.activities.values()]
    .filter(({ node }) => !LEFT_AT_ONCE.has(node.kind))
    .map((activity) => migrationOf(activity, to, targets));

const LEFT_AT_ONCE: ReadonlySet<NodeKind> = new Set(['trigger', 'condition', 'split', 'exit']);

function migrationOf({ id, node }: Activity, to: Journey, targets: MigrationTargets): NodeMigration {
  const same = to.activities.get(id);
  if (same?.node.kind === node.kind) return { nodeId: id, what: 'stays' };
  const target = Object.hasOwn(targets, id) ? targets[id] : undefined;
  if (target === undefined)
    return { nodeId: id, what: 'needs_target', because: same ? 'kind_changed' : 'removed' };
  if (target === 'exit') return { nodeId: id, what: 'exits' };
  const found = to.activities.get(target);
  return found && found.node.kind !== 'trigger'
    ? { nodeId: id, what: 'moves', to: target }
    : { nodeId: id, what: 'bad_target', to: target };
}

/**
 * Moves an enrolment to another version, as planned. Who stays keeps the visit: its number, its message, the instant it
 * began at; a time-out or delay made shorter is over now, not back then. Who moves leaves the visit and begins one at the
 * target. The goal is the new version's from now on. Enrolments that are over stay as they are.
 *
 * @throws Error when the node needs a target
 */
export function migrate(
  from: Journey,
  to: Journey,
  enrolment: Enrolment,
  targets: MigrationTargets,
  situation: Situation,
): Advanced {
  if (enrolment.status !== 'active') return { enrolment, steps: [], effects: [], ignored: [] };
  const { now } = situation;
  const plan = migrationOf(activityOf(from, enrolment.nodeId), to, targets);
  const walk: Walk = { ...walkOf(from, enrolment, situation), journey: to };
  walk.enrolment.goalUntil = goalUntil(enrolment, to, now);
  const departure = { at: Math.max(now, enrolment.visitBegan), cause: 'migration', connector: null } as const;
  switch (plan.what) {
    case 'stays':
      keepVisit(walk, activityOf(to, enrolment.nodeId));
      break;
    case 'moves': {
      record(walk, departure, plan.to);
      beginVisit(walk, plan.to, departure.at);
      const next = visit(walk, departure.at);
      if (next) follow(walk, next);
      break;
    }
    case 'exits':
      end(walk, departure, 'exited', 'migrated');
      break;
    default:
      throw new Error(`${enrolment.nodeId} is not in the new version: ${plan.what}`);
  }
  return advancedBy(walk);
}

/** A goal that was reached stays reached; one that was not is the new version's, counted from entry. */
function goalUntil({ convertedAt, enteredAt }: Enrolment, { goal }: Journey, now: Millis): Millis | null {
  if (!goal || convertedAt !== null) return null;
  const until = enteredAt + goal.withinMs;
  return until > now ? until : null;
}

function keepVisit(walk: Walk, activity: Activity): void {
  const { enrolment, situation } = walk;
  walk.activity = activity;
  enrolment.wakeAt = newWakeAt(enrolment, activity, situation);
}

/** What was handed over keeps what it was handed over with. */
function newWakeAt(
  { visitBegan, wakeAt }: Enrolment,
  { node }: Activity,
  { now, timeZone }: Situation,
): Millis | null {
  if (node.kind === 'delay') return Math.max(delayEnd(node, visitBegan, timeZone), now);
  if (node.kind !== 'wait_event') return wakeAt;
  const timesOut = waitEnd(node, visitBegan);
  return timesOut === null ? null : Math.max(timesOut, now);
}
