import { parseCron } from '../cron.ts';
import type { JourneyDefinition, NodeId, TriggerNode, TriggerSource } from '../graph.ts';
import { error, type Problem } from '../problem.ts';
import type { JourneyCatalogue } from '../rules.ts';
import { matchProblems, requiredRule } from './values.ts';

/** Whether there is one trigger, and it can let players in. */
export function triggerProblems({ nodes }: JourneyDefinition, catalogue: JourneyCatalogue): Problem[] {
  const triggers = Object.entries(nodes).filter(
    (entry): entry is [NodeId, TriggerNode] => entry[1].kind === 'trigger',
  );
  if (triggers.length === 0)
    return [error('trigger_missing', {}, 'Nothing lets players in.', 'Add a trigger.')];
  const [, ...others] = triggers;
  const repeated = others.map(([nodeId]) =>
    error(
      'trigger_repeated',
      { nodeId },
      'A journey has one trigger.',
      'Remove it, or make another journey.',
    ),
  );
  const settings = triggers.flatMap(([nodeId, { on }]) =>
    on
      ? sourceProblems(nodeId, on, catalogue)
      : [
          error(
            'setting_missing',
            { nodeId, field: 'on' },
            'It is not said what lets players in.',
            'Choose an event, a segment, a schedule or the API.',
          ),
        ],
  );
  return [...repeated, ...settings];
}

function sourceProblems(nodeId: NodeId, on: TriggerSource, catalogue: JourneyCatalogue): Problem[] {
  switch (on.source) {
    case 'event':
    case 'client_action':
      return matchProblems({ nodeId, field: 'on' }, on, catalogue);
    case 'segment':
      return requiredRule({ nodeId, field: 'on.rule' }, on.rule);
    case 'schedule':
      return [
        ...timesProblems(nodeId, on.times),
        ...requiredRule({ nodeId, field: 'on.audience' }, on.audience),
      ];
    case 'api':
      return [];
  }
}

type Times = Extract<TriggerSource, { source: 'schedule' }>['times'];

function timesProblems(nodeId: NodeId, times: Times): Problem[] {
  if ('once' in times) {
    if (Number.isFinite(Date.parse(times.once))) return [];
    const at = { nodeId, field: 'on.times.once' };
    return [
      error('setting_invalid', at, `“${times.once}” is no time.`, 'Write it like 2026-12-24T18:00:00+01:00.'),
    ];
  }
  const read = parseCron(times.cron);
  if (read.ok) return [];
  const at = { nodeId, field: 'on.times.cron' };
  return [error('cron_invalid', at, read.reason, 'Write it like “0 18 * * 5”: Fridays at 18:00.')];
}
