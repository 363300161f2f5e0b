/** Abuse: indicators that can be explained, what they add up to, and the one spelling of what identifies people. */
export {
  type Assessment,
  assess,
  bandOf,
  findInAttempt,
  findInHistory,
  type WeighedFinding,
  weigh,
  worse,
} from './assess.ts';
export { canonicalEmail } from './email.ts';
export {
  GUESS_WINDOW_MINUTES,
  GUESSES_IN_A_WAVE,
  GUESSES_PER_ADDRESS,
  GUESSES_PER_DEVICE,
  GUESSES_PER_PLAYER,
  type GuessLimits,
  isGuessWave,
  USUAL_GUESSES,
} from './guessing.ts';
export {
  BANDS,
  type Band,
  type Evidence,
  type Finding,
  INDICATOR_NAMES,
  type Indicator,
  type IndicatorName,
} from './indicator.ts';
export { type AnyIndicator, INDICATORS } from './indicators/index.ts';
export { MOST_OF_A_PLACE } from './indicators/ip-shared.ts';
export { LOW_RISK_CATEGORIES } from './indicators/low-risk-play.ts';
export { isOfEverybody } from './indicators/networks.ts';
export {
  type AddressKnown,
  type GuessingKnown,
  type HistoryKnown,
  NETWORK_KINDS,
  type NetworkKind,
  type PersonalKind,
  type RiskKnown,
  type WithdrawalKnown,
} from './known.ts';
export { type BandStarts, completePolicy, DEFAULT_POLICY, type RiskPolicy } from './policy.ts';
