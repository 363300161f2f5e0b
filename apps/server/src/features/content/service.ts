import type { ContentDocument, ContentInput, RouteInput, updateContent } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { audit } from '../../platform/audit.ts';
import type { Database, Queryable } from '../../platform/db.ts';
import type { RequestContext } from '../../platform/http/context.ts';
import { newId } from '../../platform/ids.ts';
import { reserveAction } from '../properties/index.ts';
import { type ContentRecord, contentNotFound, recorded, versionConflict } from './item.ts';
import { fillIn } from './ready-made.ts';
import { addVersion, findContent, insertContent, lockContent, setArchived } from './store.ts';

/** The library: what is in it, and its changes. */
export interface Library {
  get(brandId: string, contentId: string): Promise<Result<ContentRecord>>;
  create(context: RequestContext, input: ContentInput): Promise<Result<ContentRecord>>;
  update(
    context: RequestContext,
    contentId: string,
    change: RouteInput<typeof updateContent>['body'],
  ): Promise<Result<ContentRecord>>;
  archive(context: RequestContext, contentId: string, archived: boolean): Promise<Result<ContentRecord>>;
}

export function createLibrary(db: Database): Library {
  const record = (
    tx: Queryable,
    { caller: { brandId, actor }, requestId }: RequestContext,
    action: string,
    after: ContentRecord,
    before?: ContentRecord,
  ) =>
    audit(tx, {
      ...{ brandId, actor, requestId, action: `content.${action}` },
      ...{ targetKind: 'content', targetId: after.contentId },
      ...(before ? { before: recorded(before) } : {}),
      after: recorded(after),
    });

  async function documentFor(tx: Queryable, brandId: string, input: ContentInput) {
    if (input.from === 'document') return ok(input.document);
    if (input.from === 'template') return fillIn(input.template, input.parameters);
    const original = await findContent(tx, brandId, input.contentId);
    return original ? ok(original.document) : contentNotFound;
  }

  async function stored(tx: Queryable, brandId: string, contentId: string): Promise<ContentRecord> {
    const found = await findContent(tx, brandId, contentId);
    if (!found) throw new Error(`content ${contentId} was not stored`);
    return found;
  }

  return {
    async get(brandId, contentId) {
      const found = await findContent(db, brandId, contentId);
      return found ? ok(found) : contentNotFound;
    },

    create: (context, input) =>
      db.transaction(async (tx): Promise<Result<ContentRecord>> => {
        const { brandId, actor: by } = context.caller;
        const document = await documentFor(tx, brandId, input);
        if (!document.ok) return document;
        const contentId = newId();
        await insertContent(tx, { contentId, brandId, name: input.name, document: document.value, by });
        await reserveShown(tx, brandId, document.value);
        const created = await stored(tx, brandId, contentId);
        await record(tx, context, 'created', created);
        return ok(created);
      }),

    update: (context, contentId, { version, name, document }) =>
      db.transaction(async (tx): Promise<Result<ContentRecord>> => {
        const { brandId, actor: by } = context.caller;
        const before = await lockContent(tx, brandId, contentId);
        if (!before) return contentNotFound;
        if (before.version !== version) return versionConflict(before.version);
        if (document && document.channel !== before.channel) return channelStays(before);
        const change = { name: name ?? before.name, document: document ?? before.document, by };
        if (!(await addVersion(tx, before, change)))
          throw new Error(`content ${contentId} changed under its lock`);
        await reserveShown(tx, brandId, change.document);
        const after = await stored(tx, brandId, contentId);
        await record(tx, context, 'updated', after, before);
        return ok(after);
      }),

    archive: (context, contentId, archived) =>
      db.transaction(async (tx): Promise<Result<ContentRecord>> => {
        const { brandId } = context.caller;
        const before = await lockContent(tx, brandId, contentId);
        if (!before) return contentNotFound;
        if ((before.archivedAt !== null) === archived) return ok(before);
        await setArchived(tx, before, archived);
        const after = await stored(tx, brandId, contentId);
        await record(tx, context, archived ? 'archived' : 'restored', after, before);
        return ok(after);
      }),
  };
}

/** What content raises when it is shown is the server's to say, from the moment there is such content. */
async function reserveShown(tx: Queryable, brandId: string, document: ContentDocument): Promise<void> {
  if (document.channel !== 'popup' || document.whenShown === null) return;
  const withCode = document.blocks.some(({ type }) => type === 'code');
  await reserveAction(tx, brandId, document.whenShown, { withCode });
}

const channelStays = ({ channel }: ContentRecord) =>
  refuse('invalid_request', `document.channel: the content is for ${channel}`, [
    {
      field: 'document.channel',
      reason: `the content is for ${channel}`,
      fix: 'add new content for another channel',
    },
  ]);
