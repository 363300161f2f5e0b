import type { Actors, On } from '../actors.ts';
import type { World } from '../world.ts';
import { triedOn } from './if-allowed.ts';

const DAY_MS = 24 * 3_600_000;
const GOODWILL = [
  'Waited two days for a withdrawal',
  'The slot froze in the middle of free spins',
  'Code of the newsletter came a day late',
  'Complaint settled',
];

/** Support makes good what went wrong: grants by hand, longer bonuses, bonuses brought back, deliveries tried again. */
export function supportPlayers(at: On, world: World, _: Actors): void {
  const { random } = world;
  const on = triedOn(at);
  for (let day = 17; day < 60; day += 5) on(day, 12.2, () => goodwill(500));
  on(59, 13, () => goodwill(6_000));
  for (const day of [21, 37, 55]) on(day, 15.1, extend);
  for (const day of [26, 48]) on(day, 10.2, reinstate);
  for (const day of [33, 57]) on(day, 11.5, cancel);
  on(58, 9.1, retry);

  /** Above the threshold it waits for a second person. @param euros minor units */
  async function goodwill(euros: number): Promise<void> {
    const support = await world.as('support');
    const { items } = await support.listActivations({ query: { outcome: 'refused', limit: 50 } });
    const { items: campaigns } = await support.listCampaigns({ query: { name: 'Newsletter gift' } });
    const [campaign, unlucky] = [campaigns[0], random.pick(items)];
    if (!campaign) return;
    const { currency } = await support.getPlayer({ params: { externalId: unlucky.player } });
    await support.grantByHand({
      headers: { 'idempotency-key': `goodwill-${world.now()}` },
      body: {
        ...{ player: unlucky.player, campaignId: campaign.id },
        ...{ amount: currency === 'SEK' ? euros * 10 : euros, reason: random.pick(GOODWILL) },
      },
    });
  }

  async function extend(): Promise<void> {
    const support = await world.as('support');
    const { items } = await support.listGrants({ query: { status: 'active', kind: 'deposit' } });
    const [grant] = items;
    if (!grant?.expiresAt) return;
    const expiresAt = new Date(Date.parse(grant.expiresAt) + 3 * DAY_MS).toISOString();
    const body = { expiresAt, reason: 'Was ill for some days' };
    await support.extendGrant({ params: { grantId: grant.id }, body });
  }

  async function reinstate(): Promise<void> {
    const support = await world.as('support');
    const from = new Date(world.now() - 5 * DAY_MS).toISOString();
    const { items } = await support.listGrants({ query: { status: 'forfeited', kind: 'deposit', from } });
    const [grant] = items;
    if (!grant) return;
    const body = { reason: 'Did not know that the withdrawal costs the bonus' };
    await support.reinstateGrant({ params: { grantId: grant.id }, body });
  }

  async function cancel(): Promise<void> {
    const support = await world.as('support');
    const { items } = await support.listGrants({ query: { status: 'active', kind: 'bonus_balance' } });
    const [grant] = items;
    const body = { reason: 'The player asked for it' };
    if (grant) await support.cancelGrant({ params: { grantId: grant.id }, body });
  }

  /** Of those that were given up while the studio was down, the latest; the others are left for tomorrow. */
  async function retry(): Promise<void> {
    const support = await world.as('support');
    const { items } = await support.listDeliveries({ query: { state: 'failed' } });
    const [delivery] = items;
    if (delivery) await support.retryDelivery({ params: { deliveryId: delivery.deliveryId } });
  }
}
