import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { validCampaign } from '../../apps/server/src/features/campaigns/testing.ts';
import { startTestApp, type TestApp } from '../../apps/server/src/testing/test-app.ts';
import { playerTokenSigner } from '../support/credentials.ts';
import { done } from '../support/done.ts';
import { expectRefused, invalid, type Refused } from '../support/refused.ts';
import { stored } from '../support/stored.ts';

/*
 * What callers get wrong, over HTTP: each is refused with a problem that names the field and says what to do, and
 * leaves nothing behind. What is wrong with codes and CSV is in bad-codes.test.ts. The hours in which clocks change, which
 * no caller can bring about, are in packages/core/src/activation/clock.test.ts.
 */

let app: TestApp;
/** A draft, to which codes can be added. */
let campaignId: string;
beforeAll(async () => {
  app = await startTestApp();
  campaignId = (await done(app.request('POST', '/v1/campaigns', { body: validCampaign() }))).id;
  await done(
    app.request('POST', `/v1/campaigns/${campaignId}/codes`, { body: { kind: 'shared', code: 'SPRING25' } }),
  );
});
afterAll(() => app.close());

const unfit = (field: string, says: RegExp): Refused => ({
  status: 422,
  key: 'campaign_invalid',
  field,
  says,
});

const expectNoCampaign = (differences: object, refused: Refused): Promise<void> =>
  expectRefused(app, 'POST', '/v1/campaigns', { body: { ...validCampaign(), ...differences } }, refused);

/** A campaign whose one reward is this much. */
const granting = (amount: Record<string, unknown>) => ({
  rewards: [{ kind: 'bonus_balance', amount, wagering: { multiplier: 3_500 } }],
});

describe('malformed JSON', () => {
  test.each([
    ['breaks off', '{"name": "Spring",', /not valid JSON.*line 1 column 19/],
    ['has a comma too many', '{"name": "Spring",}', /not valid JSON.*line 1 column 19/],
    ['is a form', 'name=Spring', /not valid JSON.*"name=Spring"/],
    ['is empty', '', /empty\. Send JSON/],
    ['hides a prototype', '{"__proto__": {"status": "active"}}', /Leave it out/],
    ['is nested too deep', '['.repeat(100), /nested deeper than 50/],
    ['has a NUL', '{"name": "\\u0000"}', /NUL/],
  ])('that %s', async (_, body, says) => {
    await expectRefused(app, 'POST', '/v1/campaigns', { body }, { status: 400, key: 'malformed', says });
  });
});

describe('wrong types', () => {
  test.each<[string, object, Refused]>([
    ['a number for a text', { name: 7 }, invalid('name', /expected string/)],
    ['an object for a list', { limits: {} }, invalid('limits', /expected array/)],
    [
      'a text for a number',
      { limits: [{ scope: 'player', max: '1' }] },
      invalid('limits.0.max', /expected number/),
    ],
    ['an unknown word', { limits: [{ scope: 'galaxy', max: 1 }] }, invalid('limits.0.scope', /"player"/)],
    [
      'a word for an instant',
      { schedule: { startsAt: 'tomorrow' } },
      invalid('schedule.startsAt', /such as 2026/),
    ],
    ['a field nobody knows', { nmae: 'Spring' }, invalid('nmae', /check its spelling/)],
  ])('%s', async (_, differences, refused) => {
    await expectNoCampaign(differences, refused);
  });

  test.each([
    ['null', 'null'],
    ['a list', '[]'],
    ['a text', '"Spring"'],
  ])('%s for a whole body', async (_, body) => {
    await expectRefused(app, 'POST', '/v1/campaigns', { body }, invalid('body', /expected object/));
  });

  test.each([
    ['player', { player: 'p-1' }, /expected object/],
    ['player', {}, /Give the platform’s id of the player/],
    ['ip', { player: { id: 'p-1' }, ip: 'localhost' }, /IPv4 or IPv6/],
  ])('the %s of an activation: %j', async (field, differences, says) => {
    const body = { code: 'SPRING25', ...differences };
    await expectRefused(app, 'POST', '/v1/activations', { body }, invalid(field, says));
  });
});

describe('an unknown currency', () => {
  const says =
    /EUX is neither an ISO 4217 currency nor configured here.*add it to the currencies of the brand/;

  test.each<[string, object, Refused]>([
    ['of a reward', granting({ EUX: 1_000 }), unfit('rewards.0.amount.EUX', says)],
    ['of a market', { markets: { currencies: ['EUX'] } }, unfit('markets.currencies.0', says)],
    ['of a budget', { budget: { EUX: 1_000 } }, unfit('budget.EUX', says)],
    ['that is no code at all', granting({ euro: 1_000 }), invalid('rewards.0.amount.euro', /such as EUR/)],
  ])('%s', async (_, differences, refused) => {
    await expectNoCampaign(differences, refused);
  });

  test('of a player', async () => {
    const body = { currency: 'EUX' };
    await expectRefused(app, 'PUT', '/v1/players/p-1', { body }, invalid('currency', says));
  });

  test('of a player told of with a code', async () => {
    const body = { code: 'SPRING25', player: { id: 'p-1', currency: 'EUX' } };
    await expectRefused(app, 'POST', '/v1/activations', { body }, invalid('player.currency', says));
    await expectRefused(app, 'POST', '/v1/validations', { body }, invalid('player.currency', says));
  });
});

describe('an amount', () => {
  test.each<[string, Record<string, unknown>, Refused]>([
    ['below zero', { EUR: -1 }, invalid('rewards.0.amount.EUR', />=0/)],
    ['of nothing', { EUR: 0 }, unfit('rewards.0.amount.EUR', /above zero/)],
    ['with decimals', { EUR: 10.5 }, invalid('rewards.0.amount.EUR', /expected int/)],
    ['as a text', { EUR: '1000' }, invalid('rewards.0.amount.EUR', /expected number/)],
    ['beyond exact numbers', { EUR: 2 ** 53 }, invalid('rewards.0.amount.EUR', /<=9007199254740991/)],
    [
      'whose wagering cannot be counted',
      { EUR: Number.MAX_SAFE_INTEGER },
      unfit('rewards.0.amount.EUR', /at most \d+/),
    ],
  ])('%s in a reward', async (_, amount, refused) => {
    await expectNoCampaign(granting(amount), refused);
  });

  it('beyond every number of JavaScript in a reward', async () => {
    const body = JSON.stringify({ ...validCampaign(), ...granting({ EUR: 7_777 }) }).replace('7777', '1e400');
    await expectRefused(
      app,
      'POST',
      '/v1/campaigns',
      { body },
      invalid('rewards.0.amount.EUR', /expected number/),
    );
  });

  test.each<[string, object, Refused]>([
    ['budget below zero', { budget: { EUR: -1 } }, invalid('budget.EUR', />=0/)],
    ['limit of nothing', { limits: [{ scope: 'player', max: 0 }] }, invalid('limits.0.max', />=1/)],
    [
      'limit out of hand',
      { limits: [{ scope: 'player', max: 1e13 }] },
      invalid('limits.0.max', /<=1000000000000/),
    ],
  ])('as a %s', async (_, differences, refused) => {
    await expectNoCampaign(differences, refused);
  });

  test.each([-1, 0, 1e13, 1.5])('of %d uses of a code', async (maxUses) => {
    const path = `/v1/campaigns/${campaignId}/codes`;
    const body = { kind: 'shared', code: 'SUMMER', maxUses };
    await expectRefused(app, 'POST', path, { body }, invalid('maxUses', /expected (number to be|int)/));
  });
});

test('deposits of bad money are rejected one by one, and not recorded', async () => {
  const deposit = (data: object, n: number) => ({
    id: `e-${n}`,
    type: 'deposit.succeeded',
    time: new Date().toISOString(),
    player: 'p-1',
    data: { depositId: `d-${n}`, amount: 5_000, currency: 'EUR', method: 'card', ...data },
  });
  const bad = [{ currency: 'EUX' }, { amount: -1 }, { amount: 0 }, { amount: 2 ** 53 }, { amount: '5000' }];
  const before = await stored(app.db);
  const { body } = await app.request('POST', '/v1/events', { body: { events: bad.map(deposit) } });
  const reasons = body.results.map(({ status, reason }: (typeof body.results)[number]) => [
    status,
    reason.key,
    reason.errors[0].field,
  ]);
  expect(reasons).toEqual([
    ['rejected', 'unknown_currency', 'data.currency'],
    ...Array(4).fill(['rejected', 'invalid_event', 'data.amount']),
  ]);
  expect(await stored(app.db)).toEqual(before);
});

describe('a rule', () => {
  test.each<[string, string, RegExp, number]>([
    ['about an unknown fact', 'player.shoe_size > 40', /Unknown fact player\.shoe_size/, 1],
    ['about an unknown fact further on', 'player.country == "DE" && vip', /vip/, 27],
    ['that compares what does not compare', 'player.country > 40', /Put text in quotes/, 1],
    ['that breaks off', 'player.country ==', /end of the rule/, 18],
  ])('%s', async (_, rule, says, column) => {
    await expectNoCampaign({ audience: { rule } }, unfit('audience.rule', says));
    const { body } = await app.request('POST', '/v1/campaigns', {
      body: validCampaign({ audience: { rule } }),
    });
    expect(body.errors[0]).toMatchObject({ line: 1, column });
  });
});

describe('a body of 1 MB', () => {
  const long = 'x'.repeat(1_000_000);
  const tooLarge: Refused = { status: 413, key: 'too_large', says: /larger than the 262144 bytes/ };

  test.each<[string, string, object]>([
    ['POST', '/v1/campaigns', { ...validCampaign(), name: long }],
    ['POST', '/v1/activations', { code: long, player: { id: 'p-1' } }],
    ['POST', '/v1/validations', { code: long, player: { id: 'p-1' } }],
    ['PUT', '/v1/players/p-1', { email: long }],
    ['POST', '/v1/auth/sign-in', { email: long, password: long }],
  ])('to %s %s', async (method, path, body) => {
    await expectRefused(app, method, path, { body }, tooLarge);
  });

  it('is fine where that much is expected: events are judged one by one', async () => {
    const before = await stored(app.db);
    const { status, body } = await app.request('POST', '/v1/events', { body: { events: [long, long] } });
    expect([status, body.key]).toEqual([200, undefined]);
    expect(body.results).toHaveLength(2);
    expect(await stored(app.db)).toEqual(before);
  });
});

describe('a token that expired', () => {
  it('is refused, and says so', async () => {
    const { sign } = await playerTokenSigner(app);
    const exp = Math.floor(Date.now() / 1000) - 60;
    const key = await sign({ brand: app.brand.slug, sub: 'p-1', exp });
    const refused = {
      status: 401,
      key: 'unauthenticated',
      says: /it has expired; ask the platform for a new one/,
    };
    await expectRefused(app, 'POST', '/v1/activations', { key, body: { code: 'SPRING25' } }, refused);
    await expectRefused(app, 'POST', '/v1/validations', { key, body: { code: 'SPRING25' } }, refused);
  });

  it('is refused when it is an API key', async () => {
    const { secret } = await done(
      app.request('POST', '/v1/keys', {
        body: { name: 'old', scopes: ['brands:read'], expiresAt: '2020-01-01T00:00:00Z' },
      }),
    );
    const refused = { status: 401, key: 'unauthenticated', says: /expired/ };
    await expectRefused(app, 'GET', '/v1/brand', { key: secret }, refused);
  });
});

describe('clock-change hours', () => {
  // Malta goes from 02:00 to 03:00 on 28 March 2027, and from 03:00 back to 02:00 on 31 October.
  const saved = (schedule: object) =>
    done(app.request('POST', '/v1/campaigns', { body: { ...validCampaign(), schedule } }));

  test.each(['2027-03-28T02:30:00', '2027-10-31T02:30:00'])(
    'a local time that does not exist or comes twice, %s, needs an offset',
    async (startsAt) => {
      await expectNoCampaign(
        { schedule: { startsAt } },
        invalid('schedule.startsAt', /2026-03-01T10:00:00Z/),
      );
    },
  );

  it('the hour that comes twice is two hours', async () => {
    const [first, second] = ['2027-10-31T02:30:00+02:00', '2027-10-31T02:30:00+01:00'];
    expect(await saved({ startsAt: first, endsAt: second })).toMatchObject({
      startsAt: '2027-10-31T00:30:00.000Z',
      endsAt: '2027-10-31T01:30:00.000Z',
    });
    await expectNoCampaign(
      { schedule: { startsAt: second, endsAt: first } },
      unfit('schedule.endsAt', /not after the start/),
    );
  });

  it('hours of the day may lie within them, and cross them', async () => {
    const hours = [
      { from: '02:00', to: '03:00' },
      { from: '22:00', to: '02:00' },
    ];
    expect((await saved({ hours })).schedule.hours).toEqual(hours);
  });
});
