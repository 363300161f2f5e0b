import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../../../testing/test-app.ts';
import {
  cashbackCampaign,
  grantCashback,
  lastMonth,
  placeBets,
  settlementsOf,
} from '../../cashback/testing.ts';
import { connectProvider, expectSpins, issuedSpins } from '../../freespins/testing.ts';
import { reconcile } from './reconcile.ts';

const PAID = 'what free spins and cashback paid is with the players';
const WON = 'what free spins won is paid or waits for a person';

let app: TestApp;
/** Bonuses that have paid something: spins and cashback, in cash and as a bonus. */
const paid = { cashSpins: '', bonusSpins: '', cashback: '' };

beforeAll(async () => {
  app = await startTestApp({ brand: { timeZone: 'UTC' }, config: { outboundAllowPrivate: true } });
  await using provider = await connectProvider(app, 'hmac256');
  const cash = await issuedSpins(app, provider, { reward: { winnings: 'cash', wagering: undefined } });
  const bonus = await issuedSpins(app, provider, { reward: { winCap: { EUR: 500 } } });
  await provider.tell({ grantId: cash.grantId, won: 700, played: 20 });
  await provider.tell({ grantId: bonus.grantId, won: 900, played: 20 });
  await expectSpins(app, cash, { state: 'finished', credited: 700 });
  await expectSpins(app, bonus, { state: 'finished', credited: 500 });
  const campaignId = await cashbackCampaign(app, { period: 'month' });
  const [grant] = await grantCashback(app, campaignId, ['loser'], lastMonth().midst);
  if (!grant) throw new Error('nothing was granted');
  await placeBets(app, 'loser', [{ at: lastMonth().midst, stake: 35_000 }]);
  await settlementsOf(app, grant, 1);
  Object.assign(paid, { cashSpins: cash.grantId, bonusSpins: bonus.grantId, cashback: grant.grantId });
});
afterAll(() => app.close());

/** Of these checks: bets that a test places by hand are in no wallet. */
const differences = async () =>
  (await reconcile(app.db)).filter(({ check }) => check === PAID || check === WON);

it('finds nothing where everything that was won and lost is paid', async () => {
  expect(await differences()).toEqual([]);
});

interface Breakage {
  of: keyof typeof paid;
  /** Statements on the bonus `$1`. */
  change: string;
  back: string;
  found: readonly { check: string; expected: string; actual: string }[];
}

describe('finds', () => {
  it.each<[string, Breakage]>([
    [
      'winnings whose money is in no book',
      {
        of: 'cashSpins',
        change: `update postings set kind = 'lost' where grant_id = $1 and kind = 'cash_paid'`,
        back: `update postings set kind = 'cash_paid' where grant_id = $1 and kind = 'lost'`,
        found: [{ check: PAID, expected: '700', actual: '0' }],
      },
    ],
    [
      'winnings whose bonus is not there',
      {
        of: 'bonusSpins',
        change: `update grants set parent_grant_id = gen_random_uuid(), exclusive_group = 'lost' where parent_grant_id = $1`,
        back: `update grants set parent_grant_id = $1, exclusive_group = null where exclusive_group = 'lost'`,
        found: [
          { check: PAID, expected: '0', actual: '500' },
          { check: PAID, expected: '500', actual: '0' },
        ],
      },
    ],
    [
      'a bonus of another amount than was won',
      {
        of: 'bonusSpins',
        change: 'update grants set amount = amount + 1 where parent_grant_id = $1',
        back: 'update grants set amount = amount - 1 where parent_grant_id = $1',
        found: [{ check: PAID, expected: '500', actual: '501' }],
      },
    ],
    [
      'money that no spins say they paid',
      {
        of: 'cashSpins',
        change: 'update free_spin_packages set credited = 0, referred = 700 where grant_id = $1',
        back: 'update free_spin_packages set credited = 700, referred = 0 where grant_id = $1',
        found: [{ check: PAID, expected: '0', actual: '700' }],
      },
    ],
    [
      'winnings that nobody has dealt with',
      {
        of: 'bonusSpins',
        change: 'update free_spin_packages set win_cap = null where grant_id = $1',
        back: 'update free_spin_packages set win_cap = 500 where grant_id = $1',
        found: [{ check: WON, expected: '900', actual: '500 paid, 0 waiting' }],
      },
    ],
    [
      'winnings that have been due for long',
      {
        of: 'bonusSpins',
        change: `update free_spin_packages set win_cap = null, due_at = now() + interval '1 minute',
            changed_at = now() - interval '2 hours' where grant_id = $1`,
        back: 'update free_spin_packages set win_cap = 500, due_at = null, changed_at = now() where grant_id = $1',
        found: [{ check: WON, expected: '900', actual: '500 paid, 0 waiting' }],
      },
    ],
    [
      'cashback that was paid to nobody',
      {
        of: 'cashback',
        change: `update cashback_periods set amount = amount * 2 where grant_id = $1 and state = 'paid'`,
        back: `update cashback_periods set amount = amount / 2 where grant_id = $1 and state = 'paid'`,
        found: [{ check: PAID, expected: '7000', actual: '3500' }],
      },
    ],
  ])('%s', async (_, { of, change, back, found }) => {
    await app.db.query(change, [paid[of]]);
    const seen = (await differences()).map(({ check, expected, actual }) => ({ check, expected, actual }));
    await app.db.query(back, [paid[of]]);
    expect(seen.sort((a, b) => a.expected.localeCompare(b.expected))).toEqual(found);
    expect(await differences()).toEqual([]);
  });
});

it('lets winnings that are due be paid first', async () => {
  const due = `update free_spin_packages set win_cap = null, due_at = now() + interval '1 minute', changed_at = now()
    where grant_id = $1`;
  await app.db.query(due, [paid.bonusSpins]);
  expect(await differences()).toEqual([]);
});
