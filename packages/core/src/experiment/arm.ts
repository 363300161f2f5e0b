import { bucketOf } from '../journey/bucket.ts';
import type { BasisPoints } from '../money/index.ts';

/**
 * The place of the player's arm among those of an experiment: always the same one, and independent of the player's place in
 * any other experiment, split or control group.
 * @param weightsBps of the arms in their order, 10,000 in all.
 */
export function armOf(experimentId: string, weightsBps: readonly BasisPoints[], playerId: string): number {
  const place = bucketOf(experimentId, 'arm', playerId);
  let end = 0;
  const arm = weightsBps.findIndex((weight) => {
    end += weight;
    return place < end;
  });
  if (arm < 0) throw new RangeError(`the arms of experiment ${experimentId} are ${end} basis points in all`);
  return arm;
}
