import { randomBytes } from 'node:crypto';
import { DEMO_PROVIDER } from '../../offers.ts';
import type { Actors, On } from '../actors.ts';
import type { World } from '../world.ts';

/** Addresses that nobody has, for after the history: those that were there until then end with it. */
const NOWHERE = 'https://integrations.demo.example';

/** Players who are given spins while the studio is down. */
const UNLUCKY = 5;
/** Hours: about when deliveries are tried again, until they are given up. */
const ATTEMPTS_AFTER = [
  0.1, 0.3, 0.6, 1, 2, 3, 5, 8, 12, 18, 24, 30, 36, 42, 48, 54, 60, 66, 72, 78, 84, 92, 100, 110,
];

/** Webhooks and the studio of the free spins: connected, broken for a while, and repaired. */
export function lookAfterConnections(on: On, world: World, { attempts, casino, outside }: Actors): void {
  const webhooks: { webhookId: string; path: string }[] = [];

  on(46, 9, () =>
    connect('/crm', 'Customer relations', ['bonus.converted', 'campaign.activated', 'campaign.paused']),
  );
  on(51, 10, () =>
    connect('/warehouse', 'Data warehouse', [
      'ticket.issued',
      'cashback.settled',
      'budget.threshold_crossed',
      'ticket.used',
    ]),
  );
  on(52, 2, async () => outside.break('/studio', true));
  on(52, 9, async () => {
    const hopeful = attempts.present.filter(
      (person) => person.currency === 'EUR' && !casino.hasDeposited(person),
    );
    for (const person of hopeful.slice(-UNLUCKY)) await attempts.by(person, 'LANTERN');
  });
  for (const hours of ATTEMPTS_AFTER) on(52, 9 + hours, world.catchUp);
  on(57, 9, async () => outside.break('/studio', false));
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
