import * as contract from '@promosmith/contract';
import { ok, refuse } from '@promosmith/core';
import type { Database } from '../../../platform/db.ts';
import type { Caller } from '../../../platform/http/context.ts';
import { type HttpServer, reply } from '../../../platform/http/server.ts';
import { ofStaffOnly } from '../staff-only.ts';
import { deleteView, listViews, lockOwner, type Owner, saveView } from './store.ts';

const ownerOf = ({ actor, brandId }: Caller): Owner | undefined =>
  actor.kind === 'staff' ? { staffId: actor.id, brandId } : undefined;

const ofPeople = () => ofStaffOnly('Saved views are of people.');

/** Filters of lists that members of staff keep for themselves. They change nothing of the brand, so no audit entry. */
export function mountSavedViewRoutes(http: HttpServer, db: Database): void {
  http.mount(contract.listSavedViews, async ({ query }, { caller }) => {
    const owner = ownerOf(caller);
    return reply(200, { items: owner ? await listViews(db, owner, query.page ?? null) : [] });
  });

  http.mount(contract.putSavedView, async ({ params, body }, { caller }) => {
    const owner = ownerOf(caller);
    if (!owner) return ofPeople();
    const saved = await db.transaction(async (tx) => {
      await lockOwner(tx, owner);
      const view = await saveView(tx, owner, { ...params, ...body }, contract.MOST_SAVED_VIEWS);
      return view
        ? ok(view)
        : refuse(
            'too_many_views',
            `You have ${contract.MOST_SAVED_VIEWS} saved views, which is as many as there may be: forget one.`,
          );
    });
    return saved.ok ? reply(200, saved.value) : saved;
  });

  http.mount(contract.deleteSavedView, async ({ params }, { caller }) => {
    const owner = ownerOf(caller);
    if (!owner) return ofPeople();
    return (await deleteView(db, owner, params))
      ? reply(204, undefined)
      : refuse('not_found', 'You have no such saved view.');
  });
}
