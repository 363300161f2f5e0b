import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../free-port.ts';
import { owner, readPassword } from './cluster.ts';
import type { Home } from './home.ts';
import { readPidFile, supervisorArgument } from './occupant.ts';
import { defaultSettings } from './settings.ts';

/** Where a server listens. */
export interface Address {
  /** The PostgreSQL settings that make it listen there. */
  settings: Record<string, string>;
  /** Connection URL of one of its databases. */
  url: (database: string) => string;
}

/** Longest path of a Unix socket on the platforms we run on (macOS 104, Linux 108, the terminating zero included). */
const longestSocketPath = 103;

/** A socket in a private folder; loopback and a password where the folder's path is too long for a socket. */
export async function chooseAddress(home: Home): Promise<Address> {
  return fitsSocket(home) ? socketAddress(home) : loopbackAddress(home, await freePort('127.0.0.1'));
}

/** The address of a server that runs already. */
export function runningAddress(home: Home): Address | undefined {
  const file = readPidFile(home.cluster);
  if (file?.status !== 'ready') return undefined;
  return fitsSocket(home) ? socketAddress(home) : loopbackAddress(home, file.port);
}

const fitsSocket = ({ sockets }: Home) => Buffer.byteLength(`${sockets}/.s.PGSQL.5432`) <= longestSocketPath;

function socketAddress({ sockets }: Home): Address {
  return {
    settings: {
      listen_addresses: '',
      port: '5432',
      unix_socket_directories: sockets,
      unix_socket_permissions: '0700',
    },
    url: (database) => `postgres://${owner}@localhost/${database}?host=${encodeURIComponent(sockets)}`,
  };
}

function loopbackAddress(home: Home, port: number): Address {
  const password = readPassword(home);
  return {
    settings: { listen_addresses: '127.0.0.1', port: String(port), unix_socket_directories: '' },
    url: (database) => `postgres://${owner}:${password}@127.0.0.1:${port}/${database}`,
  };
}

/** Starts a postmaster as a child process and waits until it takes connections, however long its recovery lasts. */
export async function launch(
  home: Home,
  postgres: string,
  settings: Record<string, string>,
): Promise<ChildProcess> {
  rotateLog(home.logFile);
  const output = openSync(home.logFile, 'a', 0o600);
  const logged = statSync(home.logFile).size;
  const options = Object.entries({ ...defaultSettings, ...settings }).map(
    ([name, value]) => `${name}=${value}`,
  );
  const child = spawn(
    postgres,
    ['-D', home.cluster, ...[...options, supervisorArgument()].flatMap((option) => ['-c', option])],
    {
      cwd: '/',
      stdio: ['ignore', output, output],
      // Its own process group: Ctrl-C in a terminal must reach us alone, so that we can drain before the database ends.
      detached: true,
      ...home.account,
    },
  );
  closeSync(output);
  await new Promise<void>((resolve, reject) => child.once('spawn', resolve).once('error', reject));
  while (!isReady(home.cluster, child)) {
    if (child.exitCode !== null || child.signalCode !== null) {
      const said = readFileSync(home.logFile, 'utf8').slice(logged).trim();
      throw new Error(`PostgreSQL did not start: ${said.split('\n').slice(-10).join('\n')}`);
    }
    await sleep(10);
  }
  return child;
}

function isReady(cluster: string, child: ChildProcess): boolean {
  const file = readPidFile(cluster);
  return file !== undefined && file.pid === child.pid && file.status === 'ready';
}

const longestLog = 10 * 1024 * 1024;

function rotateLog(file: string): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > longestLog) renameSync(file, `${file}.1`);
}
