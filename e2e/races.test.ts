import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOffer } from '../apps/server/src/testing/fixtures.ts';
import { startTestApp, type TestApp } from '../apps/server/src/testing/test-app.ts';
import { expectBalanced } from './support/balanced.ts';
import { type Answer, type Callers, createCallers, shuffled } from './support/callers.ts';
import { type ServerProcess, startServers } from './support/servers.ts';

/**
 * A limit of N means N: three server processes on one PostgreSQL, different players, over HTTP. Every scenario asks for
 * more than there is and counts what was given: neither one too many nor one too few.
 */
const SERVERS = 3;

/** Every so many-th activation is kept, the others are given back; prime to the servers, which take turns. */
const KEPT_OF = 4;

let app: TestApp;
let servers: ServerProcess[];
let callers: Callers;
let attempts = 0;

beforeAll(async () => {
  app = await startTestApp();
  servers = await startServers(app, SERVERS);
  callers = createCallers(
    servers.map(({ url }) => url),
    app.ownerKey,
  );
});

afterAll(async () => {
  await callers.close();
  expect(await Promise.all(servers.map((server) => server.stop()))).toEqual(servers.map(() => 0));
  await app.close();
});

const player = (id: string) => ({ id, country: 'DE', currency: 'EUR' });

function activate(code: string, id: string, key?: string): Promise<Answer> {
  attempts++;
  return callers.post(
    '/v1/activations',
    { code, player: player(id) },
    key === undefined ? undefined : { 'idempotency-key': key },
  );
}

const accepted = (answers: readonly Answer[]): Answer[] => answers.filter(({ status }) => status === 201);

/** Refusal keys with how often they came; anything but 201 and 422 shows up as its status. */
function refusals(answers: readonly Answer[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status, body } of answers) {
    if (status === 201) continue;
    const name = status === 422 ? body.key : `HTTP ${status}`;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));

async function eventsOf(type: string, field: string, value: string): Promise<number> {
  const { rows } = await app.db.query<{ n: number }>(
    `select count(*)::int as n from outbox, json_array_elements(events->'events') e
     where e->>'type' = $1 and e->'data'->>$2 = $3`,
    [type, field, value],
  );
  return rows[0]?.n ?? 0;
}

describe('races over three server processes', () => {
  it('a limit of 1 gives 1, on fifty codes at once', async () => {
    const codes = await Promise.all(
      many(50, (i) => createOffer(app, { code: `ONE${i}`, maxUses: 1 }).then(() => `ONE${i}`)),
    );
    const tries = shuffled(
      codes.flatMap((code) => many(60, (i) => ({ code, id: `one-${code}-${i}` }))),
      1,
    );
    const answers = await Promise.all(tries.map(({ code, id }) => activate(code, id)));
    for (const code of codes) {
      const ofCode = answers.filter((_, index) => tries[index]?.code === code);
      expect([accepted(ofCode).length, refusals(ofCode)]).toEqual([1, { quantity_exceeded: 59 }]);
    }
  });

  it('a limit of 100 gives exactly 100 of 500, and tells of it once, five times over', async () => {
    for (const round of many(5, (i) => i)) {
      const code = `HUNDRED${round}`;
      await createOffer(app, { code, maxUses: 100 });
      const answers = await Promise.all(many(500, (i) => activate(code, `hundred-${round}-${i}`)));
      expect([accepted(answers).length, refusals(answers)]).toEqual([100, { quantity_exceeded: 400 }]);
      expect(await eventsOf('code.limit_reached', 'code', code)).toBe(1);
    }
  });

  it('a campaign limit across many codes holds as well', async () => {
    const { campaignId } = await createOffer(app, {
      code: 'ANY0',
      definition: { limits: [{ scope: 'campaign', max: 150 }] },
    });
    for (const i of many(9, (n) => n + 1)) await createOffer(app, { code: `ANY${i}`, campaignId });
    const answers = await Promise.all(many(1_500, (i) => activate(`ANY${i % 10}`, `any-${i}`)));
    expect([accepted(answers).length, refusals(answers)]).toEqual([
      150,
      { campaign_quantity_exceeded: 1_350 },
    ]);
    expect(await eventsOf('code.limit_reached', 'campaignId', campaignId)).toBe(1);
  });

  it('a budget is spent to the last bonus and not beyond, and pauses the campaign once', async () => {
    const { campaignId } = await createOffer(app, {
      code: 'MONEY',
      definition: { budget: { EUR: 120_500 } },
    });
    const answers = await Promise.all(many(1_500, (i) => activate('MONEY', `money-${i}`)));
    expect(accepted(answers)).toHaveLength(120);
    expect(
      Object.keys(refusals(answers)).filter(
        (key) => !['budget_exceeded', 'campaign_not_active'].includes(key),
      ),
    ).toEqual([]);
    expect(await eventsOf('campaign.paused', 'campaignId', campaignId)).toBe(1);
  });

  it('one use per player, however often and wherever the player clicks', async () => {
    await createOffer(app, { code: 'SELF', definition: { limits: [{ scope: 'player', max: 1 }] } });
    const tries = shuffled(many(150, (p) => many(20, () => `self-${p}`)).flat(), 2);
    const answers = await Promise.all(tries.map((id) => activate('SELF', id)));
    expect([accepted(answers).length, refusals(answers)]).toEqual([150, { player_quantity_exceeded: 2_850 }]);
    expect(new Set(accepted(answers).map(({ body }) => body.player)).size).toBe(150);
  });

  it('the same idempotency key is one activation with one answer, at every server', async () => {
    await createOffer(app, { code: 'KEYED', maxUses: 1_000 });
    const tries = shuffled(many(120, (p) => many(20, () => p)).flat(), 3);
    const answers = await Promise.all(tries.map((p) => activate('KEYED', `keyed-${p}`, `key-${p}`)));
    expect(refusals(answers)).toEqual({});
    const bodies = Map.groupBy(answers, ({ body }) => body.player);
    expect(bodies.size).toBe(120);
    for (const same of bodies.values())
      expect(new Set(same.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    const { rows } = await app.db.query(`select uses::int as uses from codes where shared_text = 'KEYED'`);
    expect(rows).toEqual([{ uses: 120 }]);
  });

  it('taking and giving back at once never passes the limit and loses no use', async () => {
    await createOffer(app, { code: 'MIXED', maxUses: 40 });
    const reversals: Promise<Answer>[] = [];
    const answers = await Promise.all(
      many(4_000, async (i) => {
        const answer = await activate('MIXED', `mixed-${i}`, `mixed-${i}`);
        if (answer.status === 201 && i % KEPT_OF !== 0)
          for (const _ of [1, 2])
            reversals.push(callers.post(`/v1/activations/${answer.body.id}/reversals`, { reason: 'race' }));
        return answer;
      }),
    );
    expect(new Set((await Promise.all(reversals)).map(({ status }) => status))).toEqual(new Set([200]));
    const kept = accepted(answers).length - reversals.length / 2;
    expect(kept).toBeLessThanOrEqual(40);
    const rest = await Promise.all(many(200, (i) => activate('MIXED', `mixed-rest-${i}`)));
    expect(accepted(rest)).toHaveLength(40 - kept);
    expect(Object.keys(refusals([...answers, ...rest]))).toEqual(['quantity_exceeded']);
  });

  it('limits of every scope and period at once', async () => {
    await createOffer(app, {
      code: 'SCOPES',
      maxUses: 400,
      definition: {
        limits: [
          { scope: 'campaign', period: 'day', max: 300 },
          { scope: 'device', max: 2 },
          { scope: 'player', period: 'week', max: 1 },
        ],
      },
    });
    const answers = await Promise.all(
      many(2_000, (i) => {
        attempts++;
        return callers.post('/v1/activations', {
          code: 'SCOPES',
          player: player(`scopes-${i % 700}`),
          device: { id: `device-${i % 350}` },
        });
      }),
    );
    expect(accepted(answers)).toHaveLength(300);
    const perDevice = Map.groupBy(accepted(answers), ({ body }) => Number(body.player.slice(7)) % 350);
    expect(Math.max(...[...perDevice.values()].map(({ length }) => length))).toBeLessThanOrEqual(2);
  });

  it.each([
    ['that exclude each other', { exclusiveGroup: 'welcome' }],
    ['that exclude every other', { exclusive: true }],
  ])('of bonuses %s, a player gets one, however many codes are tried at once', async (name, terms) => {
    const codes = many(4, (i) => `${name.replaceAll(' ', '').toUpperCase()}${i}`);
    for (const code of codes) await createOffer(app, { code, definition: terms });
    const ids = many(150, (p) => `${name}-${p}`);
    // Half of them are new: there is no row of theirs to hold yet.
    for (const id of ids.slice(0, 75)) await app.request('PUT', `/v1/players/${id}`, { body: player(id) });
    const tries = shuffled(
      ids.flatMap((id) => codes.map((code) => ({ code, id }))),
      4,
    );
    const answers = await Promise.all(tries.map(({ code, id }) => activate(code, id)));
    expect([accepted(answers).length, refusals(answers)]).toEqual([150, { conflicting_bonus: 450 }]);
    expect(new Set(accepted(answers).map(({ body }) => body.player)).size).toBe(150);
  });

  it('twenty thousand attempts left the books balanced', async () => {
    expect(attempts).toBeGreaterThanOrEqual(20_000);
    await expectBalanced(app.db);
  });
});
