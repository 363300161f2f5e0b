import { describe, expect, it } from 'vitest';
import {
  activationLifecycle,
  campaignLifecycle,
  canMove,
  codeLifecycle,
  drawLifecycle,
  enrolmentLifecycle,
  freeSpinsLifecycle,
  grantLifecycle,
  journeyLifecycle,
  type Lifecycle,
  move,
  needsOf,
  nextStates,
  previousStates,
  tournamentLifecycle,
} from './index.ts';

/**
 * The domain's own sentences. `a → b → c` is a chain, `a ⇄ b` goes both ways, and `b | c` are alternatives:
 * a chain goes on from each of them only where it says so.
 */
const DOMAIN: readonly [Lifecycle<string>, readonly string[]][] = [
  [
    campaignLifecycle,
    [
      'draft → pending_approval → scheduled → active → ended → archived',
      'active ⇄ paused',
      'paused → ended',
      'pending_approval → draft',
      'ended → active',
    ],
  ],
  [codeLifecycle, ['generated → active → exhausted | expired | disabled', 'exhausted → active']],
  [
    activationLifecycle,
    [
      'awaiting_deposit → accepted | lapsed',
      'in_review → accepted | awaiting_deposit | refused',
      'accepted → reversed',
    ],
  ],
  [
    grantLifecycle,
    [
      'pending → active → completed | lost | expired | forfeited | cancelled | auto_closed',
      'lost | forfeited → active',
      'pending ⇄ delivery_failed',
      'pending → expired | cancelled',
      'delivery_failed → cancelled',
    ],
  ],
  [tournamentLifecycle, ['open → closed → cancelled', 'open → cancelled']],
  [drawLifecycle, ['open → closed → drawn']],
  [journeyLifecycle, ['draft → active → archived', 'active ⇄ paused', 'draft | paused → archived']],
  [enrolmentLifecycle, ['active → completed | exited | failed', 'control']],
  [
    freeSpinsLifecycle,
    [
      'pending → issued → playing → finished',
      'pending ⇄ delivery_failed',
      'pending | delivery_failed → playing | finished',
      'issued → finished',
      'pending | delivery_failed | issued | playing → cancelled | expired',
      'cancelled | expired → finished',
    ],
  ],
];

function pairsOf(sentence: string): string[] {
  const [first, second] = sentence.split(' ⇄ ');
  if (first && second) return [`${first} ${second}`, `${second} ${first}`];
  const links = sentence.split(' → ').map((link) => link.split(' | '));
  return links
    .slice(1)
    .flatMap((to, i) => (links[i] ?? []).flatMap((from) => to.map((state) => `${from} ${state}`)));
}

describe.each(DOMAIN)('$name', (lifecycle, sentences) => {
  const states = Object.keys(lifecycle.moves);
  const described = new Set(sentences.flatMap(pairsOf));

  it.each(states.flatMap((from) => states.map((to) => [from, to] as const)))('%s → %s', (from, to) => {
    expect(canMove(lifecycle, from, to)).toBe(described.has(`${from} ${to}`));
  });

  it.each(states)('the states before %s are those it may follow', (to) => {
    expect(previousStates(lifecycle, to)).toEqual(states.filter((from) => described.has(`${from} ${to}`)));
  });

  it('has only states that the domain names', () => {
    const named = new Set(sentences.join(' ').match(/[a-z_]+/g));
    expect(new Set(states)).toEqual(named);
  });

  it('reaches every state from where it begins', () => {
    const reached = new Set(lifecycle.initial);
    for (const state of reached) for (const next of nextStates(lifecycle, state)) reached.add(next);
    expect([...reached].sort()).toEqual([...states].sort());
  });
});

describe('initial states', () => {
  it.each([
    [campaignLifecycle, ['draft']],
    [codeLifecycle, ['generated']],
    [activationLifecycle, ['accepted', 'awaiting_deposit', 'in_review', 'refused']],
    [grantLifecycle, ['pending']],
    [freeSpinsLifecycle, ['pending']],
    [journeyLifecycle, ['draft']],
    [enrolmentLifecycle, ['active', 'control']],
  ] as [Lifecycle<string>, string[]][])('$name', ({ initial }, expected) => {
    expect(initial).toEqual(expected);
  });
});

describe('needs', () => {
  const withNeeds = (lifecycle: Lifecycle<string>) =>
    Object.keys(lifecycle.moves).flatMap((from) =>
      nextStates(lifecycle, from).flatMap((to) => {
        const needs = needsOf(lifecycle, from, to) ?? [];
        return needs.length > 0 ? [`${from} → ${to}: ${needs.join(', ')}`] : [];
      }),
    );

  it.each([
    [campaignLifecycle, ['pending_approval → scheduled: approval', 'ended → active: end_extended, approval']],
    [codeLifecycle, ['active → disabled: reason', 'exhausted → active: limit_raised']],
    [activationLifecycle, []],
    [grantLifecycle, ['lost → active: reversal', 'forfeited → active: reversal']],
    [freeSpinsLifecycle, []],
  ] as [Lifecycle<string>, string[]][])('$name', (lifecycle, expected) => {
    expect(withNeeds(lifecycle)).toEqual(expected);
  });
});

describe('move', () => {
  it('answers with the new state', () => {
    expect(move(campaignLifecycle, 'active', 'paused')).toEqual({ ok: true, value: 'paused' });
    expect(move(codeLifecycle, 'active', 'disabled', ['reason'])).toEqual({ ok: true, value: 'disabled' });
  });

  it('names the states that may follow', () => {
    expect(move(campaignLifecycle, 'active', 'draft')).toEqual({
      ok: false,
      refusal: {
        key: 'state_move_not_allowed',
        message: 'A campaign cannot go from active to draft; next can be: paused, ended.',
      },
    });
  });

  it('says when a state is final', () => {
    expect(move(codeLifecycle, 'expired', 'active')).toEqual({
      ok: false,
      refusal: {
        key: 'state_move_not_allowed',
        message: 'A code cannot go from expired to active; expired is final.',
      },
    });
  });

  it('names only what is missing', () => {
    expect(move(campaignLifecycle, 'ended', 'active', ['end_extended'])).toEqual({
      ok: false,
      refusal: {
        key: 'state_move_needs_more',
        message: 'A campaign goes from ended to active only with: approval.',
      },
    });
  });
});
