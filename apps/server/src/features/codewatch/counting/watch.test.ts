import { ok } from '@promosmith/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seal } from '../../../platform/chain.ts';
import { newId } from '../../../platform/ids.ts';
import { activate } from '../../../testing/actions.ts';
import { createCampaign, createCode, createOffer } from '../../../testing/fixtures.ts';
import { freshSetAside } from '../../../testing/set-aside.ts';
import { startTestApp, type TestApp } from '../../../testing/test-app.ts';
import { type Watching, watchNew } from './watch.ts';

/** Nothing is done in the background by itself. */
let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ config: { backgroundWork: false } });
});
afterAll(() => app.close());

const NOBODY_FREEZES: Watching['codes'] = { disableIn: () => Promise.reject(new Error('nobody freezes')) };

/** As one of several processes would. */
async function watchAll(codes: Watching['codes'] = NOBODY_FREEZES): Promise<void> {
  const watching: Watching = { db: app.db, codes, aside: freshSetAside() };
  while (await watchNew(watching)) {}
}
const sealAll = async () => {
  while (await seal(app.db, 'outbox')) {}
};

async function triesOf(watchedId: string): Promise<[tries: number, accepted: number]> {
  const { rows } = await app.db.query<{ tries: number; accepted: number }>(
    `select coalesce(sum(tries), 0)::int as tries, coalesce(sum(accepted), 0)::int as accepted
     from code_tries where watched_id = $1`,
    [watchedId],
  );
  return [rows[0]?.tries ?? 0, rows[0]?.accepted ?? 0];
}
const strangersOf = async (codeId: string): Promise<number> =>
  (await app.db.query('select from code_strangers where code_key = $1', [codeId])).rowCount ?? 0;

test('each try is counted once, by however many processes', async () => {
  const { code, codeId } = await createOffer(app, { maxUses: 30 });
  await Promise.all(Array.from({ length: 50 }, (_, nth) => activate(app, code, `player-${nth}`)));
  await activate(app, 'NO-SUCH-CODE', 'player-0');
  await sealAll();
  await Promise.all(Array.from({ length: 6 }, () => watchAll()));
  expect(await triesOf(codeId)).toEqual([50, 30]);
  await watchAll();
  expect(await triesOf(codeId)).toEqual([50, 30]);
});

test('codes that are used once are counted as their campaign', async () => {
  const { campaignId } = await createCampaign(app);
  const one = await createCode(app, { campaignId, kind: 'unique' });
  const two = await createCode(app, { campaignId, kind: 'unique' });
  for (const { code } of [one, two, one]) await activate(app, code, `anna-${newId()}`);
  await sealAll();
  await watchAll();
  expect(await triesOf(campaignId)).toEqual([3, 2]);
  expect(await triesOf(one.codeId)).toEqual([0, 0]);
});

test('what cannot be told is not counted either, and all of it is the next time', async () => {
  const { campaignId } = await createCampaign(app);
  await app.request('PUT', '/v1/code-watch/settings', { body: { freeze: 'leak', revision: 0 } });
  const { code, codeId } = await createCode(app, { campaignId, kind: 'personal', holder: 'the-holder' });
  for (const name of ['a', 'b', 'c']) await activate(app, code, name);
  await sealAll();
  await watchAll();
  expect([await triesOf(campaignId), await strangersOf(codeId)]).toEqual([[0, 0], 0]);
  const cases = () => app.db.query('select from risk_cases where code_key = $1', [codeId]);
  expect((await cases()).rowCount).toBe(0);

  const frozen: string[] = [];
  const freezing: Watching['codes'] = {
    disableIn: async (_tx, _by, key) => {
      frozen.push(key);
      return ok((await app.request('GET', `/v1/codes/${key}`)).body);
    },
  };
  await Promise.all([watchAll(freezing), watchAll(freezing)]);
  expect([await triesOf(campaignId), await strangersOf(codeId)]).toEqual([[3, 0], 3]);
  expect((await cases()).rowCount).toBe(1);
  expect(frozen).toEqual([codeId]);
});

test('a brand begins with the day before', async () => {
  const { brand, ownerKey } = await app.anotherBrand();
  const { code, codeId } = await createOffer({ ...app, brand });
  const use = (player: string) =>
    app.request('POST', '/v1/activations', {
      key: ownerKey,
      body: { code, player: { id: player, currency: 'EUR' } },
    });
  await use('anna');
  await sealAll();
  await watchAll();
  await use('ben');
  await sealAll();
  await watchAll();
  expect(await triesOf(codeId)).toEqual([2, 2]);
});
