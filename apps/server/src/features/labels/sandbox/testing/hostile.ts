/** Programs that mean no good, or no well, and what becomes of each. */
export interface Hostile {
  does: string;
  source: string;
  /** The key of the refusal, or the value where nothing is wrong with it. */
  ends: string | { value: string | number };
}

const SLOW = 'label_too_slow';
const MEMORY = 'label_out_of_memory';
const FAILED = 'label_failed';
const UNUSABLE = 'label_unusable_value';

const hostile = (ends: Hostile['ends'], programs: Record<string, string>): Hostile[] =>
  Object.entries(programs).map(([does, source]) => ({ does, source, ends }));

export const HOSTILE: readonly Hostile[] = [
  ...hostile(SLOW, {
    'loops with while': 'while (true);',
    'loops with for': 'for (;;) {}',
    'loops with do': 'do {} while (1)',
    'loops by a label': 'a: for (;;) { continue a; }',
    'catches what stops it': 'for (;;) { try { for (;;); } catch (e) {} }',
    'goes on in finally': 'try { for (;;); } finally { for (;;); }',
    'loops in an endless generator': 'function* g() { for (;;) yield 1; } for (const x of g());',
    'loops over an iterator without an end':
      'for (const x of { [Symbol.iterator]: () => ({ next: () => ({ done: false }) }) });',
    'loops in a getter of its result': '({ toString() { for (;;); } }) + ""',
    'loops in a proxy': 'new Proxy({}, { get() { for (;;); } }).x',
    'loops in a callback of sort': '[2, 1].sort(() => { for (;;); })',
    'loops in a callback of replace': '"a".replace(/a/, () => { for (;;); })',
    'loops in a reviver': 'JSON.parse("[1]", () => { for (;;); })',
    'loops in a toJSON': 'JSON.stringify({ toJSON() { for (;;); } })',
    'loops in eval': 'eval("for (;;);")',
    'loops in a function made of text': 'Function("for (;;);")()',
    'loops in a constructor reached by a literal': '(() => {}).constructor("for (;;);")()',
    'loops in the message of what it throws': 'throw { get message() { for (;;); } }',
    'loops in the stack of what it throws': 'throw new Proxy(new Error(), { get() { for (;;); } })',
    'has a pattern that goes back and forth': '/(a+)+$/.test("a".repeat(40) + "b")',
    'has a pattern that looks ahead and back': '/^(?=(a|aa|aaa)+$)(a|aa|aaa)+b$/.test("a".repeat(60))',
  }),
  ...hostile(SLOW, {
    'computes a power in one long step': '10n ** 10000000n % 7n > 0n ? 1 : 0',
    'sorts what it may hold in one long step':
      'const a = new Float64Array(9e5); for (;;) a.map(Math.random).sort();',
  }),
  ...hostile(MEMORY, {
    'repeats a text': '"x".repeat(1e9)',
    'pads a text': '"x".padEnd(1e9)',
    'fills an array': 'const a = []; for (;;) a.push(a.slice());',
    'makes a long array': 'new Array(1e8).fill(0)',
    'keeps buffers': 'const a = []; for (;;) a.push(new ArrayBuffer(1e6));',
    'makes a huge buffer': 'new ArrayBuffer(2 ** 30)',
    'keeps objects': 'const a = []; for (let i = 0; ; i++) a.push({ i: ("x" + i).repeat(5e4) });',
    'fills a map': 'const m = new Map(); for (let i = 0; ; i++) m.set(i, ("x" + i).repeat(5e4));',
    recurses: 'function f() { return f() + 1; } f()',
    'recurses by turns': 'const a = () => b() + 1; const b = () => a() + 1; a()',
    'recurses through sort': '[2, 1].sort(function f() { return [2, 1].sort(f); })',
    'recurses through replace': '"x".replace(/x/, function f() { return "x".replace(/x/, f); })',
    'recurses through toString': 'const o = { toString() { return "" + o; } }; "" + o',
    'recurses through a proxy': 'const p = new Proxy({}, { get(t, k, r) { return r[k]; } }); p.x',
    'recurses through a generator': 'function* g() { yield* g(); } [...g()]',
    'recurses through a getter': 'const o = { get x() { return this.x; } }; o.x',
  }),
  ...hostile(FAILED, {
    'parses text that is nested deeply': 'JSON.parse("[".repeat(1e5))',
    'is nested deeply': `${'('.repeat(8_000)}1${')'.repeat(8_000)}`,
    'has a pattern that is nested deeply': 'new RegExp("(?:".repeat(1e5) + ")".repeat(1e5))',
    'doubles a text': 'let s = "x"; for (;;) s += s;',
    'makes a number larger than any': '7n ** (2n ** 40n)',
    'spreads beyond the stack': 'Math.max(...new Array(1e5).fill(1))',
    'throws a text': 'throw "boo"',
    'throws nothing': 'throw null',
    'throws a symbol': 'throw Symbol("x")',
    'throws a function': 'throw () => 1',
    'throws what throws when looked at': 'throw { get name() { throw 1; }, get message() { throw 2; } }',
    'throws a text with a turn of direction': 'throw "\\u202egnp.exe"',
    'throws a message of megabytes': 'throw new Error("x".repeat(1e6))',
    'asks for the process': 'process.exit(1)',
    'asks for a module': 'require("node:fs")',
    'asks for the network': 'fetch("http://127.0.0.1")',
    'asks for a timer': 'setTimeout(() => {}, 1)',
    'asks for WebAssembly': 'new WebAssembly.Memory({ initial: 1 })',
    'asks for QuickJS’ own modules': 'std.exit(1)',
    'waits for shared memory': 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)',
    'imports statically': 'import x from "node:fs"; x',
    'awaits at the top': 'await 1',
    'is no program': 'if (',
    'freezes what it writes to': '"use strict"; const o = Object.freeze({ a: 1 }); o.a = 2',
  }),
  ...hostile(UNUSABLE, {
    'imports dynamically': 'import("node:fs")',
    'is a promise': 'Promise.resolve("CODE")',
    'is async': '(async () => "CODE")()',
    'is an async generator': '(async function* () { yield 1; })()',
    'is nothing': '',
    'is null': 'null',
    'is a boolean': 'true',
    'is a symbol': 'Symbol("x")',
    'is a big integer': '10n',
    'is a function': '() => "CODE"',
    'is an object that says it is a text': '({ toString: () => "CODE" })',
    'is a text object': 'new String("CODE")',
    'is no number': '0 / 0',
    'is endless': '1 / 0',
    'is a long text': '"x".repeat(1001)',
    'is a text of megabytes': '"x".repeat(4e6)',
    'has a NUL': '"abc\\0def"',
    'has only a NUL': '"\\0"',
    'has half a character': '"\\ud83d"',
    'has the halves the wrong way round': '"\\ude00\\ud83d"',
    'has a turn of direction': '"\\u202eCODE"',
    'has an isolate': '"\\u2067CODE"',
    'has a byte order mark': '"\\ufeffCODE"',
    'has an escape': '"\\u001b[31mCODE"',
    'has a paragraph separator': '"a\\u2029b"',
  }),
  ...hostile(
    { value: 'good' },
    {
      'empties a prototype': 'Object.prototype.x = 1; Array.prototype.push = null; "good"',
      'sets a prototype of everything': 'Object.setPrototypeOf(Object.prototype.constructor, null); "good"',
      'replaces what it is made of':
        'String = Number = Array = Function = Date = JSON = undefined; Math = null; "good"',
      'replaces the source of randomness': 'Math.random = () => 0.5; "good"',
      'deletes the source of randomness': 'delete Math.random; "good"',
      'replaces methods of texts': 'String.prototype.toUpperCase = () => "bad"; "good"',
      'stops the clock': 'Date.now = () => 0; Date.prototype.getTime = () => 0; "good"',
      'hides what it leaves':
        'Object.defineProperty(globalThis, "left", { value: 1, writable: false }); "good"',
      'leaves declarations': 'let left = 1; const alsoLeft = 2; class Left {} function kept() {} "good"',
      'leaves a task': 'Promise.resolve().then(() => { globalThis.left = 1; for (;;); }); "good"',
      'leaves a callback of the collector':
        'new FinalizationRegistry(() => { for (;;); }).register({}, 1); "good"',
      'freezes the globals': 'Object.freeze(globalThis); Object.freeze(Math); "good"',
      'recovers from a stack that ran out': 'function f() { f(); } try { f(); } catch {} "good"',
      'recovers from memory that ran out': 'try { "x".repeat(1e9); } catch {} "good"',
      'fills the memory and lets go':
        'let a = []; try { for (;;) a.push(new ArrayBuffer(1e5)); } catch { a = null; } "good"',
      'fills the memory and holds on':
        'globalThis.a = []; try { for (;;) a.push(new ArrayBuffer(5e5)); } catch {} "good"',
      'writes all over its memory': 'for (let i = 0; i < 6; i++) new Uint8Array(1e6).fill(170); "good"',
    },
  ),
  { does: 'is less than nothing', source: '-0', ends: { value: 0 } },
  { does: 'computes with text', source: 'eval("1 + 1")', ends: { value: 2 } },
  { does: 'builds a function of text', source: 'Function("return 3")()', ends: { value: 3 } },
];

/** What a program would see of one before it, or of the world outside; `clean` when there is nothing. */
export const PROBE = `(function () {
  var seen = [];
  if (typeof left !== 'undefined' || typeof alsoLeft !== 'undefined' || typeof Left !== 'undefined') seen.push('left');
  if (typeof kept !== 'undefined' || 'a' in globalThis) seen.push('kept');
  if (({}).x !== undefined || typeof [].push !== 'function') seen.push('prototypes');
  if (Object.isFrozen(globalThis) || Object.isFrozen(Math)) seen.push('frozen');
  if (Math.random() === Math.random() || Math.random() === 0.5) seen.push('random');
  if ('x'.toUpperCase() !== 'X' || String(1) !== '1' || JSON.stringify([1]) !== '[1]') seen.push('built-ins');
  if (Date.now() !== 1767225600000 || new Date().getTime() !== 1767225600000) seen.push('clock');
  var fresh = new Uint8Array(3000000);
  if (fresh.indexOf(170) >= 0) seen.push('memory');
  return seen.join(' ') || 'clean';
})()`;

/** The instant a probe has to be told. */
export const PROBED_AT = new Date('2026-01-01T00:00:00Z');
