import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { activate, expectBalanced } from '../../testing/actions.ts';
import { createOffer } from '../../testing/fixtures.ts';
import { startTestApp, type TestApp, type TestResponse } from '../../testing/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const RUNS = 30;

const request = fc.record({ player: fc.nat(2), key: fc.nat(2), offer: fc.nat(1) });
/** Requests that are sent together, and after those before them were answered. */
const waves = fc.array(fc.array(request, { minLength: 1, maxLength: 10 }), { minLength: 1, maxLength: 4 });

interface Asked {
  code: string;
  player: string;
  key: string;
  answer: TestResponse;
}

/** Of a refusal the attempt it is about; each answer has a request id of its own. */
const said = ({ status, body: { requestId: _, ...body } }: TestResponse) => JSON.stringify([status, body]);

const storedOf = async ({ player, key }: Asked) =>
  (
    await app.db.query<{ id: string; outcome: string }>(
      `select activation_id as id, outcome from activations where player_external_id = $1 and idempotency_key = $2`,
      [player, key],
    )
  ).rows;

it('whatever is asked, in whatever order and at once, a key is one activation with one answer', async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(waves, async (sent) => {
      const mark = `run-${++run}`;
      const perPlayer = { limits: [{ scope: 'player' as const, max: 1 }] };
      const offers = [
        await createOffer(app, { maxUses: 2 }),
        await createOffer(app, { maxUses: 1_000, definition: perPlayer }),
      ];
      const asked: Asked[] = [];
      for (const wave of sent)
        asked.push(
          ...(await Promise.all(
            wave.map(async (one) => {
              const code = offers[one.offer]?.code ?? '';
              const [player, key] = [`${mark}-player-${one.player}`, `${mark}-key-${one.key}`];
              return {
                code,
                player,
                key,
                answer: await activate(app, code, player, { idempotencyKey: key }),
              };
            }),
          )),
        );
      const accepted = new Map(offers.map(({ code }) => [code, new Set<string>()]));
      for (const same of Map.groupBy(asked, ({ player, key }) => `${player} ${key}`).values()) {
        const others = same.filter(({ answer }) => answer.status === 409);
        const first = same.filter((one) => !others.includes(one));
        const [{ code, answer } = same[0] as Asked] = first;
        // The key stands for the request it was used for first; for another one it is refused.
        expect(first.length).toBeGreaterThan(0);
        expect(new Set(first.map((one) => one.code)).size).toBe(1);
        expect(others.filter((one) => one.code === code)).toEqual([]);
        expect(new Set(first.map((one) => said(one.answer))).size).toBe(1);
        const id = answer.body.id ?? answer.body.activationId;
        const outcome = answer.status === 201 ? 'accepted' : 'refused';
        expect(await storedOf(same[0] as Asked)).toEqual([{ id, outcome }]);
        if (outcome === 'accepted') accepted.get(code)?.add(id);
      }
      for (const { codeId, code } of offers) {
        const { rows } = await app.db.query('select uses::int from codes where code_key = $1', [codeId]);
        expect(rows).toEqual([{ uses: accepted.get(code)?.size }]);
      }
    }),
    { numRuns: RUNS },
  );
  await expectBalanced(app);
}, 120_000);
