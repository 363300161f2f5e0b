import { isMessage, type JourneyNode } from './graph.ts';

/** What may become of a message. */
export const MESSAGE_OUTCOMES = [
  'impression',
  'clicked',
  'dismissed',
  'failed',
  'suppressed',
  'expired',
] as const;
export type MessageOutcome = (typeof MESSAGE_OUTCOMES)[number];

/** What may become of an action done outside. */
export type ActionOutcome = 'success' | 'failure';

const NEXT = ['next'] as const;
const ACTION = ['success', 'failure'] as const;

/** The connectors a visit of the node may leave by; none for an exit. */
export function connectorsOf(node: JourneyNode): readonly string[] {
  if (isMessage(node)) return MESSAGE_OUTCOMES;
  switch (node.kind) {
    case 'trigger':
    case 'delay':
    case 'change_property':
      return NEXT;
    case 'wait_event':
      return ['happened', 'timed_out'];
    case 'condition':
      return ['yes', 'no'];
    case 'split':
      return node.variants.map(({ id }) => id);
    case 'webhook':
    case 'give_bonus':
    case 'send_code':
      return ACTION;
    case 'exit':
      return [];
  }
}

/** Whether more may become of a message after the outcome. Only after an impression. */
export const isFinal = (outcome: MessageOutcome): boolean => outcome !== 'impression';

/** Outcomes that come by themselves, at once: a way back through them is a loop that nothing slows down. */
const AT_ONCE: ReadonlySet<string> = new Set(['failed', 'suppressed']);

/** Events that what a journey does may bring about by itself, at once: waiting for one of these slows nothing down. */
const ECHOES: ReadonlySet<string> = new Set([
  ...['bonus.granted', 'freespins.issued', 'ticket.issued', 'code.distributed', 'grant.delivery_failed'],
  ...['message.sent', 'message.failed', 'message.suppressed'],
  ...['journey.enrolled', 'journey.completed', 'journey.exited'],
]);

/** Whether leaving by the connector takes the player, or a clock. */
export function takesTime(node: JourneyNode, connector: string): boolean {
  if (isMessage(node)) return !AT_ONCE.has(connector);
  if (node.kind !== 'wait_event') return node.kind === 'delay';
  const isEcho = node.event.source === 'event' && ECHOES.has(node.event.name);
  return !isEcho || connector !== 'happened';
}
