import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';
import { signInAs } from '../../testing/test-staff.ts';
import { eventsOf, newCampaign } from './testing.ts';

let app: TestApp;
let campaignId: string;
beforeAll(async () => {
  app = await startTestApp();
  campaignId = await newCampaign(app);
});
afterAll(() => app.close());

const create = (body: object, campaign = campaignId) =>
  app.request('POST', `/v1/campaigns/${campaign}/codes`, { body });
const lookUp = (code: string, key = app.ownerKey) =>
  app.request('POST', '/v1/codes/lookup', { key, body: { code } });

describe('a shared code', () => {
  test('is found however it is typed, and shown in full', async () => {
    const { status, body } = await create({ kind: 'shared', code: ' Summer-2026 ', maxUses: 100 });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      code: 'Summer-2026',
      text: 'Summer-2026',
      kind: 'shared',
      state: 'active',
      maxUses: 100,
      uses: 0,
      batchId: null,
      campaignId,
    });
    for (const typed of ['summer2026', 'SUMMER 2026', 's-u-m-m-e-r-2-0-2-6', 'ｓｕｍｍｅｒ２０２６'])
      expect((await lookUp(typed)).body.id).toBe(body.id);
    expect((await lookUp('summer2027')).status).toBe(404);
    expect(await eventsOf(app, 'code.generated')).toMatchObject([
      { subject: `code/${body.id}`, data: { codeId: body.id, kind: 'shared' } },
    ]);
  });

  test('exists once in a brand, whatever its campaign and spelling', async () => {
    const { body } = await create({ kind: 'shared', code: 'TWICE' });
    const other = await newCampaign(app);
    expect(await create({ kind: 'shared', code: 'tw-ice' }, other)).toMatchObject({
      status: 409,
      body: { key: 'conflict', codeId: body.id, campaignId, errors: [{ field: 'code' }] },
    });
  });

  test('may exist in two brands, which do not see each other', async () => {
    const { body } = await create({ kind: 'shared', code: 'BOTH' });
    const { ownerKey: key } = await app.anotherBrand();
    const theirs = await newCampaign(app, key);
    const made = await app.request('POST', `/v1/campaigns/${theirs}/codes`, {
      key,
      body: { kind: 'shared', code: 'BOTH' },
    });
    expect(made.status).toBe(201);
    expect(made.body.id).not.toBe(body.id);
    expect((await lookUp('BOTH', key)).body.id).toBe(made.body.id);
    expect((await app.request('GET', `/v1/codes/${body.id}`, { key })).status).toBe(404);
    const refused = [
      app.request('POST', `/v1/campaigns/${campaignId}/codes`, {
        key,
        body: { kind: 'shared', code: 'SPY' },
      }),
      app.request('POST', `/v1/codes/${body.id}/disable`, { key, body: { reason: 'mine' } }),
      app.request('POST', `/v1/codes/${body.id}/limit`, { key, body: { maxUses: 9 } }),
      app.request('POST', '/v1/codes/distribution', { key, body: { codeId: body.id, player: 'p' } }),
    ];
    expect((await Promise.all(refused)).map(({ status }) => status)).toEqual([404, 404, 404, 404]);
  });

  test.each([
    ['nothing but dashes', '---', 'code_empty'],
    ['an emoji', 'WIN🎰', 'code_unsupported_character'],
    ['10,000 characters', 'A'.repeat(10_000), 'code_too_long'],
    ['letters of both directions', 'ABCאבג', 'code_mixed_direction'],
    ['a quote', 'A"B', 'code_unsupported_character'],
  ])('is refused when it is %s', async (_, code, key) => {
    expect(await create({ kind: 'shared', code })).toMatchObject({
      status: 422,
      body: { key, errors: [{ field: 'code' }] },
    });
    expect((await lookUp(code)).status).toBe(422);
  });

  test('holds nothing that cannot be seen', async () => {
    const { body } = await create({ kind: 'shared', code: '\u202Eglo\u200Bw\u2066-26' });
    expect(body.text).toBe('glow-26');
    expect((await lookUp('GLOW26')).body.id).toBe(body.id);
  });

  test('is made only once when several ask at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => create({ kind: 'shared', code: 'RACE' })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(9).fill(409)]);
  });
});

describe('a unique or personal code', () => {
  test('is told once and masked ever after', async () => {
    const { body } = await create({ kind: 'unique', pattern: 'VIP-#####-####@' });
    expect(body.text).toMatch(/^VIP-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
    expect(body).toMatchObject({ kind: 'unique', maxUses: 1, holder: null });
    const got = (await app.request('GET', `/v1/codes/${body.id}`)).body;
    expect(got.code).toBe(`••••${body.text.slice(-4)}`);
    expect(JSON.stringify(got)).not.toContain(body.text);
    expect((await lookUp(body.text.toLowerCase().replaceAll('-', ''))).body.id).toBe(body.id);
    const stored = await app.db.query('select * from codes where code_key = $1', [body.id]);
    expect(JSON.stringify(stored.rows)).not.toContain(body.text);
  });

  test('of a generated pattern forgives O and I', async () => {
    const { body } = await create({ kind: 'unique', pattern: '0101-########' });
    expect((await lookUp(body.text.replace('0101', 'OIOL'))).body.id).toBe(body.id);
  });

  test('belongs to its holder', async () => {
    const { body } = await create({ kind: 'personal', holder: 'player-7', code: 'FOR-SEVEN', maxUses: 3 });
    expect(body).toMatchObject({ holder: 'player-7', maxUses: 3, text: 'FOR-SEVEN', code: '••••EVEN' });
    const { items } = (await app.request('GET', '/v1/codes?holder=player-7')).body;
    expect(items.map(({ id }: { id: string }) => id)).toEqual([body.id]);
  });

  test.each([
    ['without random symbols', { pattern: 'ABC' }, 'pattern_invalid'],
    ['too easy to guess', { pattern: 'AB#' }, 'pattern_too_weak'],
    ['with a broken alphabet', { pattern: '########', alphabet: 'AAB' }, 'alphabet_invalid'],
    ['that can only offend', { pattern: '#'.repeat(60), alphabet: 'AS' }, 'pattern_always_offensive'],
  ])('is not made of a pattern %s', async (_, pattern, key) => {
    expect(await create({ kind: 'unique', ...pattern })).toMatchObject({ status: 422, body: { key } });
  });
});

describe('a lifetime', () => {
  test.each([
    ['that is over', { endsAt: '2020-01-01T00:00:00Z' }],
    ['that ends before it begins', { startsAt: '2098-01-02T00:00:00Z', endsAt: '2098-01-01T00:00:00Z' }],
  ])('%s is refused', async (_, lifetime) => {
    expect(await create({ kind: 'shared', code: 'LATE', ...lifetime })).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'endsAt' }] },
    });
  });
});

describe('disabling', () => {
  test('needs a reason, is told once, and is for good', async () => {
    const { body } = await create({ kind: 'shared', code: 'LEAKED' });
    const disable = (reason?: string) =>
      app.request('POST', `/v1/codes/${body.id}/disable`, { body: { reason } });
    expect((await disable()).status).toBe(422);
    const answers = await Promise.all([disable('posted in a forum'), disable('posted in a forum')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422]);
    expect((await app.request('GET', `/v1/codes/${body.id}`)).body).toMatchObject({
      state: 'disabled',
      disabledReason: 'posted in a forum',
    });
    expect((await disable('again')).body.key).toBe('state_move_not_allowed');
    const told = (await eventsOf(app, 'code.disabled')).filter(({ data }) => data.codeId === body.id);
    expect(told).toMatchObject([{ data: { reason: 'posted in a forum' } }]);
    const { rows } = await app.db.query(
      "select before ->> 'state' as before, after ->> 'state' as after, reason from audit_log where target_id = $1 and action = 'code.disabled'",
      [body.id],
    );
    expect(rows).toEqual([{ before: 'active', after: 'disabled', reason: 'posted in a forum' }]);
  });

  test('works on an exhausted code: its uses may come back', async () => {
    const { body } = await create({ kind: 'shared', code: 'SPENT', maxUses: 1 });
    await app.db.query('update codes set uses = 1 where code_key = $1', [body.id]);
    expect((await lookUp('SPENT')).body.state).toBe('exhausted');
    const { status } = await app.request('POST', `/v1/codes/${body.id}/disable`, { body: { reason: 'x' } });
    expect(status).toBe(200);
  });
});

describe('raising a limit', () => {
  const raise = (id: string, maxUses: number, key = app.ownerKey) =>
    app.request('POST', `/v1/codes/${id}/limit`, { key, body: { maxUses } });

  test('wakes an exhausted code', async () => {
    const { body } = await create({ kind: 'shared', code: 'MORE', maxUses: 1 });
    await app.db.query('update codes set uses = 1 where code_key = $1', [body.id]);
    expect(await raise(body.id, 2)).toMatchObject({
      status: 200,
      body: { state: 'active', maxUses: 2, uses: 1 },
    });
    const { rows } = await app.db.query(
      "select before ->> 'maxUses' as before, after ->> 'maxUses' as after from audit_log where target_id = $1 and action = 'code.limit_raised'",
      [body.id],
    );
    expect(rows).toEqual([{ before: '1', after: '2' }]);
  });

  test('only ever raises it', async () => {
    const { body } = await create({ kind: 'shared', code: 'UP', maxUses: 10 });
    for (const maxUses of [9, 10]) expect((await raise(body.id, maxUses)).status).toBe(422);
    const unlimited = await create({ kind: 'shared', code: 'FREE' });
    expect((await raise(unlimited.body.id, 5)).body.key).toBe('limit_fixed');
    const unique = await create({ kind: 'unique' });
    expect((await raise(unique.body.id, 5)).body.key).toBe('limit_fixed');
  });

  test('of several at once leaves the highest', async () => {
    const { body } = await create({ kind: 'shared', code: 'AUCTION', maxUses: 1 });
    const wanted = [20, 90, 50, 100, 30, 70];
    await Promise.all(wanted.map((maxUses) => raise(body.id, maxUses)));
    expect((await lookUp('AUCTION')).body.maxUses).toBe(100);
  });

  test('while others take uses lets exactly the new limit through', async () => {
    const { body } = await create({ kind: 'shared', code: 'RUSH', maxUses: 10 });
    const take = async (): Promise<number> => {
      const { rowCount } = await app.db.query(
        'update codes set uses = uses + 1 where code_key = $1 and uses < max_uses',
        [body.id],
      );
      return rowCount ?? 0;
    };
    const before = Promise.all(Array.from({ length: 100 }, take));
    await raise(body.id, 60);
    const after = await Promise.all(Array.from({ length: 100 }, take));
    expect([...(await before), ...after].reduce((sum, n) => sum + n, 0)).toBe(60);
  });

  test('waits for a second person where the brand says so', async () => {
    const { body } = await create({ kind: 'shared', code: 'FOUR-EYES', maxUses: 1 });
    const [asker, decider] = [await signInAs(app, 'administrator'), await signInAs(app, 'administrator')];
    await asker.request('PATCH', '/v1/approvals/thresholds', { body: { limitRaises: 'always' } });
    const asked = await asker.request('POST', `/v1/codes/${body.id}/limit`, { body: { maxUses: 9 } });
    expect([asked.status, asked.body.maxUses]).toEqual([202, 1]);
    expect((await lookUp('FOUR-EYES')).body.maxUses).toBe(1);
    await decider.request('POST', `/v1/approvals/${asked.body.approvalId}/approve`, { body: {} });
    expect((await lookUp('FOUR-EYES')).body.maxUses).toBe(9);
  });
});

describe('the list', () => {
  test('pages newest first, and filters', async () => {
    const mine = await newCampaign(app);
    const made = [];
    for (let n = 0; n < 5; n++)
      made.push((await create({ kind: 'shared', code: `LIST-${n}` }, mine)).body.id);
    const personal = (await create({ kind: 'personal', holder: 'lister', code: 'LIST-MINE' }, mine)).body.id;
    await app.request('POST', `/v1/codes/${made[0]}/disable`, { body: { reason: 'x' } });
    const ids = async (query: string) => {
      const { status, body } = await app.request('GET', `/v1/codes?campaignId=${mine}&${query}`);
      expect(status).toBe(200);
      return body.items.map(({ id }: { id: string }) => id);
    };
    expect(await ids('')).toEqual([personal, ...made.toReversed()]);
    expect(await ids('kind=personal')).toEqual([personal]);
    expect(await ids('state=disabled')).toEqual([made[0]]);
    expect(await ids('state=active')).toHaveLength(5);
    expect(await ids('last4=T3')).toEqual([made[3]]);
    expect(await ids('holder=lister')).toEqual([personal]);
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await app.request('GET', `/v1/codes?campaignId=${mine}&limit=4${cursor}`);
      seen.push(...body.items.map(({ id }: { id: string }) => id));
      cursor = body.nextCursor && `&cursor=${body.nextCursor}`;
    } while (cursor);
    expect(seen).toEqual([personal, ...made.toReversed()]);
    const { body } = await app.request('GET', '/v1/codes?limit=1');
    expect(body.items[0]).toMatchObject({ campaignId: mine });
  });
});

test('an archived campaign takes no more codes', async () => {
  const id = await newCampaign(app);
  for (const [action, body] of [['submit'], ['end', {}], ['archive']] as const)
    expect((await app.request('POST', `/v1/campaigns/${id}/${action}`, { body })).status).toBe(200);
  expect((await create({ kind: 'shared', code: 'TOO-LATE' }, id)).body.key).toBe('campaign_archived');
});

test('a campaign that does not exist has no codes', async () => {
  expect((await create({ kind: 'shared', code: 'X' }, crypto.randomUUID())).status).toBe(404);
});
