import type { RiskTrialResult, RouteInput, tryRiskPolicy } from '@promosmith/contract';
import {
  type Band,
  type Finding,
  INDICATOR_NAMES,
  type IndicatorName,
  type RiskKnown,
  type RiskPolicy,
  weigh,
} from '@promosmith/core/risk';
import type { Queryable } from '../../../platform/db.ts';
import { firstIdAt } from '../../../platform/ids.ts';
import { interrupted, type JobKind } from '../../../platform/jobs/index.ts';

/** An attempt with what was found of it when it was decided; most often nothing. */
export interface AssessedAttempt {
  readonly activationId: string;
  readonly player: string;
  readonly score: number;
  readonly band: Band;
  readonly findings: readonly (Finding & { readonly off?: true })[];
  readonly listed: RiskKnown['listed'];
}

/**
 * Reads a brand's attempts that were assessed and that nothing but risk refused, in the order of their ids.
 * @param span ids after the first, and below the second.
 */
export type ReadAssessed = (
  db: Queryable,
  brandId: string,
  span: { readonly after: string; readonly below: string },
  limit: number,
) => Promise<readonly AssessedAttempt[]>;

export type TrialInput = RouteInput<typeof tryRiskPolicy>['body'];

type Counts = Record<Band, number>;
type Move = RiskTrialResult['moves'][number];

/** Where a trial has got to. */
interface Checkpoint {
  readonly after: string;
  readonly before: Counts;
  readonly now: Counts;
  readonly moves: Move[];
}

const AT_ONCE = 5000;
const SAMPLES = 5;

const none = (): Counts => ({ allow: 0, flag: 0, hold: 0, decline: 0 });

/** Weighs attempts of the past by other weights. Nothing is written but how far it has got. */
export const trialJob = (read: ReadAssessed): JobKind<TrialInput, Checkpoint> => ({
  async run(job) {
    const { from, to, points, bands, indicators } = job.input;
    const policy: RiskPolicy = { version: 0, points, bands };
    const on = indicators && new Set(indicators);
    const below = firstIdAt(Date.parse(to));
    let at: Checkpoint = job.checkpoint ?? {
      after: firstIdAt(Date.parse(from)),
      before: none(),
      now: none(),
      moves: [],
    };
    let { done } = job;
    for (let isOver = false; !isOver; ) {
      const goesOn = await job.step(async (tx) => {
        const attempts = await read(tx, job.brandId, { after: at.after, below }, AT_ONCE);
        at = weighAll(at, attempts, policy, on);
        done += attempts.length;
        isOver = attempts.length < AT_ONCE;
        return { done, checkpoint: at };
      });
      if (!goesOn) return interrupted;
    }
    const { before, now, moves } = at;
    const result: RiskTrialResult = { from, to, attempts: done, before, after: now, moves };
    return { outcome: 'finished', write: async () => ({ ...result }) };
  },
  undo: async () => ({ outcome: 'finished', write: async () => ({}) }),
});

/** Adds attempts to what a trial has counted. */
export function weighAll(
  at: Checkpoint,
  attempts: readonly AssessedAttempt[],
  policy: RiskPolicy,
  on: ReadonlySet<IndicatorName> | undefined,
): Checkpoint {
  const [before, now] = [{ ...at.before }, { ...at.now }];
  const moves = new Map(at.moves.map((move) => [`${move.from} ${move.to}`, structuredClone(move)]));
  for (const attempt of attempts) {
    const { score, band } = weigh(attempt.findings, policy, on ?? countedThen(attempt), attempt.listed);
    before[attempt.band]++;
    now[band]++;
    if (band === attempt.band) continue;
    const name = `${attempt.band} ${band}`;
    const move = moves.get(name) ?? { from: attempt.band, to: band, attempts: 0, samples: [] };
    move.attempts++;
    if (move.samples.length < SAMPLES)
      move.samples.push({
        activationId: attempt.activationId,
        player: attempt.player,
        score: { before: attempt.score, after: score },
        indicators: attempt.findings.map(({ indicator }) => indicator),
      });
    moves.set(name, move);
  }
  const after = attempts.at(-1)?.activationId ?? at.after;
  return { after, before, now, moves: [...moves.values()].sort((a, b) => b.attempts - a.attempts) };
}

/** What was off where the attempt was made stays off. */
function countedThen({ findings }: AssessedAttempt): ReadonlySet<IndicatorName> {
  const off = new Set(findings.filter((finding) => finding.off).map(({ indicator }) => indicator));
  return new Set(INDICATOR_NAMES.filter((name) => !off.has(name)));
}
