import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';

/** The operating-system account PostgreSQL runs under. Undefined means: the one we run under ourselves. */
export interface Account {
  uid: number;
  gid: number;
}

const candidates = ['postgres', 'nobody'];

/**
 * PostgreSQL refuses to run as root, so when we are root it runs as the owner of the existing data, and for new data
 * as an unprivileged account every system has.
 */
export function accountFor(cluster: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const owner = statSync(cluster, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  for (const name of candidates) {
    const [uid, gid] = [numericId('-u', name), numericId('-g', name)];
    if (uid && gid) return { uid, gid };
  }
  throw new Error(
    `PostgreSQL cannot run as root, and none of the accounts ${candidates.join(', ')} exists. Start as an ordinary user, or set DATABASE_URL.`,
  );
}

function numericId(flag: '-u' | '-g', name: string): number | undefined {
  const answer = spawnSync('id', [flag, name], { encoding: 'utf8' });
  return answer.status === 0 ? Number(answer.stdout) : undefined;
}

/** Whether a shell condition holds for the account; the paths it speaks of are `$1`, `$2`… */
export function holdsFor(account: Account, condition: string, ...paths: string[]): boolean {
  const shell = spawnSync('/bin/sh', ['-c', condition, 'sh', ...paths], {
    cwd: '/',
    stdio: 'ignore',
    uid: account.uid,
    gid: account.gid,
  });
  return shell.status === 0;
}
