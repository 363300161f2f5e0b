import {
  closeDraw,
  createDraw,
  getDraw,
  getDrawProof,
  listDrawEntries,
  listDraws,
  listDrawWinners,
} from '@promosmith/contract';
import type { RequestContext } from '../../../platform/http/context.ts';
import { reply } from '../../../platform/http/server.ts';
import type { Platform } from '../../../platform/platform.ts';
import { createDrawService, type DrawService, type Origin } from './service.ts';
import { listDrawsOf, streamEntries, viewDraw, viewProof, viewWinners } from './views.ts';

const RUN_EVERY_MS = 1_000;

export type Draws = Pick<DrawService, 'create'>;

const originOf = ({ caller: { brandId, actor }, requestId }: RequestContext): Origin => ({
  brandId,
  actor,
  requestId,
});

/** Prize draws: opened with a commitment, entered by special bonuses, held in public. */
export function createDraws(platform: Platform): Draws {
  const { db, http, ticker } = platform;
  const draws = createDrawService(platform);

  http.mount(createDraw, async ({ body }, context) => {
    const created = await draws.create(originOf(context), body);
    return created.ok ? reply(201, created.value) : created;
  });

  http.mount(listDraws, async ({ query }, { caller }) => {
    const page = await listDrawsOf(db, caller.brandId, query);
    return page.ok ? reply(200, page.value) : page;
  });

  http.mount(getDraw, async ({ params }, { caller }) => {
    const draw = await viewDraw(db, caller.brandId, params.drawId);
    return draw.ok ? reply(200, draw.value) : draw;
  });

  http.mount(closeDraw, async ({ params }, context) => {
    const closed = await draws.close(originOf(context), params.drawId);
    return closed.ok ? reply(200, closed.value) : closed;
  });

  http.mount(listDrawWinners, async ({ params }, { caller }) => {
    const winners = await viewWinners(db, caller.brandId, params.drawId);
    return winners.ok ? reply(200, winners.value) : winners;
  });

  http.mount(getDrawProof, async ({ params }, { caller }) => {
    const proof = await viewProof(db, caller.brandId, params.drawId);
    return proof.ok ? reply(200, proof.value) : proof;
  });

  http.mount(listDrawEntries, async ({ params }, { caller }) => {
    const entries = await streamEntries(db, caller.brandId, params.drawId);
    return entries.ok ? reply(200, entries.value) : entries;
  });

  ticker.every('hold draws', RUN_EVERY_MS, () => draws.run());
  return draws;
}
