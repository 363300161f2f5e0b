import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { createEngine } from './engine.ts';
import { SANDBOX_LIMITS } from './limits.ts';

const WASM = createRequire(import.meta.url).resolve('@jitl/quickjs-wasmfile-release-sync/wasm');
/** For what is done around an evaluation. */
const AROUND = 1.5;

const computedMs = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
};

test('one step that took too long counts for nothing, though it came to a value', async () => {
  const engine = await createEngine(await WebAssembly.compile(await readFile(WASM)));
  // Longer and longer, until it is too long, on whatever machine this is.
  for (let digits = 1_000; ; digits = Math.ceil(digits * 1.2)) {
    const before = computedMs();
    const outcome = engine.run({ name: 'power', source: `(10n ** ${digits}n).toString().length` });
    if (!outcome.ok) {
      expect(outcome.refusal.key).toBe('label_too_slow');
      return;
    }
    expect(outcome.value).toBe(digits + 1);
    expect(computedMs() - before).toBeLessThan(AROUND * SANDBOX_LIMITS.cpuMs);
  }
});
