import { ok, type Result, refuse } from '@promosmith/core';
import { audit } from '../../../platform/audit.ts';
import type { Database } from '../../../platform/db.ts';
import type { RequestContext } from '../../../platform/http/context.ts';
import { playerId } from '../../../platform/ids.ts';
import { markDue } from '../profiles/due.ts';
import { partCluster } from './clusters.ts';
import { lockLinks } from './feeds.ts';
import { isPersonal, removeLink } from './links.ts';

export interface Unlinking {
  readonly externalId: string;
  readonly identifierId: string;
  readonly reason: string;
}

/**
 * Takes away what links an account with others: for good, on the record, and with everything that followed from it worked out anew.
 * Whoever links accounts of the brand meanwhile waits, or is waited for.
 */
export const unlink = (
  db: Database,
  { externalId, identifierId, reason }: Unlinking,
  { caller: { brandId, actor }, requestId }: RequestContext,
): Promise<Result<null>> =>
  db.transaction(async (tx): Promise<Result<null>> => {
    await lockLinks(tx, brandId, { wait: true });
    const id = playerId(brandId, externalId);
    const removed = await removeLink(tx, { key: identifierId, playerId: id });
    if (!removed) return refuse('not_found', `Nothing of this id is linked with player "${externalId}".`);
    const { kind, hint, others } = removed;
    await markDue(tx, brandId, [id, ...others]);
    if (isPersonal(removed)) await partCluster(tx, brandId, id);
    await audit(tx, {
      ...{ brandId, actor, requestId, reason },
      action: 'risk_link.removed',
      targetKind: 'player',
      targetId: externalId,
      before: { identifierId, kind, hint, others: others.length },
    });
    return ok(null);
  });
