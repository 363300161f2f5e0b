import {
  BANDS,
  type Band,
  type Evidence,
  type Finding,
  type Indicator,
  type IndicatorName,
} from './indicator.ts';
import { INDICATORS, OF_ATTEMPTS, OF_HISTORY } from './indicators/index.ts';
import type { HistoryKnown, RiskKnown } from './known.ts';
import type { BandStarts, RiskPolicy } from './policy.ts';

/** A finding with what it counted. */
export interface WeighedFinding extends Finding {
  readonly points: number;
  /** The indicator did not count: it was found all the same, so that weights can be tried on the past. */
  readonly off?: true;
  /** The finding that tells of the same home, and weighs more: this one counts nothing beside it. */
  readonly within?: IndicatorName;
}

/** What indicators add up to. */
export interface Assessment {
  /** Sum of the points, held below what the findings reach. */
  readonly score: number;
  readonly band: Band;
  /** Version of the policy. */
  readonly policy: number;
  readonly findings: readonly WeighedFinding[];
  /** A list decided on the band, whatever was found; absent otherwise. */
  readonly listed?: 'blocked' | 'allowed';
}

const NOTHING: readonly Finding[] = [];

function findingsBy<Known>(indicators: readonly Indicator<Known>[], known: Known): readonly Finding[] {
  let findings: Finding[] | undefined;
  for (const indicator of indicators) {
    const evidence = indicator.find(known);
    if (evidence === null) continue;
    findings ??= [];
    findings.push({ indicator: indicator.name, version: indicator.version, evidence });
  }
  return findings ?? NOTHING;
}

/** What a player's past shows. */
export const findInHistory = (history: HistoryKnown): readonly Finding[] => findingsBy(OF_HISTORY, history);

/** What an attempt shows, besides what is known of the player's past. */
export const findInAttempt = (known: RiskKnown): readonly Finding[] => findingsBy(OF_ATTEMPTS, known);

/**
 * DOMAIN §6: the points of what is found, and the band they lead to.
 * @param on the indicators that count.
 */
export function assess(known: RiskKnown, policy: RiskPolicy, on: ReadonlySet<IndicatorName>): Assessment {
  const found = findInAttempt(known);
  const findings = known.profile.length === 0 ? found : [...known.profile, ...found];
  return weigh(findings, policy, on, known.listed);
}

/** As `assess`, of what was found before: also by weights of another day. */
export function weigh(
  findings: readonly Finding[],
  policy: RiskPolicy,
  on: ReadonlySet<IndicatorName>,
  listed: RiskKnown['listed'] = null,
): Assessment {
  let sum = 0;
  let reach: Band = 'allow';
  let isBlocked = false;
  const home = heaviestOfHome(findings, policy, on);
  const weighed: WeighedFinding[] = [];
  for (const { indicator: name, version, evidence } of findings) {
    const finding = { indicator: name, version, evidence };
    const indicator = INDICATORS[name];
    if (!on.has(name)) {
      weighed.push({ ...finding, points: 0, off: true });
      continue;
    }
    if (indicator.isOfHome && home !== undefined && home !== name) {
      weighed.push({ ...finding, points: 0, within: home });
      continue;
    }
    const points = pointsOf(name, policy.points[name], evidence);
    weighed.push({ ...finding, points });
    if (points === 0) continue;
    sum += points;
    reach = worse(reach, indicator.reach);
    if (indicator.blocks) isBlocked = true;
  }
  const score = Math.min(sum, mostOf(reach, policy.bands));
  const assessed = { score, policy: policy.version, findings: weighed };
  if (isBlocked) return { ...assessed, band: 'decline' };
  if (listed) return { ...assessed, band: listed === 'blocked' ? 'decline' : 'allow', listed };
  return { ...assessed, band: bandOf(score, policy.bands) };
}

/** Of what tells of one home, what counts: the first of the heaviest. */
function heaviestOfHome(
  findings: readonly Finding[],
  policy: RiskPolicy,
  on: ReadonlySet<IndicatorName>,
): IndicatorName | undefined {
  let heaviest: IndicatorName | undefined;
  let most = 0;
  for (const { indicator: name, evidence } of findings) {
    if (!INDICATORS[name].isOfHome || !on.has(name)) continue;
    const points = pointsOf(name, policy.points[name], evidence);
    if (points <= most) continue;
    most = points;
    heaviest = name;
  }
  return heaviest;
}

function pointsOf(name: IndicatorName, points: number, evidence: Evidence): number {
  const { weigh: weighEvidence } = INDICATORS[name];
  return weighEvidence ? weighEvidence(points, evidence) : points;
}

export const worse = (one: Band, other: Band): Band =>
  BANDS.indexOf(one) < BANDS.indexOf(other) ? other : one;

/** The highest score that is still in a band. */
function mostOf(reach: Band, bands: BandStarts): number {
  if (reach === 'flag') return bands.hold - 1;
  return reach === 'hold' ? bands.decline - 1 : Number.POSITIVE_INFINITY;
}

export function bandOf(score: number, { flag, hold, decline }: BandStarts): Band {
  if (score >= decline) return 'decline';
  if (score >= hold) return 'hold';
  return score >= flag ? 'flag' : 'allow';
}
