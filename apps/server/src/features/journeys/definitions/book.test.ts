import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createLog } from '../../../platform/log.ts';
import { startTestApp, type TestApp } from '../../../testing/test-app.ts';
import { type Book, createBook } from './book.ts';
import { drawing, onlyNode } from './testing.ts';

let app: TestApp;
let brandId: string;
let book: Book;
const log = createLog('silent');
beforeAll(async () => {
  app = await startTestApp();
  brandId = app.brand.brandId;
  book = createBook(log);
});
afterAll(() => app.close());

const post = async (path: string, body?: object) => (await app.request('POST', `/v1${path}`, { body })).body;

async function journey(definition: object, ...moves: string[]): Promise<string> {
  const { id } = await post('/journeys', { name: 'Test', definition });
  await post(`/journeys/${id}/publish`, {});
  for (const move of moves)
    await post(`/journeys/${id}/${move}`, move === 'pause' ? { reason: 'Test' } : undefined);
  return id;
}

describe('a version', () => {
  it('is compiled once, and kept', async () => {
    const id = await journey(drawing());
    const compiled = await book.version(app.db, brandId, id, 1);
    expect(compiled).toMatchObject({ brandId, journeyId: id, version: 1, product: 'casino', contents: {} });
    expect(compiled.journey.activities.size).toBe(3);
    expect(await book.version(app.db, brandId, id, 1)).toBe(compiled);
    await expect(book.version(app.db, brandId, id, 2)).rejects.toThrow('has no version 2');
  });

  it('walks on when the brand forgets what its rules read', async () => {
    const body = { name: 'team', type: 'string', label: 'Team', example: 'red' };
    await app.request('POST', '/v1/properties', { body });
    const rule = 'player.properties.team == "red" && event.amount > 5 && now > player.registered_at';
    const on = { source: 'event', name: 'deposit.succeeded', filter: 'event.amount > 0' };
    const definition = onlyNode({ kind: 'condition', rule }, on);
    const id = await journey({
      ...definition,
      nodes: { ...definition.nodes, yes: { kind: 'exit' } },
      edges: [...(definition.edges ?? []), { from: 'node', connector: 'yes', to: 'yes' }],
    });
    await app.db.query(`delete from properties where name = 'team'`);
    expect((await app.request('GET', `/v1/journeys/${id}`)).body.problems).toMatchObject([
      { key: 'rule_invalid' },
    ]);
    const { journey: walked } = await createBook(log).version(app.db, brandId, id, 1);
    expect(walked.activities.get('node')?.rule?.source).toBe(rule);
    expect([...walked.facts].sort()).toEqual(['player.properties.team', 'player.registered_at']);
  });
});

describe('live journeys', () => {
  it('are those that players are in, or may enter', async () => {
    const { brand, ownerKey: key } = await app.anotherBrand();
    expect(await book.live(app.db, brand.brandId)).toEqual([]);
    const other = (
      await app.request('POST', '/v1/journeys', { key, body: { name: 'X', definition: drawing() } })
    ).body;
    await app.request('POST', `/v1/journeys/${other.id}/publish`, { key, body: {} });
    await app.request('POST', `/v1/journeys/${other.id}/activate`, { key });
    const login = { source: 'event', name: 'login' };
    const active = await journey(onlyNode({ kind: 'exit' }, login), 'activate');
    const paused = await journey(drawing(), 'activate', 'pause');
    await journey(drawing());
    await journey(drawing(), 'activate', 'archive');
    book.forget(brandId);
    expect(await book.live(app.db, brandId)).toMatchObject([
      {
        ...{ journeyId: active, status: 'active', version: 1, pausedAt: null },
        trigger: { source: 'event', key: 'event:login' },
      },
      {
        ...{ journeyId: paused, status: 'paused', pausedAt: expect.any(Date), resumedAt: null },
        trigger: { source: 'api', key: null },
      },
    ]);
  });

  it('are looked up again after a second, or a change made here', async () => {
    const clock = vi.spyOn(performance, 'now');
    const now = performance.now();
    clock.mockReturnValue(now);
    book.forget(brandId);
    const before = await book.live(app.db, brandId);
    await journey(drawing(), 'activate');
    clock.mockReturnValue(now + 999);
    expect(await book.live(app.db, brandId)).toBe(before);
    clock.mockReturnValue(now + 1_000);
    expect(await book.live(app.db, brandId)).toHaveLength(before.length + 1);
    clock.mockRestore();
  });

  it('are not kept as they were before a change made here', async () => {
    book.forget(brandId);
    const looking = book.live(app.db, brandId);
    book.forget(brandId);
    const before = await looking;
    expect(await book.live(app.db, brandId)).not.toBe(before);
  });

  it('are the others when one of them can’t be read', async () => {
    const bad = await journey(drawing(), 'activate');
    const good = await journey(drawing(), 'activate');
    await app.db.query(`update journey_versions set event_fields = '{}' where journey_id = $1`, [bad]);
    const ids = (await createBook(log).live(app.db, brandId)).map(({ journeyId }) => journeyId);
    expect([ids.includes(bad), ids.includes(good)]).toEqual([false, true]);
  });
});
