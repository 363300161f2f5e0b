import { type Finding, findingsIn } from '../../kit/risk/index.ts';
import type { Case } from './kinds.ts';

/** What indicators had found when the case was opened; nothing of a case about a code. */
export const findingsOf = ({ evidence }: Pick<Case, 'evidence'>): Finding[] => findingsIn(evidence.findings);

/** What was seen of how a code is tried. */
export interface Seen {
  /** When the ten minutes of a burst began. */
  readonly slot?: string;
  /** In them. */
  readonly tries?: number;
  readonly accepted?: number;
  /** Tries in ten minutes on the average of the day before. */
  readonly baseline?: number;
  /** Players it was not meant for: how many, and some by name. */
  readonly count?: number;
  readonly players?: readonly string[];
  /** How the code ends. */
  readonly last4?: string;
}

const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** Null of a case that is about no code. */
export function seenOf({ kind, evidence }: Pick<Case, 'kind' | 'evidence'>): Seen | null {
  if (kind !== 'code_burst' && kind !== 'code_leak') return null;
  const { slot, tries, accepted, baseline, count, players, last4 } = evidence;
  const seen = {
    ...{ slot: textOf(slot), tries: numberOf(tries), accepted: numberOf(accepted) },
    ...{ baseline: numberOf(baseline), count: numberOf(count), last4: textOf(last4) },
    players: Array.isArray(players) ? players.filter((player) => typeof player === 'string') : undefined,
  };
  return Object.fromEntries(Object.entries(seen).filter(([, value]) => value !== undefined));
}

/** Activations of the player that could be taken back with the decision. */
export const takeable = <Attempt extends { outcome: string }>(attempts: readonly Attempt[]): Attempt[] =>
  attempts.filter(({ outcome }) => outcome === 'accepted' || outcome === 'awaiting_deposit');
