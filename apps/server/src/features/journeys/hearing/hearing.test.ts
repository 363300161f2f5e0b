import { randomUUID } from 'node:crypto';
import { PLAYER_EVENTS, type PlayerEventType } from '@promosmith/contract';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { createApp } from '../../../app.ts';
import { seal } from '../../../platform/chain.ts';
import { openDatabase } from '../../../platform/db.ts';
import { newId, playerId } from '../../../platform/ids.ts';
import { publish } from '../../../platform/outbox.ts';
import { startTestApp, type TestApp } from '../../../testing/test-app.ts';
import {
  aName,
  become,
  delay,
  draw,
  enrolmentsOf,
  exit,
  HOUR,
  letIn,
  live,
  onEvent,
  pathOf,
  wait,
} from '../enrolments/testing.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ config: { backgroundWork: false } });
});
afterAll(() => app.close());

type Event = readonly [type: PlayerEventType, player: string, data?: object];

/** Something happens here: one row of the outbox. */
const happen = (...events: readonly Event[]): Promise<void> =>
  app.db.transaction((tx) =>
    publish(
      tx,
      {
        ...{ brandId: app.brand.brandId, actor: { kind: 'system', id: 'test' } },
        ...{ correlationId: newId(), time: new Date().toISOString() },
      },
      events.map(([type, player, data]) => ({ type, subject: 'grant/1', data: { player, ...data } })),
    ),
  );

async function hearAll(hear: () => Promise<boolean> = app.hear): Promise<void> {
  while (await seal(app.db, 'outbox')) {}
  while (await hear()) {}
}

const position = async (): Promise<number | undefined> => {
  const { rows } = await app.db.query<{ position: number }>(
    'select position from journey_feeds where brand_id = $1',
    [app.brand.brandId],
  );
  return rows[0]?.position;
};
const head = async (): Promise<number | undefined> => {
  const { rows } = await app.db.query<{ position: number }>(
    `select position from chain_heads where chain = 'outbox' and brand_id = $1`,
    [app.brand.brandId],
  );
  return rows[0]?.position;
};

const waitFor = (...names: PlayerEventType[]) =>
  draw(Object.fromEntries([...names.map((name, n) => [`w${n}`, wait(name)]), ['exit', exit]]), [
    'start.next > w0',
    ...names.map((_, n) => `w${n}.happened > ${n + 1 === names.length ? 'exit' : `w${n + 1}`}`),
  ]);

const countOf = async (journeyId: string, player: string): Promise<number> =>
  (await enrolmentsOf(app, journeyId, player)).length;

test('what nobody listens to is passed over', async () => {
  await happen(['bonus.lost', aName()]);
  await hearAll();
  expect(await position()).toBe(await head());
});

test('a running server tells of what happened by itself', async () => {
  await using running = await startTestApp();
  const journey = await live(
    running,
    draw({ start: onEvent('activation.refused'), exit }, ['start.next > exit']),
  );
  const player = aName();
  await running.request('POST', '/v1/activations', { body: { code: 'NOSUCHCODE', player: { id: player } } });
  await expect.poll(async () => (await enrolmentsOf(running, journey, player)).length).toBe(1);
  const types = ['activation.refused', 'journey.enrolled', 'journey.completed'] as const;
  const told = async () => (await running.request('GET', '/v1/events')).body.items;
  await expect.poll(async () => (await told()).length).toBe(types.length);
  const data = (await told()).map((event: { data: object }) => event.data);
  // As rules are told of it.
  for (const [n, type] of types.entries()) expect(PLAYER_EVENTS[type].parse(data[n])).toEqual(data[n]);
});

test('a code that is refused lets its player in', async () => {
  const shown = onEvent('activation.refused');
  const journey = await live(app, draw({ start: shown, exit }, ['start.next > exit']));
  const player = aName();
  const code = await app.request('POST', '/v1/activations', {
    body: { code: 'NOSUCHCODE', player: { id: player } },
  });
  expect(code.body.key).toBe('code_not_found');
  await hearAll();
  const [id = ''] = await enrolmentsOf(app, journey, player);
  const { body } = await app.request('GET', `/v1/journeys/${journey}/enrolments/${id}`);
  expect(body).toMatchObject({ player, status: 'completed' });
});

test('a wait for a bonus to be played through is over when it is, and reads what the event tells', async () => {
  const event = { source: 'event', name: 'wagering.completed', filter: 'event.currency == "EUR"' } as const;
  const w = { kind: 'wait_event', event } as const;
  const journey = await live(app, draw({ w, exit }, ['start.next > w', 'w.happened > exit']));
  const [anna, ben] = [aName(), aName()];
  const [hers, his] = [await letIn(app, journey, anna), await letIn(app, journey, ben)];
  await happen(
    ['wagering.progressed', anna, { currency: 'EUR', wagered: 5, required: 9 }],
    ['wagering.completed', ben, { currency: 'SEK' }],
    ['wagering.completed', anna, { currency: 'EUR' }],
  );
  expect(await pathOf(app, hers)).toEqual(['start.next', '@w']);
  await hearAll();
  expect(await pathOf(app, hers)).toEqual(['start.next', 'w.happened', 'exit.-', 'completed:exit_reached']);
  expect(await pathOf(app, his)).toEqual(['start.next', '@w']);
});

test('a goal is reached by a bonus that is converted, also after the journey', async () => {
  const goal = { event: { source: 'event', name: 'bonus.converted' }, withinMs: HOUR } as const;
  const journey = await live(app, draw({ exit }, ['start.next > exit'], { goal }));
  const player = aName();
  await letIn(app, journey, player);
  await hearAll();
  await happen(['bonus.converted', player, { amount: 700 }]);
  await hearAll();
  const report = await app.request('GET', `/v1/journeys/${journey}/report`);
  expect(report.body.walked).toMatchObject({ converted: 1 });
});

test('events of a player are heard in their order, also those of one transaction', async () => {
  const journey = await live(app, waitFor('freespins.finished', 'bonus.granted', 'bonus.converted'));
  const players = [aName(), aName(), aName()];
  const [right = '', wrong = '', apart = ''] = await Promise.all(
    players.map((player) => letIn(app, journey, player)),
  );
  const [a = '', b = '', c = ''] = players;
  await happen(
    ...([
      ['freespins.finished', a],
      ['bonus.converted', b],
      ['bonus.granted', a],
      ['bonus.granted', b],
      ['bonus.converted', a],
      ['freespins.finished', b],
    ] as const),
  );
  await happen(['freespins.finished', c]);
  await happen(['bonus.granted', c]);
  await happen(['bonus.converted', c]);
  await hearAll();
  const done = ['w0.happened', 'w1.happened', 'w2.happened', 'exit.-', 'completed:exit_reached'];
  expect(await pathOf(app, right)).toEqual(['start.next', ...done]);
  expect(await pathOf(app, apart)).toEqual(['start.next', ...done]);
  expect(await pathOf(app, wrong)).toEqual(['start.next', 'w0.happened', '@w1']);
});

test('who is inside an older version hears what that one waits for', async () => {
  const journey = await live(app, waitFor('ticket.issued'));
  const inside = await letIn(app, journey);
  const player = (await app.request('GET', `/v1/journeys/${journey}/enrolments/${inside}`)).body.player;
  const { body } = await app.request('GET', `/v1/journeys/${journey}`);
  await app.request('PATCH', `/v1/journeys/${journey}`, {
    body: { revision: body.revision, definition: draw({ exit }, ['start.next > exit']) },
  });
  await become(app, journey, 'publish');
  await hearAll();
  await happen(['ticket.issued', player]);
  await hearAll();
  expect((await pathOf(app, inside)).at(-1)).toBe('completed:exit_reached');
});

describe('what a journey brings about', () => {
  const ring = () =>
    live(
      app,
      draw({ start: onEvent('journey.completed'), exit }, ['start.next > exit'], {
        entry: { rule: 'whenever_outside' },
      }),
    );

  it('lets nobody into the same one', async () => {
    const journey = await ring();
    const [hers, his] = [aName(), aName()];
    await happen(['journey.completed', hers, { journeyId: journey }]);
    await happen(['journey.completed', his, { journeyId: randomUUID() }]);
    await hearAll();
    expect([await countOf(journey, hers), await countOf(journey, his)]).toEqual([0, 1]);
    await become(app, journey, 'archive');
  });

  it('goes round between two no faster than once a minute', async () => {
    const [one, other] = [await ring(), await ring()];
    const player = aName();
    const entered = async () => [await countOf(one, player), await countOf(other, player)];
    await happen(['journey.completed', player, { journeyId: one }]);
    for (let round = 0; round < 5; round++) await hearAll();
    expect(await entered()).toEqual([1, 1]);
    await app.db.query(
      `update journey_enrolments set entered_at = entered_at - interval '61 seconds' where player_id = $1`,
      [playerId(app.brand.brandId, player)],
    );
    await happen(['journey.completed', player, { journeyId: one }]);
    for (let round = 0; round < 5; round++) await hearAll();
    expect(await entered()).toEqual([2, 2]);
    for (const id of [one, other]) await become(app, id, 'archive');
  });
});

describe('an event that can’t be told', () => {
  it('keeps no other waiting, and is told once it can be', async () => {
    const journey = await live(app, waitFor('cashback.settled', 'bonus.granted'));
    const [bad, good] = [aName(), aName()];
    const [stuck, moved] = [await letIn(app, journey, bad), await letIn(app, journey, good)];
    await hearAll();
    await app.db.query(
      `alter table journey_steps add constraint refuses check (node_id <> 'w0' or enrolment_id <> '${stuck}') not valid`,
    );
    await happen(['cashback.settled', good], ['cashback.settled', bad], ['bonus.granted', good]);
    await hearAll();
    expect((await pathOf(app, moved)).at(-1)).toBe('completed:exit_reached');
    expect((await pathOf(app, stuck)).at(-1)).toBe('@w0');
    expect(await position()).toBe(await head());
    await app.db.query('alter table journey_steps drop constraint refuses');
    // Another server has not set it aside.
    await using other = await anotherServer();
    await hearAll(other.hear);
    expect((await pathOf(app, stuck)).at(-1)).toBe('@w1');
    await hearAll(other.hear);
    expect(await asides()).toBe(0);
  });

  const asides = async () => (await app.db.query('select from journey_events_aside')).rowCount;
});

/** On a pool of its own. */
async function anotherServer() {
  const db = openDatabase(app.databaseUrl, { poolSize: 10, onIdleError() {} });
  const server = await createApp(app.config, db);
  return {
    hear: server.journeys.hear,
    db,
    async [Symbol.asyncDispose]() {
      await server.close();
      await db.close();
    },
  };
}

test('several servers hear each event once, and so does one that follows another that died', async () => {
  const EVENTS = 30;
  const counted = await live(
    app,
    draw(
      { start: onEvent('message.clicked'), ...chain(EVENTS), exit },
      [
        'start.next > w0',
        ...Array.from(
          { length: EVENTS },
          (_, n) => `w${n}.happened > ${n + 1 === EVENTS ? 'exit' : `w${n + 1}`}`,
        ),
      ],
      { entry: { rule: 'once' } },
    ),
  );
  const players = Array.from({ length: 12 }, aName);
  for (let nth = 0; nth < EVENTS; nth++) {
    for (let at = 0; at < players.length; at += 4)
      await happen(...players.slice(at, at + 4).map((player): Event => ['message.clicked', player]));
  }
  while (await seal(app.db, 'outbox')) {}
  await using one = await anotherServer();
  await using other = await anotherServer();
  await dies();
  const hearing = [one, other, one, other].map(async ({ hear }) => {
    for (let turn = 0; turn < 20; turn++) await hear();
  });
  await Promise.all(hearing);
  // The first lets in, each of the others moves one wait on: the last is still to come.
  for (const player of players) {
    const [id = '', ...more] = await enrolmentsOf(app, counted, player);
    expect(more).toEqual([]);
    const path = await pathOf(app, id);
    expect([path.length, path.at(-1)]).toEqual([EVENTS + 1, `@w${EVENTS - 1}`]);
  }
});

const chain = (length: number) =>
  Object.fromEntries(Array.from({ length }, (_, n) => [`w${n}`, wait('message.clicked')]));

/** A server whose connection is cut after it has told, before its transaction has ended. */
async function dies(): Promise<void> {
  const server = await anotherServer();
  const blocker = await app.db.pool.connect();
  try {
    // Publishing what came of it is the last thing before the end.
    await blocker.query('begin; lock table outbox in share mode');
    const hearing = server.hear().catch((error: unknown) => error);
    await expect
      .poll(async () => {
        const { rows } = await app.db.query<{ pid: number }>(
          `select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
             and query like 'insert into outbox%'`,
        );
        for (const { pid } of rows) await app.db.query('select pg_terminate_backend($1)', [pid]);
        return rows.length;
      })
      .toBe(1);
    await blocker.query('rollback');
    await hearing;
  } finally {
    blocker.release();
    await server[Symbol.asyncDispose]();
  }
}

describe('what can’t be heard', () => {
  test.each([
    ['a trigger', 'start', (name: string) => draw({ start: onEvent(name), exit }, ['start.next > exit'])],
    [
      'a wait',
      'w',
      (name: string) => draw({ w: wait(name, HOUR), exit }, ['start.next > w', 'w.happened > exit']),
    ],
    [
      'a goal',
      undefined,
      (name: string) =>
        draw({ d: delay(HOUR), exit }, ['start.next > d', 'd.next > exit'], {
          goal: { event: { source: 'event', name }, withinMs: HOUR },
        }),
    ],
  ])('is refused for %s', async (_, nodeId, drawn) => {
    for (const [name, why] of [
      ['bet.settled', 'too often'],
      ['campaign.ended', 'not told of a single player'],
      ['risk.case_decided', 'not told of a single player'],
    ] as const) {
      const { body } = await app.request('POST', '/v1/journeys', {
        body: { name: 'Deaf', definition: drawn(name) },
      });
      const refused = await app.request('POST', `/v1/journeys/${body.id}/publish`, { body: {} });
      expect(refused.status).toBe(422);
      expect(refused.body.problems).toMatchObject([
        { key: 'event_not_heard', ...(nodeId && { nodeId }), message: expect.stringContaining(why) },
      ]);
    }
  });

  it('is not in the list, and all that can be is', async () => {
    const { body } = await app.request('GET', '/v1/event-properties?source=event&limit=200');
    const keys = body.items.map(({ key }: { key: string }) => key);
    expect(keys).toEqual(expect.arrayContaining(['event:wagering.completed', 'event:deposit.succeeded']));
    expect(keys).not.toContain('event:bet.settled');
    expect(body.items).toContainEqual(
      expect.objectContaining({
        key: 'event:bonus.converted',
        origin: 'built_in',
        fields: expect.arrayContaining([expect.objectContaining({ name: 'amount', type: 'int' })]),
      }),
    );
  });
});

test('a way back through what the journey itself causes is refused', async () => {
  const definition = draw(
    { a: wait('bonus.granted'), b: delay(0), c: { kind: 'condition', rule: 'true' } },
    [],
  );
  const { body } = await app.request('POST', '/v1/journeys/lint', {
    body: {
      definition: {
        ...definition,
        edges: [
          { from: 'start', connector: 'next', to: 'a' },
          { from: 'a', connector: 'happened', to: 'c' },
          { from: 'c', connector: 'yes', to: 'a' },
        ],
      },
    },
  });
  expect(body.problems.map(({ key, nodeId }: { key: string; nodeId: string }) => `${key} ${nodeId}`)).toEqual(
    expect.arrayContaining(['cycle_without_wait a', 'cycle_without_wait c']),
  );
});
