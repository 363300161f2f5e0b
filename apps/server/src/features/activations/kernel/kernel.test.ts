import { DEFAULT_POLICY } from '@promosmith/core/risk';
import { buildCatalogue, type Catalogue } from '@promosmith/core/rules';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../../platform/db.ts';
import { newId, playerId } from '../../../platform/ids.ts';
import { openSecrets } from '../../../platform/secrets.ts';
import { createOffer } from '../../../testing/fixtures.ts';
import { readsOfPrepared } from '../../../testing/plans.ts';
import { startTestApp, type TestApp } from '../../../testing/test-app.ts';
import { codeKey } from '../../codes/index.ts';
import { createIdentifiers, indexRanges, personLoader, riskLoader } from '../../risk/index.ts';
import { createCampaignCache } from './campaign-cache.ts';
import { createKernel, type Kernel } from './kernel.ts';
import type { Pending } from './pending.ts';

let app: TestApp;
let kernel: Kernel;
beforeAll(async () => {
  app = await startTestApp();
  kernel = kernelOn(app.db);
});
afterAll(() => app.close());

function kernelOn(db: Database): Kernel {
  const identifiers = createIdentifiers(openSecrets(app.config.secretKey));
  const campaigns = createCampaignCache({
    catalogue: async () => catalogue(),
    onExclusion() {},
    onDescription() {},
  });
  return createKernel(db, campaigns, {
    identifiers,
    load: riskLoader(identifiers, indexRanges([])),
    persons: personLoader(identifiers),
  });
}

function catalogue(): Catalogue {
  const built = buildCatalogue();
  if (!built.ok) throw new Error('the built-in facts are no catalogue');
  return built.catalogue;
}

function attemptOf(code: string, player: string, idempotencyKey: string): Pending {
  const { brandId } = app.brand;
  const id = playerId(brandId, player);
  return {
    brandId,
    timeZone: 'UTC',
    jurisdiction: 'default',
    riskPolicy: DEFAULT_POLICY,
    keptOutside: false,
    attempt: {
      activationId: newId(),
      playerId: id,
      codeKeys: [codeKey(openSecrets(app.config.secretKey), brandId, code)],
      entry: { channel: 'cashier' },
      guessers: [],
    },
    playerExternalId: player,
    playerDetails: { country: 'DE', currency: 'EUR' },
    idempotencyKey,
    requestDigest: 'digest',
    typed: null,
    codeMasked: '••••',
    actor: { kind: 'system', id: 'test' },
    correlationId: newId(),
  };
}

const stored = async (table: 'activations' | 'grants', player: string): Promise<number> =>
  (await app.db.query(`select from ${table} where player_id = $1`, [playerId(app.brand.brandId, player)]))
    .rowCount ?? 0;

test('of an activation that cannot be written whole, nothing is', async () => {
  await createOffer(app, { code: 'WHOLE' });
  await kernel.activate([attemptOf('WHOLE', 'known', 'first')]);
  const { actor, ...rest } = attemptOf('WHOLE', 'known', 'second');
  // JSON has no such number: the events cannot be put together, although everything before them could.
  const broken = { ...rest, actor: { ...actor, id: 1n as never } };

  const [answer] = await kernel.activate([broken]);

  expect(answer).toBeInstanceOf(TypeError);
  expect([await stored('activations', 'known'), await stored('grants', 'known')]).toEqual([1, 1]);
});

test('one that fails takes nobody of its batch with it', async () => {
  await createOffer(app, { code: 'ALONE' });
  const players = ['a', 'b', 'c', 'd', 'e'];
  const batch = players.map((player) => attemptOf('ALONE', player, 'key'));
  const broken = batch.map((pending, index) =>
    index === 2 ? { ...pending, actor: { ...pending.actor, id: 1n as never } } : pending,
  );

  const answers = await kernel.activate(broken);

  expect(answers.map((answer) => answer instanceof Error)).toEqual([false, false, true, false, false]);
  expect(await Promise.all(players.map((player) => stored('grants', player)))).toEqual([1, 1, 0, 1, 1]);
});

test('a repeat among others is answered as before, the others for the first time', async () => {
  await createOffer(app, { code: 'AGAIN', maxUses: 3 });
  const [first] = await kernel.activate([attemptOf('AGAIN', 'x', 'key')]);

  const answers = await kernel.activate([
    attemptOf('AGAIN', 'y', 'key'),
    attemptOf('AGAIN', 'x', 'key'),
    attemptOf('AGAIN', 'z', 'key'),
  ]);

  expect(answers.map((answer) => !(answer instanceof Error) && [answer.decided, answer.replayed])).toEqual([
    ['accepted', false],
    ['accepted', true],
    ['accepted', false],
  ]);
  expect(answers[1]).toEqual({ ...first, replayed: true });
});

test('the outline of the checks is written once, though the first batch that names it is refused by a guard', async () => {
  const { code } = await createOffer(app, {
    code: 'OUTLINE',
    definition: { markets: { countries: ['DE'] } },
  });
  const fresh = (): Kernel => kernelOn(app.db);
  const outlined = fresh();
  await kernel.activate([attemptOf('AGAIN', 'outlined', 'key')]);

  await outlined.activate([attemptOf(code, 'outlined', 'key'), attemptOf(code, 'outlined-too', 'key')]);
  await Promise.all(
    [outlined, fresh(), fresh()].map((one, n) => one.activate([attemptOf(code, `o${n}`, 'key')])),
  );

  const { rows } = await app.db.query<{ uses: number; outline: string }>(
    `select count(*)::int as uses, o.outline from activations a left join check_outlines o using (outline_id)
     where a.code_shown = $1 group by o.outline`,
    [code],
  );
  expect(rows).toEqual([{ uses: 4, outline: expect.stringContaining('player.country =') }]);
});

test('batches that make the same counter at once take from one', async () => {
  const { code, campaignId } = await createOffer(app, {
    code: 'DEVICE',
    definition: { limits: [{ scope: 'device', max: 7 }] },
  });
  const onOneDevice = (player: string): Pending => {
    const { attempt, ...rest } = attemptOf(code, player, 'key');
    return { ...rest, attempt: { ...attempt, entry: { ...attempt.entry, deviceId: 'tablet' } } };
  };

  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, n) => kernel.activate([onOneDevice(`device-${n}`)])),
  );

  const decided = answers.flat().map((answer) => !(answer instanceof Error) && answer.decided);
  expect(decided.toSorted()).toEqual([...Array(7).fill('accepted'), ...Array(3).fill('refused')]);
  const { rows } = await app.db.query('select used, maximum from counters where campaign_id = $1', [
    campaignId,
  ]);
  expect(rows).toEqual([{ used: 7, maximum: 7 }]);
});

test('plans made while every table was nearly empty look rows up, for they are kept', async () => {
  await app.db.query('analyze');
  const db = connectAgain();
  const fresh = kernelOn(db);
  await createOffer(app, {
    code: 'PLANS',
    maxUses: 9,
    definition: { limits: [{ scope: 'campaign', max: 9 }] },
  });
  await createOffer(app, { code: 'SOLE', definition: { exclusiveGroup: 'plans' } });
  for (const key of ['1', '2', '3', '3']) await fresh.activate([attemptOf('PLANS', `of-plans-${key}`, key)]);
  await fresh.activate([attemptOf('SOLE', 'of-plans-1', '4')]);

  const { names, whole } = await db.pipelined(readsOfPrepared);
  await db.close();

  expect(names).toEqual(
    expect.arrayContaining([
      ...['activations.replays', 'codes.take', 'counters.take_within'],
      ...['grants.none_open', 'players.hold', 'players.load'],
    ]),
  );
  expect(whole).toEqual([]);
});

/** Connections on which nothing has been planned yet. */
const connectAgain = (): Database =>
  openDatabase(app.databaseUrl, {
    poolSize: 1,
    onIdleError: (error) => {
      throw error;
    },
  });
