import {
  type Actor,
  type ApprovalThresholds,
  type BrandPatch,
  BrandSettings,
  type PlayerTokensInput,
} from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { audit } from '../../platform/audit.ts';
import type { Database, Queryable } from '../../platform/db.ts';
import { createFreshCache } from '../../platform/fresh-cache.ts';
import { newId } from '../../platform/ids.ts';
import { checkUrl } from '../../platform/outbound/url.ts';
import type { Secrets } from '../../platform/secrets.ts';
import { type Brand, brandView, type NewBrand, type PlayerTokenKeys, withoutSecrets } from './brand.ts';
import { checkCurrencies, checkKept } from './currencies.ts';
import {
  findBrand,
  findPlayerTokenKeys,
  insertBrand,
  lockBrand,
  saveBrand,
  savePlayerTokenSecret,
} from './store.ts';

const MAX_AGE_MS = 1000;
const CAPACITY = 1000;

/** Who asks for a change, for the audit log. */
export interface Origin {
  actor: Actor;
  requestId?: string;
}

export interface Brands {
  /**
   * The brand as it was at most a second ago (at once in the process that changed it). An activation decided within
   * that second may still use the former time zone or settings: money stays exact, because what was decided is stored.
   * @throws when there is none: ids come from credentials and rows, so that is a bug.
   */
  get(brandId: string): Promise<Brand>;
  /** The brand as it is: what is saved, asked for or published is judged by the settings in force. */
  read(db: Queryable, brandId: string): Promise<Brand>;
  /** The brand as it is, until the transaction ends: for a change that depends on it. */
  lock(tx: Queryable, brandId: string): Promise<Brand>;
  /** As `get`, for a slug that a caller wrote. */
  bySlug(slug: string): Promise<Brand | undefined>;
  settings(brandId: string): Promise<BrandSettings>;
  create(input: NewBrand, origin: Origin): Promise<Result<Brand>>;
  /** The same in the caller's transaction, so that a brand is never without its owner. */
  createIn(tx: Queryable, input: NewBrand, origin: Origin): Promise<Result<Brand>>;
  update(brandId: string, patch: BrandPatch, origin: Origin): Promise<Result<Brand>>;
  /** In the caller's transaction, so that an approved change and its approval are one. */
  changeApprovalThresholds(
    tx: Queryable,
    brandId: string,
    patch: Partial<ApprovalThresholds>,
    origin: Origin,
  ): Promise<Result<Brand>>;
  setPlayerTokens(brandId: string, input: PlayerTokensInput | null, origin: Origin): Promise<Result<Brand>>;
  /** How the brand of this slug verifies player tokens, at most a second old; undefined when it takes none. */
  playerTokenKeys(slug: string): Promise<PlayerTokenKeys | undefined>;
}

const revisionConflict = (revision: number) =>
  refuse(
    'revision_conflict',
    `The brand is at revision ${revision} now: read it again and repeat the change.`,
  );

function known(brand: Brand | undefined, brandId: string): Brand {
  if (!brand) throw new Error(`there is no brand ${brandId}`);
  return brand;
}

/** @param allowPrivate whether a platform may publish its keys at a private address. */
export function createBrandService(db: Database, secrets: Secrets, allowPrivate: boolean): Brands {
  const byId = createFreshCache({
    maxAgeMs: MAX_AGE_MS,
    capacity: CAPACITY,
    load: (brandId) => findBrand(db, { brandId }),
  });
  const bySlug = createFreshCache({
    maxAgeMs: MAX_AGE_MS,
    capacity: CAPACITY,
    load: (slug) => findBrand(db, { slug }),
  });
  const tokenKeys = createFreshCache({
    maxAgeMs: MAX_AGE_MS,
    capacity: CAPACITY,
    async load(slug): Promise<PlayerTokenKeys | undefined> {
      const found = await findPlayerTokenKeys(db, slug);
      if (!found) return undefined;
      const { secret, ...keys } = found;
      return { ...keys, slug, secrets: secret ? (JSON.parse(secrets.decrypt(secret)) as string[]) : [] };
    },
  });
  const changed = (brand: Brand) => {
    byId.forget(brand.brandId);
    bySlug.forget(brand.slug);
    tokenKeys.forget(brand.slug);
  };

  const get = async (brandId: string) => known(await byId.get(brandId), brandId);

  const lock = async (tx: Queryable, brandId: string) => known(await lockBrand(tx, brandId), brandId);

  async function save(
    tx: Queryable,
    before: Brand,
    after: Brand,
    origin: Origin,
    action = 'brand.updated',
  ): Promise<Result<Brand>> {
    const saved = await saveBrand(tx, before, after);
    if (!saved) return revisionConflict((await lock(tx, before.brandId)).revision);
    await audit(tx, {
      ...origin,
      brandId: saved.brandId,
      action,
      targetKind: 'brand',
      targetId: saved.brandId,
      before: brandView(before),
      after: brandView(saved),
    });
    return ok(saved);
  }

  async function createIn(tx: Queryable, input: NewBrand, origin: Origin): Promise<Result<Brand>> {
    const { currencies, approvals, jurisdiction } = input;
    const settings = BrandSettings.parse({ currencies, approvals, jurisdiction });
    const checked = checkCurrencies(input.currency, settings.currencies);
    if (!checked.ok) return checked;
    const brand = await insertBrand(tx, newId(), input, settings);
    if (!brand) return refuse('slug_taken', `There is a brand ${input.slug} already.`);
    await audit(tx, {
      ...origin,
      brandId: brand.brandId,
      action: 'brand.created',
      targetKind: 'brand',
      targetId: brand.brandId,
      after: brandView(brand),
    });
    return ok(brand);
  }

  async function committed(change: Promise<Result<Brand>>): Promise<Result<Brand>> {
    const result = await change;
    if (result.ok) changed(result.value);
    return result;
  }

  return {
    get,
    read: async (connection, brandId) => known(await findBrand(connection, { brandId }), brandId),
    lock,
    bySlug: (slug) => bySlug.get(slug),
    settings: async (brandId) => (await get(brandId)).settings,

    create: (input, origin) => db.transaction((tx) => createIn(tx, input, origin)),
    createIn,

    update: (brandId, { revision, currencies, jurisdiction, feesBps, challenge, ...patch }, origin) =>
      committed(
        db.transaction(async (tx) => {
          const before = await lock(tx, brandId);
          if (before.revision !== revision) return revisionConflict(before.revision);
          const after: Brand = {
            ...before,
            ...patch,
            settings: {
              ...before.settings,
              ...(currencies && { currencies }),
              ...(jurisdiction && { jurisdiction }),
              ...(feesBps !== undefined && { feesBps }),
              ...(challenge && { challenge }),
            },
          };
          const kept = checkKept(before.settings.currencies, after.settings.currencies);
          if (!kept.ok) return kept;
          const checked = checkCurrencies(after.currency, after.settings.currencies);
          return checked.ok ? save(tx, before, after, origin) : checked;
        }),
      ),

    async changeApprovalThresholds(tx, brandId, patch, origin) {
      const before = await lock(tx, brandId);
      const approvals = { ...before.settings.approvals, ...patch };
      const after = { ...before, settings: { ...before.settings, approvals } };
      const result = await save(tx, before, after, origin, 'brand.approval_thresholds_changed');
      changed(before);
      return result;
    },

    async setPlayerTokens(brandId, input, origin) {
      const url = input?.kind === 'jwks' ? checkUrl(input.url, allowPrivate) : ok(undefined);
      if (!url.ok) return url;
      return committed(
        db.transaction(async (tx) => {
          const before = await lock(tx, brandId);
          const after = { ...before, playerTokens: input && withoutSecrets(input) };
          const saved = await save(tx, before, after, origin, 'brand.player_tokens_set');
          const plain = input?.kind === 'hs256' ? JSON.stringify(input.secrets) : undefined;
          if (saved.ok) await savePlayerTokenSecret(tx, brandId, plain ? secrets.encrypt(plain) : null);
          return saved;
        }),
      );
    },

    playerTokenKeys: (slug) => tokenKeys.get(slug),
  };
}
