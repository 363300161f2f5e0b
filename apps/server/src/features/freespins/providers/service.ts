import type { Actor, FreeRoundProvider, FreeRoundProviderInput } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { z } from 'zod';
import { audit } from '../../../platform/audit.ts';
import type { Queryable } from '../../../platform/db.ts';
import { decodeCursor, toPage } from '../../../platform/http/cursor.ts';
import { checkUrl } from '../../../platform/outbound/url.ts';
import type { Platform } from '../../../platform/platform.ts';
import type { Brands } from '../../brands/index.ts';
import type { ProviderAccount } from '../shapes/index.ts';
import {
  deleteProvider,
  findProvider,
  isInUse,
  listProviders,
  lockProvider,
  type ProviderRow,
  saveProvider,
} from './store.ts';

/** Who asks for a change, in which brand. */
export interface By {
  readonly brandId: string;
  readonly actor: Actor;
  readonly requestId: string;
}

export interface ConnectedAccount extends ProviderAccount {
  /** What callbacks may be signed with as well, for a while after it was replaced. */
  readonly previousSecret: string | null;
}

export interface Providers {
  /** Connects a provider, or changes how it is reached. */
  put(
    by: By,
    name: string,
    input: FreeRoundProviderInput,
  ): Promise<Result<{ provider: FreeRoundProvider; created: boolean }>>;
  find(brandId: string, name: string): Promise<Result<FreeRoundProvider>>;
  list(
    brandId: string,
    page: { cursor?: string | undefined; limit: number },
  ): Promise<Result<{ items: FreeRoundProvider[]; nextCursor: string | null }>>;
  remove(by: By, name: string): Promise<Result<undefined>>;
  /** The provider as it is spoken to, with its secret; undefined when there is none of the name. */
  account(db: Queryable, brandId: string, name: string): Promise<ConnectedAccount | undefined>;
}

const Cursor = z.tuple([z.string().max(64)]);

export function createProviders(
  { config, db, secrets }: Pick<Platform, 'config' | 'db' | 'secrets'>,
  brands: Brands,
): Providers {
  async function viewer(brandId: string): Promise<(row: ProviderRow) => FreeRoundProvider> {
    const { slug } = await brands.get(brandId);
    return ({ secret: _, previousSecret: __, previousSecretUntil, createdAt, updatedAt, ...row }) => ({
      ...row,
      callbackUrl: `${config.publicUrl}/v1/providers/${slug}/${row.name}/callbacks`,
      previousSecretUntil: previousSecretUntil?.toISOString() ?? null,
      createdAt: createdAt.toISOString(),
      updatedAt: updatedAt.toISOString(),
    });
  }

  return {
    async put(by, name, { secret, secretOverlapSeconds, baseUrl, ...input }) {
      const url = checkBaseUrl(baseUrl, config.outboundAllowPrivate);
      if (!url.ok) return url;
      const view = await viewer(by.brandId);
      return db.transaction(async (tx) => {
        const before = await lockProvider(tx, by.brandId, name);
        const isNew = before !== undefined && secrets.decrypt(before.secret) !== secret;
        const after = await saveProvider(
          tx,
          by.brandId,
          { ...input, name, baseUrl: url.value, secret: secrets.encrypt(secret) },
          isNew ? secretOverlapSeconds : null,
        );
        await audit(tx, {
          ...by,
          action: `free_round_provider.${before ? 'updated' : 'created'}`,
          targetKind: 'free_round_provider',
          targetId: name,
          ...(before ? { before: view(before) } : {}),
          after: { ...view(after), secretChanged: !before || isNew },
        });
        return ok({ provider: view(after), created: !before });
      });
    },

    async find(brandId, name) {
      const found = await findProvider(db, brandId, name);
      return found ? ok((await viewer(brandId))(found)) : notFound(name);
    },

    async list(brandId, { cursor, limit }) {
      const after = decodeCursor(cursor, Cursor);
      if (!after.ok) return after;
      const rows = await listProviders(db, brandId, after.value?.[0], limit + 1);
      return ok(toPage(rows, limit, ({ name }) => [name], await viewer(brandId)));
    },

    async remove(by, name) {
      const view = await viewer(by.brandId);
      return db.transaction(async (tx) => {
        const before = await lockProvider(tx, by.brandId, name);
        if (!before) return notFound(name);
        if (await isInUse(tx, by.brandId, name))
          return refuse('conflict', `Spins of players are ordered at ${name} that are not over.`);
        await deleteProvider(tx, by.brandId, name);
        await audit(tx, {
          ...by,
          action: 'free_round_provider.deleted',
          targetKind: 'free_round_provider',
          targetId: name,
          before: view(before),
        });
        return ok(undefined);
      });
    },

    async account(queryable, brandId, name) {
      const found = await findProvider(queryable, brandId, name);
      if (!found) return undefined;
      const { secret, previousSecret } = found;
      return {
        ...found,
        secret: secrets.decrypt(secret),
        previousSecret: previousSecret && secrets.decrypt(previousSecret),
      };
    },
  };
}

const notFound = (name: string) => refuse('not_found', `There is no free-round provider ${name}.`);

/** @returns the URL that the paths of a shape are added to. */
function checkBaseUrl(text: string, allowPrivate: boolean): Result<string> {
  const url = checkUrl(text, allowPrivate);
  if (!url.ok) {
    const { key, message, errors = [] } = url.refusal;
    return refuse(
      key,
      message,
      errors.map((error) => ({ ...error, field: 'baseUrl' })),
    );
  }
  if (new URL(url.value).search)
    return refuse('url_not_allowed', 'The URL holds a query.', [
      { field: 'baseUrl', reason: 'holds a query', fix: 'Leave out the part from ? on.' },
    ]);
  return ok(url.value.replace(/\/+$/, ''));
}
