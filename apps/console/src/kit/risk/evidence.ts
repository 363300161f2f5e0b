/** Something an indicator has seen, and what it counted. */
export interface Finding {
  readonly indicator: string;
  readonly version: number;
  readonly points: number;
  readonly evidence: Readonly<Record<string, unknown>>;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isFinding = (value: unknown): value is Finding =>
  isRecord(value) &&
  typeof value.indicator === 'string' &&
  typeof value.points === 'number' &&
  isRecord(value.evidence);

/** Those among what is kept of an assessment; whatever else it is says nothing. */
export const findingsIn = (kept: unknown): Finding[] => (Array.isArray(kept) ? kept.filter(isFinding) : []);

/** What a text of evidence is written with: a number that it is said by, and whatever else is in it. */
export interface EvidenceValues extends Record<string, string | number> {
  readonly count: number;
}

/** By which number the sentence of an indicator goes. */
const COUNTED = ['others', 'lockouts', 'bets', 'cycles', 'bonuses', 'seconds'] as const;

const numberOf = (value: unknown): number => (typeof value === 'number' ? value : 0);

/** Those who excluded themselves and share something that only one person has. */
const accountsIn = (matches: unknown): number =>
  Array.isArray(matches)
    ? matches.reduce((sum, match: { accounts?: unknown } | null) => sum + numberOf(match?.accounts), 0)
    : 0;

/** @returns the plain values of the evidence, with the number that decides between one and many. */
export function valuesOf({ evidence }: Pick<Finding, 'evidence'>): EvidenceValues {
  const plain = Object.entries(evidence).flatMap(([name, value]) =>
    typeof value === 'number' || typeof value === 'string' ? [[name, value] as const] : [],
  );
  const counted = COUNTED.find((name) => typeof evidence[name] === 'number');
  return {
    ...Object.fromEntries(plain),
    count: counted === undefined ? accountsIn(evidence.matches) : numberOf(evidence[counted]),
  };
}
