import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Account } from './account.ts';
import type { Home } from './home.ts';

/** The superuser of the embedded server, and the name of the database made for the application. */
export const owner = 'promosmith';

const passwordFile = 'promosmith.password';

/**
 * Makes the data directory if it is not there yet. It is built aside and renamed into place, so a crash half-way, or two
 * processes at once, never leave a broken one.
 */
export async function ensureCluster(home: Home, initdb: string): Promise<void> {
  if (existsSync(home.cluster)) return;
  const stage = mkdtempSync(join(home.directory, 'new-'));
  try {
    const [data, password] = [join(stage, 'data'), join(stage, 'password')];
    mkdirSync(data, { mode: 0o700 });
    writeFileSync(password, randomBytes(24).toString('base64url'), { mode: 0o600 });
    for (const path of [stage, data, password]) give(path, home.account);
    await runInitdb(initdb, data, password, home.account);
    renameSync(password, join(data, passwordFile));
    if (!existsSync(home.cluster)) renameSync(data, home.cluster);
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}

/** The password for connections over loopback; the socket's folder protects connections through the socket. */
export function readPassword(home: Home): string {
  return readFileSync(join(home.cluster, passwordFile), 'utf8').trim();
}

/** A private folder that belongs to PostgreSQL's account. */
export function ensureSocketFolder(home: Home): void {
  mkdirSync(home.sockets, { recursive: true, mode: 0o700 });
  chmodSync(home.sockets, 0o700);
  give(home.sockets, home.account);
}

function give(path: string, account: Account | undefined): void {
  if (account) chownSync(path, account.uid, account.gid);
}

function runInitdb(
  initdb: string,
  data: string,
  password: string,
  account: Account | undefined,
): Promise<void> {
  const args = [
    ...['--pgdata', data, '--username', owner, '--pwfile', password],
    ...['--auth-local', 'trust', '--auth-host', 'scram-sha-256'],
    ...['--encoding', 'UTF8', '--locale', 'C', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8'],
    '--data-checksums',
  ];
  return new Promise((resolve, reject) => {
    const child = spawn(initdb, args, { cwd: '/', stdio: ['ignore', 'ignore', 'pipe'], ...account });
    let complaint = '';
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      complaint += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`initdb could not make ${data}: ${complaint.trim()}`)),
    );
  });
}
