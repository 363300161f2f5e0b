import { pauseAfter } from '../../../platform/outbound/backoff.ts';
import type { Platform } from '../../../platform/platform.ts';
import { findAddresses } from '../addresses.ts';
import type { SenderPool } from '../senders/pool.ts';
import type { Address } from '../senders/sender.ts';
import type { Settle } from './settle.ts';
import { claimMessages, type DueChannel, findDueChannels, type SendClaim } from './store.ts';

export interface Timing {
  /** Pauses after failed attempts. */
  readonly backoffMs: readonly number[];
  /** An attempt without a result after this long is lost (the process died). */
  readonly leaseMs: number;
  /** Attempts under way by one channel of a brand, per process: a slow one holds up nobody else. */
  readonly perChannel: number;
}

export interface Dispatcher {
  /** Starts an attempt of every message that is due and has a free place. */
  send(): Promise<boolean>;
  /** Waits until no attempt is under way. */
  settle(): Promise<void>;
}

/** @param onFree told when a channel has free places again. */
export function createDispatcher(
  { db, log, metrics }: Pick<Platform, 'db' | 'log' | 'metrics'>,
  {
    senders,
    settle,
    unsubscribeUrl,
  }: {
    senders: SenderPool;
    settle: Settle;
    unsubscribeUrl: (brandId: string, playerId: string) => string;
  },
  timing: Timing,
  onFree: () => void,
): Dispatcher {
  const underWay = new Set<Promise<void>>();
  const busy = new Map<string, number>();
  const attempts = metrics.counter('promosmith_message_attempts_total', 'Attempts to send messages', [
    'channel',
    'outcome',
  ]);

  async function sendBy(due: DueChannel): Promise<void> {
    const name = `${due.brandId} ${due.channel}`;
    const free = timing.perChannel - (busy.get(name) ?? 0);
    if (free < timing.perChannel / 2) return;
    const sender = await senders.get(due.brandId, due.channel);
    const claims = await claimMessages(db, due, free, timing.leaseMs);
    const addresses = await addressesOf(due, claims);
    for (const claim of claims)
      start(name, claim, async () => {
        const to = addresses.get(claim.playerId) ?? [];
        const obstacle =
          claim.obstacle ?? (sender ? (to.length === 0 ? 'no_address' : null) : 'not_connected');
        if (obstacle !== null || !sender) {
          await settle.suppressed(claim, obstacle ?? 'not_connected');
          return attempts.inc({ channel: due.channel, outcome: 'suppressed' });
        }
        const { messageId, rendered: content, ttlSeconds, brandId, playerId } = claim;
        const result = await sender.send({
          ...{ messageId, content, ttlSeconds, addresses: to },
          unsubscribeUrl: unsubscribeUrl(brandId, playerId),
        });
        const pauseMs = pauseAfter(claim.failures + 1, timing.backoffMs, null, Math.random());
        const outcome = await settle.result(claim, due, result, pauseMs);
        attempts.inc({ channel: due.channel, outcome });
      });
  }

  async function addressesOf(
    { channel }: DueChannel,
    claims: readonly SendClaim[],
  ): Promise<Map<string, Address[]>> {
    if (channel === 'push' || channel === 'telegram')
      return findAddresses(
        db,
        channel,
        claims.map(({ playerId }) => playerId),
      );
    return new Map(
      claims.map(({ playerId, email, phone }) => {
        const address = channel === 'email' ? email : phone;
        return [playerId, address === null ? [] : [{ address }]];
      }),
    );
  }

  function start(name: string, { messageId }: SendClaim, attempt: () => Promise<void>): void {
    busy.set(name, (busy.get(name) ?? 0) + 1);
    const work = attempt()
      .catch((err) => log.error({ err, messageId }, 'an attempt has no result; it is repeated'))
      .finally(() => {
        const left = (busy.get(name) ?? 1) - 1;
        if (left > 0) busy.set(name, left);
        else busy.delete(name);
        underWay.delete(work);
        if (left <= timing.perChannel / 2) onFree();
      });
    underWay.add(work);
  }

  return {
    async send() {
      for (const due of await findDueChannels(db)) {
        try {
          await sendBy(due);
        } catch (err) {
          log.error({ err, ...due }, 'nothing could be sent; the other channels go on');
        }
      }
      return false;
    },
    async settle() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}
