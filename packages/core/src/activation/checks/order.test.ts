import { describe, expect, it } from 'vitest';
import { breachesOf } from '../../policy/index.ts';
import { instant, ruleOf } from '../testing/check-table.ts';
import {
  attemptOf,
  campaignOf,
  codeOf,
  decideOne,
  guessesOf,
  NOW,
  playerOf,
  worldOf,
} from '../testing/world.ts';
import type { CampaignTerms } from '../types.ts';

describe('the order of the decision', () => {
  /** Everything that can be wrong, and how to right it, in the order of DOMAIN §2. */
  const FAULTS = [
    ['rate_limit', 'rate_limited'],
    ['code.state', 'code_disabled'],
    ['code.starts_at', 'code_not_active_yet'],
    ['code.ends_at', 'code_expired'],
    ['campaign.status', 'campaign_not_active'],
    ['campaign.window', 'campaign_not_active'],
    ['campaign.week', 'campaign_not_active_now'],
    ['player.currency', 'currency_not_eligible'],
    ['player.country', 'country_not_eligible'],
    ['player.jurisdiction', 'jurisdiction_forbidden'],
    ['player.self_exclusion', 'self_excluded'],
    ['player.bonus_block', 'bonus_blocked'],
    ['player.age', 'audience_rules_violated'],
    ['player.kyc_status', 'kyc_required'],
    ['audience.rule', 'audience_rules_violated'],
    ['traffic.source', 'audience_rules_violated'],
    ['code.holder', 'holder_mismatch'],
    ['limit.player', 'player_quantity_exceeded'],
    ['limit.device', 'device_quantity_exceeded'],
    ['limit.household.week', 'period_quantity_exceeded'],
    ['player.open_bonus', 'conflicting_bonus'],
    ['limit.code', 'quantity_exceeded'],
    ['limit.campaign', 'campaign_quantity_exceeded'],
    ['limit.code.month', 'period_quantity_exceeded'],
    ['campaign.budget', 'budget_exceeded'],
  ] as const;
  type Fault = (typeof FAULTS)[number][0];
  const rule = ruleOf('player.vip_level >= 5');

  /** An attempt with these faults and no other, in a campaign that asks for everything. */
  function decideWith(faults: ReadonlySet<Fault>) {
    const bad = <T>(fault: Fault, wrong: T, right: T): T => (faults.has(fault) ? wrong : right);
    const full = (fault: Fault) => ({ used: bad(fault, 1, 0), reserved: 0 });
    const terms = {
      schedule: {
        startsAt: null,
        endsAt: bad('campaign.window', instant.now, instant.next),
        weekdays: [bad('campaign.week', 1, 7)],
      },
      markets: { countries: ['DE'], currencies: [bad('player.currency', 'SEK', 'EUR')] },
      audience: { kycRequired: true, minAge: 18 },
      limits: [
        { scope: 'campaign', max: 1 },
        { scope: 'player', max: 1 },
        { scope: 'code', period: 'month', max: 1 },
        { scope: 'device', max: 1 },
        { scope: 'household', period: 'week', max: 1 },
      ],
      budget: { EUR: bad('campaign.budget', 999, 1000) },
      exclusive: true,
      traffic: { utmSource: 'radio', required: true },
    } satisfies Partial<CampaignTerms>;
    const spins = [{ kind: 'free_spins' }];
    const offer = { product: bad('player.jurisdiction', 'betting', 'casino'), rewards: spins } as const;
    const world = worldOf({
      jurisdiction: 'GB',
      guesses: guessesOf({ ann: { lockedUntil: bad('rate_limit', NOW + 1, NOW) } }),
      campaigns: [
        {
          campaign: campaignOf(terms, { rule, breaches: breachesOf(offer) }),
          status: bad('campaign.status', 'paused', 'active'),
        },
      ],
      codes: [
        codeOf({
          state: bad('code.state', 'disabled', 'active'),
          startsAt: bad('code.starts_at', NOW + 1, NOW),
          endsAt: bad('code.ends_at', NOW, NOW + 1),
          holderId: bad('code.holder', 'bob', 'ann'),
          uses: bad('limit.code', 1, 0),
          maxUses: 1,
        }),
      ],
      players: [
        playerOf({
          country: bad('player.country', 'SE', 'DE'),
          selfExcludedUntil: bad('player.self_exclusion', NOW + 1, null),
          bonusBlocked: bad('player.bonus_block', true, false),
          age: bad('player.age', 17, 18),
          kycStatus: bad('player.kyc_status', 'pending', 'verified'),
          household: 'home',
          facts: { vip_level: bad('audience.rule', 4, 5) },
        }),
      ],
      counters: {
        'spring:t': full('limit.campaign'),
        'spring:p:ann': full('limit.player'),
        'spring:d:phone': full('limit.device'),
        'spring:h.2026-W13:home': full('limit.household.week'),
        'spring:c.2026-03:code-1': full('limit.code.month'),
      },
      openGrants: new Map([
        ['ann', bad('player.open_bonus', [{ campaignId: 'old', exclusiveGroup: null }], [])],
      ]),
    });
    const traffic = { utmSource: bad('traffic.source', 'tv', 'radio') };
    return decideOne(world, attemptOf({ entry: { deviceId: 'phone', traffic } }));
  }

  it('evaluates and keeps every check of an attempt that fails them all, in the order of the domain', () => {
    const decision = decideWith(new Set(FAULTS.map(([fault]) => fault)));
    const failures = decision.checks.filter(({ ok }) => !ok);
    expect(failures.map(({ check, key }) => [check, key])).toEqual(FAULTS);
    expect(failures.every((check) => check.saw !== undefined && check.needs !== undefined)).toBe(true);
    expect(decision).toMatchObject({
      outcome: 'refused',
      refusalKey: 'rate_limited',
      claims: [],
      grants: [],
    });
  });

  it('runs the same checks for an attempt that passes them all', () => {
    const decision = decideWith(new Set());
    expect(decision.outcome).toBe('accepted');
    const names = FAULTS.map(([fault]): string => fault);
    expect(decision.checks.map(({ check }) => check)).toEqual(names.toSpliced(1, 0, 'code.known'));
  });

  it.each(FAULTS.map(([fault, key], at) => [fault, key, at] as const))(
    '%s decides when everything before it is right',
    (fault, key, at) => {
      const alone = decideWith(new Set([fault]));
      expect(alone.checks.filter(({ ok }) => !ok).map(({ check }) => check)).toEqual([fault]);
      expect(alone.refusalKey).toBe(key);
      expect(decideWith(new Set(FAULTS.slice(at).map(([name]) => name))).refusalKey).toBe(key);
    },
  );
});
