import type { Casino } from '../../casino.ts';
import { playerToken } from '../../promosmith/tokens.ts';
import { balanceText } from '../played.ts';
import { balanceOf, type Site } from '../server.ts';
import { mountAccounts } from './accounts.ts';
import { mountBonuses } from './bonuses.ts';
import { mountCashier } from './cashier.ts';
import { mountLobby } from './lobby.ts';
import { mountPlatform } from './platform.ts';
import { mountResponsible } from './responsible.ts';
import { mountRoulette } from './roulette.ts';
import { mountSlot } from './slot.ts';

/** Every page of the casino, and what it serves to Promosmith. */
export function mountPages(site: Site, casino: Casino): void {
  mountLobby(site);
  mountAccounts(site, casino);
  mountCashier(site, casino);
  mountSlot(site, casino);
  mountRoulette(site, casino);
  mountBonuses(site);
  mountResponsible(site, casino);
  mountPlatform(site, casino);
  casino.webhooks.mount(site.http);
  casino.studio.mount(site.http);

  site.open('get', '/balance', async ({ visitor: { player }, reply }) => {
    const balance = player && (await balanceOf(casino, player));
    return reply.send({ balance: balance ? balanceText(balance) : null });
  });

  // What the widget acts by. Answered to pages of ours alone: no other origin can read it.
  site.open('get', '/player-token', async ({ visitor: { player }, reply }) => {
    if (!player) return reply.send({ token: null });
    const { brand, tokenSecret } = casino.connection();
    return reply.send(await playerToken(brand, tokenSecret, player.playerId));
  });
}
