import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventsOf, grantsOf } from '../../testing/actions.ts';
import { freshSetAside } from '../../testing/set-aside.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';
import { lapseUnclaimed } from './lapse.ts';
import {
  cashbackCampaign,
  endPeriod,
  grantCashback,
  lastMonth,
  placeBets,
  playerWith,
  settlementsOf,
  type TestGrant,
} from './testing.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ brand: { timeZone: 'UTC' } });
});
afterAll(() => app.close());

const { midst, over } = lastMonth();

/** A player with 35.00 to be claimed. */
async function claimable(periods = 1): Promise<{
  player: string;
  campaignId: string;
  grant: TestGrant;
  id: string;
}> {
  const terms = { payout: 'claim', claimWithinSeconds: 3_600, periods } as const;
  const made = await playerWith(app, [{ at: midst, stake: 35_000 }], terms);
  const [{ id }] = await settlementsOf(app, made.grant, 1);
  return { ...made, id };
}

const claim = (id: string, key = app.ownerKey) => app.request('POST', `/v1/cashback/${id}/claim`, { key });

const bonusesOf = async (player: string) =>
  (await grantsOf(app, player)).filter(({ kind }) => kind === 'bonus_balance');

const statusOf = async ({ grantId }: TestGrant): Promise<string> =>
  (await app.request('GET', `/v1/grants/${grantId}`)).body.status;

describe('cashback that is to be claimed', () => {
  it('waits for the player, and is paid once', async () => {
    const { player, campaignId, grant, id } = await claimable();
    const [waiting] = await settlementsOf(app, grant, 1);
    expect(waiting).toMatchObject({ state: 'claimable', amount: 3_500, paidAt: null });
    expect(Date.parse(waiting.claimUntil) - Date.parse(waiting.closedAt)).toBe(3_600_000);
    expect(await bonusesOf(player)).toEqual([]);
    expect(await statusOf(grant)).toBe('active');

    const token = await app.playerToken(player);
    const first = await claim(id, token);
    expect(first).toMatchObject({ status: 200, body: { id, state: 'paid', amount: 3_500 } });
    expect(await claim(id, token)).toMatchObject({ status: 200, body: first.body });
    expect(await settlementsOf(app, grant, 1)).toEqual([first.body]);
    expect(await bonusesOf(player)).toMatchObject([{ amount: 3_500, wageringRequired: 17_500 }]);
    expect(await statusOf(grant)).toBe('completed');
    expect((await eventsOf(app, campaignId)).map(({ type, data }) => [type, data.state])).toEqual([
      ['cashback.settled', 'claimable'],
      ['cashback.settled', 'paid'],
      ['bonus.granted', undefined],
    ]);
  });

  it('is paid once, however many claim it at once', async () => {
    const { player, id } = await claimable();
    const answers = await Promise.all(Array.from({ length: 20 }, () => claim(id)));
    expect(answers.map(({ status, body }) => [status, body.state])).toEqual(Array(20).fill([200, 'paid']));
    expect(await bonusesOf(player)).toHaveLength(1);
  });

  it('lapses when nobody claims it in time', async () => {
    const { player, campaignId, grant, id } = await claimable();
    await app.db.query('update cashback_periods set claim_until = now() where settlement_id = $1', [id]);
    const late = await claim(id);
    expect(late).toMatchObject({ status: 422, body: { key: 'claim_lapsed' } });
    await lapseUnclaimed(app.db, freshSetAside());
    expect(await settlementsOf(app, grant, 1)).toMatchObject([
      { state: 'lapsed', amount: 3_500, paidAt: null },
    ]);
    expect(await claim(id)).toMatchObject({ status: 422, body: { key: 'claim_lapsed' } });
    expect(await bonusesOf(player)).toEqual([]);
    expect(await statusOf(grant)).toBe('completed');
    expect((await eventsOf(app, campaignId)).map(({ data }) => data.state)).toEqual(['claimable', 'lapsed']);
  });

  it('does not end its bonus while other periods are open', async () => {
    const { grant, id } = await claimable(2);
    expect((await claim(id)).status).toBe(200);
    expect(await statusOf(grant)).toBe('active');
  });

  it('ends its bonus once, whichever of the last claims comes first', async () => {
    const { player, grant, id } = await claimable(2);
    await placeBets(app, player, [{ at: over, stake: 5_000 }]);
    await endPeriod(app, grant);
    const [, second] = await settlementsOf(app, grant, 2);
    await Promise.all([claim(id), claim(second.id)]);
    expect(await statusOf(grant)).toBe('completed');
    expect((await bonusesOf(player)).map(({ amount }) => amount).sort()).toEqual([3_500, 500]);
  });

  it('is nothing where nothing is paid', async () => {
    const campaignId = await cashbackCampaign(app, { period: 'month', payout: 'claim' });
    const [grant] = await grantCashback(app, campaignId, ['winner'], midst);
    const [{ id }] = await settlementsOf(app, grant as TestGrant, 1);
    expect(await claim(id)).toMatchObject({ status: 422, body: { key: 'nothing_to_claim' } });
  });

  it('is not paid while the player is out', async () => {
    const { player, id } = await claimable();
    const tell = (what: string, body: object) =>
      app.request('POST', `/v1/players/${player}/${what}`, { body: { ...body, reason: 'test' } });
    const exclude = (excluded: boolean) => tell('self-exclusion', { excluded });
    const block = (blocked: boolean) => tell('bonus-block', { blocked });
    expect((await exclude(true)).status).toBe(200);
    expect(await claim(id)).toMatchObject({ status: 422, body: { key: 'self_excluded' } });
    await exclude(false);
    expect((await block(true)).status).toBe(200);
    expect(await claim(id)).toMatchObject({ status: 422, body: { key: 'bonus_blocked' } });
    await block(false);
    expect(await claim(id)).toMatchObject({ status: 200, body: { state: 'paid' } });
  });

  it('is over with its bonus', async () => {
    const { grant, id } = await claimable();
    await app.db.query(`update grants set status = 'cancelled' where grant_id = $1`, [grant.grantId]);
    expect(await claim(id)).toMatchObject({ status: 422, body: { key: 'grant_not_active' } });
  });

  it('is the player’s own, and the brand’s', async () => {
    const { id } = await claimable();
    const { ownerKey } = await app.anotherBrand();
    expect((await claim(id, ownerKey)).status).toBe(404);
    expect((await claim(id, await app.playerToken('somebody-else'))).status).toBe(404);
    expect((await claim(id, await app.key(['bonuses:read']))).status).toBe(403);
    expect((await claim(id, await app.key(['bonuses:change']))).status).toBe(200);
  });

  it('is audited when somebody else claims it for the player', async () => {
    const { id, player } = await claimable();
    await claim(id);
    const { rows } = await app.db.query(
      `select action, target_id from audit_log where target_kind = 'cashback_settlement' and target_id = $1`,
      [id],
    );
    expect(rows).toEqual([{ action: 'cashback.claimed', target_id: id }]);
    const own = await claimable();
    await claim(own.id, await app.playerToken(own.player));
    const { rows: none } = await app.db.query(`select from audit_log where target_id = $1`, [own.id]);
    expect(none).toEqual([]);
    expect(player).not.toBe(own.player);
  });
});
