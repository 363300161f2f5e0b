import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';
import { signInAs } from '../../testing/test-staff.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const put = (id: string, body: unknown, key?: string) =>
  app.request('PUT', `/v1/players/${encodeURIComponent(id)}`, { body, ...(key ? { key } : {}) });
const get = async (id: string) => (await app.request('GET', `/v1/players/${encodeURIComponent(id)}`)).body;
const audited = async (playerId: string) =>
  (
    await app.db.query<{ action: string; before: unknown; after: unknown; reason: string | null }>(
      'select action, before, after, reason from audit_log where target_id = $1 order by entry_id',
      [playerId],
    )
  ).rows;

describe('PUT /v1/players/:externalId', () => {
  it('creates a player with what is told and nothing else', async () => {
    const { status, body } = await put('new-1', {
      email: 'Anna@Example.com',
      country: 'DE',
      birthDate: '1990-04-12',
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      externalId: 'new-1',
      email: 'Anna@Example.com',
      country: 'DE',
      birthDate: '1990-04-12',
      currency: null,
      segments: [],
      depositCount: 0,
      totalDeposits: 0,
      selfExclusion: null,
      bonusBlocked: false,
      consents: {},
      properties: {},
    });
    expect(await get('new-1')).toEqual(body);
  });

  it('keeps what is left out, clears what is null, replaces segments', async () => {
    const told = { country: 'DE', vipLevel: 3, segments: ['a', 'b'], timeZone: 'Asia/Tokyo' };
    await put('merge-1', { email: 'a@example.com', ...told });
    const { status, body } = await put('merge-1', { country: null, segments: ['c'] });
    expect(status).toBe(200);
    expect(body).toMatchObject({ email: 'a@example.com', country: null, vipLevel: 3, segments: ['c'] });
    expect(body.timeZone).toBe('Asia/Tokyo');
    expect((await put('merge-1', { timeZone: null })).body.timeZone).toBeNull();
  });

  it('leaves everything as it is when the same is told again', async () => {
    const told = { email: 'b@example.com', registeredAt: '2026-01-01T10:00:00Z', depositCount: 2 };
    const { updatedAt: _, ...first } = (await put('same-1', told)).body;
    const { updatedAt: __, ...second } = (await put('same-1', told)).body;
    expect(second).toEqual(first);
  });

  it('makes one player of twenty calls at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) => put('race-1', { segments: [`s${i}`] })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(19);
  });

  it('takes ids and texts of any script', async () => {
    const id = 'игрок 7/ü?&#%';
    expect((await put(id, { email: 'büro@münchen.de', segments: ['👑'] })).status).toBe(201);
    expect(await get(id)).toMatchObject({ externalId: id, email: 'büro@münchen.de', segments: ['👑'] });
  });

  test.each<[string, unknown, string]>([
    ['a field nobody knows', { bonusBlocked: true }, 'bonusBlocked'],
    ['a brand of its own choice', { brandId: '01930000-0000-7000-8000-000000000000' }, 'brandId'],
    ['a country that is none', { country: 'Germany' }, 'country'],
    ['money as a fraction', { totalDeposits: 10.5 }, 'totalDeposits'],
    ['negative money', { totalDeposits: -1 }, 'totalDeposits'],
    ['huge money', { totalDeposits: 1e16 }, 'totalDeposits'],
    ['a birthday that does not exist', { birthDate: '2001-02-30' }, 'birthDate'],
    ['a time zone that is none', { timeZone: 'Mars/Olympus' }, 'timeZone'],
    ['an offset for a time zone', { timeZone: '+02:00' }, 'timeZone'],
    ['an e-mail that is none', { email: 'anna at example' }, 'email'],
    ['null segments', { segments: null }, 'segments'],
    ['no object', [], 'body'],
  ])('refuses %s', async (_, body, field) => {
    const answer = await put('bad-1', body);
    expect(answer.status).toBe(422);
    expect(answer.body.key).toBe('invalid_request');
    expect(answer.body.errors[0].field).toBe(field);
    expect((await app.request('GET', '/v1/players/bad-1')).status).toBe(404);
  });
});

describe('who may', () => {
  it('needs the scope', async () => {
    const reader = await app.key(['players:read']);
    expect((await put('scope-1', {}, reader)).status).toBe(403);
    expect((await app.request('GET', '/v1/players', { key: reader })).status).toBe(200);
    expect((await app.request('GET', '/v1/players', { key: await app.key(['codes:read']) })).status).toBe(
      403,
    );
    expect((await app.request('GET', '/v1/players', { key: await app.playerToken('p') })).status).toBe(403);
    expect((await app.request('GET', '/v1/players', { key: await app.publishableKey() })).status).toBe(403);
  });

  it('sees nothing of another brand, where the same id is another player', async () => {
    await put('shared-id', { country: 'DE' });
    const { ownerKey: key } = await app.anotherBrand();
    expect((await app.request('GET', '/v1/players/shared-id', { key })).status).toBe(404);
    expect((await put('shared-id', { country: 'MT' }, key)).status).toBe(201);
    expect(await get('shared-id')).toMatchObject({ country: 'DE' });
    const { body } = await app.request('GET', '/v1/players', { key });
    expect(body.items).toHaveLength(1);
  });
});

describe('the audit log', () => {
  it('has what a person changed, but not what the platform sends', async () => {
    const { body } = await put('audit-1', { country: 'DE', email: 'anna@example.com' });
    await put('audit-1', { country: 'AT' });
    expect(await audited(body.id)).toEqual([]);
    const owner = await signInAs(app, 'owner');
    await owner.request('PUT', '/v1/players/audit-1', { body: { country: 'MT', email: 'eva@example.com' } });
    expect(await audited(body.id)).toEqual([
      {
        action: 'player.updated',
        before: { country: 'AT', email: '[personal]', emailCanonical: '[personal]' },
        after: { country: 'MT', email: '[personal]', emailCanonical: '[personal]' },
        reason: null,
      },
    ]);
  });

  it('has what a person created', async () => {
    const owner = await signInAs(app, 'owner');
    const { body } = await owner.request('PUT', '/v1/players/audit-2', { body: {} });
    expect((await audited(body.id)).map(({ action }) => action)).toEqual(['player.created']);
  });
});

describe('GET /v1/players', () => {
  const list = async (query: string) => (await app.request('GET', `/v1/players?${query}`)).body;
  const ids = ({ items }: { items: { externalId: string }[] }) => items.map(({ externalId }) => externalId);

  async function walk(query: string): Promise<string[]> {
    const seen: string[] = [];
    for (let cursor = ''; ; ) {
      const page = await list(`${query}${cursor && `&cursor=${cursor}`}`);
      seen.push(...ids(page));
      if (page.nextCursor === null) return seen;
      cursor = page.nextCursor;
    }
  }

  it('finds by the beginning of the id, taken literally, in order', async () => {
    for (const id of ['find%_c', 'find%_a', 'findXXb', 'find%_b', 'other']) await put(id, {});
    expect(ids(await list(`externalId=${encodeURIComponent('find%_')}`))).toEqual([
      'find%_a',
      'find%_b',
      'find%_c',
    ]);
    expect(await walk('externalId=find&limit=2')).toEqual(['find%_a', 'find%_b', 'find%_c', 'findXXb']);
  });

  it('finds every player of a mailbox', async () => {
    await put('mail-1', { email: 'J.Smith@gmail.com' });
    await put('mail-2', { email: 'jsmith+two@googlemail.com' });
    await put('mail-3', { email: 'jsmith@example.com' });
    expect(ids(await list('email=jsmith%40gmail.com')).sort()).toEqual(['mail-1', 'mail-2']);
    expect(ids(await list('email=jsmith%40gmail.com&externalId=mail-2'))).toEqual(['mail-2']);
  });

  it('goes through all of them once, newest first', async () => {
    const { ownerKey: key } = await app.anotherBrand();
    // One transaction gives them all the same instant, so that ties are walked through too.
    for (let i = 0; i < 7; i++) await put(`walk-${i}`, {}, key);
    await app.db.query(
      `update players set created_at = now() where external_id in ('walk-1', 'walk-2', 'walk-3')`,
    );
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { body } = await app.request('GET', `/v1/players?limit=2${cursor && `&cursor=${cursor}`}`, {
        key,
      });
      seen.push(...ids(body));
      cursor = body.nextCursor;
    }
    expect([...seen].sort()).toEqual(Array.from({ length: 7 }, (_, i) => `walk-${i}`));
    expect(seen.slice(3)).toEqual(['walk-6', 'walk-5', 'walk-4', 'walk-0']);
  });

  test.each(['cursor=nonsense', 'email=nonsense', 'limit=0', 'limit=1000', 'colour=red'])(
    'refuses ?%s',
    async (query) => {
      const { status, body } = await app.request('GET', `/v1/players?${query}`);
      expect([status, body.key]).toEqual([422, 'invalid_request']);
    },
  );
});

describe('self-exclusion', () => {
  const exclude = (id: string, body: unknown) =>
    app.request('POST', `/v1/players/${id}/self-exclusion`, { body });

  it('holds until an instant, or until lifted', async () => {
    const until = new Date(Date.now() + 86_400_000).toISOString();
    const limited = await exclude('ex-1', { excluded: true, until, reason: 'asked by phone' });
    expect(limited.body.selfExclusion).toEqual({ until });
    const forGood = await exclude('ex-1', { excluded: true, reason: 'asked again' });
    expect(forGood.body.selfExclusion).toEqual({ until: null });
    const lifted = await exclude('ex-1', { excluded: false, reason: 'entered on the wrong player' });
    expect(lifted.body.selfExclusion).toBeNull();
    expect(await audited(lifted.body.id)).toEqual([
      expect.objectContaining({
        action: 'player.self_excluded',
        reason: 'asked by phone',
        before: { selfExcludedUntil: null },
        after: { selfExcludedUntil: until },
      }),
      expect.objectContaining({ action: 'player.self_excluded', reason: 'asked again' }),
      expect.objectContaining({ action: 'player.self_exclusion_lifted', after: { selfExcludedUntil: null } }),
    ]);
  });

  it('is over when its time is', async () => {
    const past = await exclude('ex-2', { excluded: true, until: '2020-01-01T00:00:00Z', reason: 'old' });
    expect(past.body.selfExclusion).toBeNull();
  });

  it('needs a reason', async () => {
    expect((await exclude('ex-3', { excluded: true })).status).toBe(422);
    expect((await exclude('ex-3', { excluded: true, reason: '  ' })).status).toBe(422);
  });

  it('is not lifted for a player nobody knows', async () => {
    expect((await exclude('ex-unknown', { excluded: false, reason: 'typo' })).status).toBe(404);
  });

  it('is not touched by a change of the player’s data', async () => {
    await exclude('ex-4', { excluded: true, reason: 'asked' });
    expect((await put('ex-4', { country: 'DE', segments: [] })).body.selfExclusion).toEqual({ until: null });
  });
});

describe('bonus block', () => {
  it('is set and lifted with a reason, and audited', async () => {
    const { body } = await put('block-1', {});
    const block = (blocked: boolean) =>
      app.request('POST', '/v1/players/block-1/bonus-block', { body: { blocked, reason: 'abuse' } });
    expect((await block(true)).body.bonusBlocked).toBe(true);
    expect((await block(false)).body.bonusBlocked).toBe(false);
    expect((await audited(body.id)).map(({ action }) => action)).toEqual([
      'player.bonus_blocked',
      'player.bonus_unblocked',
    ]);
  });

  it('is not found for a player nobody knows', async () => {
    const body = { blocked: true, reason: 'abuse' };
    expect((await app.request('POST', '/v1/players/nobody/bonus-block', { body })).status).toBe(404);
  });
});

describe('consents', () => {
  it('stand per product and channel, each with its instant', async () => {
    await put('con-1', {});
    const post = (consents: unknown, source?: string) =>
      app.request('POST', '/v1/players/con-1/consents', {
        body: { consents, ...(source ? { source } : {}) },
      });
    await post(
      [
        { product: 'casino', channel: 'email', granted: true },
        { product: 'betting', channel: 'sms', granted: true },
      ],
      'registration form',
    );
    const { body } = await post([{ product: 'casino', channel: 'email', granted: false }]);
    expect(body.consents).toEqual({
      casino: { email: { granted: false, at: expect.any(String) } },
      betting: { sms: { granted: true, at: expect.any(String), source: 'registration form' } },
    });
  });

  it('refuses products and channels that are none', async () => {
    await put('con-2', {});
    const consents = [{ product: 'chess', channel: 'email', granted: true }];
    expect((await app.request('POST', '/v1/players/con-2/consents', { body: { consents } })).status).toBe(
      422,
    );
  });
});
