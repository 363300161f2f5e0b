import { RULE_LIMITS } from '../limits.ts';
import { type CharacterSet, type PatternError, type PatternNode, parsePattern } from './pattern-syntax.ts';

/**
 * A compiled `matches` pattern. It runs all its possibilities side by side (Thompson's construction), so a match takes
 * at most text length × {@link Pattern.size} steps whatever the pattern: JavaScript's own RegExp backtracks and can be
 * made to take years.
 */
export type Pattern = {
  /** Number of instructions. */
  readonly size: number;
  /** Whether the pattern matches anywhere in the text, as CEL's `matches` asks. */
  test(text: string): boolean;
};

type Instruction =
  | { readonly op: 'set'; readonly set: CharacterSet }
  | { readonly op: 'start' | 'end' | 'match' }
  | { readonly op: 'jump'; to: number }
  | { readonly op: 'split'; other: number };

export function compilePattern(
  text: string,
): { ok: true; pattern: Pattern } | { ok: false; error: PatternError } {
  if (text.length > RULE_LIMITS.patternLength) {
    return tooLong(`a pattern has at most ${RULE_LIMITS.patternLength} characters`);
  }
  const parsed = parsePattern(text);
  if (!parsed.ok) return parsed;
  // Sized before it is unrolled, so that {1000} inside {1000} is refused without being built.
  if (sizeOf(parsed.node) > RULE_LIMITS.patternSize)
    return tooLong('the repetitions make this pattern too large');
  const program: Instruction[] = [];
  emit(parsed.node, program);
  program.push({ op: 'match' });
  return { ok: true, pattern: { size: program.length, test: (input) => simulate(program, input) } };
}

const tooLong = (message: string) => ({ ok: false, error: { message, offset: 0 } }) as const;

function sizeOf(node: PatternNode): number {
  switch (node.kind) {
    case 'sequence':
    case 'either':
      return node.parts.reduce((sum, part) => sum + sizeOf(part) + 2, 0);
    case 'repeat': {
      const copies = node.max === Number.POSITIVE_INFINITY ? node.min + 1 : node.max;
      return Math.max(1, copies) * (sizeOf(node.part) + 2);
    }
    default:
      return 1;
  }
}

function emit(node: PatternNode, program: Instruction[]): void {
  switch (node.kind) {
    case 'set':
      program.push({ op: 'set', set: node.set });
      break;
    case 'start':
    case 'end':
      program.push({ op: node.kind });
      break;
    case 'sequence':
      for (const part of node.parts) emit(part, program);
      break;
    case 'either':
      emitEither(node.parts, program);
      break;
    case 'repeat':
      emitRepeat(node.part, node.min, node.max, program);
      break;
  }
}

function emitEither(parts: readonly PatternNode[], program: Instruction[]): void {
  const exits: { op: 'jump'; to: number }[] = [];
  for (const part of parts.slice(0, -1)) {
    const split = { op: 'split' as const, other: 0 };
    const exit = { op: 'jump' as const, to: 0 };
    program.push(split);
    emit(part, program);
    program.push(exit);
    exits.push(exit);
    split.other = program.length;
  }
  for (const part of parts.slice(-1)) emit(part, program);
  for (const exit of exits) exit.to = program.length;
}

function emitRepeat(part: PatternNode, min: number, max: number, program: Instruction[]): void {
  for (let copy = 0; copy < min; copy++) emit(part, program);
  if (max === Number.POSITIVE_INFINITY) {
    const split = { op: 'split' as const, other: 0 };
    const loop = program.length;
    program.push(split);
    emit(part, program);
    program.push({ op: 'jump', to: loop });
    split.other = program.length;
    return;
  }
  const splits = Array.from({ length: max - min }, () => {
    const split = { op: 'split' as const, other: 0 };
    program.push(split);
    emit(part, program);
    return split;
  });
  for (const split of splits) split.other = program.length;
}

function simulate(program: readonly Instruction[], text: string): boolean {
  // The position at which each instruction was last reached: no instruction is followed twice at one position.
  const reached = new Int32Array(program.length).fill(-1);
  let threads: CharacterSet[] = [];
  let places: number[] = [];
  const follow = (
    from: number,
    position: number,
    nextThreads: CharacterSet[],
    nextPlaces: number[],
  ): boolean => {
    const pending = [from];
    for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
      const instruction = program[at];
      if (!instruction || reached[at] === position) continue;
      reached[at] = position;
      switch (instruction.op) {
        case 'match':
          return true;
        case 'jump':
          pending.push(instruction.to);
          break;
        case 'split':
          pending.push(instruction.other, at + 1);
          break;
        case 'set':
          nextThreads.push(instruction.set);
          nextPlaces.push(at + 1);
          break;
        default:
          if (position === (instruction.op === 'start' ? 0 : text.length)) pending.push(at + 1);
      }
    }
    return false;
  };

  for (let position = 0; ; ) {
    // A match may begin anywhere.
    if (follow(0, position, threads, places)) return true;
    if (position >= text.length) return false;
    const code = text.codePointAt(position) ?? 0;
    position += code > 0xffff ? 2 : 1;
    const nextThreads: CharacterSet[] = [];
    const nextPlaces: number[] = [];
    for (let index = 0; index < threads.length; index++) {
      const set = threads[index];
      const place = places[index];
      if (!set || place === undefined || !includes(set, code)) continue;
      if (follow(place, position, nextThreads, nextPlaces)) return true;
    }
    threads = nextThreads;
    places = nextPlaces;
  }
}

function includes(set: CharacterSet, code: number): boolean {
  for (const [low, high] of set.ranges) if (code >= low && code <= high) return !set.negated;
  return set.negated;
}
