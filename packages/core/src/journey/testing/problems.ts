import type { JourneyDefinition, JourneyNode, JourneySettings } from '../graph.ts';
import type { Problem } from '../problem.ts';
import { executableProblems, persistableProblems } from '../problems.ts';
import { catalogue, draw, node } from './drawing.ts';

/** A problem as `key @ place`, a warning with `?`. */
const short = ({ key, severity, nodeId, edge, field }: Problem): string => {
  const line = edge && `${edge.from}.${edge.connector} > ${edge.to}`;
  const place = line ?? [nodeId, field].filter((part) => part !== undefined).join('.');
  return `${severity === 'warning' ? '?' : ''}${key} @ ${place}`;
};

export const found = (definition: JourneyDefinition) => executableProblems(definition, catalogue).map(short);
export const kept = (definition: JourneyDefinition) => persistableProblems(definition).map(short);

/** The trigger, then one node. */
export const with1 = (only: JourneyNode, ...lines: string[]) =>
  draw({ n: only, exit: node.exit }, ['start.next > n', ...lines]);

export const withSettings = (settings: Partial<JourneySettings>) =>
  draw({ exit: node.exit }, ['start.next > exit'], settings);

export const trigger = (on: Extract<JourneyNode, { kind: 'trigger' }>['on']) =>
  draw({ start: { kind: 'trigger', name: null, on }, exit: node.exit }, ['start.next > exit']);

export const variants = (...bps: number[]) =>
  bps.map((share, n) => ({ id: `v${n}`, name: null, bps: share }));
