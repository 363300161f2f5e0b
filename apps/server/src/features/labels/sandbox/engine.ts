import imported from '@jitl/quickjs-wasmfile-release-sync';
import { newQuickJSWASMModuleFromVariant, newVariant, type QuickJSContext } from 'quickjs-emscripten-core';
import { takeImage } from './image.ts';
import { SANDBOX_LIMITS } from './limits.ts';
import type { Outcome, Program } from './messages.ts';
import { brokeBy, usableValue, whyNot } from './outcome.ts';
import { secureRandom } from './random.ts';

/** A JavaScript engine that forgets every program it ran. */
export interface Engine {
  run(program: Program): Outcome;
  /** Only whether it is a program. */
  check(program: Program): Outcome;
  /** Whether a program left the engine itself in an unknown state: it is not to be used again. */
  readonly broken: boolean;
}

/** Its types are those of the build for CommonJS, where a default export is one level further down. */
const variant = 'default' in imported ? imported.default : imported;

/** 64 KiB each. All there ever is: stack, heap and QuickJS itself, with room for fragments. */
const PAGES = 384;
/** Left when a program has used up its memory, so that what it ended with can be read. */
const SPARE = 256 * 1024;

/**
 * QuickJS in a WebAssembly memory of its own. A program sees the language, a `Math.random` fit for codes, and nothing of
 * the host: no other function of ours is in its realm.
 *
 * The realm is made once. Its memory as it is then, byte for byte, is what every program starts from: to go back to it is
 * some hundred times cheaper than a new realm, and leaves less of the program before.
 */
export async function createEngine(module: WebAssembly.Module): Promise<Engine> {
  const memory = new WebAssembly.Memory({ initial: PAGES, maximum: PAGES });
  const quickJs = await newQuickJSWASMModuleFromVariant(
    newVariant(variant, { wasmModule: module, wasmMemory: memory }),
  );
  const runtime = quickJs.newRuntime();
  runtime.setMemoryLimit(SANDBOX_LIMITS.memory);
  runtime.setMaxStackSize(SANDBOX_LIMITS.stack);
  let deadline = 0;
  let late = false;
  runtime.setInterruptHandler(() => {
    late ||= processorMs() > deadline;
    return late;
  });
  const realm = runtime.newContext();
  replaceRandom(realm);
  const restore = takeImage(memory);
  let broken = false;

  /** Walks through everything the program holds. */
  const isFull = (): boolean => {
    const used = realm.getProp(runtime.computeMemoryUsage(), 'memory_used_size');
    return realm.getNumber(used) > 0.9 * SANDBOX_LIMITS.memory;
  };

  function evaluate({ name, source }: Program, compileOnly: boolean): Outcome {
    deadline = processorMs() + SANDBOX_LIMITS.cpuMs;
    late = false;
    try {
      const result = realm.evalCode(source, `label.${name}`, { type: 'global', compileOnly });
      runtime.setMemoryLimit(SANDBOX_LIMITS.memory + SPARE);
      if (result.error) return whyNot(realm, name, result.error, { isLate: () => late, isFull });
      return compileOnly ? { ok: true, value: 0 } : usableValue(realm, name, result.value);
    } catch (error) {
      broken = true;
      return brokeBy(name, error);
    } finally {
      // Handles of this program end with it: none is freed, as their memory goes back as well.
      restore();
    }
  }

  return {
    run: (program) => evaluate(program, false),
    check: (program) => evaluate(program, true),
    get broken() {
      return broken;
    },
  };
}

/** What this thread has computed: time that others take from it is not a program's fault. */
function processorMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

function replaceRandom(realm: QuickJSContext): void {
  const next = secureRandom();
  // The handle is kept for good, so that a program that deletes the function does not free it on our side.
  const random = realm.newFunction('random', () => realm.newNumber(next()));
  realm.getProp(realm.global, 'Math').consume((math) => realm.setProp(math, 'random', random));
}
