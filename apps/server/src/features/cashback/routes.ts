import { claimCashback, listCashbackSettlements, previewCashback } from '@promosmith/contract';
import { refuse } from '@promosmith/core';
import type { Database } from '../../platform/db.ts';
import { type HttpServer, reply } from '../../platform/http/server.ts';
import type { BudgetReturns } from '../bonuses/index.ts';
import { claim } from './claim.ts';
import { listSettlements, previewOf } from './views.ts';

export function mountCashback(
  http: HttpServer,
  {
    db,
    budgets,
    timeZoneOf,
  }: { db: Database; budgets: BudgetReturns; timeZoneOf: (brandId: string) => Promise<string> },
): void {
  http.mount(listCashbackSettlements, async ({ query }, { caller }) => {
    const { playerExternalId } = caller;
    if (playerExternalId !== undefined && query.player !== undefined) return namedTwice;
    const page = await listSettlements(db, caller.brandId, {
      ...query,
      player: playerExternalId ?? query.player,
    });
    return page.ok ? reply(200, page.value) : page;
  });

  http.mount(previewCashback, async ({ query }, { caller }) => {
    const { brandId, playerExternalId } = caller;
    if (playerExternalId !== undefined && query.player !== undefined) return namedTwice;
    const asked = { ...query, player: playerExternalId ?? query.player };
    const page = await previewOf(db, brandId, asked, await timeZoneOf(brandId));
    return page.ok ? reply(200, page.value) : page;
  });

  http.mount(claimCashback, async ({ params }, context) => {
    const claimed = await claim(db, budgets, params.settlementId, context);
    return claimed.ok ? reply(200, claimed.value) : claimed;
  });
}

const FIELD = 'query.player';
const namedTwice = refuse('invalid_request', `${FIELD}: A player token names the player by itself.`, [
  { field: FIELD, reason: 'A player token names the player by itself', fix: 'Leave it out.' },
]);
