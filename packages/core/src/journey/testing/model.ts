import { bucketOf } from '../bucket.ts';
import { connectorsOf } from '../connectors.ts';
import { isMessage, type JourneyDefinition, type JourneyNode } from '../graph.ts';
import type { Input } from '../types.ts';
import { NOON, SECOND } from './drawing.ts';
import { timeOf } from './happenings.ts';

/** A visit as the model leaves it: number, node, connector, next node, and the second it is left in. */
export type Told = readonly [
  seq: number,
  node: string,
  connector: string | null,
  to: string | null,
  left: number,
];

/**
 * The walk of a player told as simply as can be: second by second, first what is due in it, then what happens in it, one
 * by one. It knows no calls, no batches and no being late. Rules are those of the random graphs.
 */
export function tellWalk(
  definition: JourneyDefinition,
  journeyId: string,
  playerId: string,
  inputs: readonly Input[],
  seconds: number,
): { readonly visits: readonly Told[]; readonly at: string; readonly over: boolean } {
  const visits: Told[] = [];
  let [place, seq, began, over, answered] = ['start', 1, NOON, false, false];
  const nodeAt = (): JourneyNode => definition.nodes[place]!;
  const edge = (connector: string | null) =>
    definition.edges.find((each) => each.from === place && each.connector === connector);

  const go = (connector: string | null, at: number): void => {
    const to = edge(connector)?.to ?? null;
    visits.push([seq, place, connector, to, (at - NOON) / SECOND]);
    if (to === null) {
      over = true;
      return;
    }
    [place, seq, began] = [to, seq + 1, at];
    arrive(at);
  };

  const arrive = (at: number): void => {
    const node = nodeAt();
    answered = definition.edges.some(({ from }) => from === place);
    if (node.kind === 'exit') go(null, at);
    else if (node.kind === 'condition') go(node.rule.includes('DE') ? 'yes' : 'no', at);
    else if (node.kind === 'split') go(bucketOf(journeyId, place, playerId) < 5_000 ? 'a' : 'b', at);
    else if (node.kind !== 'delay' && node.kind !== 'wait_event' && !answered) go(null, at);
  };

  const due = (): [number, string] | null => {
    const node = nodeAt();
    if (isMessage(node)) return [began + (node.expiresAfterMs ?? 0), 'expired'];
    if (node.kind === 'delay' && 'forMs' in node.delay) return [began + node.delay.forMs, 'next'];
    if (node.kind === 'wait_event' && node.timeoutMs !== null) return [began + node.timeoutMs, 'timed_out'];
    return null;
  };

  const outcome = (name: string, at: number): void => {
    const node = nodeAt();
    const wanted = node.kind === 'change_property' && name === 'success' ? 'next' : name;
    if (!connectorsOf(node).includes(wanted)) return;
    if (node.kind === 'delay' || node.kind === 'wait_event') return;
    const seen = (name === 'clicked' || name === 'dismissed') && !edge(name) && edge('impression');
    if (seen) go('impression', at);
    else if (name !== 'impression' || edge(name)) go(wanted, at);
  };

  const take = (input: Input, at: number): void => {
    const node = nodeAt();
    if (input.kind === 'exit') {
      visits.push([seq, place, null, null, (at - NOON) / SECOND]);
      over = true;
    } else if (input.kind === 'event') {
      const { source, name } = input.event;
      if (node.kind === 'wait_event' && node.event.source === source && node.event.name === name)
        go('happened', at);
    } else if (input.seq === seq) {
      if (input.kind === 'outcome') outcome(input.outcome, at);
      else if (connectorsOf(node).includes(input.connector)) go(input.connector, at);
    }
  };

  go('next', NOON);
  for (let at = NOON; at <= NOON + seconds * SECOND; at += SECOND) {
    for (let next = due(); !over && next?.[0] === at; next = due()) go(next[1], at);
    for (const input of inputs) if (!over && timeOf(input) === at) take(input, at);
  }
  return { visits, at: place, over };
}
