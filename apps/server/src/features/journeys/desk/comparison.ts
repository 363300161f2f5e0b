/** A group of players, and how many of them reached the goal. */
export interface Group {
  readonly entered: number;
  readonly converted: number;
}

/** What walking a journey changed: plain numbers, and how likely they are chance. */
export function comparison(walked: Group, control: Group) {
  return { walked: rated(walked), control: rated(control), uplift: uplift(walked, control) };
}

const rated = ({ entered, converted }: Group) => ({
  entered,
  converted,
  rate: entered === 0 ? null : converted / entered,
});

function uplift(walked: Group, control: Group) {
  if (walked.entered === 0 || control.entered === 0) return null;
  const expected = control.converted / control.entered;
  const points = walked.converted / walked.entered - expected;
  return {
    points,
    relative: expected === 0 ? null : points / expected,
    converted: walked.converted - expected * walked.entered,
    significance: chanceOf(walked, control),
  };
}

/** Two-sided z-test of two proportions, with the pooled variance. */
function chanceOf(a: Group, b: Group): number {
  const pooled = (a.converted + b.converted) / (a.entered + b.entered);
  const variance = pooled * (1 - pooled) * (1 / a.entered + 1 / b.entered);
  if (variance === 0) return 1;
  const z = Math.abs(a.converted / a.entered - b.converted / b.entered) / Math.sqrt(variance);
  return complementaryError(z / Math.SQRT2);
}

/** erfc for x ≥ 0, within 1.5e-7 (Abramowitz and Stegun 7.1.26). */
function complementaryError(x: number): number {
  const t = 1 / (1 + 0.3275911 * x);
  const terms = [1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592];
  return terms.reduce((sum, term) => sum * t + term, 0) * t * Math.exp(-x * x);
}
