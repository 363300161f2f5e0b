import {
  freezeCode,
  getCodeWatchSettings,
  getWatchedCode,
  Id,
  listCodeUsers,
  listTakenBack,
  listWatchedCodes,
  reissueCodes,
  setCodeWatchSettings,
  takeBackCode,
} from '@promosmith/contract';
import { refuse } from '@promosmith/core';
import { z } from 'zod';
import type { Database } from '../../platform/db.ts';
import type { RequestContext } from '../../platform/http/context.ts';
import { decodeCursor, LOOKED_THROUGH, toFilteredPage } from '../../platform/http/cursor.ts';
import { type HttpServer, reply } from '../../platform/http/server.ts';
import { codeView, findCode, findCodes } from '../codes/index.ts';
import type { Acts } from './acts.ts';
import { changeSettings, freezingOf, readSettings } from './settings.ts';
import { listItems } from './taken-back.ts';
import { findUsers, readDetail, readKnown, readKnownOf, watchedOf } from './views.ts';

const Cursor = z.tuple([Id]);
const codeNotFound = refuse('not_found', 'There is no such code.');

export function mountCodeWatch(http: HttpServer, db: Database, acts: Acts): void {
  http.mount(getCodeWatchSettings, async (_, { caller }) =>
    reply(200, await readSettings(db, caller.brandId)),
  );
  http.mount(setCodeWatchSettings, async ({ body }, context) => {
    const changed = await changeSettings(db, body, byOf(context));
    return changed.ok ? reply(200, changed.value) : changed;
  });

  http.mount(listWatchedCodes, async ({ query }, { caller: { brandId } }) => {
    const known = await readKnown(db, brandId, query.campaignId);
    const ids = known.map(({ codeId }) => codeId);
    const codes = new Map((await findCodes(db, brandId, ids)).map((code) => [code.codeId, code]));
    const settings = await readSettings(db, brandId);
    const items = known.flatMap((one) => {
      const code = codes.get(one.codeId);
      return code ? [watchedOf(code, one, settings)] : [];
    });
    return reply(200, { items });
  });

  http.mount(getWatchedCode, async ({ params }, { caller: { brandId } }) => {
    const code = await findCode(db, brandId, params.codeId);
    if (!code) return codeNotFound;
    const settings = await readSettings(db, brandId);
    const watched = watchedOf(code, await readKnownOf(db, code.codeId), settings);
    const freeze = freezingOf(settings, code.campaignId);
    return reply(200, { ...watched, ...(await readDetail(db, code)), freeze });
  });

  http.mount(listCodeUsers, async ({ params, query: { cursor, limit } }, { caller: { brandId } }) => {
    const after = decodeCursor(cursor, Cursor);
    if (!after.ok) return after;
    const code = await findCode(db, brandId, params.codeId);
    if (!code) return codeNotFound;
    const { rows, endOfLook } = await findUsers(db, code, after.value?.[0], {
      most: limit + 1,
      look: LOOKED_THROUGH,
    });
    const page = await toFilteredPage(
      rows,
      limit,
      ({ activationId }) => [activationId],
      (row) => row,
      async () => {
        const end = await endOfLook();
        return end === undefined ? undefined : [end];
      },
    );
    return reply(200, page);
  });

  http.mount(freezeCode, async ({ params, body }, context) => {
    const frozen = await acts.freeze(params.codeId, body.reason, byOf(context));
    return frozen.ok ? reply(200, codeView(frozen.value)) : frozen;
  });
  http.mount(takeBackCode, async ({ params, body }, context) => {
    const asked = await acts.askToTakeBack(params.codeId, body.reason, byOf(context));
    return asked.ok ? reply(202, asked.value) : asked;
  });
  http.mount(listTakenBack, async ({ params, query }, { caller }) => {
    const page = await listItems(db, caller.brandId, params.takeBackId, query);
    return page.ok ? reply(200, page.value) : page;
  });
  http.mount(reissueCodes, async ({ params, body }, context) => {
    const done = await acts.reissue(params.codeId, body.reason, byOf(context));
    if (!done.ok) return done;
    const { created, batchId, players } = done.value;
    return reply(created ? 202 : 200, { batchId, players });
  });
}

const byOf = ({ caller: { brandId, actor }, requestId }: RequestContext) => ({ brandId, actor, requestId });
