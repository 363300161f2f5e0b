import { type Band, INDICATOR_NAMES, type IndicatorName } from './indicator.ts';
import { INDICATORS } from './indicators/index.ts';

/** The points from which on an assessment is in a band; below `flag` everything is allowed. */
export type BandStarts = Readonly<Record<Exclude<Band, 'allow'>, number>>;

/** What indicators weigh and what their sum leads to, in one brand. A version never changes. */
export interface RiskPolicy {
  /** 0 is that of a brand which has never set any. */
  readonly version: number;
  /** 0 to 100 each; at 0 an indicator is found and counts nothing. */
  readonly points: Readonly<Record<IndicatorName, number>>;
  readonly bands: BandStarts;
}

/** DOMAIN §6. */
export const DEFAULT_POLICY: RiskPolicy = {
  version: 0,
  points: Object.fromEntries(INDICATOR_NAMES.map((name) => [name, INDICATORS[name].points])) as Record<
    IndicatorName,
    number
  >,
  bands: { flag: 30, hold: 60, decline: 85 },
};

/** Fills a policy from before there were some of the indicators: they count nothing until somebody says so. */
export const completePolicy = ({
  points,
  ...policy
}: Omit<RiskPolicy, 'points'> & {
  readonly points: Readonly<Partial<Record<IndicatorName, number>>>;
}): RiskPolicy => ({
  ...policy,
  points: Object.fromEntries(INDICATOR_NAMES.map((name) => [name, points[name] ?? 0])) as Record<
    IndicatorName,
    number
  >,
});
