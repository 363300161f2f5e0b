import { afterAll, beforeAll, expect, it } from 'vitest';
import { playerId } from '../../../platform/ids.ts';
import { betEvent, tell } from '../../../testing/money.ts';
import { startTestApp, type TestApp } from '../../../testing/test-app.ts';
import { sumUpAll } from '../../cohorts/testing.ts';
import { enterAll, lineOf, liveJourney, newPlayers, publishAgain } from '../../journeys/desk/testing.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ config: { backgroundWork: false } });
});
afterAll(() => app.close());

const withControl = (controlBps: number) =>
  lineOf({ source: 'api' }, undefined, { entry: { rule: 'whenever_outside' }, controlBps });

const upliftOf = async (journeyId: string, windowDays = 7) => {
  await sumUpAll(app);
  const { status, body } = await app.request(
    'GET',
    `/v1/journeys/${journeyId}/uplift?windowDays=${windowDays}`,
  );
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
};

it('compares who walked with who was kept out, by their first entry', async () => {
  const journeyId = await liveJourney(app, withControl(0));
  const [early = ''] = await newPlayers(app, 1);
  await enterAll(app, journeyId, [early]);
  await publishAgain(app, journeyId, withControl(5_000));
  const players = await newPlayers(app, 60);
  await enterAll(app, journeyId, players);
  const { rows } = await app.db.query<{ player: string; status: string }>(
    `select player_external_id as player, status from journey_enrolments where journey_id = $1 and version > 1`,
    [journeyId],
  );
  const walked = rows.filter(({ status }) => status !== 'control').map(({ player }) => player);
  const kept = rows.filter(({ status }) => status === 'control').map(({ player }) => player);
  expect(Math.min(walked.length, kept.length)).toBeGreaterThan(5);
  for (const [n, player] of walked.entries())
    await tell(app, betEvent({ player, stake: n % 2 === 0 ? 300 : 100, win: 50, time: Date.now() - 1_000 }));
  for (const player of kept.slice(0, 2)) await tell(app, betEvent({ player, stake: 60 }));
  // What happened before they entered is of no day that counts.
  await tell(app, betEvent({ player: walked[0] ?? '', stake: 9_999, time: Date.now() - 3 * 86_400_000 }));
  const young = await upliftOf(journeyId);
  expect([young.walked.players, young.walked.matured]).toEqual([walked.length, 0]);

  await sumUpAll(app);
  const ids = players.map((player) => playerId(app.brand.brandId, player));
  await app.db.query(
    `update journey_enrolments set entered_at = entered_at - interval '8 days' where player_id = any($1)`,
    [ids],
  );
  await app.db.query('update player_days set day = day - 8 where player_id = any($1)', [ids]);
  const report = await upliftOf(journeyId);
  const stakes = walked.reduce((sum, _, n) => sum + (n % 2 === 0 ? 300 : 100) - 50, 0);
  expect(report.walked).toMatchObject({
    players: walked.length,
    matured: walked.length,
    active: walked.length,
    ngr: stakes,
  });
  expect(report.control).toMatchObject({ players: kept.length, matured: kept.length, active: 2, ngr: 120 });
  const perPlayer = stakes / walked.length - 120 / kept.length;
  expect(report.uplift.perPlayer.estimate).toBeCloseTo(perPlayer, 6);
  expect(report.uplift.verdict).toBe('not_enough_players');
  expect(report.sampleRatio.isSuspicious).toBe(false);
  expect((await upliftOf(journeyId, 30)).walked.matured).toBe(0);
});

it('says nothing of a journey without a control group, and that there is none of another brand', async () => {
  const journeyId = await liveJourney(app, withControl(0));
  await enterAll(app, journeyId, await newPlayers(app, 2));
  const report = await upliftOf(journeyId);
  expect(report.walked.players).toBe(0);
  expect(report.uplift).toMatchObject({ verdict: 'not_enough_players', perPlayer: null });
  expect(report.sampleRatio).toBeNull();
  const { ownerKey: key } = await app.anotherBrand();
  expect((await app.request('GET', `/v1/journeys/${journeyId}/uplift`, { key })).status).toBe(404);
});
