import type { Actors, On } from '../actors.ts';
import { LEAGUE } from '../campaigns.ts';
import type { World } from '../world.ts';
import { ifAllowed } from './if-allowed.ts';

const DAY_MS = 24 * 3_600_000;
const FIRST_WEEK = 5;
const WEEKS = 8;

/** A tournament each week; who has a ticket takes a seat on its last day. */
export function keepUpWithPrizes(on: On, world: World, _: Actors): void {
  for (let week = 0; week < WEEKS; week++) {
    const opens = FIRST_WEEK + week * 7;
    on(opens, 7.5, async () => {
      const endsAt = new Date(world.now() + 6.5 * DAY_MS).toISOString();
      const body = { key: LEAGUE, name: `Sunday league, week ${week + 1}`, endsAt, seats: 40 };
      await (await world.as('marketing')).createTournament({ body });
    });
    on(opens + 6, 17, () => takeSeats(week + 1));
  }

  async function takeSeats(week: number): Promise<void> {
    const { platform, random } = world;
    const query = { tournament: LEAGUE, status: 'issued', limit: 40 } as const;
    const { items } = await platform.listTickets({ query });
    for (const { id, player } of items) {
      const body = { reference: `week-${week}-${player}` };
      if (random.chance(0.8)) await ifAllowed(() => platform.useTicket({ params: { ticketId: id }, body }));
    }
  }
}
