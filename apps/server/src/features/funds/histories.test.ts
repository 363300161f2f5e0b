import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { activate } from '../../testing/actions.ts';
import { createOffer } from '../../testing/fixtures.ts';
import {
  accountsOf,
  betEvent,
  bonusesOf,
  expectBooked,
  moneyEvent,
  tell,
  walletOf,
} from '../../testing/money.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';

let app: TestApp;
let codes: string[];
beforeAll(async () => {
  app = await startTestApp();
  const offer = async (wagering: Record<string, unknown>) => {
    const terms = { multiplier: 100_000, ...wagering };
    const reward = { kind: 'bonus_balance', amount: { EUR: 2_000 }, wagering: terms } as const;
    return (await createOffer(app, { definition: { rewards: [reward] } })).code;
  };
  codes = [await offer({}), await offer({ fundsOrder: 'bonus_first', countStakes: 'bonus_funded' })];
});
afterAll(() => app.close());

const RUNS = 40;
const HOUR_MS = 3_600_000;

/** A bet, a deposit that may be reversed, a withdrawal or a rollback of a round, some time into the history. */
const step = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('bet' as const),
      stake: fc.nat(900),
      win: fc.nat(1_200),
      round: fc.nat(9),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('deposit' as const),
      amount: fc.integer({ min: 1, max: 3_000 }),
      reversedAfter: fc.option(fc.nat(2 * HOUR_MS)),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('withdrawal' as const),
      amount: fc.integer({ min: 1, max: 500 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('rollback' as const), round: fc.nat(9) }) },
);

const history = fc.record({
  code: fc.nat(1),
  steps: fc.array(fc.record({ what: step, after: fc.integer({ min: 0, max: 2 * HOUR_MS }) }), {
    minLength: 3,
    maxLength: 25,
  }),
  calls: fc.integer({ min: 1, max: 6 }),
  order: fc.infiniteStream(fc.nat(1_000_000)),
});

type History = typeof history extends fc.Arbitrary<infer T> ? T : never;

/** The events of a history, in the order they happened, from an instant on. */
function eventsOf({ steps }: History, player: string, from: number) {
  let time = from;
  return steps.flatMap(({ what, after }, n) => {
    time += after;
    const id = `${player}-${n}`;
    const of = { player, time, id: `e-${id}` };
    switch (what.kind) {
      case 'bet':
        return betEvent({ id, player, time, stake: what.stake, win: what.win, round: `r-${what.round}` });
      case 'deposit': {
        const data = { depositId: id, amount: what.amount, currency: 'EUR' };
        const made = moneyEvent('deposit.succeeded', { ...data, method: 'card' }, of);
        if (what.reversedAfter === null) return made;
        const later = { player, time: time + what.reversedAfter, id: `r-${id}` };
        return [made, moneyEvent('deposit.reversed', data, later)];
      }
      case 'withdrawal':
        return moneyEvent(
          'withdrawal.requested',
          { withdrawalId: id, amount: what.amount, currency: 'EUR' },
          of,
        );
      default:
        return moneyEvent('round.rolled_back', { roundId: `r-${what.round}` }, of);
    }
  });
}

const DAY_MS = 86_400_000;
let players = 0;

/** A player with a bonus that began two days ago and never ends. */
async function newPlayer(code: string, from: number): Promise<string> {
  const player = `history-${++players}`;
  const { body } = await activate(app, code, player);
  await app.db.query('update grants set granted_at = $2, expires_at = null where grant_id = $1', [
    body.grants[0].id,
    new Date(from),
  ]);
  return player;
}

/** Everything that is left of a player: balances, turnover, deposits, and what the books say. */
async function endOf(player: string) {
  await expectBooked(app, player);
  const { rows } = await app.db.query<{ id: string }>(
    'select grant_id as id from grants join players using (player_id) where external_id = $1 order by grant_id',
    [player],
  );
  const accounts = Object.entries(await accountsOf(app, player)).map(([account, balance]) => {
    const nth = rows.findIndex(({ id }) => account.endsWith(id));
    return [nth < 0 ? account : `bonus ${nth}`, balance];
  });
  const { depositCount, totalDeposits } = (await app.request('GET', `/v1/players/${player}`)).body;
  return {
    deposits: [depositCount, totalDeposits],
    real: await walletOf(app, player),
    bonuses: await bonusesOf(app, player),
    accounts: accounts.sort(),
  };
}

it('a history comes to the same, whatever the order, the calls and the repetitions it is told in', {
  timeout: 240_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(history, async (given) => {
      const from = Date.now() - 3 * DAY_MS;
      const code = codes[given.code] ?? '';
      const straight = await newPlayer(code, from);
      expect(new Set(await tell(app, ...eventsOf(given, straight, from)))).toEqual(new Set(['accepted']));

      const mixed = await newPlayer(code, from);
      const events = eventsOf(given, mixed, from);
      const shuffled = events
        .flatMap((event) => [event, event])
        .map((event) => ({ event, at: given.order.next().value ?? 0 }))
        .sort((a, b) => a.at - b.at)
        .map(({ event }) => event);
      const size = Math.ceil(shuffled.length / given.calls);
      for (let n = 0; n < shuffled.length; n += size) {
        const answers = await tell(app, ...shuffled.slice(n, n + size));
        expect(answers.filter((answer) => answer !== 'accepted' && answer !== 'duplicate')).toEqual([]);
      }
      expect(await endOf(mixed)).toEqual(await endOf(straight));
    }),
    { numRuns: RUNS, endOnFailure: false },
  );
});
