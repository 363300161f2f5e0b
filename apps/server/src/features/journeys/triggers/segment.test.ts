import { buildCatalogue, compileRule } from '@promosmith/core/rules';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import type { Queryable } from '../../../platform/db.ts';
import { newId, playerId } from '../../../platform/ids.ts';
import { startTestApp, type TestApp } from '../../../testing/test-app.ts';
import {
  entrants,
  eventually,
  lineOf,
  liveJourney,
  moveJourney,
  newPlayers,
  publishAgain,
  tell,
} from '../desk/testing.ts';
import { refreshMembers } from './segment.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const segment = (rule: string) => lineOf({ source: 'segment', rule });
/** Left at once, so that a player may enter again. */
const passing = (rule: string) => lineOf({ source: 'segment', rule }, {});

const settled = (journeyId: string) =>
  eventually(
    async () =>
      (
        await app.db.query<{ settled: boolean }>('select settled from journey_runs where journey_id = $1', [
          journeyId,
        ])
      ).rows[0]?.settled,
    (is) => is === true,
  );

/** Has everybody looked at again, and waits until that is over. */
async function lookAgain(journeyId: string): Promise<void> {
  const { rows } = await app.db.query<{ last: { forTime: string } }>(
    'update journey_runs set next_at = now() where journey_id = $1 returning last',
    [journeyId],
  );
  const before = rows[0]?.last.forTime;
  const ask = async () => (await app.request('GET', `/v1/journeys/${journeyId}/run`)).body.run?.last?.forTime;
  await eventually(ask, (forTime) => forTime !== before);
}

describe('a segment', () => {
  it('lets in who comes to be in it, and nobody who was in it before', async () => {
    const [before = ''] = await newPlayers(app, 1, { country: 'DE' });
    const [later = ''] = await newPlayers(app, 1, { country: 'FR' });
    const journeyId = await liveJourney(app, segment('player.country == "DE"'));
    await settled(journeyId);
    await tell(app, 'login', [before]);
    await tell(app, 'player.updated', [later], { country: 'DE' });
    const [fresh = ''] = await newPlayers(app, 1, { country: 'DE' });
    await newPlayers(app, 1, { country: 'FR' });
    expect(await entrants(app, journeyId)).toEqual([later, fresh]);
  });

  it('lets in who registers before everybody was looked at', async () => {
    const journeyId = await liveJourney(app, segment('player.country == "PT"'));
    const [fresh = ''] = await newPlayers(app, 1, { country: 'PT' });
    await settled(journeyId);
    expect(await entrants(app, journeyId)).toEqual([fresh]);
  });

  it('lets in again who left it and comes back, but not who stayed', async () => {
    const journeyId = await liveJourney(app, passing('player.vip_level >= 3'));
    await settled(journeyId);
    const [stays = '', returns = ''] = await newPlayers(app, 2, { vipLevel: 3 });
    await tell(app, 'player.updated', [stays], { vipLevel: 4 });
    await tell(app, 'player.updated', [returns], { vipLevel: 2 });
    await tell(app, 'player.updated', [returns], { vipLevel: 5 });
    expect((await entrants(app, journeyId)).sort()).toEqual([stays, returns, returns].sort());
  });

  it('is asked what deposits and logins change', async () => {
    const journeyId = await liveJourney(app, segment('player.deposit_count >= 2'));
    await settled(journeyId);
    const [player = ''] = await newPlayers(app, 1);
    for (const id of ['a', 'b', 'c'])
      await tell(app, 'deposit.succeeded', [player], {
        depositId: `${player}-${id}`,
        amount: 1000,
        currency: 'EUR',
        method: 'card',
      });
    expect(await entrants(app, journeyId)).toEqual([player]);
  });

  it('finds at its next look whom nothing was told of', async () => {
    const journeyId = await liveJourney(app, segment('player.country == "AT"'));
    await settled(journeyId);
    const [player = '', other = ''] = await newPlayers(app, 2, { country: 'FR' });
    await app.request('PUT', `/v1/players/${player}`, { body: { country: 'AT' } });
    expect(await entrants(app, journeyId)).toEqual([]);
    await lookAgain(journeyId);
    expect(await entrants(app, journeyId)).toEqual([player]);
    await app.request('PUT', `/v1/players/${player}`, { body: { country: 'FR' } });
    await app.request('PUT', `/v1/players/${other}`, { body: { country: 'AT' } });
    await lookAgain(journeyId);
    expect(await entrants(app, journeyId)).toEqual([player, other]);
  });

  it('of a paused journey is kept up, and lets nobody in, then or later', async () => {
    const journeyId = await liveJourney(app, segment('player.country == "IT"'));
    await settled(journeyId);
    await moveJourney(app, journeyId, 'pause');
    const [meanwhile = ''] = await newPlayers(app, 1, { country: 'IT' });
    await moveJourney(app, journeyId, 'resume');
    await tell(app, 'login', [meanwhile]);
    await lookAgain(journeyId);
    const [after = ''] = await newPlayers(app, 1, { country: 'IT' });
    expect(await entrants(app, journeyId)).toEqual([after]);
  });

  it('of another rule begins anew: who passes that already was in it before', async () => {
    const journeyId = await liveJourney(app, segment('player.country == "ES"'));
    await settled(journeyId);
    const [spanish = ''] = await newPlayers(app, 1, { country: 'ES' });
    const [greek = ''] = await newPlayers(app, 1, { country: 'GR' });
    await publishAgain(app, journeyId, segment('player.country in ["ES", "GR"]'));
    const ask = () =>
      app.db.query('select from journey_runs where journey_id = $1 and trigger like $2', [journeyId, '%GR%']);
    await eventually(ask, ({ rowCount }) => rowCount === 1);
    await settled(journeyId);
    await tell(app, 'login', [spanish, greek]);
    expect(await entrants(app, journeyId)).toEqual([spanish]);
    const [fresh = ''] = await newPlayers(app, 1, { country: 'GR' });
    expect(await entrants(app, journeyId)).toEqual([spanish, fresh]);
  });

  it('is come into once, whether an event or a look sees it first', { timeout: 30_000 }, async () => {
    const journeyId = await liveJourney(app, passing('player.country == "BE"'));
    await settled(journeyId);
    const players = await newPlayers(app, 120, { country: 'FR' });
    let told = false;
    const looking = (async () => {
      while (!told) await lookAgain(journeyId);
    })();
    const some = (n: number) => players.filter((_, index) => index % 6 === n);
    await Promise.all(
      [0, 1, 2]
        .map((n) => tell(app, 'player.updated', some(n), { country: 'BE' }))
        .concat(
          [3, 4, 5].flatMap((n) =>
            some(n).map(async (player) => {
              await app.request('PUT', `/v1/players/${player}`, { body: { country: 'BE' } });
              await tell(app, 'login', [player]);
            }),
          ),
        ),
    );
    told = true;
    await looking;
    expect((await entrants(app, journeyId)).sort()).toEqual(players.sort());
  });

  it('of an archived journey is forgotten', async () => {
    const journeyId = await liveJourney(app, segment('player.country == "NL"'));
    await settled(journeyId);
    await newPlayers(app, 3, { country: 'NL' });
    await moveJourney(app, journeyId, 'archive');
    const left = () =>
      app.db.query(
        `select journey_id from journey_runs where journey_id = $1
         union all select journey_id from journey_segment_members where journey_id = $1`,
        [journeyId],
      );
    expect((await eventually(left, ({ rowCount }) => rowCount === 0)).rowCount).toBe(0);
  });
});

test('however many segments nobody comes into, the database is asked as often', async () => {
  const [player = ''] = await newPlayers(app, 1, { country: 'SE' });
  const built = buildCatalogue([]);
  if (!built.ok) throw new Error('no property is one too many');
  const { catalogue } = built;
  const compiled = compileRule('player.country == "NO"', catalogue);
  if (!compiled.ok) throw new Error('the rule compiles');
  const asked = async (count: number): Promise<number> => {
    let queries = 0;
    const counting: Queryable = {
      ...app.db,
      query: (text, values) => {
        queries++;
        return app.db.query(text, values);
      },
    };
    const segments = Array.from({ length: count }, () => ({
      ...{ journeyId: newId(), rule: compiled.rule, timeZone: 'UTC' },
    }));
    const ids = [playerId(app.brand.brandId, player)];
    expect(await refreshMembers(counting, segments, ids, new Date())).toEqual(new Map());
    return queries;
  };
  expect(await asked(50)).toBe(await asked(1));
});
