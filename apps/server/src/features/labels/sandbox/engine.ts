import imported from '@jitl/quickjs-wasmfile-release-sync';
import { newQuickJSWASMModuleFromVariant, newVariant, type QuickJSContext } from 'quickjs-emscripten-core';
import { takeImage } from './image.ts';
import { SANDBOX_LIMITS } from './limits.ts';
import type { Outcome, Program } from './messages.ts';
import { brokeBy, tooSlow, usableValue, whyNot } from './outcome.ts';
import { secureNumbers } from './random.ts';

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
 * some ten times cheaper than a new realm, and leaves less of the program before.
 */
export async function createEngine(module: WebAssembly.Module): Promise<Engine> {
  const memory = new WebAssembly.Memory({ initial: PAGES, maximum: PAGES });
  const quickJs = await newQuickJSWASMModuleFromVariant(
    newVariant(variant, { wasmModule: module, wasmMemory: memory }),
  );
  const runtime = quickJs.newRuntime();
  runtime.setMemoryLimit(SANDBOX_LIMITS.memory);
  runtime.setMaxStackSize(SANDBOX_LIMITS.stack);
  const realm = runtime.newContext();
  replaceRandom(realm);
  let deadline = 0;
  let late = false;
  const isLate = (): boolean => {
    late ||= processorMs() > deadline;
    return late;
  };
  runtime.setInterruptHandler(isLate);
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
      // One long step is not interrupted. What came of it depends on how fast the machine is, unless it never counts.
      if (isLate()) return tooSlow(name, SANDBOX_LIMITS.cpuMs);
      if (result.error) return whyNot(realm, name, result.error, { isLate, isFull });
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

/** Numbers drawn at once: a call out of the realm costs as much as ten of the calls within. */
const DRAWN = 32;

/** Nothing in it goes by a name that a program could give another meaning. */
const RANDOM = `(function (draw, count, Numbers) {
  var numbers, at = count;
  Math.random = function random() {
    if (at === count) {
      numbers = new Numbers(draw());
      at = 0;
    }
    return numbers[at++];
  };
})`;

function replaceRandom(realm: QuickJSContext): void {
  // The handle is kept for good, so that no program makes our side forget the function.
  const draw = realm.newFunction('draw', () => realm.newArrayBuffer(secureNumbers(DRAWN).buffer));
  const install = realm.unwrapResult(realm.evalCode(RANDOM, 'random', { type: 'global' }));
  const numbers = realm.getProp(realm.global, 'Float64Array');
  realm.unwrapResult(realm.callFunction(install, realm.undefined, draw, realm.newNumber(DRAWN), numbers));
}
