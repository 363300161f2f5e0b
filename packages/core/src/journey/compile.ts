import type { Rule } from '../rules/index.ts';
import { eventKey, type Match } from './events.ts';
import type { EventMatch, JourneyDefinition, JourneyNode, NodeId, TriggerSource } from './graph.ts';
import type { Activity, Journey, Trigger } from './journey.ts';
import type { Problem } from './problem.ts';
import { review } from './problems.ts';
import { edgesFrom } from './reach.ts';
import type { JourneyCatalogue, JourneyRule } from './rules.ts';

export type CompiledJourney =
  | { readonly ok: true; readonly journey: Journey; readonly warnings: readonly Problem[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Makes a journey ready to be walked: its rules compiled, its edges indexed. Refused with all its problems when one of
 * them is an error.
 *
 * @param id of the journey, the same for all its versions
 */
export function compileJourney(
  id: string,
  definition: JourneyDefinition,
  catalogue: JourneyCatalogue,
): CompiledJourney {
  const { problems, rules } = review(definition, catalogue);
  if (problems.some(({ severity }) => severity === 'error')) return { ok: false, problems };
  const { settings } = definition;
  const ruleAt = finder(rules);
  const activities = activitiesOf(definition, ruleAt);
  const [triggerId, on] = triggerOf(definition);
  const journey: Journey = {
    id,
    definition,
    settings,
    triggerId,
    trigger: compileTrigger(triggerId, on, ruleAt),
    activities,
    goal: settings.goal && {
      ...settings.goal,
      match: matchOf(settings.goal.event, ruleAt(null, 'goal.event.filter')),
    },
    exitWhen: ruleAt(null, 'exitWhen'),
    facts: factsRead(rules),
  };
  return { ok: true, journey, warnings: problems };
}

type RuleAt = (nodeId: NodeId | null, field: string) => Rule | null;

const finder =
  (rules: readonly JourneyRule[]): RuleAt =>
  (nodeId, field) => {
    const found = rules.find((rule) => rule.nodeId === nodeId && rule.field === field);
    return found?.compiled.ok ? found.compiled.rule : null;
  };

const matchOf = (event: EventMatch, filter: Rule | null): Match => ({ key: eventKey(event), filter });

function activitiesOf(definition: JourneyDefinition, ruleAt: RuleAt): Map<NodeId, Activity> {
  const from = edgesFrom(definition);
  const compile = (id: NodeId, node: JourneyNode): Activity => ({
    id,
    node,
    exits: new Map((from.get(id) ?? []).map(({ connector, to }) => [connector, to])),
    rule: ruleAt(id, 'rule'),
    match: node.kind === 'wait_event' ? matchOf(node.event, ruleAt(id, 'event.filter')) : null,
  });
  return new Map(Object.entries(definition.nodes).map(([id, node]) => [id, compile(id, node)]));
}

function triggerOf({ nodes }: JourneyDefinition): [NodeId, TriggerSource] {
  for (const [id, node] of Object.entries(nodes))
    if (node.kind === 'trigger' && node.on) return [id, node.on];
  throw new Error('a journey without problems must have a trigger');
}

function compileTrigger(id: NodeId, on: TriggerSource, ruleAt: RuleAt): Trigger {
  switch (on.source) {
    case 'event':
    case 'client_action':
      return { source: on.source, match: matchOf(on, ruleAt(id, 'on.filter')) };
    case 'segment':
      return { source: 'segment', rule: required(ruleAt(id, 'on.rule')) };
    case 'schedule':
      return { source: 'schedule', times: on.times, audience: required(ruleAt(id, 'on.audience')) };
    case 'api':
      return { source: 'api' };
  }
}

function required(rule: Rule | null): Rule {
  if (!rule) throw new Error('a journey without problems must have all its rules');
  return rule;
}

const ABOUT_EVENTS = /^events?\./;

function factsRead(rules: readonly JourneyRule[]): string[] {
  const names = rules.flatMap(({ compiled }) => (compiled.ok ? compiled.rule.facts : []));
  return [...new Set(names)].filter((name) => name !== 'now' && !ABOUT_EVENTS.test(name));
}
