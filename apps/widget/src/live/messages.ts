import type { RenderedContent, ShownMessage } from '@promosmith/contract';
import { createListeners, type Listeners } from '../listeners.ts';

type Content<Channel> = Extract<RenderedContent, { channel: Channel }>;
type Of<Channel> = Omit<ShownMessage, 'content' | 'channel'> & {
  readonly channel: Channel;
  readonly content: Content<Channel>;
};
export type PopupMessage = Of<'popup'>;
export type InboxMessage = Of<'inbox'>;
export type WidgetMessage = PopupMessage | InboxMessage;
export type Block = Content<'popup'>['blocks'][number];
export type BlockOf<Type> = Extract<Block, { type: Type }>;

/** What waits for the player. */
export interface Messages {
  readonly changed: Listeners;
  /** Whether it is known what waits. */
  readonly loaded: boolean;
  /** @returns whether it was not known before. */
  put(message: ShownMessage): boolean;
  remove(id: string): void;
  replace(messages: readonly ShownMessage[]): void;
  clear(): void;
  /** What this tab has done about a message; what the server tells later may be older than that. */
  move(id: string, state: 'shown' | 'clicked' | 'ended'): void;
  get(id: string): WidgetMessage | undefined;
  /** Whether this tab is done with it. */
  endedHere(id: string): boolean;
  /** Oldest first. */
  popups(): PopupMessage[];
  /** Newest first. */
  inbox(): InboxMessage[];
  unread(): number;
}

const ORDER = ['sent', 'shown', 'clicked'];

export function createMessages(): Messages {
  const changed = createListeners();
  const known = new Map<string, WidgetMessage>();
  const ended = new Set<string>();

  function set(message: ShownMessage): boolean {
    const before = known.get(message.id);
    const older = before && ORDER.indexOf(before.state) > ORDER.indexOf(message.state);
    if (ended.has(message.id) || older) return false;
    known.set(message.id, message as WidgetMessage);
    return !before;
  }
  const sorted = () => [...known.values()].sort((a, b) => (a.sentAt < b.sentAt ? -1 : 1));

  const messages = {
    changed,
    loaded: false,
    put(message: ShownMessage) {
      const isNew = set(message);
      changed.tell();
      return isNew;
    },
    remove(id: string) {
      if (known.delete(id)) changed.tell();
    },
    replace(all: readonly ShownMessage[]) {
      known.clear();
      for (const message of all) set(message);
      messages.loaded = true;
      changed.tell();
    },
    clear() {
      known.clear();
      messages.loaded = false;
      changed.tell();
    },
    move(id: string, state: 'shown' | 'clicked' | 'ended') {
      const message = known.get(id);
      if (state === 'ended' || (state === 'clicked' && message?.channel === 'popup')) {
        ended.add(id);
        known.delete(id);
      } else if (message) set({ ...message, state });
      changed.tell();
    },
    get: (id: string) => known.get(id),
    endedHere: (id: string) => ended.has(id),
    popups: () => sorted().filter((message) => message.channel === 'popup'),
    inbox: () =>
      sorted()
        .filter((message) => message.channel === 'inbox')
        .reverse(),
    unread: () => messages.inbox().filter(({ state }) => state === 'sent').length,
  };
  return messages;
}
