import {
  archiveContent,
  createContent,
  getContent,
  getContentVariables,
  lintContent,
  listContent,
  listContentTemplates,
  listContentVersions,
  previewContent,
  restoreContent,
  updateContent,
} from '@promosmith/contract';
import { type Result, refuse } from '@promosmith/core';
import { lintDocument } from '@promosmith/core/content';
import type { Database } from '../../platform/db.ts';
import { type HttpServer, reply } from '../../platform/http/server.ts';
import type { Brands } from '../brands/index.ts';
import { type ContentRecord, recorded } from './item.ts';
import { type Know, namesOf, variablesView } from './known.ts';
import { preview } from './preview.ts';
import { templateViews } from './ready-made.ts';
import type { Library } from './service.ts';
import { listItems, listVersions } from './views.ts';

export function mountContent(
  http: HttpServer,
  db: Database,
  { brands, know, library }: { brands: Brands; know: Know; library: Library },
): void {
  async function shown<Status extends number>(status: Status, result: Result<ContentRecord>) {
    if (!result.ok) return result;
    const { brandId, document } = result.value;
    const findings = [...lintDocument(document, namesOf(await know(brandId)))];
    return reply(status, { ...recorded(result.value), findings });
  }

  http.mount(listContentTemplates, async () => reply(200, { items: templateViews() }));

  http.mount(getContentVariables, async (_, { caller }) =>
    reply(200, variablesView(await know(caller.brandId))),
  );

  http.mount(createContent, async ({ body }, context) => shown(201, await library.create(context, body)));

  http.mount(listContent, async ({ query }, { caller }) => {
    const page = await listItems(db, caller.brandId, query);
    return page.ok ? reply(200, page.value) : page;
  });

  http.mount(getContent, async ({ params }, { caller }) =>
    shown(200, await library.get(caller.brandId, params.contentId)),
  );

  http.mount(listContentVersions, async ({ params, query }, { caller }) => {
    const found = await library.get(caller.brandId, params.contentId);
    if (!found.ok) return found;
    const page = await listVersions(db, params.contentId, query);
    return page.ok ? reply(200, page.value) : page;
  });

  http.mount(updateContent, async ({ params, body }, context) =>
    shown(200, await library.update(context, params.contentId, body)),
  );

  http.mount(archiveContent, async ({ params }, context) =>
    shown(200, await library.archive(context, params.contentId, true)),
  );

  http.mount(restoreContent, async ({ params }, context) =>
    shown(200, await library.archive(context, params.contentId, false)),
  );

  http.mount(lintContent, async ({ body }, { caller }) => {
    const known = namesOf(await know(caller.brandId), body.event);
    return reply(200, { findings: [...lintDocument(body.document, known)] });
  });

  http.mount(previewContent, async ({ body }, { caller: { brandId, permissions } }) => {
    // A document can be written to show everything that is known of a player.
    if (body.player !== undefined && !permissions.has('players:read')) return mayNotSeePlayers;
    const [brand, known] = await Promise.all([brands.get(brandId), know(brandId)]);
    const previewed = await preview(db, { brand, known }, body);
    return previewed.ok ? reply(200, previewed.value) : previewed;
  });
}

const mayNotSeePlayers = refuse(
  'forbidden',
  'A preview with the values of a player needs the permission players:read.',
);
