import {
  cancelGrant,
  extendGrant,
  forfeitGrant,
  grantByHand,
  previewForfeit,
  reinstateGrant,
} from '@promosmith/contract';
import type { Result } from '@promosmith/core';
import type { Database } from '../../platform/db.ts';
import { type HttpServer, reply } from '../../platform/http/server.ts';
import type { Bonuses } from '../bonuses/index.ts';
import type { GrantChanges } from './changing.ts';
import type { EndGrant } from './ending.ts';
import { forfeitCost } from './forfeit-cost.ts';
import type { Granting } from './granting.ts';

const FORFEITED = 'given up';

const answer = <T>(result: Result<T>) => (result.ok ? reply(200, result.value) : result);

export function mountBonusDesk(
  http: HttpServer,
  db: Database,
  {
    bonuses,
    granting,
    changes,
    end,
  }: { bonuses: Bonuses; granting: Granting; changes: GrantChanges; end: EndGrant },
): void {
  http.mount(grantByHand, async ({ body, headers }, { caller: { brandId, actor }, requestId }) => {
    const granted = await granting.grant(body, headers['idempotency-key'], { brandId, actor, requestId });
    if (!granted.ok) return granted;
    const repeated = granted.value.replayed ? { 'idempotent-replayed': 'true' } : undefined;
    return 'grant' in granted.value
      ? reply(201, granted.value.grant, repeated)
      : reply(202, granted.value.approval, repeated);
  });

  http.mount(cancelGrant, async ({ params, body }, context) =>
    answer(await end(params.grantId, 'cancelled', body.reason, context)),
  );
  http.mount(extendGrant, async ({ params, body }, context) =>
    answer(await changes.extend(params.grantId, body.expiresAt, body.reason, context)),
  );
  http.mount(reinstateGrant, async ({ params, body }, context) =>
    answer(await changes.reinstate(params.grantId, body.reason, context)),
  );
  http.mount(previewForfeit, async ({ params }, { caller }) =>
    answer(await forfeitCost(db, bonuses, params.grantId, caller)),
  );
  http.mount(forfeitGrant, async ({ params }, context) =>
    answer(await end(params.grantId, 'forfeited', FORFEITED, context)),
  );
}
