/** Codes: how they look, how they are made, how a typed one is understood, and how hard they are to guess. */
export { type Alphabet, CROCKFORD, createAlphabet, MAX_ALPHABET, MIN_ALPHABET } from './alphabet.ts';
export { type CheckScheme, createCheckScheme } from './check-symbol.ts';
export { MAX_CODE_LENGTH } from './code-text.ts';
export {
  type CodeStrength,
  codeStrength,
  duplicateLikelyAfter,
  evenWeights,
  expectedDuplicates,
  guessesPerHit,
  patternStrength,
  type SymbolWeights,
  weightsAfterFolding,
} from './entropy.ts';
export { type CodeGenerator, createCodeGenerator, type RandomBytes } from './generate.ts';
export { maskCode } from './mask.ts';
export { lookUpForms, type NormalisedCode, normaliseCode } from './normalise.ts';
export { type CodePattern, createPattern, DEFAULT_PATTERN, type PatternPart } from './pattern.ts';
export { createProfanityFilter, type ProfanityFilter } from './profanity.ts';
export { type CodeReading, keyOf, readCode } from './read-code.ts';
export { createSealedBatch, type SealedBatch } from './sealed.ts';
export type { GeneratedCode } from './write-code.ts';
