import { buildCatalogue } from '../../rules/index.ts';
import { compileJourney } from '../compile.ts';
import type {
  Edge,
  EventMatch,
  JourneyDefinition,
  JourneyNode,
  JourneySettings,
  MessageNode,
  NodeId,
} from '../graph.ts';
import type { Journey } from '../journey.ts';
import type { EventField, JourneyCatalogue } from '../rules.ts';

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A Monday, at noon. */
export const NOON = Date.parse('2026-11-23T12:00:00Z');

const field = (name: string, type: EventField['type'], example: EventField['example']): EventField => ({
  name,
  type,
  label: name,
  example,
});

const EVENTS: Readonly<Record<string, readonly EventField[]>> = {
  'event:deposit.succeeded': [field('amount', 'int', 5_000), field('method', 'string', 'card')],
  'event:login': [field('country', 'string', 'DE'), field('amount', 'string', 'none')],
  'event:bonus.granted': [],
  'client_action:CODE_IS_SHOWN': [field('code', 'string', 'A1B2C3')],
};

const built = buildCatalogue([{ name: 'team', type: 'string', label: 'Team' }]);
if (!built.ok) throw new Error('the catalogue of the tests must build');

export const catalogue: JourneyCatalogue = {
  facts: built.catalogue,
  eventFields: (key) => EVENTS[key],
  unheardBecause: (key) => (key === 'event:bet.settled' ? 'It comes too often.' : undefined),
};

export const onEvent = (name: string, filter: string | null = null): EventMatch => ({
  source: 'event',
  name,
  filter,
});

export const onAction = (name: string, filter: string | null = null): EventMatch => ({
  source: 'client_action',
  name,
  filter,
});

/** Nodes with everything they need. */
export const node = {
  trigger: { kind: 'trigger', name: null, on: onEvent('deposit.succeeded') },
  popup: message('popup'),
  email: message('email'),
  wait: { kind: 'wait_event', name: null, event: onAction('CODE_IS_SHOWN'), timeoutMs: HOUR },
  delay: { kind: 'delay', name: null, delay: { forMs: HOUR } },
  condition: { kind: 'condition', name: null, rule: 'player.country == "DE"' },
  split: {
    kind: 'split',
    name: null,
    variants: [
      { id: 'a', name: null, bps: 5_000 },
      { id: 'b', name: null, bps: 5_000 },
    ],
  },
  webhook: {
    kind: 'webhook',
    name: null,
    method: 'POST',
    url: 'https://casino.example/codes',
    headers: [],
    body: '{"code": "{{event.code}}"}',
    timeoutMs: 5_000,
  },
  bonus: { kind: 'give_bonus', name: null, campaignId: 'campaign', rewardIndex: null },
  code: { kind: 'send_code', name: null, campaignId: 'campaign' },
  property: { kind: 'change_property', name: null, property: 'team', value: 'red' },
  exit: { kind: 'exit', name: null },
} as const satisfies Record<string, JourneyNode>;

export function message(kind: MessageNode['kind'], settings: Partial<MessageNode> = {}): MessageNode {
  return {
    kind,
    name: null,
    contentId: 'content',
    expiresAfterMs: null,
    sendInQuietHours: false,
    ...settings,
  };
}

export const plainSettings: JourneySettings = {
  entry: { rule: 'once' },
  entryCap: null,
  controlBps: 0,
  quietHours: null,
  goal: null,
  exitWhen: null,
};

/** @param lines edges as `popup.impression > wait` */
export function draw(
  nodes: Readonly<Record<NodeId, JourneyNode>>,
  lines: readonly string[],
  settings: Partial<JourneySettings> = {},
): JourneyDefinition {
  return {
    nodes: { start: node.trigger, ...nodes },
    edges: lines.map(edgeOf),
    settings: { ...plainSettings, ...settings },
    layout: {},
  };
}

export function edgeOf(line: string): Edge {
  const match = /^(\w+)\.(.+?) > (\w+)$/.exec(line);
  if (!match) throw new Error(`“${line}” is no edge`);
  const [, from = '', connector = '', to = ''] = match;
  return { from, connector, to };
}

/** Compiles what must be without errors. */
export function journeyOf(definition: JourneyDefinition, id = 'journey'): Journey {
  const compiled = compileJourney(id, definition, catalogue);
  if (!compiled.ok) throw new Error(compiled.problems.map(({ message }) => message).join('\n'));
  return compiled.journey;
}
