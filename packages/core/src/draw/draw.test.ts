import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it, test } from 'vitest';
import { commitmentOf, DRAW_METHOD, entriesText, sha256Of } from './digests.ts';
import { pickPositions } from './pick.ts';
import { type DrawProof, verifyDraw } from './verify.ts';

const sha256 = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex');
const seedOf = (n: number): string => sha256(`seed ${n}`);
const DRAW_ID = '01932f0e-7a4c-7c3e-9d55-0e6b1f2a3c4d';
const DIGEST = sha256('entries');

const pick = (seed: string, entryCount: number, count: number, entriesDigest = DIGEST) =>
  pickPositions({ seed, drawId: DRAW_ID, entriesDigest, entryCount }, count);

/** The method as its description says, in other words: a whole list that winners are taken out of. */
function pickPlainly(seed: string, entryCount: number, count: number): number[] {
  const words: number[] = [];
  for (let block = 0; block < 200; block++) {
    const bytes = createHmac('sha256', Buffer.from(seed, 'hex'))
      .update(`promosmith-draw-1\n${DRAW_ID}\n${DIGEST}\n${block}`)
      .digest();
    for (let at = 0; at < 32; at += 4) words.push(bytes.readUInt32BE(at));
  }
  const list = Array.from({ length: entryCount }, (_, position) => position);
  for (let place = 0; place < Math.min(count, entryCount); place++) {
    const left = entryCount - place;
    let word = words.shift() ?? Number.NaN;
    while (word >= Math.floor(2 ** 32 / left) * left) word = words.shift() ?? Number.NaN;
    const from = place + (word % left);
    [list[place], list[from]] = [list[from] ?? 0, list[place] ?? 0];
  }
  return list.slice(0, count);
}

describe('picking winners', () => {
  test.each([
    [1, 1],
    [2, 2],
    [10, 3],
    [10, 100],
    [1_000, 50],
  ])('of %i entries, %i winners: as the method says', async (entryCount, count) => {
    for (let n = 0; n < 5; n++) {
      const picked = await pick(seedOf(n), entryCount, count);
      expect(picked).toEqual(pickPlainly(seedOf(n), entryCount, count));
      expect(new Set(picked).size).toBe(Math.min(count, entryCount));
    }
  });

  it('passes over words that would favour some: three in ten of them here', async () => {
    // Of 2³² words only the first 3,000,000,000 are fair, so that without rejection positions below 1,294,967,296 came
    // up twice as often.
    const seeds = Array.from({ length: 400 }, (_, n) => seedOf(n));
    const picked = await Promise.all(seeds.map(async (seed) => (await pick(seed, 3_000_000_000, 1))[0] ?? 0));
    const low = picked.filter((position) => position < 1_294_967_296).length;
    // 43.2 % of 400 are 173, standard deviation 9.9; with the bias it would be 60.3 %, 241.
    expect(low).toBeGreaterThan(173 - 40);
    expect(low).toBeLessThan(173 + 40);
  });

  it('has a known answer', async () => {
    expect(await pick('00'.repeat(32), 100, 5)).toEqual([22, 77, 11, 55, 41]);
  });

  it('of nothing is nothing', async () => {
    expect(await pick(seedOf(0), 0, 3)).toEqual([]);
  });

  it('goes on where fewer winners stop', async () => {
    const many = await pick(seedOf(1), 500, 40);
    expect(await pick(seedOf(1), 500, 7)).toEqual(many.slice(0, 7));
  });

  it('depends on the draw, its entries and its seed', async () => {
    const one = await pick(seedOf(1), 1_000_000, 3);
    expect(await pick(seedOf(2), 1_000_000, 3)).not.toEqual(one);
    expect(await pick(seedOf(1), 1_000_000, 3, sha256('others'))).not.toEqual(one);
    const other = { seed: seedOf(1), drawId: `${DRAW_ID}0`, entriesDigest: DIGEST, entryCount: 1_000_000 };
    expect(await pickPositions(other, 3)).not.toEqual(one);
  });

  test.each([-1, 0.5, 2 ** 32, Number.NaN])('throws for %d entries', async (entryCount) => {
    await expect(pick(seedOf(0), entryCount, 1)).rejects.toThrow(RangeError);
  });

  test.each(['', 'ff', 'g'.repeat(64), 'F'.repeat(64)])('throws for the seed "%s"', async (seed) => {
    await expect(pick(seed, 3, 1)).rejects.toThrow(RangeError);
  });
});

/** Sum of (observed − expected)² ÷ expected. */
const chiSquare = (counts: readonly number[], expected: number): number =>
  counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);

describe('fairness, over fixed seeds', () => {
  const SEEDS = 4_000;
  const ENTRIES = 11;
  const WINNERS = 3;

  /** How often each entry was picked at each place. */
  async function counts(): Promise<number[][]> {
    const table = Array.from({ length: WINNERS }, () => Array<number>(ENTRIES).fill(0));
    for (let n = 0; n < SEEDS; n++)
      for (const [place, position] of (await pick(seedOf(n), ENTRIES, WINNERS)).entries())
        table[place]![position]!++;
    return table;
  }

  it('every entry is as likely as any other to be picked first, second and third', async () => {
    for (const ofPlace of await counts()) {
      // 10 degrees of freedom: above 29.59 once in a thousand tables.
      expect(chiSquare(ofPlace, SEEDS / ENTRIES)).toBeLessThan(29.59);
    }
  });

  it('so is every order of the first two', async () => {
    const pairs = Array<number>(25).fill(0);
    for (let n = 0; n < SEEDS; n++) {
      const [first = 0, second = 0] = await pick(seedOf(n), 5, 2);
      pairs[first * 5 + second]!++;
    }
    const possible = pairs.filter((_, at) => Math.floor(at / 5) !== at % 5);
    expect(pairs.filter((_, at) => Math.floor(at / 5) === at % 5)).toEqual([0, 0, 0, 0, 0]);
    // 19 degrees of freedom: above 43.82 once in a thousand tables.
    expect(chiSquare(possible, SEEDS / 20)).toBeLessThan(43.82);
  });
});

describe('verifying', () => {
  const entries = Array.from({ length: 200 }, (_, n) => `entry-${String(n).padStart(4, '0')}`);

  async function drawn(): Promise<DrawProof> {
    const seed = seedOf(7);
    const entriesDigest = sha256(entries.map((entry) => `${entry}\n`).join(''));
    const positions = await pickPositions(
      { seed, drawId: DRAW_ID, entriesDigest, entryCount: entries.length },
      5,
    );
    return {
      method: DRAW_METHOD,
      drawId: DRAW_ID,
      commitment: sha256(Buffer.from(seed, 'hex')),
      seed,
      entriesDigest,
      entryCount: entries.length,
      prizes: 5,
      winners: positions.map((position) => entries[position] ?? ''),
    };
  }

  it('finds nothing wrong with a draw as it was held', async () => {
    const proof = await drawn();
    expect(await verifyDraw(proof, entries)).toEqual({ valid: true });
    expect(await commitmentOf(proof.seed)).toBe(proof.commitment);
    expect(await sha256Of(entriesText(entries))).toBe(proof.entriesDigest);
  });

  it('finds nothing wrong with a draw that nobody entered, or where everybody won', async () => {
    const proof = await drawn();
    const none = { ...proof, entriesDigest: sha256(''), entryCount: 0, winners: [] };
    expect(await verifyDraw(none, [])).toEqual({ valid: true });
    const two = ['a', 'b'];
    const entriesDigest = sha256('a\nb\n');
    const positions = await pickPositions({ ...proof, entriesDigest, entryCount: 2 }, 5);
    const all = { ...proof, entriesDigest, entryCount: 2, winners: positions.map((at) => two[at] ?? '') };
    expect(await verifyDraw(all, two)).toEqual({ valid: true });
  });

  const swapped = <T>([first, second, ...rest]: readonly T[]): T[] => [second as T, first as T, ...rest];

  test.each<[string, (proof: DrawProof) => Partial<DrawProof>, readonly string[], string]>([
    ['another seed', () => ({ seed: seedOf(8) }), entries, 'the seed is not the one committed to'],
    ['no seed', () => ({ seed: 'x' }), entries, 'the seed is not 64 hexadecimal digits'],
    ['another commitment', () => ({ commitment: sha256('x') }), entries, 'the seed is not the one'],
    ['an entry taken out', () => ({}), entries.slice(1), 'there are 199 entries, not 200'],
    ['an entry put in', () => ({ entryCount: 201 }), [...entries, 'entry-9999'], 'not those of the digest'],
    ['an entry renamed', () => ({}), ['entry-', ...entries.slice(1)], 'not those of the digest'],
    ['entries in another order', () => ({}), swapped(entries), 'not in ascending order'],
    ['an entry twice', () => ({}), ['entry-0000', ...entries.slice(0, -1)], 'not in ascending order'],
    ['winners in another order', ({ winners }) => ({ winners: swapped(winners) }), entries, 'winner 1 is'],
    [
      'a winner left out',
      ({ winners }) => ({ winners: winners.slice(1) }),
      entries,
      'there are 4 winners, not 5',
    ],
    [
      'a winner put in',
      ({ winners }) => ({ winners: [...winners, 'x'] }),
      entries,
      'there are 6 winners, not 5',
    ],
    ['fewer prizes', () => ({ prizes: 4 }), entries, 'there are 5 winners, not 4'],
    ['another draw', () => ({ drawId: 'another' }), entries, 'winner 1 is'],
    ['another method', () => ({ method: 'mine' }), entries, 'the method is mine'],
  ])('finds %s', async (_, change, listed, fault) => {
    const proof = await drawn();
    const verdict = await verifyDraw({ ...proof, ...change(proof) }, listed);
    expect(verdict.valid).toBe(false);
    expect(verdict.valid || verdict.faults.join('; ')).toContain(fault);
  });

  it('finds entries and digest changed together, by the winners they lead to', async () => {
    const proof = await drawn();
    const others = [...entries.slice(0, -1), 'entry-9999'];
    const changed = { ...proof, entriesDigest: sha256(others.map((entry) => `${entry}\n`).join('')) };
    expect((await verifyDraw(changed, others)).valid).toBe(false);
  });
});
