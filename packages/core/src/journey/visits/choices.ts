import type { Millis } from '../../activation/index.ts';
import { passes } from '../../rules/index.ts';
import { bucketOf } from '../bucket.ts';
import type { SplitNode } from '../graph.ts';
import { type Departure, factsAt, type Walk } from '../walk.ts';

export function decide(walk: Walk, at: Millis): Departure {
  const { rule } = walk.activity;
  const yes = rule !== null && passes(rule, factsAt(walk, at));
  return { at, cause: 'node', connector: yes ? 'yes' : 'no' };
}

/** The variant whose share the player's place falls into: the same one however often they come by. */
export function choose({ journey, enrolment }: Walk, { variants }: SplitNode, at: Millis): Departure {
  let left = bucketOf(journey.id, enrolment.nodeId, enrolment.playerId);
  for (const { id, bps } of variants) {
    if (left < bps) return { at, cause: 'node', connector: id };
    left -= bps;
  }
  throw new Error(`the variants of ${enrolment.nodeId} must come to the whole`);
}
