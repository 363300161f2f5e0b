import type { PolicyPack, PolicyRule } from '../types.ts';

/** Above this hardly anybody completes a bonus, whatever the law says. */
const HARDLY_REACHABLE: PolicyRule = {
  kind: 'max_effective_wagering',
  maximum: 10_000,
  severity: 'warn',
  summary: 'Who plays the least contributing game alone has to stake more than 100 times the bonus.',
  source: { title: 'Advice of Promosmith, no law', url: null },
  from: null,
  until: null,
};

/** For brands and players whose jurisdiction has no pack: nothing is forbidden, unreachable terms are pointed out. */
export const DEFAULT: PolicyPack = {
  jurisdiction: 'default',
  name: 'No particular jurisdiction',
  rules: [HARDLY_REACHABLE],
};

/**
 * Malta: the Player Protection Directive (2 of 2018) is about clear terms and self-exclusion, which hold for everybody
 * here; no ceiling on wagering is known to this pack.
 */
export const MT: PolicyPack = { jurisdiction: 'MT', name: 'Malta', rules: [HARDLY_REACHABLE] };
