import type { ContentDocument } from '@promosmith/contract';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { eventsOf, expectBalanced, grantsOf } from '../../../testing/actions.ts';
import { createCampaign } from '../../../testing/fixtures.ts';
import { startTestApp, type TestApp } from '../../../testing/test-app.ts';
import { aPlayer } from '../../channels/testing/messages.ts';
import { newCampaign, readyBatch } from '../../codes/testing.ts';
import { aJourney, enter, traceOf, tryNow, untilOver, untilTrace } from './testing.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());
afterEach(() => expectBalanced(app));

const failed = { kind: 'exit' as const };

describe('giving a bonus', () => {
  const give = (campaignId: string, rewardIndex: number | null = null) =>
    aJourney(app, { bonus: { kind: 'give_bonus', campaignId, rewardIndex }, failed }, [
      'start.next > bonus',
      'bonus.success > exit',
      'bonus.failure > failed',
    ]);

  test('issues every reward of the campaign, once, and tells the enrolment', async () => {
    const { campaignId } = await createCampaign(app, {
      rewards: [
        { kind: 'bonus_balance', amount: { EUR: 1_000 }, wagering: { multiplier: 3_500 } },
        { kind: 'special', handler: 'opt_in', payload: { property: 'vip_club' } },
      ],
      budget: { EUR: 10_000 },
    });
    const player = await aPlayer(app, { currency: 'EUR' });
    const trace = await untilOver(app, await enter(app, await give(campaignId), { player }));
    expect(trace.steps).toEqual(['start.next', 'bonus.success', 'exit.']);
    const grants = await grantsOf(app, player);
    expect(grants).toHaveLength(2);
    expect(grants).toContainEqual(
      expect.objectContaining({ kind: 'bonus_balance', amount: 1_000, status: 'active', source: 'journey' }),
    );
    expect(trace.events.bonus).toMatchObject({
      campaignId,
      grants: [
        { grantId: trace.effects[0]?.effect_key, kind: 'bonus_balance', amount: 1_000 },
        { kind: 'special' },
      ],
    });
  });

  test('is one bonus for one visit, however many attempts there are', async () => {
    const { campaignId } = await createCampaign(app, { budget: { EUR: 100_000 } });
    const journeyId = await give(campaignId, 0);
    const players = await Promise.all(Array.from({ length: 20 }, () => aPlayer(app, { currency: 'EUR' })));
    const enrolments = await Promise.all(players.map((player) => enter(app, journeyId, { player })));
    for (let n = 0; n < 10; n++) await Promise.all(enrolments.map((id) => tryNow(app, id)));
    for (const id of enrolments) expect((await untilOver(app, id)).steps).toContain('bonus.success');
    for (const player of players) expect(await grantsOf(app, player)).toHaveLength(1);
    const { rows } = await app.db.query('select used from counters where counter_key = $1', [
      `${campaignId}:b:EUR`,
    ]);
    expect(rows).toEqual([{ used: 20_000 }]);
  });

  test.each<[string, Parameters<typeof createCampaign>[1], Record<string, unknown>, string]>([
    ['the budget is used up', { budget: { EUR: 999 } }, {}, 'budget_exceeded'],
    ['the player plays in another currency', {}, { currency: 'SEK' }, 'currency_not_eligible'],
    ['the campaign is for other countries', { markets: { countries: ['MT'] } }, {}, 'country_not_eligible'],
    ['nobody checked the identity', { audience: { kycRequired: true } }, {}, 'kyc_required'],
    ['nobody knows the age', { audience: { minAge: 21 } }, {}, 'audience_rules_violated'],
  ])('leaves nothing behind when %s', async (_, definition, details, reason) => {
    const { campaignId } = await createCampaign(app, definition);
    const player = await aPlayer(app, { currency: 'EUR', country: 'DE', ...details });
    const trace = await untilOver(app, await enter(app, await give(campaignId), { player }));
    expect(trace.steps).toEqual(['start.next', `bonus.failure ${reason}`, 'failed.']);
    expect(await grantsOf(app, player)).toEqual([]);
  });

  test('uses a budget up to the last of several bonuses', async () => {
    const reward = {
      kind: 'bonus_balance',
      amount: { EUR: 1_000 },
      wagering: { multiplier: 3_500 },
    } as const;
    const { campaignId } = await createCampaign(app, { rewards: [reward, reward], budget: { EUR: 2_000 } });
    const player = await aPlayer(app, { currency: 'EUR' });
    const trace = await untilOver(app, await enter(app, await give(campaignId), { player }));
    expect(trace.steps).toContain('bonus.success');
    expect(await grantsOf(app, player)).toHaveLength(2);
  });

  test('gives none of several bonuses when one of them is refused', async () => {
    const { campaignId } = await createCampaign(app, {
      rewards: [1_000, 1_000].map((amount) => ({
        kind: 'bonus_balance',
        amount: { EUR: amount },
        wagering: { multiplier: 3_500 },
      })),
      budget: { EUR: 1_500 },
    });
    const player = await aPlayer(app, { currency: 'EUR' });
    const trace = await untilOver(app, await enter(app, await give(campaignId), { player }));
    expect(trace.steps).toContain('bonus.failure budget_exceeded');
    expect(await grantsOf(app, player)).toEqual([]);
    const { rows } = await app.db.query('select used from counters where campaign_id = $1', [campaignId]);
    expect(rows).toEqual([]);
  });

  test('respects bonuses that exclude each other', async () => {
    const { campaignId } = await createCampaign(app, { exclusiveGroup: 'welcome' });
    const journeys = [await give(campaignId), await give(campaignId)];
    const player = await aPlayer(app, { currency: 'EUR' });
    const [first = '', second = ''] = journeys;
    expect((await untilOver(app, await enter(app, first, { player }))).steps).toContain('bonus.success');
    const trace = await untilOver(app, await enter(app, second, { player }));
    expect(trace.steps).toContain('bonus.failure conflicting_bonus');
    expect(await grantsOf(app, player)).toHaveLength(1);
  });

  test('is for campaigns that run, and players who may have bonuses', async () => {
    const { campaignId } = await createCampaign(app);
    const journeyId = await give(campaignId);
    const blocked = await aPlayer(app, { currency: 'EUR' });
    await app.db.query('update players set bonus_blocked = true where external_id = $1', [blocked]);
    const barred = await untilOver(app, await enter(app, journeyId, { player: blocked }));
    expect(barred.steps).toContain('bonus.failure bonus_blocked');
    await app.db.query(`update campaigns set status = 'paused' where campaign_id = $1`, [campaignId]);
    const paused = await untilOver(app, await enter(app, journeyId));
    expect(paused.steps).toContain('bonus.failure campaign_not_active');
  });
});

describe('sending a code', () => {
  test('binds one to the player, until there are none', async () => {
    const campaignId = await newCampaign(app);
    await app.db.query(`update campaigns set status = 'active' where campaign_id = $1`, [campaignId]);
    await readyBatch(app, campaignId, { kind: 'unique', count: 1 });
    await readyBatch(app, campaignId, { kind: 'unique', count: 1 });
    const journeyId = await aJourney(app, { code: { kind: 'send_code', campaignId }, failed }, [
      'start.next > code',
      'code.success > exit',
      'code.failure > failed',
    ]);
    const traces = [];
    for (let n = 0; n < 3; n++) traces.push(await untilOver(app, await enter(app, journeyId)));
    expect(traces.map(({ steps }) => steps[1])).toEqual([
      'code.success',
      'code.success',
      'code.failure codes_run_out',
    ]);
    const told = traces.slice(0, 2).map(({ events }) => events.code);
    expect(new Set(told.map((data) => data?.code)).size).toBe(2);
    for (const [n, data] of told.entries()) {
      const { rows } = await app.db.query('select holder_id from codes where code_key = $1', [data?.codeId]);
      expect(rows).toEqual([{ holder_id: traces[n]?.player_id }]);
    }
  });
});

describe('changing a property', () => {
  const register = (name: string, type: string, example: unknown) =>
    app.request('POST', '/v1/properties', { body: { name, type, label: name, example } });
  const change = (property: string, value: string) =>
    aJourney(app, { change: { kind: 'change_property', property, value } }, [
      'start.next > change',
      'change.next > exit',
    ]);
  const propertiesOf = async (player: string) =>
    (await app.request('GET', `/v1/players/${player}`)).body.properties;

  test.each([
    ['favourite_team', 'string', 'red', '{{ event.team | upcase }}', { team: 'blue' }, 'BLUE'],
    ['lucky_number', 'number', 7, '{{ event.number | plus: 1 }}', { number: 12 }, 13],
    ['likes_slots', 'boolean', true, 'false', {}, false],
    ['teams', 'list', ['red'], '{{event.team}}, green', { team: 'blue' }, ['blue', 'green']],
  ])('%s, of type %s', async (name, type, example, template, data, value) => {
    await register(name, type, example);
    const player = await aPlayer(app);
    const trace = await untilOver(app, await enter(app, await change(name, template), { player, data }));
    expect(trace.steps).toEqual(['start.next', 'change.next', 'exit.']);
    expect(await propertiesOf(player)).toMatchObject({ [name]: value });
  });

  test('to what it can never be waits for a person', async () => {
    await register('points', 'number', 7);
    const player = await aPlayer(app);
    const enrolmentId = await enter(app, await change('points', '{{event.points}}'), {
      player,
      data: { points: 'many' },
    });
    const trace = await untilTrace(app, enrolmentId, ({ effects }) => effects[0]?.status === 'failed');
    expect(trace.status).toBe('active');
    expect(trace.effects[0]?.last_error).toBe(
      'property_mismatch: It came out as "many", which is no number.',
    );
    expect(await propertiesOf(player)).toEqual({});
  });
});

describe('a message', () => {
  const addContent = async (document: ContentDocument) =>
    (await app.request('POST', '/v1/content', { body: { from: 'document', name: 'M', document } })).body.id;
  const inbox = (text: string): Promise<string> =>
    addContent({
      ...{ channel: 'inbox', locale: 'en', title: 'Hello', preview: 'You', expiresAfterMs: 3_600_000 },
      blocks: [{ id: 'one', type: 'text', text }],
      translations: {},
    });
  const messagesOf = async (enrolmentId: string) =>
    (
      await app.db.query(
        `select message_id, state, reason, rendered, labels, codes, last_error as problem from messages
         where origin ->> 'enrolmentId' = $1`,
        [enrolmentId],
      )
    ).rows;

  test('is written for its player with codes of its own, under the key of its effect', async () => {
    const campaignId = await newCampaign(app);
    const batch = await readyBatch(app, campaignId, { kind: 'unique', count: 50 });
    const definition = { kind: 'code', default: batch.id };
    expect((await app.request('POST', '/v1/labels', { body: { name: 'gift', definition } })).status).toBe(
      201,
    );
    const contentId = await inbox('{{ label.gift }} for {{ state.user_ext_id }}, {{ event.from }}');
    const journeyId = await aJourney(app, { inbox: { kind: 'inbox', contentId } }, [
      'start.next > inbox',
      'inbox.clicked > exit',
    ]);
    const players = await Promise.all(Array.from({ length: 30 }, () => aPlayer(app)));
    const enrolments = await Promise.all(
      players.map((player) => enter(app, journeyId, { player, data: { from: 'Ann' } })),
    );
    const codes = new Set<string>();
    for (const [n, id] of enrolments.entries()) {
      const trace = await untilTrace(app, id, ({ effects }) => effects[0]?.status === 'done');
      const messages = await messagesOf(id);
      expect(messages).toMatchObject([{ message_id: trace.effects[0]?.effect_key, state: 'sent' }]);
      const code = messages[0]?.labels.gift;
      codes.add(code);
      expect(messages[0]?.rendered.blocks[0].text).toBe(`${code} for ${players[n]}, Ann`);
      expect(trace).toMatchObject({ status: 'active', node_id: 'inbox' });
    }
    expect(codes.size).toBe(30);
    const { rows } = await app.db.query(
      'select count(*)::int as drawn from codes where batch_id = $1 and holder_id is not null',
      [batch.id],
    );
    expect(rows).toEqual([{ drawn: 30 }]);
  });

  test.each([
    ['tells it', 'Enter {{ events.code.code }} now', true],
    ['says nothing of it', 'Enter now', false],
  ])(
    'behind a code that was sent knows whether it %s, and the code is distributed',
    async (_, text, tells) => {
      const campaignId = await newCampaign(app);
      await app.db.query(`update campaigns set status = 'active' where campaign_id = $1`, [campaignId]);
      await readyBatch(app, campaignId, { kind: 'unique', count: 1 });
      const contentId = await inbox(text);
      const journeyId = await aJourney(
        app,
        { code: { kind: 'send_code', campaignId }, inbox: { kind: 'inbox', contentId } },
        ['start.next > code', 'code.success > inbox', 'inbox.clicked > exit'],
      );
      const id = await enter(app, journeyId);
      const { events } = await untilTrace(app, id, ({ effects }) => effects[1]?.status === 'done');
      const codeId = events.code?.codeId;
      expect(await messagesOf(id)).toMatchObject([{ state: 'sent', codes: tells ? [codeId] : null }]);
      const told = (await eventsOf(app, campaignId)).filter(({ type }) => type === 'code.distributed');
      expect(told.map(({ data }) => data.codeId)).toEqual([codeId]);
    },
  );

  test('that may not be sent leaves at once, with the reason', async () => {
    const contentId = await inbox('Hi');
    const journeyId = await aJourney(app, { inbox: { kind: 'inbox', contentId }, failed }, [
      'start.next > inbox',
      'inbox.suppressed > failed',
    ]);
    const player = `stranger-${Math.random()}`;
    await app.request('PUT', `/v1/players/${player}`, { body: {} });
    const trace = await untilOver(app, await enter(app, journeyId, { player }));
    expect(trace.steps).toEqual(['start.next', 'inbox.suppressed no_consent', 'failed.']);
  });

  test('without the value of a label tag is not sent, and says which', async () => {
    const { id: batch } = await readyBatch(app, await newCampaign(app), { kind: 'unique', count: 1 });
    for (const [name, definition] of Object.entries({
      unlucky: { kind: 'function', default: '\nthrow new Error("no luck")' },
      scarce: { kind: 'code', default: batch },
    }))
      expect((await app.request('POST', '/v1/labels', { body: { name, definition } })).status).toBe(201);
    const run = async (label: string) => {
      const contentId = await inbox(`{{ label.${label} }}`);
      const journeyId = await aJourney(app, { inbox: { kind: 'inbox', contentId }, failed }, [
        'start.next > inbox',
        'inbox.clicked > exit',
        'inbox.suppressed > failed',
      ]);
      const id = await enter(app, journeyId);
      await untilTrace(app, id, ({ effects }) => effects[0]?.status === 'done');
      const [{ steps }, [message]] = [await traceOf(app, id), await messagesOf(id)];
      return [steps[1], message?.state, message?.problem];
    };
    const left = 'inbox.suppressed not_renderable';
    expect(await run('unlucky')).toEqual([left, 'suppressed', 'label.unlucky: line 2: Error: no luck']);
    expect(await run('scarce')).toEqual([undefined, 'sent', null]);
    expect(await run('scarce')).toEqual([
      left,
      'suppressed',
      'label.scarce: its batch has no code left, or gives out none.',
    ]);
  });

  test('that nothing depends on is sent though its enrolment is over', async () => {
    const contentId = await inbox('Bye');
    const journeyId = await aJourney(app, { inbox: { kind: 'inbox', contentId } }, ['start.next > inbox']);
    const id = await enter(app, journeyId);
    const trace = await untilTrace(app, id, ({ effects }) => effects[0]?.status === 'done');
    expect(trace.status).toBe('completed');
    expect(await messagesOf(id)).toMatchObject([{ state: 'sent' }]);
  });

  test('that breaks off keeps no other waiting, and stays in sight', async () => {
    const contentId = await inbox('Hi');
    const journeyId = await aJourney(app, { inbox: { kind: 'inbox', contentId } }, [
      'start.next > inbox',
      'inbox.clicked > exit',
    ]);
    const [broken, ...fine] = await Promise.all(Array.from({ length: 5 }, () => enter(app, journeyId)));
    if (broken === undefined) throw new Error('nobody entered');
    for (const id of fine) await untilTrace(app, id, ({ effects }) => effects[0]?.status === 'done');
    await app.db.query(
      `update journey_effects set effect = effect - 'contentId', status = 'pending', next_attempt_at = now()
       where enrolment_id = $1`,
      [broken],
    );
    const later = await enter(app, journeyId);
    await untilTrace(app, later, ({ effects }) => effects[0]?.status === 'done');
    const trace = await untilTrace(app, broken, ({ effects }) => (effects[0]?.failures ?? 0) > 0);
    expect(trace.effects).toMatchObject([
      { status: 'pending', last_error: expect.stringMatching(/^internal: /) },
    ]);
  });
});

test.each(['http://127.0.0.1:9/x', 'http://[::ffff:10.0.0.1]/x', 'http://169.254.169.254/x'])(
  'no webhook reaches into the network of the server: %s',
  async (url) => {
    const hook = { kind: 'webhook' as const, method: 'GET' as const, url };
    const journeyId = await aJourney(app, { hook, failed }, ['start.next > hook', 'hook.failure > failed']);
    const trace = await untilOver(app, await enter(app, journeyId));
    expect(trace.steps).toContain('hook.failure url_not_allowed');
    expect(trace.calls).toMatchObject([{ request: null }]);
  },
);
