import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { activate, deposit, expectBalanced, reverse } from '../../testing/actions.ts';
import { createOffer } from '../../testing/fixtures.ts';
import { betEvent, bonusesOf, expectBooked, moneyEvent, tell, walletOf } from '../../testing/money.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';

/** Platforms' clocks are ahead of the database's, by up to five minutes. */

const MINUTE_MS = 60_000;

let app: TestApp;
let code: string;
/** Of bonuses that last, that are soon complete, that are so at once, and that a withdrawal ends. */
let codes: string[];
beforeAll(async () => {
  app = await startTestApp();
  ({ code } = await createOffer(app));
  const offer = async (multiplier: number, onWithdrawal: 'keep' | 'forfeit') => {
    const wagering = { multiplier, onWithdrawal };
    const reward = { kind: 'bonus_balance', amount: { EUR: 700 }, wagering } as const;
    return (await createOffer(app, { definition: { rewards: [reward] } })).code;
  };
  codes = [code, await offer(100, 'keep'), await offer(0, 'keep'), await offer(100_000, 'forfeit')];
});
afterAll(() => app.close());
afterEach(() => expectBalanced(app));

let players = 0;
let player: string;
beforeEach(() => {
  player = `ahead-${++players}`;
});

const depositAt = (minutes: number, amount = 1_000) =>
  deposit(app, player, { amount, time: new Date(Date.now() + minutes * 60_000).toISOString() });

it('what comes late to a bonus that ended ahead of the clock is folded in once', async () => {
  await depositAt(4);
  const { body } = await activate(app, code, player);
  await activate(app, code, player);
  await depositAt(2);
  expect((await reverse(app, body.id)).body.cancelledGrants).toHaveLength(1);
  await depositAt(-60);
  await depositAt(3);
  await depositAt(4.5);
  expect(await walletOf(app, player)).toBe(5_000);
  expect(await bonusesOf(app, player)).toMatchObject([
    { status: 'cancelled', balance: 0 },
    { status: 'active', balance: 1_000 },
  ]);
  await expectBooked(app, player);
});

it('a bonus is taken back that began before what is told of already', async () => {
  await depositAt(4);
  const { body } = await activate(app, code, player);
  expect((await reverse(app, body.id)).body.cancelledGrants).toEqual([body.grants[0].id]);
  expect(await bonusesOf(app, player)).toMatchObject([{ status: 'cancelled', balance: 0 }]);
  await expectBooked(app, player);
});

it('a bonus is taken back that a bet ahead of the clock has completed by then, and what comes late is taken', async () => {
  await tell(app, betEvent({ player, stake: 700, win: 360, time: Date.now() + MINUTE_MS }));
  const { body } = await activate(app, codes[1] ?? '', player);
  expect((await reverse(app, body.id)).status).toBe(200);
  expect(await bonusesOf(app, player)).toMatchObject([{ status: 'completed', balance: 0 }]);
  await depositAt(-60);
  await depositAt(2);
  await depositAt(1.5);
  expect(await walletOf(app, player)).toBe(3_360);
  await expectBooked(app, player);
});

it('a bonus is taken back after its time, and what comes late is taken', async () => {
  const { body } = await activate(app, code, player);
  await app.db.query(
    `update grants set granted_at = now() - interval '2 hours', expires_at = now() - interval '1 hour'
     where player_id = (select player_id from players where external_id = $1)`,
    [player],
  );
  expect((await reverse(app, body.id)).status).toBe(200);
  for (const minutes of [-30, -90, -20]) await depositAt(minutes);
  expect(await bonusesOf(app, player)).toMatchObject([{ status: 'expired', balance: 0 }]);
  expect(await walletOf(app, player)).toBe(3_000);
  await expectBooked(app, player);
});

it('a bonus pays for the stakes of the wallet that began before what is told of already', async () => {
  await depositAt(4, 100);
  await activate(app, code, player);
  const bet = {
    transactionId: player,
    player,
    currency: 'EUR',
    amount: 1_100,
    roundId: player,
    game: 'dice',
  };
  expect((await app.request('POST', '/v1/wallet/bets', { body: bet })).body).toMatchObject({
    split: { real: 100, bonus: 1_000 },
  });
  await expectBooked(app, player);
});

it('a bonus that was lost is taken back, whatever begins late meanwhile', async () => {
  const lost = await activate(app, code, player);
  const other = await activate(app, code, player);
  await tell(app, betEvent({ player, stake: 1_000, time: Date.now() + MINUTE_MS }));
  await reverse(app, other.body.id);
  await activate(app, code, player);
  expect(await reverse(app, lost.body.id)).toMatchObject({ status: 200, body: { cancelledGrants: [] } });
  await depositAt(-60);
  expect((await bonusesOf(app, player)).map(({ status }) => status)).toEqual(['lost', 'cancelled', 'active']);
  await expectBooked(app, player);
});

it('a bonus comes back with a withdrawal that is cancelled, however long after, and however late that is told', async () => {
  await activate(app, codes[3] ?? '', player);
  const began = Date.now() - 5 * 60 * MINUTE_MS;
  await app.db.query(
    'update grants set granted_at = $2 where player_id = (select player_id from players where external_id = $1)',
    [player, new Date(began)],
  );
  const withdrawal = (what: string, id: string, minutes: number) =>
    moneyEvent(
      `withdrawal.${what}`,
      { withdrawalId: `${player}${id}`, amount: 10, currency: 'EUR' },
      { player, time: began + minutes * MINUTE_MS },
    );
  await tell(app, withdrawal('requested', 'a', 1));
  for (const minutes of [2, 90, 180, 220]) await depositAt(minutes - 300);
  await tell(app, withdrawal('cancelled', 'a', 210));
  expect(await bonusesOf(app, player)).toMatchObject([{ status: 'active', balance: 700 }]);
  await tell(app, withdrawal('requested', 'b', 221), withdrawal('cancelled', 'b', 222));
  await depositAt(215 - 300);
  expect(await bonusesOf(app, player)).toMatchObject([{ status: 'active', balance: 700 }]);
  await expectBooked(app, player);
});

const RUNS = 15;

/** Some of the platform's events are told late, some are dated ahead of the clock, by what a call takes or by minutes. */
const offset = fc.oneof(
  fc.integer({ min: 0, max: 30 }),
  fc.constantFrom(0, 4.5 * MINUTE_MS),
  fc.integer({ min: -60 * MINUTE_MS, max: 4.9 * MINUTE_MS }),
  fc.integer({ min: 0, max: 4.9 * MINUTE_MS }),
);
const amount = fc.integer({ min: 1, max: 2_000 });
const nth = fc.nat(5);
const told = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('deposit' as const), offset, amount }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('bet' as const),
      offset,
      stake: amount,
      win: fc.nat(1_500),
      nth,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('deposit_reversed' as const), offset, nth }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('rollback' as const), offset, nth }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('withdrawal' as const), offset, amount }) },
);
const step = fc.oneof(
  { weight: 9, arbitrary: told },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('activation' as const), nth }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('reversal' as const), nth }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('repeat' as const), nth }) },
);
type Told = typeof told extends fc.Arbitrary<infer T> ? T : never;
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** What the platform tells, `index`th of a player, at an instant counted from another one. */
function eventOf(what: Told, of: string, index: number, from: number, deposits: readonly [string, number][]) {
  const time = from + what.offset;
  const event = { player: of, time, id: `${of}-${index}` };
  switch (what.kind) {
    case 'bet':
      return betEvent({ ...event, round: `${of}-r${what.nth}`, stake: what.stake, win: what.win });
    case 'rollback':
      return moneyEvent('round.rolled_back', { roundId: `${of}-r${what.nth}` }, event);
    case 'withdrawal': {
      const data = { withdrawalId: event.id, amount: what.amount, currency: 'EUR' };
      return moneyEvent('withdrawal.requested', data, event);
    }
    case 'deposit': {
      const data = { depositId: event.id, amount: what.amount, currency: 'EUR', method: 'card' };
      return moneyEvent('deposit.succeeded', data, event);
    }
    default: {
      const [depositId, amount] = deposits[what.nth % deposits.length] ?? [`${of}-none`, 500];
      return moneyEvent('deposit.reversed', { depositId, amount, currency: 'EUR' }, event);
    }
  }
}

const TAKEN = new Set(['accepted', 'duplicate']);

async function live(steps: readonly Step[], of: string): Promise<void> {
  const activations: string[] = [];
  const deposits: [string, number][] = [];
  const events: unknown[] = [];
  const tellAll = async (...some: unknown[]) => {
    expect((await tell(app, ...some)).filter((answer) => !TAKEN.has(answer))).toEqual([]);
  };
  for (const [index, what] of steps.entries()) {
    switch (what.kind) {
      case 'activation': {
        const { status, body } = await activate(app, codes[what.nth % codes.length] ?? '', of);
        expect(status).toBe(201);
        activations.push(body.id);
        break;
      }
      case 'reversal': {
        const activation = activations[what.nth % activations.length];
        if (activation) expect((await reverse(app, activation)).status).toBe(200);
        break;
      }
      case 'repeat':
        if (events.length > 0) await tellAll(events[what.nth % events.length]);
        break;
      default: {
        const event = eventOf(what, of, index, Date.now(), deposits);
        if (what.kind === 'deposit') deposits.push([`${of}-${index}`, what.amount]);
        events.push(event);
        await tellAll(event);
      }
    }
  }
}

it('whatever is told ahead of the clock, late or twice, and taken back: the wallet is what its history says', {
  timeout: 240_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 20 }), async (steps) => {
      const of = `mixed-${++players}`;
      await live(steps, of);
      // From the very beginning, or what ended last, everything is folded again; then with that.
      for (const minutes of [-61, -62])
        expect(
          await tell(
            app,
            moneyEvent(
              'deposit.succeeded',
              { depositId: `${of}${minutes}`, amount: 1, currency: 'EUR', method: 'card' },
              { player: of, time: Date.now() + minutes * MINUTE_MS },
            ),
          ),
        ).toEqual(['accepted']);
      await expectBooked(app, of);
    }),
    { numRuns: RUNS, endOnFailure: false },
  );
});

const history = fc.record({
  told: fc.array(told, { minLength: 2, maxLength: 15 }),
  late: fc.array(amount, { maxLength: 3 }),
  reversed: fc.nat(1),
  order: fc.infiniteStream(fc.nat(1_000_000)),
});

/** In the order given by chance, some twice. */
function shuffled<T>(events: readonly T[], order: Iterator<number>): T[] {
  const chance = () => order.next().value ?? 0;
  return events
    .flatMap((event) => (chance() % 3 === 0 ? [event, event] : [event]))
    .map((event) => ({ event, at: chance() }))
    .sort((a, b) => a.at - b.at)
    .map(({ event }) => event);
}

/** A player with two bonuses that began just now, of which one is taken back when everything but the late was told. */
async function comesTo(
  { told, late, reversed }: typeof history extends fc.Arbitrary<infer T> ? T : never,
  inOrder: <T>(events: readonly (T & { time: string })[]) => readonly T[],
) {
  const of = `history-${++players}`;
  const activations = [await activate(app, codes[0] ?? '', of), await activate(app, codes[3] ?? '', of)];
  const from = Date.now();
  await app.db.query(
    'update grants set granted_at = $2 where player_id = (select player_id from players where external_id = $1)',
    [of, new Date(from)],
  );
  const events = told.flatMap((what, index) => {
    // Which of two reversals of a deposit counts, the order they are told in decides.
    if (what.kind === 'deposit_reversed') return [];
    const event = eventOf(what, of, index, from, []);
    const reversal =
      what.kind === 'deposit' && told.find(({ kind }, n) => n > index && kind === 'deposit_reversed');
    if (!reversal) return [event];
    const later = { ...reversal, offset: Math.max(reversal.offset, what.offset), nth: 0 };
    return [event, eventOf(later, of, 50 + index, from, [[`${of}-${index}`, what.amount]])];
  });
  for (const event of inOrder(events)) await tell(app, event);
  expect((await reverse(app, activations[reversed]?.body.id)).status).toBe(200);
  const laterTold = late.map((amount, n) =>
    eventOf({ kind: 'deposit', offset: (n - 65) * MINUTE_MS, amount }, of, 100 + n, from, []),
  );
  for (const event of inOrder(laterTold)) expect(TAKEN).toContain((await tell(app, event))[0]);
  await expectBooked(app, of);
  return { real: await walletOf(app, of), bonuses: await bonusesOf(app, of) };
}

it('a history that goes on ahead of the clock comes to the same, whatever the order it is told in', {
  timeout: 240_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(history, async (given) => {
      const straight = await comesTo(given, (events) =>
        events.toSorted((a, b) => (a.time < b.time ? -1 : 1)),
      );
      expect(await comesTo(given, (events) => shuffled(events, given.order))).toEqual(straight);
    }),
    { numRuns: RUNS, endOnFailure: false },
  );
});
