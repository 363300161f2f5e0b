import { createHash, randomUUID } from 'node:crypto';
import { verifyDraw } from '@promosmith/core/draw';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { reverse } from '../../../testing/actions.ts';
import {
  startTestApp,
  type TestApp,
  type TestRequest,
  type TestResponse,
} from '../../../testing/test-app.ts';
import { becomes, bonusOf, claim, isDelivered, specialOffer, specialReward } from '../testing.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const LATER = '2999-01-01T00:00:00Z';
const newKey = () => `d-${randomUUID()}`;
const PRIZES = [
  { name: 'A car', winners: 1 },
  { name: 'A mug', winners: 3 },
];

const open = (more: object = {}, options: TestRequest = {}): Promise<TestResponse> =>
  app.request('POST', '/v1/draws', {
    body: { key: newKey(), name: 'Spring draw', closesAt: LATER, prizes: PRIZES, ...more },
    ...options,
  });

const get = async (path: string, options?: TestRequest) =>
  (await app.request('GET', `/v1/draws/${path}`, options)).body;
const close = (id: string, options?: TestRequest) => app.request('POST', `/v1/draws/${id}/close`, options);

/** A draw that is open, and a code that enters it. */
async function drawWith(more: object = {}) {
  const { body: draw } = await open(more);
  const { code } = await specialOffer(app, specialReward('prize_draw', { draw: draw.key }));
  return { draw, code };
}

/** Players who are in the draw. */
async function enter(code: string, count: number) {
  const claimed = await Promise.all(Array.from({ length: count }, () => claim(app, code)));
  await Promise.all(claimed.map(({ player }) => becomes(app, player, 'active')));
  return claimed;
}

const sha256 = (content: string | Buffer) => createHash('sha256').update(content).digest('hex');

/** The published list, and what it is worth. */
async function checked(
  id: string,
): Promise<{ entries: string[]; proof: TestResponse['body']; valid: boolean }> {
  const text: string = await get(`${id}/entries`);
  const proof = await get(`${id}/proof`);
  expect(sha256(text)).toBe(proof.entriesDigest);
  const entries = text.split('\n').slice(0, -1);
  return { entries, proof, valid: (await verifyDraw(proof, entries)).valid };
}

describe('a draw', () => {
  it('is opened with a commitment, and tells no seed before it is held', async () => {
    const key = newKey();
    const { status, body } = await open({ key });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      key,
      name: 'Spring draw',
      status: 'open',
      closesAt: '2999-01-01T00:00:00.000Z',
      prizes: PRIZES,
      commitment: expect.stringMatching(/^[0-9a-f]{64}$/),
      entryCount: null,
      closedAt: null,
      drawnAt: null,
    });
    expect((await app.request('GET', `/v1/draws?key=${key}&status=open`)).body.items).toEqual([body]);
    for (const part of ['proof', 'entries'])
      expect(await get(`${body.id}/${part}`)).toMatchObject({ key: 'draw_not_held' });
    expect((await get(`${body.id}/winners`)).items).toEqual([]);
    const { rows } = await app.db.query<{ row: string }>(
      `select draws::text as row from draws where draw_id = $1 and revealed_seed is null`,
      [body.id],
    );
    expect(rows).toHaveLength(1);
  });

  it('is entered by bonuses, held when it is closed, and proved by what is published', async () => {
    const { draw, code } = await drawWith();
    const claimed = await enter(code, 12);
    const { status, body } = await close(draw.id);
    expect([status, body.status, body.entryCount]).toEqual([200, 'drawn', 12]);

    const { entries, proof, valid } = await checked(draw.id);
    expect(entries).toEqual(claimed.map(({ grantId }) => grantId).sort());
    expect(valid).toBe(true);
    expect(proof.commitment).toBe(draw.commitment);
    expect(sha256(Buffer.from(proof.seed, 'hex'))).toBe(draw.commitment);

    const { items } = await get(`${draw.id}/winners`);
    expect(items.map(({ prize }: { prize: string }) => prize)).toEqual(['A car', 'A mug', 'A mug', 'A mug']);
    expect(items.map(({ entry }: { entry: string }) => entry)).toEqual(proof.winners);
    const owner = new Map(claimed.map(({ grantId, player }) => [grantId, player]));
    for (const { entry, player } of items) expect(player).toBe(owner.get(entry));
    await Promise.all(claimed.map(({ player }) => becomes(app, player, 'completed')));

    const { rows } = await app.db.query(
      `select e.value->'data' as data from outbox, json_array_elements(events->'events') e
       where e.value->>'type' = 'draw.drawn' and e.value->'data'->>'drawId' = $1`,
      [draw.id],
    );
    expect(rows).toEqual([
      {
        data: expect.objectContaining({
          key: draw.key,
          seed: proof.seed,
          entryCount: 12,
          winners: items.map(({ entryStatus: _, ...winner }: { entryStatus: string }) => winner),
        }),
      },
    ]);
  });

  test.each<[string, (proof: TestResponse['body'], entries: string[]) => [object, string[]]]>([
    [
      'a winner',
      (proof, entries) => [{ ...proof, winners: [entries[0], entries[1], entries[2], entries[3]] }, entries],
    ],
    [
      'the seed',
      (proof, entries) => [
        { ...proof, seed: sha256('mine'), commitment: sha256(Buffer.from(sha256('mine'), 'hex')) },
        entries,
      ],
    ],
    ['an entry', (proof, entries) => [proof, [randomUUID(), ...entries.slice(1)].sort()]],
    [
      'an entry, with its digest',
      (proof, entries) => {
        const others = [randomUUID(), ...entries.slice(1)].sort();
        return [{ ...proof, entriesDigest: sha256(others.map((entry) => `${entry}\n`).join('')) }, others];
      },
    ],
  ])('that was tampered with is found out: %s', async (_, tamper) => {
    const { draw, code } = await drawWith();
    await enter(code, 8);
    await close(draw.id);
    const { entries, proof } = await checked(draw.id);
    const [tampered, listed] = tamper(proof, entries);
    expect((await verifyDraw(tampered as typeof proof, listed)).valid).toBe(false);
  });

  it('may be checked by players and by anybody with the publishable key, who learn no names', async () => {
    const { draw, code } = await drawWith();
    const [someone] = await enter(code, 1);
    await close(draw.id);
    for (const key of [await app.publishableKey(), await app.playerToken('someone-else')]) {
      for (const part of ['', '/proof', '/entries']) {
        const { status, body } = await app.request('GET', `/v1/draws/${draw.id}${part}`, { key });
        expect(status).toBe(200);
        expect(JSON.stringify(body)).not.toContain(someone?.player);
      }
      expect((await app.request('GET', `/v1/draws/${draw.id}/winners`, { key })).status).toBe(403);
    }
  });

  it('with fewer entries than prizes is won by all of them; with none, by nobody', async () => {
    const few = await drawWith();
    await enter(few.code, 2);
    await close(few.draw.id);
    expect((await get(`${few.draw.id}/winners`)).items).toHaveLength(2);
    expect((await checked(few.draw.id)).valid).toBe(true);
    const { body: none } = await open();
    expect((await close(none.id)).body).toMatchObject({ status: 'drawn', entryCount: 0 });
    expect((await checked(none.id)).valid).toBe(true);
  });

  it('is held by itself when its time has come', async () => {
    const { draw, code } = await drawWith();
    const [claimed] = await enter(code, 1);
    await app.db.query('update draws set closes_at = now() where draw_id = $1', [draw.id]);
    await expect.poll(async () => (await get(draw.id)).status, { timeout: 20_000 }).toBe('drawn');
    expect((await checked(draw.id)).entries).toEqual([claimed?.grantId]);
  });

  it('of one key is open once at a time, and the next can be opened when its time has come', async () => {
    const key = newKey();
    const both = await Promise.all([open({ key }), open({ key })]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    await app.db.query('update draws set closes_at = now() where key = $1', [key]);
    expect((await open({ key })).status).toBe(201);
  });

  it('is closed once', async () => {
    const { draw, code } = await drawWith();
    await enter(code, 3);
    const answers = await Promise.all(Array.from({ length: 5 }, () => close(draw.id)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422, 422, 422, 422]);
    const { rows } = await app.db.query('select 1 from draw_winners where draw_id = $1', [draw.id]);
    expect(rows).toHaveLength(3);
  });

  test.each([
    [{ prizes: [] }, 'prizes'],
    [
      {
        prizes: [
          { name: 'x', winners: 600 },
          { name: 'y', winners: 401 },
        ],
      },
      'prizes',
    ],
    [{ key: 'No' }, 'key'],
    [{ closesAt: '2020-01-01T00:00:00Z' }, 'closesAt'],
  ])('%o is refused by its field', async (change, field) => {
    const { status, body } = await open(change);
    expect([status, body.errors[0].field]).toEqual([422, field]);
  });

  it('of another brand is not found', async () => {
    const { ownerKey: key } = await app.anotherBrand();
    const { body } = await open();
    for (const part of ['', '/winners', '/proof', '/entries'])
      expect((await app.request('GET', `/v1/draws/${body.id}${part}`, { key })).status).toBe(404);
    expect((await close(body.id, { key })).status).toBe(404);
    expect((await get(body.id)).status).toBe('open');
  });
});

describe('entries', () => {
  it('that come too late are refused, and their bonus is cancelled', async () => {
    const { draw, code } = await drawWith();
    await close(draw.id);
    const { player, grantId } = await claim(app, code);
    await becomes(app, player, 'cancelled');
    await isDelivered(app, grantId, { state: 'refused', lastError: `no draw "${draw.key}" is open` });
    expect((await checked(draw.id)).entries).toEqual([]);
  });

  it('of bonuses taken back before it closes are left out; after that they stay, and it shows', async () => {
    const { draw, code } = await drawWith();
    const [early, late] = await enter(code, 2);
    await reverse(app, early!.activationId);
    await close(draw.id);
    const { entries } = await checked(draw.id);
    expect(entries).toEqual([late?.grantId]);
    expect((await get(`${draw.id}/winners`)).items).toMatchObject([{ player: late?.player }]);
  });

  it('of players who have excluded themselves cannot win: they are cancelled when it closes, and told of', async () => {
    const { draw, code } = await drawWith();
    const [out, stays] = await enter(code, 2);
    await app.request('POST', `/v1/players/${out?.player}/self-exclusion`, {
      body: { excluded: true, reason: 'asked' },
    });
    expect((await bonusOf(app, out!.player)).status).toBe('active');
    await close(draw.id);
    expect((await checked(draw.id)).entries).toEqual([stays?.grantId]);
    expect((await bonusOf(app, out!.player)).status).toBe('cancelled');
    const { rows } = await app.db.query(
      `select e.value->'data' as data from outbox, json_array_elements(events->'events') e
       where e.value->>'type' = 'bonus.cancelled' and e.value->'data'->>'grantId' = $1`,
      [out?.grantId],
    );
    expect(rows).toMatchObject([{ data: { player: out?.player, reason: 'self_excluded' } }]);
  });

  it('at the same time as the close: each is in the draw, or its bonus is cancelled', async () => {
    const { draw, code } = await drawWith();
    const before = await enter(code, 5);
    const late = Array.from({ length: 40 }, () => claim(app, code));
    await Promise.race(late);
    await close(draw.id);
    const claimed = [...before, ...(await Promise.all(late))];
    const { entries, valid } = await checked(draw.id);
    expect(valid).toBe(true);
    for (const { player, grantId } of claimed)
      await becomes(app, player, entries.includes(grantId) ? 'completed' : 'cancelled');
    const { rows } = await app.db.query<{ grant_id: string }>(
      'select grant_id from draw_entries where draw_id = $1 order by grant_id',
      [draw.id],
    );
    expect(rows.map(({ grant_id }) => grant_id)).toEqual(entries);
  });

  it('are in once, however often their delivery is tried', async () => {
    const { draw, code } = await drawWith();
    const [claimed] = await enter(code, 1);
    // As after a crash between the entry and the record of its delivery.
    await isDelivered(app, claimed!.grantId, { state: 'delivered' });
    await app.db.query(
      `update deliveries set state = 'waiting', next_attempt_at = now() where grant_id = $1`,
      [claimed?.grantId],
    );
    await isDelivered(app, claimed!.grantId, { state: 'delivered', attempts: 2 });
    await close(draw.id);
    expect((await checked(draw.id)).entries).toEqual([claimed?.grantId]);
    expect((await bonusOf(app, claimed!.player)).status).toMatch(/active|completed/);
  });
});
