import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { activate, expectBalanced } from '../../testing/actions.ts';
import { createOffer } from '../../testing/fixtures.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';
import { keptBackFor } from './pace.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const validate = async (body: object, key?: string) => {
  const { status, body: answer } = await app.request('POST', '/v1/validations', {
    body,
    ...(key === undefined ? {} : { key }),
  });
  expect(status).toBe(200);
  return answer;
};

const WRITTEN_BY_ACTIVATIONS = [
  'activations',
  'grants',
  'postings',
  'counters',
  'outbox',
  'players',
  'guesses',
];
const rowsOf = async (): Promise<Record<string, number>> => {
  const counts = WRITTEN_BY_ACTIVATIONS.map((table) => `(select count(*)::int from ${table}) as ${table}`);
  const { rows } = await app.db.query<Record<string, number>>(`select ${counts}`);
  return rows[0] ?? {};
};

describe('a dry run', () => {
  it('says what an activation would get, takes nothing and leaves nothing, however often at once', async () => {
    const definition = { limits: [{ scope: 'player' as const, max: 1 }], budget: { EUR: 1_000 } };
    const { code, codeId } = await createOffer(app, { maxUses: 1, definition });
    const player = { id: 'dry', currency: 'EUR' };
    const before = await rowsOf();
    const answers = await Promise.all(Array.from({ length: 40 }, () => validate({ code, player })));
    for (const answer of answers)
      expect(answer).toMatchObject({
        ...{ valid: true, outcome: 'accepted', key: null, reasons: [] },
        grants: [{ kind: 'bonus_balance', amount: 1_000, wageringRequired: 35_000 }],
      });
    expect(await rowsOf()).toEqual(before);
    const { rows } = await app.db.query('select uses::int, reserved::int from codes where code_key = $1', [
      codeId,
    ]);
    expect(rows).toEqual([{ uses: 0, reserved: 0 }]);
    expect((await activate(app, code, 'dry')).status).toBe(201);
    await expectBalanced(app);
  });

  it('is refused by what refuses the activation, with every reason', async () => {
    const definition = { limits: [{ scope: 'player' as const, max: 1 }] };
    const { code } = await createOffer(app, { maxUses: 1, definition });
    await activate(app, code, 'spent');
    const tried = await validate({ code, player: { id: 'spent', currency: 'EUR' } });
    const { body: used } = await activate(app, code, 'spent');
    expect(tried).toMatchObject({ valid: false, key: used.key, reasons: used.reasons });
    expect(tried.reasons.map(({ key }: { key: string }) => key)).toEqual([
      'player_quantity_exceeded',
      'quantity_exceeded',
    ]);
  });
});

describe('what a visitor is answered', () => {
  it('is the same of a code there is not, one that has expired and one that is disabled, and comes no sooner', async () => {
    const key = await app.publishableKey();
    const [expired, disabled] = [await createOffer(app), await createOffer(app)];
    await app.db.query(`update codes set state = 'expired' where code_key = $1`, [expired.codeId]);
    const reason = { reason: 'test' };
    expect((await app.request('POST', `/v1/codes/${disabled.codeId}/disable`, { body: reason })).status).toBe(
      200,
    );
    const answers: unknown[] = [];
    for (const code of ['NOBODY-HAS-IT', expired.code, disabled.code]) {
      const askedAt = performance.now();
      answers.push(await validate({ code }, key));
      // A timer may go off a moment early, by another clock.
      expect(performance.now() - askedAt).toBeGreaterThan(95);
    }
    expect(answers).toEqual(Array(3).fill(answers[0]));
    expect(answers[0]).toMatchObject({ valid: false, key: 'code_not_found', campaignId: null });
  });

  test.each([
    [0, 100],
    [3.2, 96.8],
    [99, 1],
    [100, 100],
    [250, 50],
  ])('after %d ms is kept back for %d', (took, kept) => {
    expect(keptBackFor(took)).toBeCloseTo(kept);
  });
});
