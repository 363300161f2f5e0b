import { type Actor, CodeWatchSettings, type Freezing } from '@promosmith/contract';
import { ok, type Result } from '@promosmith/core';
import { audit } from '../../platform/audit.ts';
import type { Database, Queryable } from '../../platform/db.ts';

/** How codes are watched until somebody says otherwise. */
const DEFAULTS: CodeWatchSettings = CodeWatchSettings.parse({ revision: 0 });

export async function readSettings(db: Queryable, brandId: string): Promise<CodeWatchSettings> {
  const { rows } = await db.query<{ settings: unknown; revision: number }>(
    'select settings, revision from code_watch_settings where brand_id = $1',
    [brandId],
  );
  const [row] = rows;
  return row ? CodeWatchSettings.parse({ ...(row.settings as object), revision: row.revision }) : DEFAULTS;
}

/** At what alarm codes of a campaign are disabled at once. */
export const freezingOf = (
  { freeze, campaigns }: Pick<CodeWatchSettings, 'freeze' | 'campaigns'>,
  campaignId: string | null,
): Freezing => (campaignId === null ? freeze : (campaigns[campaignId] ?? freeze));

/** Guarded by the revision that was looked at: of two changes at once, one is made. */
export const changeSettings = (
  db: Database,
  { revision, ...settings }: CodeWatchSettings,
  { brandId, actor, requestId }: { brandId: string; actor: Actor; requestId: string },
): Promise<Result<CodeWatchSettings>> =>
  db.transaction(async (tx): Promise<Result<CodeWatchSettings>> => {
    const before = await readSettings(tx, brandId);
    const { rows } = await tx.query<{ revision: number }>(
      `insert into code_watch_settings as s (brand_id, settings, revision, changed_by, changed_at)
       select $1::uuid, $2::jsonb, 1, $4::json, now() where $3 = 0 or exists (select from code_watch_settings where brand_id = $1)
       on conflict (brand_id) do update set settings = excluded.settings, revision = s.revision + 1,
         changed_by = excluded.changed_by, changed_at = excluded.changed_at
       where s.revision = $3
       returning revision`,
      [brandId, JSON.stringify(settings), revision, JSON.stringify(actor)],
    );
    const [made] = rows;
    if (!made) return movedOn(await readSettings(tx, brandId));
    const after = { ...settings, revision: made.revision };
    await audit(tx, {
      ...{ brandId, actor, requestId },
      action: 'code_watch.changed',
      targetKind: 'brand',
      targetId: brandId,
      before,
      after,
    });
    return ok(after);
  });

const movedOn = ({ revision }: CodeWatchSettings) =>
  ({
    ok: false,
    refusal: {
      key: 'revision_conflict',
      message: `The settings have changed since: they are at revision ${revision}.`,
      revision,
    },
  }) as const;
