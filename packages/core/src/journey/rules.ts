import { type Catalogue, type CompileResult, compileRule, type Fact } from '../rules/index.ts';
import { eventKey } from './events.ts';
import type { EventMatch, JourneyDefinition, NodeId } from './graph.ts';
import { eventsReaching } from './reach.ts';

/** One field of an event's data, as the brand's properties list it. Dotted when it is inside of another. */
export type EventField = Pick<Fact, 'name' | 'type' | 'label' | 'example'>;

/** What a brand's journeys may ask about. */
export interface JourneyCatalogue {
  /** The brand's facts; those about an activation or its traffic mean nothing here. */
  readonly facts: Catalogue;
  /** What an event carries, by `eventKey`; undefined for one the brand has not seen or registered. */
  eventFields(key: string): readonly EventField[] | undefined;
  /** Why nobody can be told of an event there is, by `eventKey`; undefined when journeys can hear it. */
  unheardBecause?(key: string): string | undefined;
}

/** Where a rule of a journey stands. */
export interface RulePlace {
  /** null: in the settings. */
  readonly nodeId: NodeId | null;
  readonly field: string;
}

export interface JourneyRule extends RulePlace {
  readonly compiled: CompileResult;
}

interface RuleSource extends RulePlace {
  readonly source: string;
  /** Keys of what `event` may be when it is asked. */
  readonly events: ReadonlySet<string>;
}

/** Every rule of a journey, compiled for what can be known where it stands. Rules left empty are left out. */
export function compileRules(definition: JourneyDefinition, catalogue: JourneyCatalogue): JourneyRule[] {
  const common = [...playerFacts(catalogue), ...factsOfNodes(definition, catalogue)];
  return sourcesOf(definition)
    .filter(({ source }) => source.trim() !== '')
    .map(({ source, events, nodeId, field }) => {
      const facts = [...common, ...factsOfEvent('event', fieldsOf(events, catalogue))];
      return { nodeId, field, compiled: compileRule(source, catalogueOf(facts)) };
    });
}

const catalogueOf = (facts: readonly Fact[]): Catalogue => ({
  facts,
  byName: new Map(facts.map((fact) => [fact.name, fact])),
});

const playerFacts = ({ facts }: JourneyCatalogue): readonly Fact[] =>
  facts.facts.filter(({ source }) => source !== 'activation' && source !== 'traffic');

function factsOfNodes({ nodes }: JourneyDefinition, catalogue: JourneyCatalogue): Fact[] {
  return Object.entries(nodes).flatMap(([id, node]) => {
    const match = node.kind === 'wait_event' ? node.event : node.kind === 'trigger' ? eventOf(node.on) : null;
    if (!match) return [];
    return factsOfEvent(`events.${id}`, catalogue.eventFields(eventKey(match)) ?? []);
  });
}

/** The event a trigger waits for, if it waits for one. */
export const eventOf = (on: { readonly source: string } | EventMatch | null): EventMatch | null =>
  on && 'name' in on ? on : null;

const factsOfEvent = (prefix: string, fields: readonly EventField[]): Fact[] =>
  fields.map((field) => ({
    ...field,
    name: `${prefix}.${field.name}`,
    nullable: true,
    source: 'property',
    changes: 'rarely',
  }));

/** Fields of any of the events. One that two of them have with different types has no type, so no rule can ask for it. */
function fieldsOf(events: ReadonlySet<string>, catalogue: JourneyCatalogue): EventField[] {
  const fields = new Map<string, EventField | null>();
  for (const field of [...events].flatMap((key) => catalogue.eventFields(key) ?? [])) {
    const known = fields.get(field.name);
    const agrees = known === undefined || known?.type === field.type;
    fields.set(field.name, agrees ? field : null);
  }
  return [...fields.values()].filter((field) => field !== null);
}

function sourcesOf(definition: JourneyDefinition): RuleSource[] {
  const { nodes, settings } = definition;
  const reaching = eventsReaching(definition);
  const sources: RuleSource[] = [];
  const add = (nodeId: NodeId | null, field: string, source: string | null, events: Iterable<string>) => {
    if (source !== null) sources.push({ nodeId, field, source, events: new Set(events) });
  };
  for (const [id, node] of Object.entries(nodes)) {
    if (node.kind === 'condition') add(id, 'rule', node.rule, reaching.get(id) ?? []);
    if (node.kind === 'wait_event') add(id, 'event.filter', node.event.filter, [eventKey(node.event)]);
    if (node.kind !== 'trigger' || !node.on) continue;
    if (node.on.source === 'segment') add(id, 'on.rule', node.on.rule, []);
    else if (node.on.source === 'schedule') add(id, 'on.audience', node.on.audience, []);
    else if (node.on.source !== 'api') add(id, 'on.filter', node.on.filter, [eventKey(node.on)]);
  }
  add(
    null,
    'exitWhen',
    settings.exitWhen,
    [...reaching.values()].flatMap((events) => [...events]),
  );
  const { goal } = settings;
  if (goal) add(null, 'goal.event.filter', goal.event.filter, [eventKey(goal.event)]);
  return sources;
}
