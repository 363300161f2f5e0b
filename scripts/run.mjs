// Runs a project script under the pinned Node, installing the dependencies first when they are missing
// or older than the lock file. Plain JavaScript because it must run on whatever Node the machine has.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const node = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
const stamp = join(root, 'node_modules', '.promosmith-lock');

// `npm install --no-save` rather than `npm ci`: ci refuses a lock file from which a registry mirror left out
// an optional package of some other platform.
function install() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(node) && existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  console.error('Installing dependencies (first run, or the lock file changed)…');
  const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm'];
  const [command, ...args] = [...npm, 'install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'];
  const done = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  if (done.status !== 0) {
    console.error('npm install failed; see the messages above.');
    process.exit(done.status ?? 1);
  }
  writeFileSync(stamp, lock);
}

/** What the server serves to browsers, each if its sources changed since it was built. */
function buildPages() {
  for (const app of ['widget', 'console']) {
    const done = spawnSync(node, [join(root, 'apps', app, 'build/main.ts')], { stdio: 'inherit' });
    if (done.status !== 0) process.exit(done.status ?? 1);
  }
}

install();
// A third of the time until a server listens, or a thread works, is stripping and compiling modules: kept for the next one.
process.env.NODE_COMPILE_CACHE ??= join(root, 'node_modules', '.cache', 'compiled');

if (process.argv[3] === 'start') buildPages();
const child = spawn(node, process.argv.slice(2), { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
