import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const root = join(import.meta.dirname, '..');
const STAMP = 'made-of';
/** Above it, half a minute more saves two per cent. */
const BROTLI_QUALITY = 9;
/** What the pages are made of: these, and what they import of the contract and core. */
const SOURCES = [
  'apps/console/{src,build,public}/**/*',
  'apps/console/*.{ts,html}',
  'packages/{contract,core,client}/src/**/*.ts',
];

/** The built pages: what the server serves. */
export const CONSOLE = join(root, 'dist');

/** Builds the console, unless what is there was made of the same sources by the same tools. */
export async function buildConsole(): Promise<void> {
  const sources = madeOf();
  if (existsSync(join(CONSOLE, STAMP)) && readFileSync(join(CONSOLE, STAMP), 'utf8') === sources) return;
  console.error('Building the console…');
  const fresh = mkdtempSync(join(root, 'dist-'));
  await bundle(fresh);
  compress(fresh);
  writeFileSync(join(fresh, STAMP), sources);
  replace(fresh);
}

/** As in production whoever asks: by the environment the bundler decides on React's own checks, and tests have another. */
async function bundle(outDir: string): Promise<void> {
  const { NODE_ENV } = process.env;
  process.env.NODE_ENV = 'production';
  try {
    // Only here: a look at the stamp takes milliseconds, the bundler much longer to load.
    const { build } = await import('vite');
    await build({ root, logLevel: 'warn', build: { outDir, emptyOutDir: true } });
  } finally {
    if (NODE_ENV === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = NODE_ENV;
  }
}

/** Beside each text what the server sends instead: compressing takes long, and is done once. */
function compress(folder: string): void {
  for (const file of globSync('**/*.{js,css,html,svg}', { cwd: folder })) {
    const text = readFileSync(join(folder, file));
    writeFileSync(join(folder, `${file}.gz`), gzipSync(text, { level: constants.Z_BEST_COMPRESSION }));
    const params = { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY };
    writeFileSync(join(folder, `${file}.br`), brotliCompressSync(text, { params }));
  }
}

/** Whole or not at all, also when two build at a time: then the folder that is there first stays, made of the same. */
function replace(fresh: string): void {
  const before = `${fresh}-before`;
  if (existsSync(CONSOLE)) renameSync(CONSOLE, before);
  try {
    renameSync(fresh, CONSOLE);
  } catch (error) {
    if (!existsSync(join(CONSOLE, STAMP))) throw error;
    rmSync(fresh, { recursive: true, force: true });
  } finally {
    rmSync(before, { recursive: true, force: true });
  }
}

function madeOf(): string {
  const project = join(root, '../..');
  const hash = createHash('sha256');
  const files = globSync(SOURCES, { cwd: project, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.includes('.test.'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const path of [...files, join(project, 'package-lock.json')])
    hash.update(path).update(readFileSync(path));
  return hash.digest('hex');
}
