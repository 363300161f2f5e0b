import { connectorsOf, isFinal, type MessageOutcome } from '@promosmith/core/journey';
import type { Call } from '../../../api/index.ts';
import { type Definition, isMessage } from '../graph/types.ts';

export type Script = NonNullable<Call<'simulateJourney'>['body']>;

/** One thing that happens to the made-up player, so long after entry. */
export interface Happening {
  readonly afterMs: number;
  readonly source: 'event' | 'client_action';
  readonly name: string;
  /** JSON of an object, as it is typed. */
  readonly data: string;
}

/** What becomes of what a node hands over: by which connector, and how long after. */
export interface Reply {
  readonly outcome: string;
  readonly afterMs: number;
}

/** What is made up in the form. */
export interface Plan {
  readonly version: number | null;
  readonly player: string;
  readonly startsAt: string | null;
  readonly days: number;
  /** JSON of the trigger's data, as it is typed. */
  readonly entry: string;
  readonly happenings: readonly Happening[];
  readonly replies: Readonly<Record<string, Reply>>;
}

export const EMPTY_PLAN: Omit<Plan, 'version'> = {
  player: '',
  startsAt: null,
  days: 30,
  entry: '',
  happenings: [],
  replies: {},
};

const DAY_MS = 86_400_000;
const SECOND_MS = 1_000;

/** An object as it was typed; an empty one when nothing was, undefined when it is none. */
export function objectOf(text: string): Record<string, unknown> | undefined {
  if (text.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Nodes that hand something over, which is answered: messages and actions done outside. */
export const answered = (definition: Definition): readonly string[] =>
  Object.keys(definition.nodes).filter((id) => {
    const node = definition.nodes[id];
    return node !== undefined && (isMessage(node) || connectorsOf(node).includes('failure'));
  });

/**
 * A script of what is made up. A message that is clicked or dismissed was on the screen before; a popup that is shown fires
 * the client action that the next node waits for.
 * @param startsAt in milliseconds
 */
export function scriptOf(plan: Plan, definition: Definition, startsAt: number): Script {
  const trigger = Object.values(definition.nodes).find(({ kind }) => kind === 'trigger');
  const on = trigger?.kind === 'trigger' ? trigger.on : null;
  const entry = objectOf(plan.entry) ?? {};
  return {
    version: plan.version,
    player: plan.player.trim() || null,
    startsAt: new Date(startsAt).toISOString(),
    until: new Date(startsAt + plan.days * DAY_MS).toISOString(),
    event: on && 'name' in on ? { source: on.source, name: on.name, data: entry } : null,
    happenings: plan.happenings
      .filter(({ name }) => name.trim() !== '')
      .map(({ afterMs, source, name, data }) => ({
        at: new Date(startsAt + afterMs).toISOString(),
        source,
        name: name.trim(),
        data: objectOf(data) ?? {},
      })),
    answers: Object.fromEntries(
      Object.entries(plan.replies).flatMap(([id, reply]) => {
        const node = definition.nodes[id];
        return node && reply.outcome !== '' ? [[id, [answersOf(node.kind, id, reply, definition)]]] : [];
      }),
    ),
  };
}

type Answers = NonNullable<Script['answers']>[string][number];

function answersOf(kind: string, id: string, { outcome, afterMs }: Reply, definition: Definition): Answers {
  const last = { afterMs, outcome: outcome as Answers[number]['outcome'] };
  const isSeen = outcome === 'clicked' || outcome === 'dismissed' || outcome === 'impression';
  if (!isSeen) return [last];
  const raises = kind === 'popup' ? raisedBy(id, definition) : undefined;
  const shown = { afterMs, outcome: 'impression' as const, ...(raises && { raises }) };
  return isFinal(outcome as MessageOutcome) ? [shown, { ...last, afterMs: afterMs + SECOND_MS }] : [shown];
}

/** The client action that the node after a popup's impression waits for: what the popup says when it is shown. */
function raisedBy(id: string, { nodes, edges }: Definition) {
  const next = edges.find(({ from, connector }) => from === id && connector === 'impression');
  const node = next && nodes[next.to];
  if (node?.kind !== 'wait_event' || node.event.source !== 'client_action') return undefined;
  return { source: 'client_action' as const, name: node.event.name, data: { code: 'EXAMPLE' } };
}
