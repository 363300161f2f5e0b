import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { playerId } from '../../../platform/ids.ts';
import { createOffer } from '../../../testing/fixtures.ts';
import { startTestApp, type TestApp } from '../../../testing/test-app.ts';
import { linkAll, lookInto } from '../testing.ts';

let app: TestApp;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ranges-'));
  const addressRangesFile = join(folder, 'ranges.csv');
  await writeFile(addressRangesFile, '203.0.113.0/24,mobile,\n2001:db8:77::/48,relay,\n');
  app = await startTestApp({ config: { backgroundWork: false, addressRangesFile } });
  const isLoaded = async () => (await app.request('GET', '/v1/risk/address-ranges')).body.loadedAt;
  await vi.waitFor(async () => expect(await isLoaded()).not.toBeNull());
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
let told = 0;
let player = '';
beforeEach(() => {
  player = `player-${++told}`;
});

async function tell(who: string, type: string, data: object, ago = 0): Promise<void> {
  const time = new Date(Date.now() - ago).toISOString();
  const event = { id: `e${++told}`, time, player: who, type, data };
  const { body } = await app.request('POST', '/v1/events', { body: { events: [event] } });
  expect(body.results).toMatchObject([{ status: 'accepted' }]);
}

const deposit = (amount: number, ago: number, more: object = {}) =>
  tell(
    player,
    'deposit.succeeded',
    { depositId: `d${++told}`, amount, currency: 'EUR', method: 'card', ...more },
    ago,
  );
const withdraw = (amount: number, ago: number, id = `w${++told}`) =>
  tell(player, 'withdrawal.requested', { withdrawalId: id, amount, currency: 'EUR' }, ago);
const bet = (stake: number, ago: number, category = 'slots') =>
  tell(
    player,
    'bet.settled',
    { betId: `b${++told}`, roundId: `r${told}`, game: 'g', category, stake, win: 0, currency: 'EUR' },
    ago,
  );

const use = async (code: string, more: object = {}) =>
  app.request('POST', '/v1/activations', {
    body: { code, channel: 'account', player: { id: player, currency: 'EUR' }, ...more },
  });

/** Lets time go by since the player was looked at. */
const passes = (span: string) =>
  app.db.query('update risk_profiles set assessed_at = assessed_at - $2::interval where player_id = $1', [
    playerId(app.brand.brandId, player),
    span,
  ]);

async function profileOf(who: string) {
  await lookInto(app);
  return (await app.request('GET', `/v1/players/${who}/risk-profile`)).body;
}

const found = async (who: string): Promise<string[]> =>
  (await profileOf(who)).findings.map(({ indicator }: { indicator: string }) => indicator);

describe('what is told of accounts', () => {
  test.each([
    ['someone@mailinator.com', ['email_disposable']],
    ['someone@inbox.mailinator.com', ['email_disposable']],
    ['someone@mailinator.com.example.org', []],
  ])('%s', async (email, indicators) => {
    await tell(player, 'player.registered', { email: `${player}${email}` });
    expect(await found(player)).toEqual(indicators);
  });

  test('mailbox, card and household of another account', async () => {
    const other = `${player}-other`;
    await tell(player, 'player.registered', { email: `${player}@gmail.com`, household: player });
    await tell(other, 'player.registered', { email: `${player}+2@googlemail.com`, household: player });
    await deposit(1_000, 0, { instrument: player });
    expect(await found(player)).toEqual(['email_alias_duplicate', 'address_shared']);
    const paid = { depositId: `d${++told}`, amount: 1, currency: 'EUR', method: 'card', instrument: player };
    await tell(other, 'deposit.succeeded', paid);
    const { findings, score, band, linked } = await profileOf(player);
    expect(findings).toEqual([
      { indicator: 'email_alias_duplicate', version: 1, points: 50, evidence: { others: 1 } },
      { indicator: 'payment_shared', version: 1, points: 70, evidence: { others: 1 } },
      { indicator: 'address_shared', version: 1, points: 20, evidence: { others: 1 } },
    ]);
    expect({ score, band }).toEqual({ score: 140, band: 'decline' });
    expect(linked).toMatchObject([{ player: other, kinds: ['email', 'household', 'payment'] }]);
  });

  test('an exclusion of the same person, however it comes about, while it lasts', async () => {
    const [byEvent, byStaff] = [`${player}-event`, `${player}-staff`];
    await tell(player, 'player.registered', { phone: '+49 30 5551234' });
    await tell(byEvent, 'player.registered', { phone: '0049305551234' });
    expect(await found(player)).toEqual([]);
    await tell(byEvent, 'player.self_excluded', { until: null });
    expect(await found(player)).toEqual(['self_excluded_match']);
    const lift = { excluded: false, reason: 'lifted by the authority' };
    await app.request('POST', `/v1/players/${byEvent}/self-exclusion`, { body: lift });
    await tell(byStaff, 'player.registered', { phone: '+49305551234' });
    expect(await found(player)).toEqual([]);
    const exclude = { excluded: true, until: null, reason: 'asked by telephone' };
    await app.request('POST', `/v1/players/${byStaff}/self-exclusion`, { body: exclude });
    expect((await profileOf(player)).findings).toMatchObject([
      { evidence: { matches: [{ by: 'phone', accounts: 1 }] } },
    ]);
  });

  test('a mailbox that hundreds have is nobody’s, an exclusion among them or not', async () => {
    const other = `${player}-other`;
    const email = `${player}@placeholder.example`;
    for (const who of [player, other]) await tell(who, 'player.registered', { email });
    await tell(other, 'player.self_excluded', { until: null });
    expect(await found(player)).toEqual(['self_excluded_match', 'email_alias_duplicate']);
    await app.db.query(
      `update risk_identifiers set players = 51 where identifier_key in (
         select identifier_key from risk_links where player_id = $1)`,
      [playerId(app.brand.brandId, player)],
    );
    await passes('6 hours');
    expect(await found(player)).toEqual(['email_alias_duplicate']);
  });

  test('a device shared with somebody excluded is no match', async () => {
    const other = `${player}-other`;
    for (const who of [player, other]) await tell(who, 'login', { device: player });
    await tell(other, 'player.self_excluded', { until: null });
    expect(await found(player)).toEqual(['device_shared']);
  });
});

describe('addresses', () => {
  const seenAt = (who: string, ip: string) => tell(who, 'login', { ip });

  test('one that hundreds have hides none that a home shares', async () => {
    await seenAt(player, '192.0.2.10');
    await linkAll(app);
    await app.db.query(
      `update risk_identifiers set players = 100 where identifier_key in (
         select identifier_key from risk_links where player_id = $1)`,
      [playerId(app.brand.brandId, player)],
    );
    expect((await profileOf(player)).score).toBe(0);
    for (const who of [player, `${player}-a`, `${player}-b`]) await seenAt(who, '192.0.2.11');
    expect((await profileOf(player)).score).toBe(15);
  });

  test.each([
    ['a mobile network', '203.0.113.9', '203.0.113.9'],
    ['a private relay', '2001:db8:77::1', '2001:db8:77::2'],
  ])('of %s link nobody, whether told by a login or by an attempt', async (_, ip, again) => {
    const { code } = await createOffer(app);
    await seenAt(player, ip);
    await seenAt(`${player}-a`, again);
    for (const id of [`${player}-b`, `${player}-c`]) await use(code, { player: { id, currency: 'EUR' }, ip });
    for (const who of [player, `${player}-a`, `${player}-b`, `${player}-c`])
      expect(await profileOf(who)).toMatchObject({ score: 0, identifiers: [] });
  });
});

describe('a score', () => {
  const share = async () => {
    for (const who of [player, `${player}-other`])
      await tell(who, 'login', { device: player, ip: '192.0.2.44' });
    return profileOf(player);
  };
  const onList = (list: string) =>
    app.request('POST', '/v1/risk/lists', { body: { list, kind: 'player', value: player, reason: 'known' } });

  test('is the sum of what is told beside it, also of what shows in attempts only', async () => {
    expect(await share()).toMatchObject({
      ...{ score: 45, band: 'flag', listed: null },
      findings: [
        { indicator: 'device_shared', points: 45 },
        { indicator: 'ip_shared', points: 0, within: 'device_shared' },
      ],
    });
  });

  test('stays that of the weights of then, with their bands, until the player is looked at again', async () => {
    const before = await share();
    const { body: policy } = await app.request('GET', '/v1/risk/policy');
    const set = (body: object) =>
      app.request('PUT', '/v1/risk/policy', { body: { reason: 'tried', ...body } });
    onTestFinished(async () => {
      await set({ version: policy.version + 1, points: policy.points, bands: policy.bands });
    });
    const points = { ...policy.points, device_shared: 25 };
    await set({ version: policy.version, points, bands: { flag: 10, hold: 20, decline: 30 } });
    expect(await profileOf(player)).toEqual(before);
    await tell(player, 'login', { device: `${player}-2` });
    await tell(`${player}-other`, 'login', { device: `${player}-2` });
    expect(await profileOf(player)).toMatchObject({
      ...{ score: 25, policy: policy.version + 1, bands: { hold: 20 } },
      findings: [{ indicator: 'device_shared', points: 25 }, { points: 0 }],
    });
  });

  test('has its band from a list that names the player', async () => {
    await onList('blocked');
    expect(await share()).toMatchObject({ score: 45, band: 'decline', listed: 'blocked' });
  });
});

describe('what they do', () => {
  test('money that goes out as it came in, twice', async () => {
    await deposit(1_000, 10 * MINUTE_MS);
    await withdraw(1_000, 9 * MINUTE_MS);
    expect(await found(player)).toEqual([]);
    await deposit(2_000, 8 * MINUTE_MS);
    await bet(1_500, 7 * MINUTE_MS);
    await withdraw(400, 6 * MINUTE_MS);
    expect(await found(player)).toEqual([]);
    await deposit(2_000, 8 * DAY_MS);
    await withdraw(1_600, 8 * DAY_MS - MINUTE_MS);
    expect((await profileOf(player)).findings).toMatchObject([
      { indicator: 'deposit_withdraw_cycle', evidence: { cycles: 2 } },
    ]);
  });

  test('a withdrawal that was cancelled is none', async () => {
    for (const id of ['first', 'second']) {
      await deposit(1_000, 5 * MINUTE_MS);
      await withdraw(1_000, 4 * MINUTE_MS, `${player}${id}`);
      const cancelled = { withdrawalId: `${player}${id}`, amount: 1_000, currency: 'EUR' };
      await tell(player, 'withdrawal.cancelled', cancelled, 3 * MINUTE_MS);
    }
    expect(await found(player)).toEqual([]);
  });

  test('bonuses that are wagered without risk', async () => {
    const { code } = await createOffer(app);
    await use(code);
    for (let n = 0; n < 15; n++) await bet(10, 0, 'Roulette');
    for (let n = 0; n < 5; n++) await bet(9, 0);
    await tell(player, 'player.updated', { household: player });
    expect((await profileOf(player)).findings).toMatchObject([]);
    for (let n = 0; n < 5; n++) await bet(10, 0, 'baccarat');
    await tell(player, 'player.updated', { household: player });
    expect((await profileOf(player)).findings).toMatchObject([
      { indicator: 'low_risk_play', evidence: { bets: 25, percent: 81 } },
    ]);
  });

  test('bonuses, and never a deposit without one', async () => {
    const offers = await Promise.all(Array.from({ length: 5 }, () => createOffer(app)));
    await tell(player, 'player.registered', { currency: 'EUR' });
    for (const { code } of offers.slice(1)) await use(code);
    expect(await found(player)).toEqual([]);
    await use(offers[0]?.code ?? '');
    expect(await found(player)).toEqual([]);
    await passes('1 hour');
    await use('any-other');
    expect(await found(player)).toEqual(['bonus_only_player']);
    await deposit(1_000, 0);
    await withdraw(1_000, 0);
    expect(await found(player)).toEqual([]);
  });
});

describe('who comes to be held', () => {
  const casesOf = async (who: string) =>
    (await app.request('GET', `/v1/cases?player=${who}`)).body.items as {
      kind: string;
      campaignId: string;
    }[];

  test('gets a case for open bonuses of campaigns that count what was found, and is told of once', async () => {
    const indicators = ['payment_shared'] as const;
    const { code, campaignId } = await createOffer(app, {
      definition: { risk: { indicators: [...indicators] } },
    });
    await use(code);
    await deposit(1_000, 0, { instrument: player });
    await lookInto(app);
    expect(await casesOf(player)).toEqual([]);
    const paid = { depositId: `d${++told}`, amount: 1, currency: 'EUR', method: 'card', instrument: player };
    await tell(`${player}-other`, 'deposit.succeeded', paid);
    await lookInto(app);
    expect(await casesOf(player)).toMatchObject([{ kind: 'player_reassessed', campaignId }]);
    await withdraw(1, 0);
    await lookInto(app);
    expect(await casesOf(player)).toHaveLength(1);
    const { rows } = await app.db.query(
      `select from outbox, json_array_elements(events -> 'events') as e
       where e ->> 'type' = 'risk.flagged' and e -> 'data' ->> 'player' = $1`,
      [player],
    );
    expect(rows).toHaveLength(1);
  });

  test('gets none where the campaign does not count it, or nothing is open', async () => {
    const { code } = await createOffer(app, { definition: { risk: { indicators: ['device_shared'] } } });
    await use(code);
    for (const who of [player, `${player}-other`]) {
      const paid = {
        depositId: `d${++told}`,
        amount: 1,
        currency: 'EUR',
        method: 'card',
        instrument: player,
      };
      await tell(who, 'deposit.succeeded', paid);
    }
    const { band } = await profileOf(player);
    expect(band).toBe('hold');
    expect(await casesOf(player)).toEqual([]);
    expect(await casesOf(`${player}-other`)).toEqual([]);
  });
});

test('what was found is looked at again after a while, and what was not is left alone', async () => {
  await tell(player, 'player.registered', { email: `${player}@mailinator.com` });
  expect(await found(player)).toEqual(['email_disposable']);
  await app.db.query("update players set email_canonical = 'somebody@example.org' where player_id = $1", [
    playerId(app.brand.brandId, player),
  ]);
  expect(await found(player)).toEqual(['email_disposable']);
  await passes('6 hours');
  const { findings, assessedAt } = await profileOf(player);
  expect(findings).toEqual([]);
  await passes('6 hours');
  expect(Date.parse((await profileOf(player)).assessedAt)).toBeLessThan(Date.parse(assessedAt));
});

test('an account that is looked at twice at once comes out the same', async () => {
  const other = `${player}-other`;
  for (const who of [player, other]) await tell(who, 'login', { device: player });
  await Promise.all([lookInto(app), lookInto(app), lookInto(app)]);
  expect(await profileOf(player)).toMatchObject({ isDue: false, score: 45, band: 'flag' });
  const { rows } = await app.db.query<{ players: number }>(
    'select players from risk_identifiers i join risk_links l on l.identifier_key = i.identifier_key where l.player_id = $1',
    [playerId(app.brand.brandId, player)],
  );
  expect(rows).toEqual([{ players: 2 }]);
});
