import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { lstat, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { LaunchOptions } from 'playwright-core';

const UNPACK = fileURLToPath(new URL('./unpack.ts', import.meta.url));

/**
 * The Chromium of `@sparticuz/chromium`, with the system libraries and the font that come with it, so that it starts on a
 * bare machine. Unpacked once for each user and version, in two seconds.
 */
export async function bundledChromium(): Promise<LaunchOptions> {
  const folder = join(tmpdir(), `promosmith-chromium-${versionOf('@sparticuz/chromium')}-${userInfo().uid}`);
  if (!(await isOurs(folder))) await unpackTo(folder);
  return {
    executablePath: join(folder, 'chromium'),
    env: {
      ...process.env,
      LD_LIBRARY_PATH: join(folder, 'al2023/lib'),
      FONTCONFIG_FILE: join(folder, 'fonts.conf'),
    },
  };
}

/** @throws when somebody else made it: what lies in it would be run. */
async function isOurs(folder: string): Promise<boolean> {
  const found = await lstat(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (found && (!found.isDirectory() || found.uid !== userInfo().uid))
    throw new Error(`${folder} belongs to somebody else`);
  return found !== undefined;
}

/** Aside first: test files that start together all find a whole browser or none. */
async function unpackTo(folder: string): Promise<void> {
  const fresh = await mkdtemp(`${folder}.`);
  try {
    await promisify(execFile)(process.execPath, [UNPACK], { env: { ...process.env, TMPDIR: fresh } });
    await writeFile(join(fresh, 'fonts.conf'), fontsIn(folder));
    await rename(fresh, folder);
  } catch (error) {
    await rm(fresh, { recursive: true });
    if (!(await isOurs(folder))) throw error;
  }
}

const fontsIn = (folder: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}/fonts/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${folder}/fonts-cache</cachedir>
</fontconfig>
`;

function versionOf(name: string): string {
  const manifest = new URL('../package.json', import.meta.resolve(name));
  return JSON.parse(readFileSync(manifest, 'utf8')).version;
}
