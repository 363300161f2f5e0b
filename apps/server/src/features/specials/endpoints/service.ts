import type { SpecialEndpoint } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { audit } from '../../../platform/audit.ts';
import type { Queryable } from '../../../platform/db.ts';
import type { RequestContext } from '../../../platform/http/context.ts';
import { newSecret } from '../../../platform/outbound/signing.ts';
import { checkUrl } from '../../../platform/outbound/url.ts';
import type { Platform } from '../../../platform/platform.ts';
import { deleteEndpoint, findEndpoint, putEndpoint, replaceSecret, viewOf } from './store.ts';

type WithSecret = SpecialEndpoint & { secret: string };

export interface EndpointService {
  /** A new one's secret is told this once. */
  put(context: RequestContext, name: string, url: string): Promise<Result<SpecialEndpoint | WithSecret>>;
  rotateSecret(context: RequestContext, name: string, overlapSeconds: number): Promise<Result<WithSecret>>;
  remove(context: RequestContext, name: string): Promise<Result<undefined>>;
}

const endpointNotFound = refuse('not_found', 'There is no such endpoint.');

export function createEndpointService({
  db,
  secrets,
  config,
}: Pick<Platform, 'db' | 'secrets' | 'config'>): EndpointService {
  const record = (
    tx: Queryable,
    { caller: { brandId, actor }, requestId }: RequestContext,
    action: string,
    name: string,
    change: { before?: unknown; after?: unknown },
  ) =>
    audit(tx, {
      brandId,
      actor,
      requestId,
      action: `special_endpoint.${action}`,
      targetKind: 'special_endpoint',
      targetId: name,
      ...change,
    });

  return {
    async put(context, name, url) {
      const checked = checkUrl(url, config.outboundAllowPrivate);
      if (!checked.ok) return checked;
      const { brandId } = context.caller;
      const secret = newSecret();
      return db.transaction(async (tx) => {
        const before = await findEndpoint(tx, brandId, name);
        const { endpoint, created } = await putEndpoint(tx, brandId, {
          name,
          url: checked.value,
          secret: secrets.encrypt(secret),
        });
        const after = viewOf(endpoint);
        await record(tx, context, created ? 'created' : 'updated', name, {
          ...(before ? { before: viewOf(before) } : {}),
          after,
        });
        return ok(created ? { ...after, secret } : after);
      });
    },

    rotateSecret: (context, name, overlapSeconds) =>
      db.transaction(async (tx): Promise<Result<WithSecret>> => {
        const secret = newSecret();
        const { brandId } = context.caller;
        const endpoint = await replaceSecret(tx, brandId, name, secrets.encrypt(secret), overlapSeconds);
        if (!endpoint) return endpointNotFound;
        await record(tx, context, 'secret_rotated', name, { after: { overlapSeconds } });
        return ok({ ...viewOf(endpoint), secret });
      }),

    remove: (context, name) =>
      db.transaction(async (tx): Promise<Result<undefined>> => {
        if (!(await deleteEndpoint(tx, context.caller.brandId, name))) return endpointNotFound;
        await record(tx, context, 'deleted', name, {});
        return ok(undefined);
      }),
  };
}
