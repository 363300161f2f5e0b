import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { activate, expectBalanced, grantsOf } from '../../testing/actions.ts';
import { createOffer } from '../../testing/fixtures.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';
import { connectEngine } from '../engines/testing.ts';
import { issueBonuses, type NewBonus } from './issue-bonuses.ts';

let app: TestApp;
let campaignId: string;
let parent: { grantId: string; playerId: string };

beforeAll(async () => {
  app = await startTestApp({ config: { outboundAllowPrivate: true } });
  const offer = await createOffer(app);
  campaignId = offer.campaignId;
  const { body } = await activate(app, offer.code, 'ann');
  const { rows } = await app.db.query<{ grantId: string; playerId: string }>(
    'select grant_id as "grantId", player_id as "playerId" from grants where grant_id = $1',
    [body.grants[0].id],
  );
  parent = rows[0]!;
});
afterAll(async () => {
  // What they are said to come out of, so that the books know it.
  await app.db.query(
    `insert into cashback_periods (player_id, grant_id, number, brand_id, campaign_id, currency, paid_as, time_zone,
       starts_at, ends_at, state, settlement_id, amount)
     values ($1, $2, 1, $3, $4, 'EUR', 'bonus', 'UTC', now(), now(), 'paid', gen_random_uuid(), $5)`,
    [parent.playerId, parent.grantId, app.brand.brandId, campaignId, 350 + 120 + 77],
  );
  await expectBalanced(app);
  await app.close();
});

const bonus = (amount: number): NewBonus => ({
  brandId: app.brand.brandId,
  playerId: parent.playerId,
  playerExternalId: 'ann',
  campaignId,
  campaignVersion: 1,
  rewardIndex: 0,
  activationId: null,
  source: 'cashback',
  parentGrantId: parent.grantId,
  currency: 'EUR',
  amount,
  wageringRequired: amount * 50_000,
  expiresAt: Date.UTC(2999, 0),
});

const issue = (...bonuses: NewBonus[]) => app.db.transaction((tx) => issueBonuses(tx, bonuses));

describe('bonuses that come out of others', () => {
  it('are none for none', async () => {
    expect(await issue()).toEqual([]);
  });

  it('begin at once, booked, and tell what they came out of', async () => {
    const events = await issue(bonus(350), bonus(120));
    expect(events).toMatchObject(
      [350, 120].map((amount) => ({
        type: 'bonus.granted',
        data: {
          kind: 'bonus_balance',
          amount,
          source: 'cashback',
          parentGrantId: parent.grantId,
          player: 'ann',
        },
      })),
    );
    const ids = events.map(({ data }) => data.grantId);
    const issued = (await grantsOf(app, 'ann')).filter(({ id }) => ids.includes(id));
    expect(issued.map(({ amount }) => amount).toSorted()).toEqual([120, 350]);
    for (const grant of issued)
      expect(grant).toMatchObject({
        status: 'active',
        kind: 'bonus_balance',
        balance: grant.amount,
        wageringRequired: grant.amount * 5,
        source: 'cashback',
        parentGrantId: parent.grantId,
        expiresAt: '2999-01-01T00:00:00.000Z',
      });
    const { rows } = await app.db.query('select from postings where grant_id = any($1)', [ids]);
    expect(rows).toHaveLength(2);
  });

  it('go to the outside engine that keeps the bonuses of the brand', async () => {
    await using engine = await connectEngine(app);
    const [event] = await issue(bonus(77));
    const grantId = event?.data.grantId;
    await expect
      .poll(() => engine.messages().map((message) => message.bonus?.amount), { timeout: 20_000 })
      .toEqual([77]);
    const { rows } = await app.db.query('select from postings where grant_id = $1', [grantId]);
    expect(rows).toEqual([]);
    expect((await grantsOf(app, 'ann')).find(({ id }) => id === grantId)).toMatchObject({
      keptOutside: true,
    });
  });
});
