import { type Draft, isUnderWay } from './draft.ts';
import { complete, end } from './lifecycle.ts';
import { endRound, ROUND_LIFE_MS } from './rounds.ts';

type Due = { readonly at: number; readonly run: (draft: Draft) => void };

/**
 * What time alone did up to an instant, that included, each at its own: bonuses expire, those without turnover complete,
 * rounds nobody ended are over.
 */
export function passTime(draft: Draft, until: number): void {
  for (let due = firstDue(draft, until); due !== null; due = firstDue(draft, until)) due.run(draft);
}

function firstDue(draft: Draft, until: number): Due | null {
  let first: Due | null = null;
  for (let index = 0; index < draft.grants.length; index++) {
    const grant = draft.grants[index]!;
    if (grant.state !== 'active') continue;
    const { expiresAt, startedAt } = grant;
    if (expiresAt !== null && expiresAt <= until && (first === null || expiresAt < first.at))
      first = { at: expiresAt, run: (of) => end(of, index, 'expired', expiresAt) };
    if (grant.required === 0 && isUnderWay(grant, until) && (first === null || startedAt < first.at))
      first = { at: startedAt, run: (of) => complete(of, index) };
  }
  for (const { roundId, at } of draft.rounds) {
    const over = at + ROUND_LIFE_MS;
    if (over <= until && (first === null || over < first.at))
      first = { at: over, run: (of) => endRound(of, roundId, over) };
  }
  return first;
}
