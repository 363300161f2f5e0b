import { createClient, NoAnswerError, ProblemError, paginate } from '@promosmith/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOffer } from '../apps/server/src/testing/fixtures.ts';
import { startTestApp, type TestApp } from '../apps/server/src/testing/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const backEnd = () => createClient({ baseUrl: app.url, key: app.ownerKey });

describe('the typed client against the server', () => {
  it('tells of players and what they do, and reads them back', async () => {
    const client = backEnd();
    await client.putPlayer({ params: { externalId: 'anna' }, body: { country: 'DE', currency: 'EUR' } });
    const { results } = await client.sendEvents({
      body: {
        events: [
          {
            id: 'dep-1',
            type: 'deposit.succeeded',
            time: new Date().toISOString(),
            player: 'anna',
            data: { depositId: '1', amount: 2_000, currency: 'EUR', method: 'card' },
          },
        ],
      },
    });
    expect(results).toMatchObject([{ status: 'accepted', id: 'dep-1' }]);
    const anna = await client.getPlayer({ params: { externalId: 'anna' } });
    expect(anna).toMatchObject({ country: 'DE', depositCount: 1, totalDeposits: 2_000 });
  });

  it('goes through lists page by page', async () => {
    const client = backEnd();
    for (const externalId of ['list-1', 'list-2', 'list-3'])
      await client.putPlayer({ params: { externalId }, body: {} });
    const seen: string[] = [];
    const players = paginate((cursor) =>
      client.listPlayers({ query: { externalId: 'list-', limit: 2, cursor } }),
    );
    for await (const { externalId } of players) seen.push(externalId);
    expect(seen).toEqual(['list-1', 'list-2', 'list-3']);
  });

  it('activates once per key, and throws a refusal with its reasons', async () => {
    const client = backEnd();
    const limits = [{ scope: 'player' as const, max: 1 }];
    const { code } = await createOffer(app, { definition: { limits } });
    const body = { code, player: { id: 'ben', country: 'DE', currency: 'EUR' } };
    const headers = { 'idempotency-key': 'ben-1' };
    const first = await client.activateCode({ body, headers });
    expect(first).toMatchObject({ outcome: 'accepted', grants: [{ amount: 1_000, currency: 'EUR' }] });
    expect(await client.activateCode({ body, headers })).toEqual(first);
    const refused = await client.activateCode({ body }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ProblemError);
    expect(refused).toMatchObject({ key: 'player_quantity_exceeded', status: 422 });
  });

  it('acts for a player with the player’s token', async () => {
    const { code } = await createOffer(app);
    await backEnd().putPlayer({ params: { externalId: 'eva' }, body: { country: 'DE', currency: 'EUR' } });
    const browser = createClient({ baseUrl: app.url, token: () => app.playerToken('eva') });
    expect(await browser.activateCode({ body: { code } })).toMatchObject({
      player: 'eva',
      outcome: 'accepted',
    });
    await expect(browser.listPlayers()).rejects.toMatchObject({ key: 'forbidden', status: 403 });
  });

  it('says when nobody answers', async () => {
    const nobody = createClient({ baseUrl: 'http://127.0.0.1:1', key: 'none', retries: 0 });
    await expect(nobody.getBrand()).rejects.toBeInstanceOf(NoAnswerError);
  });
});
