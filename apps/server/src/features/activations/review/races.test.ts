import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { activate, deposit, eventCounts, expectBalanced, grantsOf } from '../../../testing/actions.ts';
import { createOffer } from '../../../testing/fixtures.ts';
import { startTestApp, type TestApp } from '../../../testing/test-app.ts';
import { decide, decideIn, suspect, TWENTY_MATCHED, WATCHFUL } from './testing.ts';

const PLAYERS = 40;

let app: TestApp;
beforeAll(async () => {
  // Nobody works out anew what suspects' pasts come to.
  app = await startTestApp({ config: { backgroundWork: false } });
});
afterAll(() => app.close());
afterEach(() => expectBalanced(app));

const offerOnDeposit = () => createOffer(app, { definition: { ...WATCHFUL, rewards: [TWENTY_MATCHED] } });

interface Held {
  player: string;
  activationId: string;
}

async function hold(code: string): Promise<Held> {
  const player = await suspect(app);
  const { body } = await activate(app, code, player);
  expect(body.outcome).toBe('in_review');
  return { player, activationId: body.id };
}

const find = async ({ activationId }: Held) =>
  (await app.request('GET', `/v1/activations/${activationId}`)).body;

const exclude = ({ player }: Held) =>
  app.request('POST', `/v1/players/${player}/self-exclusion`, { body: { excluded: true, reason: 'asked' } });

/** Ends when the promise has, or somebody waits for a lock. */
async function endedOrWaits(promise: Promise<unknown>): Promise<void> {
  let ended = false;
  const ending = () => {
    ended = true;
  };
  promise.then(ending, ending);
  const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  await expect.poll(async () => ended || (await app.db.query(waiting)).rows.length > 0).toBe(true);
}

/** Releases, and does something else before that is committed. */
async function releaseWhile<T>(held: Held, other: () => Promise<T>): Promise<T> {
  const { meanwhile } = await app.db.transaction(async (tx) => {
    const released = await decideIn(tx, app, 'release', held.activationId);
    expect(released).toEqual({ ok: true, value: 'awaiting_deposit' });
    const meanwhile = other();
    await endedOrWaits(meanwhile);
    return { meanwhile };
  });
  return meanwhile;
}

describe('while a release is not committed yet', () => {
  test('a deposit that qualifies waits for it, and pays', async () => {
    const held = await hold((await offerOnDeposit()).code);
    await releaseWhile(held, () => deposit(app, held.player, { amount: 5_000 }));
    expect((await find(held)).outcome).toBe('accepted');
    expect(await grantsOf(app, held.player)).toMatchObject([{ status: 'active', amount: 5_000 }]);
  });

  test('an exclusion waits for it, and ends what was offered', async () => {
    const held = await hold((await offerOnDeposit()).code);
    await releaseWhile(held, () => exclude(held));
    expect((await find(held)).outcome).toBe('lapsed');
    expect(await grantsOf(app, held.player)).toMatchObject([{ status: 'cancelled' }]);
  });
});

describe('of many players at once', () => {
  const holdMany = async () => {
    const { code, campaignId } = await offerOnDeposit();
    const many = await Promise.all(Array.from({ length: PLAYERS }, () => hold(code)));
    return { many, campaignId };
  };
  /** Now one first, now the other. */
  const both = (n: number, one: () => Promise<unknown>, other: () => Promise<unknown>) =>
    n % 2 === 0 ? [one(), other()] : [other(), one()];

  test('a release and a deposit that qualifies issue the bonus once', async () => {
    const { many, campaignId } = await holdMany();
    await Promise.all(
      many.flatMap(({ player, activationId }, n) =>
        both(
          n,
          () => decide(app, 'release', activationId),
          () => deposit(app, player, { amount: 5_000 }),
        ),
      ),
    );
    const outcomes = await Promise.all(many.map(async (held) => (await find(held)).outcome));
    expect(outcomes).toEqual(many.map(() => 'accepted'));
    for (const { player } of many)
      expect(await grantsOf(app, player)).toMatchObject([{ status: 'active', amount: 5_000 }]);
    expect(await eventCounts(app, campaignId)).toMatchObject({
      'code.activated': PLAYERS,
      'bonus.granted': PLAYERS,
    });
  });

  test('a release and an exclusion leave nothing offered', async () => {
    const { many } = await holdMany();
    await Promise.all(
      many.flatMap((held, n) =>
        both(
          n,
          () => decide(app, 'release', held.activationId),
          () => exclude(held),
        ),
      ),
    );
    for (const held of many) {
      expect(['refused', 'lapsed']).toContain((await find(held)).outcome);
      expect(await grantsOf(app, held.player)).toMatchObject([{ status: 'cancelled' }]);
    }
  });

  test('a refusal and a deposit give back what was held, once', async () => {
    const { many, campaignId } = await holdMany();
    await Promise.all(
      many.flatMap(({ player, activationId }, n) =>
        both(
          n,
          () => decide(app, 'refuse', activationId),
          () => deposit(app, player, { amount: 5_000 }),
        ),
      ),
    );
    for (const { player } of many)
      expect(await grantsOf(app, player)).toMatchObject([{ status: 'cancelled' }]);
    expect(await eventCounts(app, campaignId)).toMatchObject({ 'activation.refused': PLAYERS });
  });
});
