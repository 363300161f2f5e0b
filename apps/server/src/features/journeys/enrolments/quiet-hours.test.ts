import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../../../testing/test-app.ts';
import { aName, draw, exit, HOUR, letIn, live, tick } from './testing.ts';

let app: TestApp;
let journeyId: string;
/** When the present minute is over in an hour: until then it is quiet in Tokyo. */
let quietUntil: number;

const MINUTE = 60_000;
/** Japan has one zone, nine hours ahead in summer and winter; Malta, where the brand is, one or two. */
const clockOfTokyo = (at: number): string => new Date(at + 9 * HOUR).toISOString().slice(11, 16);

beforeAll(async () => {
  app = await startTestApp({ config: { backgroundWork: false } });
  const document = {
    ...{ channel: 'inbox', locale: 'en', title: 'Hello', preview: 'You', expiresAfterMs: HOUR },
    blocks: [{ id: 'one', type: 'text', text: 'Hi' }],
    translations: {},
  };
  const body = { from: 'document', name: 'Hello', document };
  const { id: contentId } = (await app.request('POST', '/v1/content', { body })).body;
  const now = Date.now();
  quietUntil = now + HOUR - (now % MINUTE);
  const quietHours = {
    ...{ from: clockOfTokyo(now - HOUR), to: clockOfTokyo(quietUntil) },
    channels: ['inbox' as const],
  };
  journeyId = await live(
    app,
    draw({ hello: { kind: 'inbox', contentId }, exit }, ['start.next > hello', 'hello.clicked > exit'], {
      quietHours,
    }),
  );
});
afterAll(() => app.close());

const liveIn = (player: string, timeZone?: string) =>
  app.request('PUT', `/v1/players/${player}`, { body: { timeZone } });

/** What a run waits for, until when, and what was handed over to be sent. */
async function stateOf(enrolmentId: string) {
  const { waitingFor, wakeAt } = (
    await app.request('GET', `/v1/journeys/${journeyId}/enrolments/${enrolmentId}`)
  ).body;
  const { rowCount: sent } = await app.db.query(
    `select from journey_effects where enrolment_id = $1 and kind = 'message'`,
    [enrolmentId],
  );
  return { waitingFor, wakeAt: Date.parse(wakeAt), sent };
}

it('a message waits for the end of the night where its player is, not where the brand is', async () => {
  const [inTokyo, inMalta, somewhere] = [aName(), aName(), aName()];
  await liveIn(inTokyo, 'Asia/Tokyo');
  await liveIn(inMalta, 'Europe/Malta');
  await liveIn(somewhere);
  const asleep = await letIn(app, journeyId, inTokyo);
  expect(await stateOf(asleep)).toEqual({ waitingFor: 'quiet_end', wakeAt: quietUntil, sent: 0 });
  for (const player of [inMalta, somewhere])
    expect(await stateOf(await letIn(app, journeyId, player))).toMatchObject({
      waitingFor: 'outcome',
      sent: 1,
    });
});

it('whoever is looked at again is asked where they are now', async () => {
  const player = aName();
  await liveIn(player, 'Asia/Tokyo');
  const enrolmentId = await letIn(app, journeyId, player);
  const wake = async () => {
    await app.db.query('update journey_enrolments set wake_at = now() where enrolment_id = $1', [
      enrolmentId,
    ]);
    await tick(app, [enrolmentId]);
    return stateOf(enrolmentId);
  };
  expect(await wake()).toEqual({ waitingFor: 'quiet_end', wakeAt: quietUntil, sent: 0 });
  await liveIn(player, 'Europe/Malta');
  expect(await wake()).toMatchObject({ waitingFor: 'outcome', sent: 1 });
});
