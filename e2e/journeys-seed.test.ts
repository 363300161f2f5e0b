import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MASK } from '../apps/server/src/features/journeys/effects/webhook/marks.ts';
import { createCampaign } from '../apps/server/src/testing/fixtures.ts';
import { startTestApp, type TestApp } from '../apps/server/src/testing/test-app.ts';
import { buildPromoJourney, type Call } from './support/promo-journey.ts';

/**
 * "Generating promo codes", step by step and over HTTP alone: a label tag with the function as it is passed on, a popup
 * from the template, a journey that saves the code it has shown through the API, and the deposit that the code pays for.
 */
let app: TestApp;
let campaignId: string;
let journeyId: string;
/** Of the API, as the journey's webhook has it. */
let key: string;

const CODE = /^[A-Z0-9]{6}$/;

/** @param expected the status. */
async function call(method: string, path: string, body?: unknown, expected = 200) {
  const response = await app.request(method, path, { body });
  expect([response.status, response.status === expected ? null : response.body]).toEqual([expected, null]);
  return response.body;
}

/** One who may be shown popups. */
async function player(): Promise<{ id: string; token: string }> {
  const id = `player-${randomUUID()}`;
  await call('PUT', `/v1/players/${id}`, { currency: 'EUR', country: 'DE' }, 201);
  await call('POST', `/v1/players/${id}/consents`, {
    consents: [{ product: 'casino', channel: 'popup', granted: true }],
  });
  return { id, token: await app.playerToken(id) };
}

const tell = async (id: string, type: string, data: object = {}) => {
  const event = { id: randomUUID(), type, time: new Date().toISOString(), player: id, data };
  const { results } = await call('POST', '/v1/events', { events: [event] });
  expect(results).toMatchObject([{ status: 'accepted' }]);
  return results;
};

/** The popup that waits for the player's browser. */
async function popupOf(token: string) {
  return expect
    .poll(async () => (await app.request('GET', '/v1/me/messages', { key: token })).body.popups[0], {
      timeout: 60_000,
      interval: 50,
    })
    .toBeDefined()
    .then(async () => (await app.request('GET', '/v1/me/messages', { key: token })).body.popups[0]);
}

const show = async (token: string, messageId: string) => {
  const claim = await app.request('POST', `/v1/me/messages/${messageId}/impression`, { key: token });
  expect(claim.status).toBe(200);
  return claim.body;
};

const raise = async (token: string, action: string, properties: object) => {
  const actions = [{ id: randomUUID(), action, properties }];
  const { status, body } = await app.request('POST', '/v1/me/actions', { key: token, body: { actions } });
  expect(status).toBe(200);
  return body.results[0];
};

/** What the API knows of a code of the campaign. */
const isSaved = async (code: string): Promise<boolean> => {
  const { status, body } = await app.request('POST', '/v1/codes/lookup', { body: { code } });
  if (status !== 404) expect(body).toMatchObject({ campaignId, kind: 'unique' });
  return status === 200;
};

const codeIn = (popup: { content: { blocks: { type: string; value: string }[] } }): string =>
  popup.content.blocks.find(({ type }) => type === 'code')?.value ?? '';

const enrolmentOf = async (id: string) =>
  (await call('GET', `/v1/journeys/${journeyId}/enrolments?player=${id}`)).items[0];

const untilOver = (id: string) =>
  expect
    .poll(async () => (await enrolmentOf(id))?.status, { timeout: 60_000, interval: 50 })
    .toBe('completed');

beforeAll(async () => {
  app = await startTestApp({ config: { outboundAllowPrivate: true } });
  const reward = {
    kind: 'deposit',
    matchBps: 10_000,
    cap: { EUR: 20_000 },
    minDeposit: { EUR: 2_000 },
    wagering: { multiplier: 3_500 },
  } as const;
  ({ campaignId } = await createCampaign(app, { rewards: [reward] }));

  const checked: Call = async (method, path, body) => {
    const answer = await app.request(method, path, { body });
    expect([200, 201], JSON.stringify(answer.body)).toContain(answer.status);
    return answer.body;
  };
  key = await app.key(['codes:write']);
  ({ journeyId } = await buildPromoJourney(checked, { url: app.url, campaignId, key }));
}, 60_000);
afterAll(() => app.close());

describe('the promo code of the popup', () => {
  it('is made, shown, saved through the API, and pays the bonus of the next deposit', async () => {
    const { id, token } = await player();
    await tell(id, 'login');
    const popup = await popupOf(token);
    const code = codeIn(popup);
    expect(code).toMatch(CODE);
    expect(await isSaved(code)).toBe(false);

    expect(await show(token, popup.id)).toEqual({ claimed: true, state: 'shown' });
    await untilOver(id);
    expect(await isSaved(code)).toBe(true);

    const [result] = await tell(id, 'deposit.succeeded', {
      ...{ depositId: randomUUID(), amount: 5_000, currency: 'EUR', method: 'card' },
      code,
    });
    expect(result.code).toMatchObject({ outcome: 'accepted' });
    const { items } = await call('GET', `/v1/grants?player=${id}`);
    expect(items).toMatchObject([{ kind: 'deposit', amount: 5_000, status: 'active', campaignId }]);
  }, 60_000);

  it('is another one for everybody', async () => {
    const codes = new Set<string>();
    for (let n = 0; n < 3; n++) {
      const { id, token } = await player();
      await tell(id, 'login');
      codes.add(codeIn(await popupOf(token)));
    }
    expect(codes.size).toBe(3);
  }, 60_000);

  it('is what the server prepared, whatever the browser says', async () => {
    const { id, token } = await player();
    await tell(id, 'login');
    const popup = await popupOf(token);
    const code = codeIn(popup);

    expect(await raise(token, 'CODE_IS_SHOWN', { code: 'FORGED1' })).toMatchObject({
      status: 'rejected',
      key: 'reserved_action',
    });
    await tell(id, 'client.action', { action: 'CODE_IS_SHOWN', properties: { code: 'FORGED2' } });
    expect((await enrolmentOf(id)).nodeId).toBe('popup');

    await show(token, popup.id);
    expect(await raise(token, 'OTHER_ACTION', { code: 'FORGED3' })).toMatchObject({ status: 'accepted' });
    await untilOver(id);
    expect(await isSaved(code)).toBe(true);
    for (const forged of ['FORGED1', 'FORGED2', 'FORGED3']) expect(await isSaved(forged)).toBe(false);
  }, 60_000);

  it('is shown and saved once, however many tabs claim it', async () => {
    const { id, token } = await player();
    await tell(id, 'login');
    const popup = await popupOf(token);
    const claims = await Promise.all(Array.from({ length: 5 }, () => show(token, popup.id)));
    expect(claims.filter(({ claimed }) => claimed)).toHaveLength(1);
    await untilOver(id);
    const { rows } = await app.db.query(
      `select from journey_effects where kind = 'webhook' and enrolment_id = $1`,
      [(await enrolmentOf(id)).id],
    );
    expect(rows).toHaveLength(1);
    expect(await isSaved(codeIn(popup))).toBe(true);
  }, 60_000);

  it('is never told without its key, and the key never', async () => {
    const { rows } = await app.db.query<{ kept: string }>('select c::text as kept from journey_calls c');
    expect(rows.length).toBeGreaterThan(0);
    for (const { kept } of rows) {
      expect(kept).toContain(`Bearer ${MASK}`);
      expect(kept).not.toContain(key);
    }
  });
});
