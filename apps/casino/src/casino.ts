import { type Client, createClient } from '@promosmith/client';
import { createNotices, type Notices } from './accounts/notices.ts';
import { createPlayers, type Players } from './accounts/players.ts';
import { createSessions, type Sessions } from './accounts/sessions.ts';
import { type Cashier, createCashier } from './cashier/cashier.ts';
import type { Config } from './config.ts';
import { createStudio, type Studio } from './games/free-spins.ts';
import { createRounds, type Rounds } from './games/rounds.ts';
import { type Connection, connect } from './promosmith/connect.ts';
import { createTelling, type Telling } from './promosmith/telling.ts';
import { createWebhooks, type Webhooks } from './promosmith/webhooks.ts';
import type { Store } from './store.ts';

/** All that pages work with. */
export interface Casino {
  config: Config;
  store: Store;
  promosmith: Client;
  players: Players;
  sessions: Sessions;
  notices: Notices;
  telling: Telling;
  webhooks: Webhooks;
  cashier: Cashier;
  rounds: Rounds;
  studio: Studio;
  /** @throws before `connectTo`. */
  connection(): Connection;
  /** Sets Promosmith up for this casino. @param url base URL of the casino, as Promosmith reaches it. */
  connectTo(url: string): Promise<void>;
  /** Finishes what was interrupted: events not sent, rounds not ended, withdrawals not answered. */
  catchUp(): Promise<void>;
}

export function createCasino(config: Config, store: Store): Casino {
  let connected: Connection | undefined;
  const connection = (): Connection => {
    if (!connected) throw new Error('Promosmith has not been reached yet');
    return connected;
  };
  const promosmith = createClient({ baseUrl: config.promosmithUrl, key: config.promosmithKey });
  const players = createPlayers(store);
  const telling = createTelling(store, promosmith);
  const cashier = createCashier(store, promosmith, telling);
  const rounds = createRounds(store, promosmith);
  const studio = createStudio(store, () => connection().studio);
  return {
    ...{ config, store, promosmith, players, telling, cashier, rounds, studio, connection },
    sessions: createSessions(store, players),
    notices: createNotices(store),
    webhooks: createWebhooks(store, () => connection().webhookSecret),
    async connectTo(url) {
      connected = await connect(promosmith, store, url);
    },
    async catchUp() {
      await telling.send();
      await cashier.requestStranded();
      await rounds.settleStranded();
      await studio.tellEnds();
    },
  };
}
