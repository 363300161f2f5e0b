import { describe, expect, it } from 'vitest';
import { buildCatalogue, compileRule, type Rule } from '../../rules/index.ts';
import type { RefusalKey } from '../refusal-keys.ts';
import type { Attempt, CampaignTerms, Check, CodeState, PlayerState } from '../types.ts';
import {
  attemptOf,
  campaignOf,
  checkNamed,
  codeOf,
  decideOne,
  NOW,
  outcomeOf,
  playerOf,
  type Scene,
  worldOf,
} from './world.ts';

export const iso = (at: number): string => new Date(at).toISOString();
/** The instant of every decision and its neighbours, as checks tell them. */
export const instant = { now: iso(NOW), next: iso(NOW + 1), past: iso(NOW - 1) };

export interface Case extends Scene {
  readonly attempt?: Attempt;
  /** What the named check came out as; undefined when it was not asked for. */
  readonly gives: Check | undefined;
}

export const codeCase = (code: Partial<CodeState>, gives: Check | undefined): Case => ({
  codes: [codeOf(code)],
  gives,
});

export const termsCase = (
  terms: Partial<CampaignTerms>,
  gives: Check | undefined,
  more: Scene = {},
): Case => ({ campaigns: [campaignOf(terms)], ...more, gives });

export const player = (details: Partial<Omit<PlayerState, 'facts'>>): Scene => ({
  players: [playerOf(details)],
});

export const enteredFrom = (entry: Partial<Attempt['entry']>) => ({ attempt: attemptOf({ entry }) });

export const passed = (check: string, saw?: unknown): Check =>
  saw === undefined ? { check, ok: true } : { check, ok: true, saw };

export const failed = (check: string, key: RefusalKey, saw: unknown, needs: unknown): Check => ({
  check,
  ok: false,
  key,
  saw,
  needs,
});

/** Tests one check: each case makes it come out as said, and with nothing else wrong it alone decides. */
export function testCheck(name: string, cases: Readonly<Record<string, Case>>): void {
  describe(name, () => {
    it.each(Object.entries(cases))('%s', (_, { attempt = attemptOf(), gives, ...scene }) => {
      const decision = decideOne(worldOf(scene), attempt);
      expect(checkNamed(decision, name)).toEqual(gives);
      expect(outcomeOf(decision)).toBe(gives?.key ?? 'accepted');
    });
  });
}

/** A rule over the facts every brand has. */
export function ruleOf(source: string): Rule {
  const catalogue = buildCatalogue([]);
  if (!catalogue.ok) throw new Error('no catalogue');
  const compiled = compileRule(source, catalogue.catalogue);
  if (!compiled.ok) throw new Error(compiled.errors[0].message);
  return compiled.rule;
}
