import { openCase } from '../../apps/server/src/features/casedesk/testing.ts';
import { newId } from '../../apps/server/src/platform/ids.ts';
import type { TestApp } from '../../apps/server/src/testing/test-app.ts';
import { done } from './done.ts';

/** What fraud analysts work with, by the names of the path parameters that name it. */
export interface CaseThings {
  caseId: string;
  /** A job that took back what a code gave. */
  takeBackId: string;
  /** Of a list of who is blocked. */
  entryId: string;
  /** An activation of the player that was declined. */
  declinedActivationId: string;
}

/** A case that somebody has taken, a finished job, an entry of a list, and settings that were changed twice. */
export async function buildCases(
  app: TestApp,
  key: string,
  { mark, player, activationId }: { mark: string; player: string; activationId: string },
): Promise<CaseThings> {
  const { rows } = await app.db.query<{ brandId: string }>(
    'select brand_id as "brandId" from activations where activation_id = $1',
    [activationId],
  );
  const [brand] = rows;
  if (!brand) throw new Error(`there is no activation ${activationId}`);
  const send = (method: string, path: string, body: object) => done(app.request(method, path, { key, body }));
  const caseId = await openCase({ db: app.db, brand }, { player });
  await send('PUT', `/v1/cases/${caseId}/assignee`, { assignee: 'me', revision: 1 });
  for (const revision of [0, 1]) await send('PUT', '/v1/code-watch/settings', { revision });
  const { id: entryId } = await send('POST', '/v1/risk/lists', {
    ...{ list: 'blocked', kind: 'device', value: `device-${mark}`, reason: 'a ring' },
  });
  const takeBackId = newId();
  await app.db.query(
    `insert into jobs (job_id, brand_id, kind, status, input, result, created_by, finished_at)
     values ($1, $2, 'bonuses.take_back', 'succeeded', '{}', '{}', '{"kind": "system", "id": "test"}', now())`,
    [takeBackId, brand.brandId],
  );
  const declined = await app.request('POST', '/v1/activations', {
    key,
    body: { code: `NONE${mark}`, player: { id: player } },
  });
  const declinedActivationId: string = declined.body.activationId;
  await app.db.query(`update activations set refusal_key = 'risk_declined' where activation_id = $1`, [
    declinedActivationId,
  ]);
  return { caseId, takeBackId, entryId, declinedActivationId };
}
