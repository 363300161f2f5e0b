import { expect, test } from 'vitest';
import { activate, deposit } from '../../testing/actions.ts';
import { createOffer } from '../../testing/fixtures.ts';
import { readsOfPrepared } from '../../testing/plans.ts';
import { startTestApp } from '../../testing/test-app.ts';
import { draw, exit, live, onEvent, tell, wait } from '../journeys/enrolments/testing.ts';

test('plans of single events, made while every table was nearly empty, look rows up, for they are kept', async () => {
  await using app = await startTestApp();
  await live(
    app,
    draw({ start: onEvent('login'), paid: wait('deposit.succeeded', 60_000), exit }, [
      'start.next > paid',
      'paid.happened > exit',
      'paid.timed_out > exit',
    ]),
  );
  const wagering = { multiplier: 3_500 };
  const { code } = await createOffer(app, {
    definition: {
      limits: [{ scope: 'campaign', max: 9 }],
      budget: { EUR: 100_000 },
      rewards: [
        { kind: 'deposit', matchBps: 10_000, cap: { EUR: 20_000 }, minDeposit: { EUR: 1 }, wagering },
      ],
    },
  });
  await app.db.query('analyze');

  const money = { amount: 5_000, currency: 'EUR' };
  const player = 'anna';
  await tell(app, player, 'player.registered', { data: { country: 'DE', currency: 'EUR' } });
  await tell(app, player, 'login');
  await activate(app, code, player);
  await deposit(app, player, { amount: 5_000, depositId: 'first' });
  await deposit(app, player, { amount: 5_000, depositId: 'second' });
  await tell(app, player, 'deposit.reversed', { data: { ...money, depositId: 'first' } });
  await tell(app, player, 'withdrawal.requested', { data: { ...money, withdrawalId: 'out' } });
  await tell(app, player, 'withdrawal.cancelled', { data: { ...money, withdrawalId: 'out' } });
  await tell(app, player, 'round.rolled_back', { data: { roundId: 'round' } });
  await tell(app, player, 'client.action', { data: { action: 'CLICK' } });
  await tell(app, player, 'custom.something');
  await tell(app, player, 'player.updated', { data: { country: 'MT' } });
  await tell(app, player, 'player.self_excluded', { data: { until: null } });

  const { names, whole } = await app.db.preparedTransaction(readsOfPrepared);
  expect(names.length).toBeGreaterThan(40);
  expect(whole).toEqual([]);
});
