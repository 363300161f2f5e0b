import { createHash } from 'node:crypto';
import { globSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const folder = join(root, 'dist');
const lock = join(root, '../../package-lock.json');

/** The built script: what the server serves. */
export const WIDGET = join(folder, 'widget.js');
const STAMP = join(folder, 'made-of');

/** Builds the widget, unless what is there was made of the same sources by the same tools. */
export async function buildWidget(): Promise<void> {
  const sources = madeOf();
  if (read(STAMP) === sources && read(WIDGET) !== undefined) return;
  // Only here: a look at the stamp takes milliseconds, the bundler much longer to load.
  const { bundle } = await import('./bundle.ts');
  const script = await bundle(join(root, 'src/index.ts'));
  mkdirSync(folder, { recursive: true });
  write(WIDGET, script);
  write(STAMP, sources);
}

function madeOf(): string {
  const hash = createHash('sha256');
  const files = globSync(['src/**/*.{ts,css}', 'build/*.ts'], { cwd: root }).sort();
  for (const path of [...files.map((file) => join(root, file)), lock])
    hash.update(path).update(readFileSync(path));
  return hash.digest('hex');
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** Whole or not at all, also when two build at a time. */
function write(path: string, text: string): void {
  const fresh = `${path}.${process.pid}`;
  writeFileSync(fresh, text);
  renameSync(fresh, path);
}
