import { MAX_CODE_LENGTH } from './code-text.ts';

/**
 * A check symbol over an alphabet of any size, one rule for all: the product of `σ^i(symbol i)` over all
 * symbols, the check symbol last, is the neutral element of a group with as many elements as the alphabet.
 *
 * Any permutation σ detects every wrong symbol. Swapped neighbours are all detected when σ is antisymmetric:
 * `x·σ(y) ≠ y·σ(x)` for `x ≠ y`. Two groups cover every size but 2, for which no such σ exists:
 * - sizes 2^a·m with m odd and a ≠ 1: GF(2^a) × Z/m, σ multiplying the one by its generator, the other by 2;
 * - sizes 2·m with m odd (10, 30, 34, 62 …): the dihedral group of the m-gon, as no commutative group has an
 *   antisymmetric σ at these sizes (Verhoeff 1969; Gumm 1985).
 *
 * So over 3 to 64 symbols all single substitutions and all swaps of neighbours are detected; over 2, all
 * single substitutions. Sizes 8, 16, 32 and 64 detect more: with 32, also every swap of two symbols up to 30
 * places apart and every doubled symbol mistaken for another doubled one. A random text passes one time in
 * `size`.
 */
export interface CheckScheme {
  /** The value that completes `values`. */
  readonly checkValue: (values: ArrayLike<number>) => number;
  /** Whether the last of `values` is the check value of those before it. */
  readonly isValid: (values: ArrayLike<number>) => boolean;
}

/** A finite group over 0 … size-1 with neutral element 0, and the permutation σ, which keeps no other rule. */
interface Group {
  readonly multiply: (a: number, b: number) => number;
  readonly permute: (a: number) => number;
}

/** Irreducible polynomials of degree 0 to 6 over GF(2), as bits, each with x as a generator of the field. */
const PRIMITIVE_POLYNOMIALS = [0b1, 0b11, 0b111, 0b1011, 0b10011, 0b100101, 0b1000011];

/** The check scheme of an alphabet of `size` symbols. Takes a few thousand steps: keep it, do not remake it. */
export function createCheckScheme(size: number): CheckScheme {
  const { multiply, permute } = groupOf(size);
  const elements = Array.from({ length: size }, (_, element) => element);
  const product = elements.map((a) => elements.map((b) => multiply(a, b)));
  const inverse = product.map((row) => row.indexOf(0));
  const placed = [elements];
  for (let place = 1; place <= MAX_CODE_LENGTH; place++) placed.push(placed[place - 1]!.map(permute));
  const closing = placed.map((permuted) => inverse.map((wanted) => permuted.indexOf(wanted)));

  const productOf = (values: ArrayLike<number>, count: number): number => {
    let total = 0;
    for (let place = 0; place < count; place++) total = product[total]![placed[place]![values[place]!]!]!;
    return total;
  };
  return {
    checkValue: (values) => closing[values.length]![productOf(values, values.length)]!,
    isValid: (values) => productOf(values, values.length) === 0,
  };
}

function groupOf(size: number): Group {
  const bits = 31 - Math.clz32(size & -size);
  if (bits === 1) return dihedralGroup(size / 2);
  return fieldTimesCycle(bits, size >> bits);
}

/** GF(2^bits) × Z/odd, both under addition: element = odd part · 2^bits + field part. */
function fieldTimesCycle(bits: number, odd: number): Group {
  const field = 1 << bits;
  const double = (a: number) => (a << 1 < field ? a << 1 : (a << 1) ^ PRIMITIVE_POLYNOMIALS[bits]!);
  return {
    multiply: (a, b) => ((((a >> bits) + (b >> bits)) % odd) << bits) | ((a ^ b) & (field - 1)),
    permute: (a) => (((2 * (a >> bits)) % odd) << bits) | double(a & (field - 1)),
  };
}

/** Symmetries of the regular m-gon, m odd: elements below m turn it, the others mirror it after a turn. */
function dihedralGroup(m: number): Group {
  const turn = (a: number) => ((a % m) + m) % m;
  return {
    multiply: (a, b) => {
      const mirrored = a >= m !== b >= m;
      const turned = a >= m ? turn(a - b) : turn(a + b);
      return mirrored ? turned + m : turned;
    },
    permute: (a) => (a >= m ? turn(a + 1) + m : turn(-a)),
  };
}
