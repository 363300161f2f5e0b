import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import type { CasinoCredentials } from '../demo/seed.ts';
import type { Config } from '../platform/config.ts';

const MAIN = fileURLToPath(new URL('../../../casino/src/main.ts', import.meta.url));

/** Where browsers come from that have a page of the casino open. */
export const originsOfCasino = ({ host }: Config, port: number): string[] =>
  [...new Set(['localhost', '127.0.0.1', inUrl(host)])].map(
    (name) => new URL(`http://${name}:${port}`).origin,
  );

/**
 * Starts the demo casino beside the server: a process of its own, which knows nothing but URLs and keys. It ends when this
 * process does, however that ends.
 * @param options.url where the server listens.
 * @returns how it is stopped.
 */
export function startCasino(options: {
  config: Config;
  port: number;
  url: string;
  credentials: CasinoCredentials;
  log: Logger;
}): () => Promise<void> {
  const { config, port, url, credentials, log } = options;
  const promosmithUrl = onThisMachine(url);
  const casino = spawn(process.execPath, [MAIN], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: {
      CASINO_HOST: config.host,
      CASINO_PORT: String(port),
      CASINO_DATA_DIR: join(config.dataDir, 'casino', credentials.brandId),
      PROMOSMITH_URL: promosmithUrl,
      PROMOSMITH_PUBLIC_URL: config.port === 0 ? promosmithUrl : config.publicUrl,
      PROMOSMITH_KEY: credentials.key,
      PROMOSMITH_PUBLISHABLE_KEY: credentials.publishableKey,
    },
  });
  const ended = once(casino, 'exit');
  let isStopping = false;
  casino.once('exit', (code, signal) => {
    if (!isStopping)
      log.error({ how: signal ?? code }, 'the demo casino ended; the server goes on without it');
  });
  return async () => {
    isStopping = true;
    if (casino.exitCode === null && casino.signalCode === null) casino.kill('SIGTERM');
    await ended;
  };
}

/** Where a server is reached from its own machine, also when it listens on all addresses. */
export const onThisMachine = (url: string): string =>
  url.replace('//0.0.0.0:', '//127.0.0.1:').replace('//[::]:', '//[::1]:');

const inUrl = (host: string): string => (host.includes(':') ? `[${host}]` : host);
