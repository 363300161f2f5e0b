import type { EventEnvelope } from '@promosmith/contract';
import type { Agent } from 'undici';
import { audit } from '../../../platform/audit.ts';
import { attempt, type Outcome } from '../../../platform/outbound/attempt.ts';
import { pauseAfter } from '../../../platform/outbound/backoff.ts';
import { signedHeaders } from '../../../platform/outbound/signing.ts';
import type { Platform } from '../../../platform/platform.ts';
import type { Brands } from '../../brands/index.ts';
import { findBatches } from '../../events/index.ts';
import { disableGone } from '../store/endpoints.ts';
import {
  type AttemptResult,
  type Claim,
  claimDeliveries,
  type DueEndpoint,
  findDueEndpoints,
  recordAttempt,
} from '../store/queue.ts';

const GONE = 410;

export interface Timing {
  /** Pauses after failed attempts. */
  backoffMs: readonly number[];
  /** For one attempt as a whole: connecting, sending, the beginning of the answer. */
  timeoutMs: number;
  /** An attempt without a result after this long is lost (the process died): longer than `timeoutMs` by far. */
  leaseMs: number;
  /** Requests under way to one endpoint, per process: a slow one holds up nobody else. */
  perEndpoint: number;
}

export interface Sender {
  /** Starts an attempt of every delivery that is due and has a free place. */
  send(): Promise<boolean>;
  /** Waits until no attempt is under way. */
  settle(): Promise<void>;
}

/** @param onFree told when an endpoint has free places again. */
export function createSender(
  { db, secrets, log, metrics }: Pick<Platform, 'db' | 'secrets' | 'log' | 'metrics'>,
  brands: Brands,
  agent: Agent,
  timing: Timing,
  onFree: () => void,
): Sender {
  const underWay = new Set<Promise<void>>();
  const busy = new Map<string, number>();
  const attempts = metrics.counter('promosmith_webhook_attempts_total', 'Webhook attempts by outcome', [
    'outcome',
  ]);

  /** Claims are made for several places at a time: each costs a statement. */
  async function sendTo(endpoint: DueEndpoint): Promise<void> {
    const free = timing.perEndpoint - (busy.get(endpoint.endpointId) ?? 0);
    if (free < timing.perEndpoint / 2) return;
    const keys = [endpoint.secret, endpoint.previousSecret].flatMap((key) =>
      key ? secrets.decrypt(key) : [],
    );
    const claims = await claimDeliveries(db, endpoint.endpointId, free, timing.leaseMs);
    const events = await findEvents(endpoint.brandId, claims);
    for (const claim of claims) {
      const event = events.get(claim.eventId);
      if (event) start(endpoint, keys, claim, event);
      else
        log.error(
          { endpointId: endpoint.endpointId, eventId: claim.eventId },
          'the event of a delivery is gone',
        );
    }
  }

  async function findEvents(brandId: string, claims: readonly Claim[]): Promise<Map<string, EventEnvelope>> {
    const batchIds = [...new Set(claims.map(({ batchId }) => batchId))];
    const batches = await findBatches(db, await brands.get(brandId), batchIds);
    return new Map(batches.flatMap(({ events }) => events.map((event) => [event.id, event])));
  }

  function start(endpoint: DueEndpoint, keys: readonly string[], claim: Claim, event: EventEnvelope): void {
    const { endpointId } = endpoint;
    busy.set(endpointId, (busy.get(endpointId) ?? 0) + 1);
    const work = deliver(endpoint, keys, claim, event)
      .catch((err) =>
        log.error({ err, endpointId, eventId: event.id }, 'an attempt has no result; it is repeated'),
      )
      .finally(() => {
        const left = (busy.get(endpointId) ?? 1) - 1;
        if (left > 0) busy.set(endpointId, left);
        else busy.delete(endpointId);
        underWay.delete(work);
        if (left <= timing.perEndpoint / 2) onFree();
      });
    underWay.add(work);
  }

  async function deliver(
    endpoint: DueEndpoint,
    keys: readonly string[],
    claim: Claim,
    event: EventEnvelope,
  ): Promise<void> {
    const body = JSON.stringify(event);
    const headers = signedHeaders(keys, event.id, new Date(), body);
    const outcome = await attempt(agent, endpoint.url, headers, body, timing.timeoutMs);
    const result = resultOf(endpoint.endpointId, claim, outcome);
    attempts.inc({ outcome: result.status });
    if (outcome.status === GONE) await recordGone(endpoint, result);
    else await recordAttempt(db, result);
  }

  function resultOf(endpointId: string, claim: Claim, outcome: Outcome): AttemptResult {
    const pauseMs = outcome.delivered
      ? null
      : pauseAfter(claim.failures + 1, timing.backoffMs, outcome.retryAfterMs, Math.random());
    return {
      endpointId,
      eventId: claim.eventId,
      attempts: claim.attempts,
      status: outcome.delivered ? 'succeeded' : pauseMs === null ? 'abandoned' : 'failed',
      pauseMs,
      durationMs: outcome.durationMs,
      httpStatus: outcome.status,
      error: outcome.error,
      response: outcome.response,
    };
  }

  /** The endpoint asked to be left alone. What is waiting for it stays, should it be enabled again. */
  async function recordGone({ endpointId, brandId }: DueEndpoint, result: AttemptResult): Promise<void> {
    await db.transaction(async (tx) => {
      await recordAttempt(tx, result);
      if (!(await disableGone(tx, endpointId))) return;
      await audit(tx, {
        brandId,
        actor: { kind: 'system', id: 'webhooks' },
        action: 'webhook.disabled',
        targetKind: 'webhook',
        targetId: endpointId,
        after: { enabled: false, disabledReason: 'gone' },
      });
    });
  }

  return {
    async send() {
      for (const endpoint of await findDueEndpoints(db)) {
        try {
          await sendTo(endpoint);
        } catch (err) {
          log.error(
            { err, endpointId: endpoint.endpointId },
            'nothing could be sent; the other endpoints go on',
          );
        }
      }
      return false;
    },
    async settle() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}
