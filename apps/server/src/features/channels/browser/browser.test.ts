import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import { startTestApp, type TestApp } from '../../../testing/test-app.ts';
import type { MessageOutcome, RaisedAction } from '../index.ts';
import { aPlayer, aRequest, eventsOf, prepareAll } from '../testing/messages.ts';

let app: TestApp;
const outcomes: MessageOutcome[] = [];
const actions: RaisedAction[] = [];
let failing = false;
beforeAll(async () => {
  app = await startTestApp();
  app.channels.onOutcome(async (_tx, told) => {
    outcomes.push(...told);
    return [];
  });
  app.channels.onAction(async (_tx, told) => {
    if (failing) throw new Error('the listener fails');
    actions.push(...told);
    return [];
  });
});
afterAll(() => app.close());
beforeEach(() => {
  outcomes.length = 0;
  actions.length = 0;
  failing = false;
});

async function as(player: string) {
  const key = await app.playerToken(player);
  return {
    mine: async () => (await app.request('GET', '/v1/me/messages', { key })).body,
    claim: (messageId: string, what: string) =>
      app.request('POST', `/v1/me/messages/${messageId}/${what}`, { key }),
    act: (body: object[]) => app.request('POST', '/v1/me/actions', { key, body: { actions: body } }),
  };
}

async function withMessage(differences = {}) {
  const player = await aPlayer(app);
  const [message] = await prepareAll(app, [aRequest(app.brand.brandId, player, differences)]);
  return { player, messageId: message!.messageId, ...(await as(player)) };
}

describe('an impression', () => {
  it('is claimed by one of many tabs, and raises the action of the popup with the values kept here', async () => {
    const { messageId, claim, player } = await withMessage();
    const answers = await Promise.all(Array.from({ length: 10 }, () => claim(messageId, 'impression')));
    expect(answers.filter(({ body }) => body.claimed)).toHaveLength(1);
    expect(answers.every(({ status, body }) => status === 200 && body.state === 'shown')).toBe(true);
    expect(outcomes).toMatchObject([{ messageId, outcome: 'impression' }]);
    expect(actions).toMatchObject([
      {
        messageId,
        playerExternalId: player,
        action: 'CODE_IS_SHOWN',
        data: { code: 'AB-12', promo_code: 'AB-12' },
      },
    ]);
    expect(actions[0]?.at).toEqual(outcomes[0]?.at);
    expect(await eventsOf(app, messageId)).toEqual(['message.sent', 'message.shown']);
  });

  it('is as if it never was when what follows fails', async () => {
    const { messageId, claim } = await withMessage();
    failing = true;
    expect((await claim(messageId, 'impression')).status).toBe(500);
    failing = false;
    expect((await claim(messageId, 'impression')).body).toEqual({ claimed: true, state: 'shown' });
  });

  it('of another player’s message is none', async () => {
    const { messageId } = await withMessage();
    const other = await as(await aPlayer(app));
    expect(await other.claim(messageId, 'impression')).toMatchObject({ status: 404 });
    expect(outcomes).toEqual([]);
  });

  it('after its time is none', async () => {
    const { messageId, claim } = await withMessage({ expiresAfterMs: 0 });
    expect((await claim(messageId, 'impression')).body.claimed).toBe(false);
  });

  it('lists the action that it raises, with the code and the label tags', async () => {
    const { claim, messageId } = await withMessage();
    await claim(messageId, 'impression');
    const { body } = await app.request('GET', '/v1/event-properties?source=client_action');
    expect(body.items).toContainEqual(
      expect.objectContaining({
        key: 'client_action:CODE_IS_SHOWN',
        reserved: true,
        fields: [
          expect.objectContaining({ name: 'code', type: 'string' }),
          expect.objectContaining({ name: 'promo_code', type: 'string', example: 'text' }),
        ],
      }),
    );
  });
});

describe('a click and a dismissal', () => {
  test.each([
    ['click', 'clicked'],
    ['dismiss', 'dismissed'],
  ])('%s: is claimed once, and says that it was shown, too', async (what, state) => {
    const { messageId, claim } = await withMessage();
    const answers = await Promise.all(Array.from({ length: 5 }, () => claim(messageId, what)));
    expect(answers.filter(({ body }) => body.claimed)).toHaveLength(1);
    // Those of tests before may expire meanwhile.
    const own = outcomes.filter((one) => one.messageId === messageId);
    expect(own.map(({ outcome }) => outcome)).toEqual(['impression', state]);
    expect(actions).toHaveLength(1);
  });

  it('at the same time: one of them is the end', async () => {
    for (let n = 0; n < 20; n++) {
      const { messageId, claim } = await withMessage();
      const answers = await Promise.all([claim(messageId, 'click'), claim(messageId, 'dismiss')]);
      expect(answers.filter(({ body }) => body.claimed)).toHaveLength(1);
    }
  });
});

describe('what waits for the player', () => {
  it('is what is there and not over', async () => {
    const player = await aPlayer(app);
    const { mine, claim } = await as(player);
    const [popup, first, second] = await prepareAll(app, [
      aRequest(app.brand.brandId, player),
      aRequest(app.brand.brandId, player, { channel: 'inbox' }),
      aRequest(app.brand.brandId, player, { channel: 'inbox' }),
      aRequest(app.brand.brandId, player, { expiresAfterMs: 0 }),
    ]);
    expect(await mine()).toMatchObject({
      popups: [{ id: popup!.messageId, state: 'sent', content: { channel: 'popup' } }],
      inbox: [{ id: first!.messageId }, { id: second!.messageId }],
      unread: 2,
    });
    await claim(first!.messageId, 'click');
    await claim(second!.messageId, 'dismiss');
    await claim(popup!.messageId, 'dismiss');
    expect(await mine()).toMatchObject({
      popups: [],
      inbox: [{ id: first!.messageId, state: 'clicked' }],
      unread: 0,
    });
  });

  it('is nothing while the player is excluded, or once the consent is withdrawn', async () => {
    const { player, mine } = await withMessage();
    const exclude = (excluded: boolean) =>
      app.request('POST', `/v1/players/${player}/self-exclusion`, { body: { excluded, reason: 'asked' } });
    await exclude(true);
    expect((await mine()).popups).toEqual([]);
    await exclude(false);
    expect((await mine()).popups).toHaveLength(1);
    await app.request('POST', `/v1/players/${player}/consents`, {
      body: { consents: [{ product: 'casino', channel: 'popup', granted: false }] },
    });
    expect((await mine()).popups).toEqual([]);
  });

  it('needs a player', async () => {
    expect(await app.request('GET', '/v1/me/messages')).toMatchObject({
      status: 422,
      body: { key: 'player_token_needed' },
    });
  });
});

describe('client actions', () => {
  const id = () => randomUUID();

  it('are taken once each, and listed with their properties', async () => {
    const { act } = await as(await aPlayer(app));
    const action = { id: id(), action: 'WHEEL_SPUN', properties: { prize: 'spins', turns: 3 } };
    expect((await act([action])).body).toEqual({ results: [{ id: action.id, status: 'accepted' }] });
    expect((await act([action])).body).toEqual({ results: [{ id: action.id, status: 'duplicate' }] });
    const { body } = await app.request('GET', '/v1/event-properties?source=client_action');
    expect(body.items.find(({ key }: { key: string }) => key === 'client_action:WHEEL_SPUN')).toMatchObject({
      reserved: false,
      fields: [{ name: 'prize' }, { name: 'turns' }],
    });
  });

  it('that content raises are refused, from any browser', async () => {
    const { act } = await withMessage();
    const [forged, fine] = [
      { id: id(), action: 'CODE_IS_SHOWN', properties: { code: 'MY-OWN' } },
      { id: id(), action: 'GAME_OPENED' },
    ];
    expect((await act([forged, fine])).body.results).toEqual([
      { id: forged.id, status: 'rejected', key: 'reserved_action' },
      { id: fine.id, status: 'accepted' },
    ]);
    const { rows } = await app.db.query(
      `select data from platform_events where type = 'client.action' and data ->> 'action' = 'CODE_IS_SHOWN'`,
    );
    expect(rows).toEqual([]);
  });

  it('do not use up the ids of the platform’s own events', async () => {
    const player = await aPlayer(app);
    const { act } = await as(player);
    await act([{ id: 'deposit-1', action: 'GAME_OPENED' }]);
    const { body } = await app.request('POST', '/v1/events', {
      body: {
        events: [{ id: 'deposit-1', type: 'login', time: new Date().toISOString(), player, data: {} }],
      },
    });
    expect(body.results).toMatchObject([{ status: 'accepted' }]);
  });
});
