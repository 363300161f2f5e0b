import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { poison } from '../../../testing/poison.ts';
import { startTestApp, type TestApp } from '../../../testing/test-app.ts';
import { becomes, claim, specialOffer, specialReward } from '../testing.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

/** An open draw with so many entries. */
async function drawWith(entries: number) {
  const key = `d-${randomUUID()}`;
  const { body: draw } = await app.request('POST', '/v1/draws', {
    body: { key, name: 'Draw', closesAt: '2999-01-01T00:00:00Z', prizes: [{ name: 'A mug', winners: 1 }] },
  });
  const { code } = await specialOffer(app, specialReward('prize_draw', { draw: key }));
  const claimed = await Promise.all(Array.from({ length: entries }, () => claim(app, code)));
  await Promise.all(claimed.map(({ player }) => becomes(app, player, 'active')));
  return { id: draw.id as string, claimed };
}

const makeDue = (ids: readonly string[]) =>
  app.db.query('update draws set closes_at = now() where draw_id = any($1)', [ids]);

const statusesOf = (...ids: string[]) =>
  Promise.all(ids.map(async (id) => (await app.request('GET', `/v1/draws/${id}`)).body.status));

it.each(['closed', 'drawn'])(
  'holds all draws but the one that cannot become %s, and that once it can',
  async (status) => {
    const [bad, good] = [await drawWith(1), await drawWith(1)];
    const mend = await poison(app.db, 'draws', `new.draw_id = '${bad.id}' and new.status = '${status}'`);
    await makeDue([bad.id, good.id]);
    const before = status === 'closed' ? 'open' : 'closed';
    await expect.poll(() => statusesOf(bad.id, good.id)).toEqual([before, 'drawn']);
    await mend();
    await expect.poll(() => statusesOf(bad.id)).toEqual(['drawn']);
  },
);

it('completes all entries but the one it cannot, and that once it can', async () => {
  const { id, claimed } = await drawWith(3);
  const [bad] = claimed;
  if (!bad) throw new Error('nobody entered');
  const mend = await poison(app.db, 'grants', `new.grant_id = '${bad.grantId}' and new.status = 'completed'`);
  await makeDue([id]);
  for (const { player } of claimed.slice(1)) await becomes(app, player, 'completed');
  const completedAt = async () =>
    (
      await app.db.query<{ done: boolean }>(
        'select completed_at is not null as done from draws where draw_id = $1',
        [id],
      )
    ).rows[0]?.done;
  expect(await completedAt()).toBe(false);
  await mend();
  await becomes(app, bad.player, 'completed');
  await expect.poll(completedAt).toBe(true);
  const { rows } = await app.db.query(
    'select distinct ended_at is not null as ended, ended_reason from grants where grant_id = any($1)',
    [claimed.map(({ grantId }) => grantId)],
  );
  expect(rows).toEqual([{ ended: true, ended_reason: 'completed' }]);
});
