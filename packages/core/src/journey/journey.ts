import type { Rule } from '../rules/index.ts';
import type { Match } from './events.ts';
import type { Goal, JourneyDefinition, JourneyNode, JourneySettings, NodeId } from './graph.ts';

/** A node ready to be visited. */
export interface Activity {
  readonly id: NodeId;
  readonly node: JourneyNode;
  /** Where its connectors lead; those that lead nowhere are not in it. */
  readonly exits: ReadonlyMap<string, NodeId>;
  /** Of a condition. */
  readonly rule: Rule | null;
  /** Of a wait. */
  readonly match: Match | null;
}

/** What lets players in, compiled. */
export type Trigger =
  | { readonly source: 'event' | 'client_action'; readonly match: Match }
  | { readonly source: 'segment'; readonly rule: Rule }
  | {
      readonly source: 'schedule';
      readonly times: { readonly cron: string } | { readonly once: string };
      readonly audience: Rule;
    }
  | { readonly source: 'api' };

/** One version of a journey, ready to be walked. Make it once, with `compileJourney`, and share it. */
export interface Journey {
  /** Of the journey, not of the version: players keep their places in splits from version to version. */
  readonly id: string;
  readonly definition: JourneyDefinition;
  readonly settings: JourneySettings;
  readonly triggerId: NodeId;
  readonly trigger: Trigger;
  readonly activities: ReadonlyMap<NodeId, Activity>;
  readonly goal: (Omit<Goal, 'event'> & { readonly match: Match }) | null;
  readonly exitWhen: Rule | null;
  /** Names of the facts about players that its rules read. */
  readonly facts: readonly string[];
}

/** @throws Error when the version has no such node: the enrolment belongs to another one. */
export function activityOf(journey: Journey, nodeId: NodeId): Activity {
  const activity = journey.activities.get(nodeId);
  if (!activity) throw new Error(`journey ${journey.id} has no node ${nodeId} in this version`);
  return activity;
}
