/** A group as it was meant to be, and as it came out. */
export interface Share {
  /** Of any unit: only their proportions count. */
  readonly weight: number;
  readonly players: number;
}

/**
 * How firmly the alternative is thought to be about what was planned, in players: the less, the sooner a gross mismatch is
 * found, the more, the smaller one among millions. Any number keeps what `chanceOfShares` promises.
 */
const CONCENTRATION = 100;

/**
 * How likely it is, at most, that players who are dealt by these weights ever part as unevenly as they do, whenever and
 * however often that is looked at. A hash deals evenly, so next to 0 says that players are lost or added after the draw,
 * and results are not to be trusted.
 *
 * Players come one by one and are looked at every minute: a test for one look, such as Pearson's, is wrong sooner or later,
 * and with a rare arm at its first player. So what players are is compared with a mixture of all other weights they may be
 * dealt by, a Dirichlet distribution about the planned ones (Lindon and Malek, *Anytime-valid inference for multinomial
 * count data*, NeurIPS 2022). Of players who are dealt as planned the ratio of both likelihoods is a martingale that begins
 * at 1, and so is ever above k in no more than one experiment of k (Ville's inequality). Its inverse at a single look is
 * no smaller than the smallest there was: the present counts are enough, and nothing has to be kept of earlier looks.
 *
 * @returns 1 where there is nothing to compare.
 */
export function chanceOfShares(shares: readonly Share[]): number {
  const players = shares.reduce((sum, share) => sum + share.players, 0);
  const weights = shares.reduce((sum, share) => sum + share.weight, 0);
  if (players === 0 || weights === 0 || shares.length < 2) return 1;
  const all = logGamma(CONCENTRATION) - logGamma(CONCENTRATION + players);
  const ratio = shares.reduce((sum, share) => sum + evidenceOf(share.players, share.weight / weights), all);
  return Math.min(1, Math.exp(-ratio));
}

/** Below this chance a sample ratio is taken for wrong; one sound experiment in a thousand is as well, in all of its time. */
export const SUSPICIOUS_CHANCE = 0.001;

/** What an arm adds to the logarithm of the ratio of likelihoods. @param planned its share of all. */
function evidenceOf(players: number, planned: number): number {
  if (players === 0) return 0;
  if (planned === 0) return Number.POSITIVE_INFINITY;
  const prior = CONCENTRATION * planned;
  return logGamma(prior + players) - logGamma(prior) - players * Math.log(planned);
}

/** From there on Stirling's series is right to the last digits. */
const LARGE = 10;

/** ln Γ(x) for x > 0: by Stirling's series, at a place further up that the recurrence Γ(x + 1) = x Γ(x) leads to. */
function logGamma(x: number): number {
  let [at, passed] = [x, 1];
  for (; at < LARGE; at++) passed *= at;
  const square = at * at;
  const series = (1 / 12 - (1 / 360 - (1 / 1260 - 1 / (1680 * square)) / square) / square) / at;
  return (at - 0.5) * Math.log(at) - at + HALF_LOG_TAU + series - Math.log(passed);
}

const HALF_LOG_TAU = Math.log(2 * Math.PI) / 2;
