import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { estimateRandomness } from '@promosmith/core/labels';
import { pino } from 'pino';
import { afterAll, describe, expect, test } from 'vitest';
import { createMetrics } from '../../../platform/metrics.ts';
import { createSandbox } from './index.ts';
import { HOSTILE, PROBE, PROBED_AT } from './testing/hostile.ts';
import { SEED } from './testing/seed.ts';

const newSandbox = () => createSandbox({ log: pino({ level: 'silent' }), metrics: createMetrics() });
const sandbox = newSandbox();
afterAll(() => sandbox.close());

const NOON = new Date('2026-03-02T12:00:00Z');
let programs = 0;
const run = (source: string, name = `program_${++programs}`, at = NOON) => sandbox.run({ name, source }, at);

async function refusalOf(source: string, name: string) {
  const outcome = await run(source, name);
  return outcome.ok ? outcome : outcome.refusal;
}

describe('the snippet of the documentation', () => {
  test('is the one that is run here', () => {
    const guide = new URL('../../../../../../docs/guides/label-tags.md', import.meta.url);
    expect(readFileSync(guide, 'utf8')).toContain(SEED);
  });

  test('runs as it is', async () => {
    expect(await run(SEED, 'promo_code')).toEqual({
      ok: true,
      value: expect.stringMatching(/^[A-Z0-9]{6}$/),
    });
  });

  test('makes codes of 30.5 bits that are not predictable from one another', async () => {
    const outcomes = await Promise.all(Array.from({ length: 4_000 }, () => run(SEED, 'promo_code')));
    const codes = outcomes.map((outcome) => (outcome.ok ? String(outcome.value) : ''));
    const { collisionBits, marginBits, basis } = estimateRandomness(codes);
    expect(basis).toBe('symbols');
    expect(Math.abs(collisionBits - 30.45)).toBeLessThan(2 * marginBits);
  });
});

describe('a program', () => {
  test.each([
    ['its last expression is the value', 'var a = 2; a * 21', 42],
    ['a text stays one', '"42"', '42'],
    ['text of any script', '"Ünïcode ✓ 👩‍👩‍👧 مرحبا"', 'Ünïcode ✓ 👩‍👩‍👧 مرحبا'],
    ['lines and tabs', '"a\\n\\tb"', 'a\n\tb'],
    ['an empty text', '""', ''],
    ['as long as may be', '"x".repeat(1000)', 'x'.repeat(1_000)],
    ['modern language', 'const f = async () => 1; [1, 2].at(-1) ?? 0', 2],
    ['the word import in a text', '"import x from y"', 'import x from y'],
    [
      'sees only the language',
      'Object.getOwnPropertyNames(globalThis).filter((n) => !/^[A-Z]/.test(n)).sort().join(" ")',
      expect.not.stringMatching(/process|require|console|print|std|os|scriptArgs|random/),
    ],
  ])('%s', async (_, source, value) => {
    expect(await run(source)).toEqual({ ok: true, value });
  });

  test('is told the instant of the evaluation, in UTC, by every clock', async () => {
    const source = `JSON.stringify([Date.now(), +new Date(), new Date().getTimezoneOffset(), new Date().getHours(), String(Date())])`;
    const { value } = (await run(source)) as { value: string };
    expect(JSON.parse(value)).toEqual([
      NOON.getTime(),
      NOON.getTime(),
      0,
      12,
      expect.stringMatching(/^Mon Mar 02 2026 12:00:00 GMT\+0000/),
    ]);
  });

  test('may read dates and write them', async () => {
    expect(await run('new Date(Date.parse("2026-10-01T00:00:00Z") + 864e5).toISOString()')).toEqual({
      ok: true,
      value: '2026-10-02T00:00:00.000Z',
    });
  });

  test('draws numbers with all 53 bits', async () => {
    const source = `var low = 0; for (var i = 0; i < 2000; i++) { var r = Math.random(); if (r < 0 || r >= 1) throw r;
      if ((r * Math.pow(2, 53)) % 2 === 1) low++; } low`;
    const { value } = (await run(source)) as { value: number };
    expect(value).toBeGreaterThan(850);
    expect(value).toBeLessThan(1_150);
  });
});

describe('what went wrong is told with its line', () => {
  test.each([
    ['an unknown name', 'var a = 1;\n\nx + a', `label.t: line 3: ReferenceError: 'x' is not defined`],
    [
      'in a function called later',
      'function f() {\n  null.x;\n}\n\nf()',
      `label.t: line 2: TypeError: cannot read property 'x' of null`,
    ],
    [
      'a syntax error',
      'var a;\nvar b = ;',
      `label.t: line 2: SyntaxError: unexpected token in expression: ';'`,
    ],
    ['an error of its own', '\nthrow new RangeError("too far")', 'label.t: line 2: RangeError: too far'],
    ['a text that is thrown', 'throw "boo"', 'label.t: threw "boo"'],
    ['a number that is thrown', 'throw 7', 'label.t: threw 7'],
    ['a message of several lines', 'throw new Error("a\\n\\n  b")', 'label.t: line 1: Error: a b'],
    ['a message that cannot be shown', 'throw new Error("a\\u202eb\\u0000c")', 'label.t: line 1: Error: a·b'],
    ['the depth', '\n\nfunction f() { f(); } f()', 'label.t: line 3: calls itself too deeply'],
    ['the memory', '\n"x".repeat(1e9)', 'label.t: line 2: uses more than 8 MB'],
    ['the value', '({})', 'label.t: its value is an object'],
  ])('%s', async (_, source, message) => {
    expect((await refusalOf(source, 't')) as { message: string }).toMatchObject({
      message: expect.stringContaining(message),
    });
    expect(await refusalOf(source, 't')).toEqual(await refusalOf(source, 't'));
  });
});

/** What takes all memory takes time, too: on a busy machine that is spent first. */
const SPENT = ['label_out_of_memory', 'label_too_slow'];

describe('a program that', () => {
  test('are tried in great number', () => {
    expect(HOSTILE.length).toBeGreaterThan(100);
    expect(new Set(HOSTILE.map(({ source }) => source)).size).toBe(HOSTILE.length);
  });

  test.each(HOSTILE)('$does', async ({ source, ends }) => {
    const outcome = await run(source);
    const ended = outcome.ok ? { value: outcome.value } : outcome.refusal.key;
    if (ends === 'label_out_of_memory') expect(SPENT).toContain(ended);
    else expect(ended).toEqual(ends);
    expect(await run(PROBE, 'probe', PROBED_AT)).toEqual({ ok: true, value: 'clean' });
  });
});

describe('a program that never ends', () => {
  test('holds up no other, however often it is asked for', async () => {
    const stuck = Array.from({ length: 50 }, () => run('for (;;);', 'stuck'));
    const good = await Promise.all(Array.from({ length: 20 }, (_, n) => run(`${n}`, `good_${n}`)));
    expect(good.map((outcome) => outcome.ok && outcome.value)).toEqual(good.map((_, n) => n));
    const keys = (await Promise.all(stuck)).map((outcome) => (outcome.ok ? '' : outcome.refusal.key));
    expect(new Set(keys)).toEqual(new Set(['label_too_slow']));
  });

  test('rests after three times, and says so', async () => {
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => run('for (;;) ;', 'tired')));
    const messages = outcomes.map((outcome) => (outcome.ok ? '' : outcome.refusal.message));
    // Of processor time; on a busy machine all the time that may pass is over before.
    const stopped = expect.stringMatching(/^label\.tired: was stopped after (50|250) ms$/);
    expect(messages.slice(0, 3)).toEqual(Array(3).fill(stopped));
    expect(messages.slice(3)).toEqual(Array(2).fill(expect.stringContaining('rests for 5 s')));
    expect((await refusalOf('for (;;) ;', 'tired')) as object).toMatchObject({ key: 'label_too_slow' });
  });

  test('does not hold up this thread', async () => {
    let ticks = 0;
    const ticking = setInterval(() => ticks++, 1);
    await Promise.all(Array.from({ length: 2 * availableParallelism() }, (_, n) => run(`for (;;${n});`)));
    clearInterval(ticking);
    expect(ticks).toBeGreaterThan(10);
  });
});

test('more than can wait is refused at once', async () => {
  const asked = Array.from({ length: 10_500 }, () => run('1', 'crowded'));
  const outcomes = await Promise.all(asked);
  const refused = outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.refusal.key]));
  expect(new Set(refused)).toEqual(new Set(['label_busy']));
  expect(outcomes.length - refused.length).toBeGreaterThanOrEqual(10_000);
});

describe('checking a program', () => {
  test('does not run it', async () => {
    expect(await sandbox.check({ name: 'c', source: 'for (;;);' })).toEqual({ ok: true, value: undefined });
  });
  test('finds what is no JavaScript', async () => {
    expect(await sandbox.check({ name: 'c', source: '1;\nlet 1' })).toMatchObject({
      refusal: { key: 'label_failed', message: expect.stringMatching(/^label\.c: line 2: SyntaxError/) },
    });
  });
});

test('closing answers what waits, and takes nothing more', async () => {
  const closing = newSandbox();
  const asked = Array.from({ length: 30 }, () => closing.run({ name: 'x', source: 'for (;;);' }, NOON));
  await closing.close();
  for (const outcome of await Promise.all(asked)) expect(outcome.ok).toBe(false);
  expect(await closing.run({ name: 'x', source: '1' }, NOON)).toMatchObject({
    refusal: { key: 'label_busy' },
  });
});
