import { randomBytes } from 'node:crypto';
import { DEMO_PROVIDER } from '../../offers.ts';
import type { Actors, On } from '../actors.ts';
import type { World } from '../world.ts';

/** Addresses that nobody has, for after the history: those that were there until then end with it. */
const NOWHERE = 'https://integrations.demo.example';

/** Webhooks and the studio of the free spins: connected, broken for a while, and repaired. */
export function lookAfterConnections(on: On, world: World, { outside }: Actors): void {
  const webhooks: { webhookId: string; path: string }[] = [];

  on(46, 9, () =>
    connect('/crm', 'Customer relations', ['bonus.converted', 'campaign.activated', 'campaign.paused']),
  );
  on(51, 10, () =>
    connect('/warehouse', 'Data warehouse', ['cashback.settled', 'budget.threshold_crossed', 'ticket.used']),
  );
  on(52, 2, async () => outside.break('/studio', true));
  // Often enough that what can't be delivered is given up.
  for (let hours = 8; hours < 96; hours += 6) on(52, hours, world.catchUp);
  on(56, 9, async () => outside.break('/studio', false));
  on(57, 22, async () => outside.break('/warehouse', true));

  async function connect(path: string, description: string, eventTypes: EventTypes): Promise<void> {
    const administrator = await world.as('administrator');
    const body = { url: outside.url(path), description, eventTypes };
    const { webhookId } = await administrator.createWebhook({ body });
    webhooks.push({ webhookId, path });
  }

  outside.onLeave(async () => {
    const administrator = await world.as('administrator');
    for (const { webhookId, path } of webhooks)
      await administrator.updateWebhook({
        params: { webhookId },
        body: { url: `${NOWHERE}${path}`, enabled: path === '/warehouse' },
      });
    const { accountId } = await administrator.getFreeRoundProvider({ params: { provider: DEMO_PROVIDER } });
    await administrator.putFreeRoundProvider({
      params: { provider: DEMO_PROVIDER },
      body: {
        shape: 'hmac256',
        baseUrl: 'https://games.demo.example',
        accountId,
        secret: randomBytes(32).toString('hex'),
      },
    });
  });
}

type EventTypes = NonNullable<
  Parameters<Awaited<ReturnType<World['as']>>['createWebhook']>[0]['body']['eventTypes']
>;
