import type { GraphNode, Kind } from './types.ts';
import { MESSAGE_KINDS } from './types.ts';

/** What can be added, in the order and groups that the palette shows. */
export const PALETTE = [
  { group: 'start', kinds: ['trigger'] },
  { group: 'messages', kinds: MESSAGE_KINDS },
  { group: 'waiting', kinds: ['wait_event', 'delay'] },
  { group: 'branching', kinds: ['condition', 'split'] },
  { group: 'actions', kinds: ['webhook', 'give_bonus', 'send_code', 'change_property'] },
  { group: 'end', kinds: ['exit'] },
] as const satisfies readonly { group: string; kinds: readonly Kind[] }[];

const HOUR_MS = 3_600_000;
const named = { name: null } as const;
const message = { ...named, contentId: null, expiresAfterMs: null, sendInQuietHours: false } as const;

/** A node as it is when it was just added: with what most people mean, and holes where nobody can know. */
export function blankNode(kind: Kind): GraphNode {
  switch (kind) {
    case 'trigger':
      return { kind, ...named, on: null };
    case 'popup':
    case 'inbox':
    case 'email':
    case 'push':
    case 'telegram':
    case 'sms':
      return { kind, ...message };
    case 'wait_event':
      return {
        kind,
        ...named,
        event: { source: 'event', name: '', filter: null },
        timeoutMs: 24 * HOUR_MS,
      };
    case 'delay':
      return { kind, ...named, delay: { forMs: HOUR_MS } };
    case 'condition':
      return { kind, ...named, rule: '' };
    case 'split':
      return {
        kind,
        ...named,
        variants: [
          { id: 'a', name: null, bps: 5_000 },
          { id: 'b', name: null, bps: 5_000 },
        ],
      };
    case 'webhook':
      return {
        kind,
        ...named,
        method: 'POST',
        url: '',
        headers: [{ name: 'content-type', value: 'application/json' }],
        body: '',
        timeoutMs: 5_000,
      };
    case 'give_bonus':
      return { kind, ...named, campaignId: null, rewardIndex: null };
    case 'send_code':
      return { kind, ...named, campaignId: null };
    case 'change_property':
      return { kind, ...named, property: '', value: '' };
    case 'exit':
      return { kind, ...named };
  }
}
