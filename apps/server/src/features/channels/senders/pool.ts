import type { ConnectedChannel } from '@promosmith/contract';
import type { Logger } from 'pino';
import type { Database } from '../../../platform/db.ts';
import type { Connections } from '../connections/service.ts';
import { type AnySender, createSender, type SenderOptions } from './index.ts';
import type { Receipt } from './sender.ts';

/** The senders of this process, one for each brand and channel that is in use. */
export interface SenderPool {
  /** As the channel is connected by now; undefined when it is not. */
  get(brandId: string, channel: ConnectedChannel): Promise<AnySender | undefined>;
  /** Ends what was disconnected or changed since it was last used. */
  refresh(): Promise<void>;
  close(): Promise<void>;
}

interface Kept {
  readonly brandId: string;
  readonly channel: ConnectedChannel;
  readonly revision: number;
  readonly createdAt: number;
  readonly sender: AnySender;
}

/** @param takeReceipt told what other sides tell of messages; @returns whether the message is known. */
export function createSenderPool(
  db: Database,
  log: Logger,
  connections: Connections,
  options: SenderOptions,
  takeReceipt: (brandId: string, channel: ConnectedChannel, receipt: Receipt) => Promise<boolean>,
): SenderPool {
  const kept = new Map<string, Kept>();
  const closing = new Set<Promise<void>>();

  function drop(name: string): void {
    const old = kept.get(name);
    if (!old) return;
    kept.delete(name);
    const done = old.sender
      .close()
      .catch((err: unknown) => log.warn({ err }, 'a channel could not be disconnected in good order'))
      .finally(() => closing.delete(done));
    closing.add(done);
  }

  async function get(brandId: string, channel: ConnectedChannel): Promise<AnySender | undefined> {
    const name = `${brandId} ${channel}`;
    const connection = await connections.find(db, brandId, channel);
    const old = kept.get(name);
    if (connection && old?.revision === connection.revision && old.createdAt === connection.createdAt)
      return old.sender;
    drop(name);
    if (!connection) return undefined;
    const sender = createSender(connection, options, (receipt) => takeReceipt(brandId, channel, receipt));
    const { revision, createdAt } = connection;
    kept.set(name, { brandId, channel, revision, createdAt, sender });
    return sender;
  }

  return {
    get,
    async refresh() {
      for (const { brandId, channel } of [...kept.values()]) await get(brandId, channel);
    },
    async close() {
      for (const name of [...kept.keys()]) drop(name);
      await Promise.all(closing);
    },
  };
}
