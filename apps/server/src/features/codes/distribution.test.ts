import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../app.ts';
import { openDatabase } from '../../platform/db.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';
import { eventsOf, newCampaign, readyBatch } from './testing.ts';

let app: TestApp;
let campaignId: string;
beforeAll(async () => {
  app = await startTestApp();
  campaignId = await newCampaign(app);
});
afterAll(() => app.close());

const batch = async (count: number) => (await readyBatch(app, campaignId, { kind: 'unique', count })).id;
const give = (body: object, key = app.ownerKey) =>
  app.request('POST', '/v1/codes/distribution', { key, body });
const players = (count: number, prefix = 'p') => Array.from({ length: count }, (_, n) => `${prefix}-${n}`);

describe('a draw', () => {
  test('gives each player a code of their own, in full to callers who may export', async () => {
    const batchId = await batch(10);
    const { status, body } = await give({ batchId, players: ['anna', 'ben'] });
    expect(status).toBe(200);
    expect(body.codes.map(({ holder }: { holder: string }) => holder).sort()).toEqual(['anna', 'ben']);
    for (const { text, id, code } of body.codes) {
      const found = await app.request('POST', '/v1/codes/lookup', { body: { code: text } });
      expect(found.body).toMatchObject({ id, code, distributedAt: expect.any(String) });
      expect(code).not.toContain(text);
    }
    const told = (await eventsOf(app, 'code.distributed')).filter(({ data }) => data.batchId === batchId);
    expect(told.map(({ data }) => data.player).sort()).toEqual(['anna', 'ben']);
    const writer = await app.key(['codes:write']);
    const masked = await give({ batchId, players: ['cleo'] }, writer);
    expect(masked.body.codes[0]).toMatchObject({ text: null, code: expect.stringMatching(/^••••/) });
  });

  test('of 200 players at once from 100 codes gives exactly 100, all different', async () => {
    const batchId = await batch(100);
    const answers = await Promise.all(players(200).map((player) => give({ batchId, players: [player] })));
    const given = answers.filter(({ status }) => status === 200);
    expect(given).toHaveLength(100);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(100);
    expect(new Set(given.map(({ body }) => body.codes[0].id)).size).toBe(100);
    expect(new Set(given.map(({ body }) => body.codes[0].text)).size).toBe(100);
    const told = (await eventsOf(app, 'code.distributed')).filter(({ data }) => data.batchId === batchId);
    expect(told).toHaveLength(100);
  });

  test('over two processes and for groups of players loses no code and gives none twice', async () => {
    const batchId = await batch(100);
    const db = openDatabase(app.databaseUrl, { poolSize: 5, onIdleError: () => undefined });
    const other = await createApp({ ...app.config, port: 0 }, db);
    const url = await other.listen();
    const draw = (base: string, group: number) =>
      fetch(`${base}/v1/codes/distribution`, {
        method: 'POST',
        headers: { authorization: `Bearer ${app.ownerKey}`, 'content-type': 'application/json' },
        body: JSON.stringify({ batchId, players: players(7, `g${group}`) }),
      });
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, group) => draw(group % 2 ? url : app.url, group)),
    );
    await other.close();
    await db.close();
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(14);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(16);
    const { rows } = await app.db.query<{ held: number; holders: number }>(
      'select count(holder_id) as held, count(distinct holder_id) as holders from codes where batch_id = $1',
      [batchId],
    );
    expect(rows).toEqual([{ held: 98, holders: 98 }]);
  });

  test('takes no code that was used, disabled or has expired', async () => {
    const batchId = await batch(4);
    const ruin = (n: number, set: string) =>
      app.db.query(
        `update codes set ${set} where code_key = (select code_key from codes where batch_id = $1 order by code_key offset $2 limit 1)`,
        [batchId, n],
      );
    await ruin(0, 'uses = 1');
    await ruin(1, "state = 'disabled'");
    await ruin(2, "ends_at = now() - interval '1 s'");
    expect((await give({ batchId, players: ['x', 'y'] })).status).toBe(409);
    expect((await give({ batchId, players: ['x'] })).status).toBe(200);
  });

  test('is refused when a player is named twice, or from a batch of another brand', async () => {
    const batchId = await batch(3);
    expect((await give({ batchId, players: ['x', 'x'] })).status).toBe(422);
    const { ownerKey } = await app.anotherBrand();
    expect((await give({ batchId, players: ['x'] }, ownerKey)).status).toBe(404);
  });
});

describe('binding a code', () => {
  const create = async (body: object) =>
    (await app.request('POST', `/v1/campaigns/${campaignId}/codes`, { body })).body;

  test('gives it to one player, and again to the same one changes nothing', async () => {
    const { id, text } = await create({ kind: 'unique' });
    const answers = await Promise.all(players(5, 'b').map((player) => give({ codeId: id, player })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409]);
    const won = answers.find(({ status }) => status === 200)?.body.codes[0];
    expect(won.text).toBe(text);
    expect((await give({ codeId: id, player: won.holder })).status).toBe(200);
    const told = (await eventsOf(app, 'code.distributed')).filter(({ data }) => data.codeId === id);
    expect(told).toHaveLength(1);
  });

  test('is refused for a shared code, and for one that was used', async () => {
    const shared = await create({ kind: 'shared', code: 'ALL-OF-YOU' });
    expect((await give({ codeId: shared.id, player: 'x' })).status).toBe(409);
    const used = await create({ kind: 'unique' });
    await app.db.query('update codes set uses = 1 where code_key = $1', [used.id]);
    expect((await give({ codeId: used.id, player: 'x' })).status).toBe(409);
  });
});
