import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { type Casino, createCasino } from './casino.ts';
import type { Config } from './config.ts';
import { type DemoPlayer, makeDemoPlayer } from './demo-player.ts';
import { openStore } from './store.ts';
import { mountPages } from './web/pages/index.ts';
import { createSite } from './web/server.ts';

export interface RunningCasino {
  /** Base URL it listens on. */
  url: string;
  player: DemoPlayer;
  casino: Casino;
  /** Lets requests under way finish, and closes the books. */
  close(): Promise<void>;
}

const CATCH_UP_EVERY_MS = 5_000;

/**
 * Opens the casino: its books, its web server, and its side of Promosmith.
 * @param log gets what went wrong, for whoever runs it.
 * @throws when the port cannot be listened on, or Promosmith cannot be set up.
 */
export async function startCasino(config: Config, log: (error: unknown) => void): Promise<RunningCasino> {
  const store = openStore(config.dataDir);
  const casino = createCasino(config, store);
  const site = createSite(casino, log);
  mountPages(site, casino);
  const over = new AbortController();
  let catchingUp: Promise<void> = Promise.resolve();

  async function close(): Promise<void> {
    over.abort();
    await catchingUp;
    await site.http.close();
    store.close();
  }

  try {
    await site.http.listen({ host: config.host, port: config.port });
    const url = urlOf(site.http.server.address() as AddressInfo);
    await casino.connectTo(url);
    const player = await makeDemoPlayer(casino);
    catchingUp = catchUpForEver(casino, over.signal, log);
    return { url, player, casino, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Where it is reached on this machine, also when it listens on all addresses. */
function urlOf({ address, port }: AddressInfo): string {
  if (address === '0.0.0.0') return `http://127.0.0.1:${port}`;
  return `http://${address.includes(':') ? `[${address === '::' ? '::1' : address}]` : address}:${port}`;
}

async function catchUpForEver(
  casino: Casino,
  signal: AbortSignal,
  log: (error: unknown) => void,
): Promise<void> {
  while (!signal.aborted) {
    await casino.catchUp().catch(log);
    await delay(CATCH_UP_EVERY_MS, undefined, { signal, ref: false }).catch(() => undefined);
  }
}
