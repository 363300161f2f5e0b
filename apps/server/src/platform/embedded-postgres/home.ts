import { createHash } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { type Account, accountFor, holdsFor } from './account.ts';

/** Where everything of one embedded server lives. */
export interface Home {
  directory: string;
  /** PostgreSQL's own data directory. */
  cluster: string;
  /** Holds the socket; its permissions decide who may connect. */
  sockets: string;
  logFile: string;
  account: Account | undefined;
}

/**
 * Prepares the wanted folder. When we are root and PostgreSQL's account cannot enter it (a checkout under /root, say),
 * a folder of our own outside is used instead, the same one every time.
 */
export function prepareHome(wanted: string, log: (line: string) => void = () => {}): Home {
  mkdirSync(wanted, { recursive: true });
  const directory = realpathSync(wanted);
  const account = accountFor(join(directory, 'cluster'));
  if (!account) {
    const { uid } = lstatSync(directory);
    if (uid !== process.getuid?.()) {
      throw new Error(
        `${directory} belongs to another account (uid ${uid}): start as that one, or choose another DATA_DIR.`,
      );
    }
    chmodSync(directory, 0o700);
    return homeIn(directory, undefined);
  }
  chmodSync(directory, 0o711);
  if (holdsFor(account, 'test -x "$1"', directory)) return homeIn(directory, account);

  const key = createHash('sha256').update(directory).digest('hex').slice(0, 12);
  const substitute = join(privateRoot(), key);
  mkdirSync(substitute, { recursive: true });
  chmodSync(substitute, 0o711);
  log(`PostgreSQL's account cannot enter ${directory}, so its data is kept in ${substitute}`);
  return homeIn(substitute, accountFor(join(substitute, 'cluster')));
}

function homeIn(directory: string, account: Account | undefined): Home {
  return {
    directory,
    cluster: join(directory, 'cluster'),
    sockets: join(directory, 'socket'),
    logFile: join(directory, 'postgres.log'),
    account,
  };
}

/** A folder of root's that every account may enter and that outlives a reboot. Used only when we are root. */
export function privateRoot(): string {
  const root = '/var/lib/promosmith';
  mkdirSync(root, { recursive: true });
  chmodSync(root, 0o711);
  const { uid } = lstatSync(root);
  if (uid !== 0 || !lstatSync(root).isDirectory()) throw new Error(`${root} is not a directory of root's`);
  return root;
}
