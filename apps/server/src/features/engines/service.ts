import type { Actor, BonusEngine } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import type { Agent } from 'undici';
import { audit } from '../../platform/audit.ts';
import type { Queryable } from '../../platform/db.ts';
import { newId } from '../../platform/ids.ts';
import { newSecret } from '../../platform/outbound/signing.ts';
import { checkUrl } from '../../platform/outbound/url.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Keeper } from '../bonuses/index.ts';
import type { Brands } from '../brands/index.ts';
import { type Answered, sendMessage, whyFailed } from './message.ts';
import { type Engine, findEngine, insertEngine, lockEngine, replaceSecret, updateEngine } from './store.ts';

/** Who asks for a change, in which brand. */
export interface Origin {
  brandId: string;
  actor: Actor;
  requestId: string;
}

export interface EngineTest
  extends Pick<Answered['outcome'], 'status' | 'error' | 'response' | 'durationMs'> {
  accepted: boolean;
}

export interface EngineService {
  get(brandId: string): Promise<BonusEngine>;
  /** `secret` is shown when an engine is connected for the first time; null afterwards. */
  set(
    wanted: { keeper: 'built_in' } | { keeper: 'outside'; url: string },
    origin: Origin,
  ): Promise<Result<BonusEngine & { secret: string | null }>>;
  rotateSecret(overlapSeconds: number, origin: Origin): Promise<Result<BonusEngine & { secret: string }>>;
  test(brandId: string): Promise<Result<EngineTest>>;
}

const noEngine = refuse('not_found', 'No outside engine was ever connected.');

const BUILT_IN: BonusEngine = {
  keeper: 'built_in',
  engineId: null,
  url: null,
  previousSecretUntil: null,
  updatedAt: null,
};

const view = (engine: Engine | undefined): BonusEngine =>
  engine
    ? {
        keeper: engine.enabled ? 'outside' : 'built_in',
        engineId: engine.engineId,
        url: engine.url,
        previousSecretUntil: engine.previousSecretUntil?.toISOString() ?? null,
        updatedAt: engine.updatedAt.toISOString(),
      }
    : BUILT_IN;

export function createEngineService(
  { config, db, secrets }: Pick<Platform, 'config' | 'db' | 'secrets'>,
  { brands, keeper, agent }: { brands: Brands; keeper: Keeper; agent: Agent },
): EngineService {
  const record = (
    tx: Queryable,
    origin: Origin,
    action: string,
    change: { before?: unknown; after: unknown },
  ) =>
    audit(tx, {
      ...origin,
      action: `bonus_engine.${action}`,
      targetKind: 'brand',
      targetId: origin.brandId,
      ...change,
    });

  return {
    get: async (brandId) => view(await findEngine(db, brandId)),

    async set(wanted, origin) {
      const { brandId } = origin;
      const url = wanted.keeper === 'outside' ? checkUrl(wanted.url, config.outboundAllowPrivate) : ok(null);
      if (!url.ok) return url;
      const changed = await db.transaction(async (tx) => {
        await brands.lock(tx, brandId);
        const before = await findEngine(tx, brandId);
        if (before) {
          const enabled = wanted.keeper === 'outside';
          const after = await updateEngine(tx, brandId, { url: url.value ?? before.url, enabled });
          await record(tx, origin, 'changed', { before: view(before), after: view(after) });
          return ok({ ...view(after), secret: null });
        }
        if (url.value === null) return ok({ ...BUILT_IN, secret: null });
        const secret = newSecret();
        const after = await insertEngine(tx, {
          brandId,
          engineId: newId(),
          url: url.value,
          secret: secrets.encrypt(secret),
        });
        await record(tx, origin, 'changed', { before: BUILT_IN, after: view(after) });
        return ok({ ...view(after), secret });
      });
      keeper.forget(brandId);
      return changed;
    },

    rotateSecret: (overlapSeconds, origin) =>
      db.transaction(async (tx): Promise<Result<BonusEngine & { secret: string }>> => {
        if (!(await lockEngine(tx, origin.brandId))) return noEngine;
        const secret = newSecret();
        const engine = await replaceSecret(tx, origin.brandId, secrets.encrypt(secret), overlapSeconds);
        await record(tx, origin, 'secret_rotated', { after: { overlapSeconds } });
        return ok({ ...view(engine), secret });
      }),

    async test(brandId) {
      const engine = await findEngine(db, brandId);
      if (!engine) return noEngine;
      const { outcome, answer } = await sendMessage(agent, secrets, engine, `${newId()}.test`, {
        operation: 'test',
        grantId: null,
        brand: (await brands.get(brandId)).slug,
        sentAt: new Date().toISOString(),
        bonus: null,
      });
      const { status, response, durationMs } = outcome;
      const accepted = answer?.status === 'accepted';
      const error = answer?.status === 'refused' ? answer.reason : accepted ? null : whyFailed(outcome);
      return ok({ accepted, status, error, response, durationMs });
    },
  };
}
