import { ok, type Result, refuse } from '@promosmith/core';
import type { Agent } from 'undici';
import { type Exchange, exchange } from '../../../../platform/outbound/attempt.ts';
import { pauseAfter } from '../../../../platform/outbound/backoff.ts';
import { signedHeaders } from '../../../../platform/outbound/signing.ts';
import type { Platform } from '../../../../platform/platform.ts';
import type { Brands } from '../../../brands/index.ts';
import { loadPlayers } from '../../../players/index.ts';
import type { Worker } from '../dispatcher.ts';
import type { Claim, Move } from '../effect.ts';
import { readerFor } from '../reader.ts';
import { findSecrets, findSigningSecrets } from '../secrets/store.ts';
import { begin, finish } from '../settle.ts';
import { pauseEffects } from '../store.ts';
import { type Call, secretsIn, writeCall } from './call.ts';
import { insertCall, type KeptCall, keptCall } from './calls.ts';
import { createMarks } from './marks.ts';
import { createScrub, type Scrub } from './scrub.ts';

type WebhookClaim = Claim<'webhook'>;

export interface WebhookParts {
  readonly brands: Brands;
  readonly move: Move;
  readonly agent: Agent;
  /** Pauses after tries that failed; after the last one the visit is left by `failure`. */
  readonly backoffMs: readonly number[];
}

const USER_AGENT = 'Promosmith-Journeys/1';
/** Of an answer; what is longer is no data to keep. */
const READ_BYTES = 65_536;

/** What a try came to. */
type Verdict =
  | { readonly kind: 'success'; readonly data: Readonly<Record<string, unknown>> | undefined }
  | { readonly kind: 'failure'; readonly reason: string }
  | { readonly kind: 'again'; readonly pauseMs: number; readonly error: string };

/** Calls the addresses that webhooks of journeys name. At least once each, with the same key at every try. */
export function webhookWorker(
  { db, secrets, config, metrics }: Pick<Platform, 'db' | 'secrets' | 'config' | 'metrics'>,
  { brands, move, agent, backoffMs }: WebhookParts,
): Pick<Worker<'webhook'>, 'work'> {
  const attempts = metrics.counter(
    'promosmith_journey_webhook_attempts_total',
    'Attempts at webhooks of journeys by outcome',
    ['outcome'],
  );

  async function write(claim: WebhookClaim): Promise<Result<{ call: Call; scrub: Scrub }>> {
    const { brandId, playerId, playerExternalId: externalId, effect, at } = claim;
    const names = secretsIn(effect.action);
    const stored = await findSecrets(db, brandId, names);
    const values = new Map(stored.map(({ name, value }) => [name, secrets.decrypt(value)]));
    const missing = names.find((name) => !values.has(name));
    if (missing !== undefined) return refuse('secret_unknown', `There is no secret ${missing}.`);
    const player = (await loadPlayers(db, [playerId])).get(playerId);
    if (!player) return refuse('not_found', 'Nothing is known of the player.');
    const reader = readerFor(await brands.get(brandId), { externalId, player }, at, effect);
    const call = writeCall(effect.action, reader, createMarks(values), config.outboundAllowPrivate);
    if (!call.ok) return call;
    const { hostname } = new URL(call.value.sent.url);
    const elsewhere = stored.find(({ hosts }) => hosts !== null && !hosts.includes(hostname));
    if (elsewhere)
      return refuse('secret_not_for_host', `The secret ${elsewhere.name} may not be sent to ${hostname}.`);
    return ok({ call: call.value, scrub: createScrub([...values.values()]) });
  }

  async function send({ brandId, effectKey, effect }: WebhookClaim, { sent }: Call): Promise<Exchange> {
    const keys = (await findSigningSecrets(db, brandId)).map(secrets.decrypt);
    const { 'webhook-signature': signature, ...named } = signedHeaders(
      keys,
      effectKey,
      new Date(),
      sent.body ?? '',
    );
    if (sent.body === null) delete named['content-type'];
    const headers = {
      ...{ ...named, 'user-agent': USER_AGENT, 'idempotency-key': effectKey, ...sent.headers },
      ...(keys.length > 0 && signature !== undefined ? { 'webhook-signature': signature } : {}),
    };
    return exchange(agent, { ...sent, headers }, effect.action.timeoutMs, READ_BYTES);
  }

  function verdictOn(claim: WebhookClaim, exchanged: Exchange, data: KeptData): Verdict {
    if (exchanged.delivered) return { kind: 'success', data };
    const { status, errorCode, error, retryAfterMs } = exchanged;
    const reason = status === null ? (errorCode ?? 'no_answer').toLowerCase() : `http_${status}`;
    const pauseMs = mayRecover(exchanged)
      ? pauseAfter(claim.failures + 1, backoffMs, retryAfterMs, Math.random())
      : null;
    return pauseMs === null
      ? { kind: 'failure', reason }
      : { kind: 'again', pauseMs, error: error ?? reason };
  }

  /** Writes the try down, and what it came to with it. */
  const settle = (claim: WebhookClaim, call: KeptCall, verdict: Verdict): Promise<void> =>
    db.transaction(async (tx) => {
      if (verdict.kind === 'again') {
        await insertCall(tx, claim, call);
        const error = call.error ?? verdict.error;
        await pauseEffects(tx, [claim], { pauseMs: verdict.pauseMs, error, failed: true });
        return;
      }
      const { wanted, now } = await begin(tx, [claim]);
      await insertCall(tx, claim, call);
      const outcome =
        verdict.kind === 'success'
          ? { outcome: 'success' as const, data: verdict.data }
          : { outcome: 'failure' as const, reason: verdict.reason };
      const results = wanted.map(() => ({ claim, ...outcome }));
      await finish(tx, move, { claims: wanted, results, events: [], now });
    });

  async function attempt(claim: WebhookClaim): Promise<Verdict> {
    const written = await write(claim);
    if (!written.ok) {
      const { key, message } = written.refusal;
      const verdict = { kind: 'failure', reason: key } as const;
      await settle(claim, { tookMs: 0, request: null, response: null, error: `${key}: ${message}` }, verdict);
      return verdict;
    }
    const { call, scrub } = written.value;
    const exchanged = await send(claim, call);
    const kept = keptCall(call.shown, exchanged, scrub);
    const verdict = verdictOn(claim, exchanged, kept.data);
    await settle(claim, kept.call, verdict);
    return verdict;
  }

  return {
    async work(claims) {
      for (const claim of claims) attempts.inc({ outcome: (await attempt(claim)).kind });
    },
  };
}

type KeptData = Readonly<Record<string, unknown>> | undefined;

const PASSING = new Set([408, 425, 429]);
/** Of requests that will never be made: undici refuses them, or we do. */
const FOR_GOOD = new Set([
  'FORBIDDEN_ADDRESS',
  'UND_ERR_INVALID_ARG',
  'ERR_INVALID_ARG_VALUE',
  'ERR_INVALID_CHAR',
]);

const mayRecover = ({ status, errorCode }: Pick<Exchange, 'status' | 'errorCode'>): boolean =>
  status === null ? !FOR_GOOD.has(errorCode ?? '') : status >= 500 || PASSING.has(status);
