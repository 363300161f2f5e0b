import { describe, expect, it } from 'vitest';
import { buildCatalogue, compileRule, type Rule } from '../../rules/index.ts';
import {
  attemptOf,
  bonusOf,
  campaignOf,
  checkNamed,
  codeOf,
  decideOne,
  NOW,
  outcomeOf,
  playerOf,
  type Scene,
  worldOf,
} from '../testing/world.ts';
import type { Attempt, CampaignTerms, Check, CodeState, PlayerState } from '../types.ts';

const MINUTE = 60_000;
const iso = (at: number): string => new Date(at).toISOString();
const instant = { now: iso(NOW), next: iso(NOW + 1), past: iso(NOW - 1) };

function ruleOf(source: string): Rule {
  const catalogue = buildCatalogue([]);
  if (!catalogue.ok) throw new Error('no catalogue');
  const compiled = compileRule(source, catalogue.catalogue);
  if (!compiled.ok) throw new Error(compiled.errors[0].message);
  return compiled.rule;
}

interface Case extends Scene {
  readonly attempt?: Attempt;
  /** What the named check came out as; undefined when it was not asked for. */
  readonly gives: Check | undefined;
}

const codeCase = (code: Partial<CodeState>, gives: Check | undefined): Case => ({
  codes: [codeOf(code)],
  gives,
});
const termsCase = (terms: Partial<CampaignTerms>, gives: Check | undefined, more: Scene = {}): Case => ({
  campaigns: [campaignOf(terms)],
  ...more,
  gives,
});
const player = (facts: Partial<Omit<PlayerState, 'facts'>>): Scene => ({ players: [playerOf(facts)] });
const from = (entry: Partial<Attempt['entry']>) => ({ attempt: attemptOf({ entry }) });

const passed = (check: string, saw?: unknown): Check =>
  saw === undefined ? { check, ok: true } : { check, ok: true, saw };
const failed = (check: string, key: Check['key'] & string, saw: unknown, needs: unknown): Check => ({
  check,
  ok: false,
  key,
  saw,
  needs,
});

const CASES: readonly (readonly [check: string, cases: Readonly<Record<string, Case>>])[] = [
  [
    'rate_limit',
    {
      'nobody is locked out': { gives: passed('rate_limit') },
      'the player is': {
        lockouts: new Map([['ann', NOW + MINUTE]]),
        gives: failed('rate_limit', 'rate_limited', instant.now, iso(NOW + MINUTE)),
      },
      'the address is': {
        lockouts: new Map([['192.0.2.1', NOW + 1]]),
        ...from({ ip: '192.0.2.1' }),
        gives: failed('rate_limit', 'rate_limited', instant.now, instant.next),
      },
      'both are, the later one counts': {
        lockouts: new Map([
          ['192.0.2.1', NOW + 1],
          ['ann', NOW + MINUTE],
        ]),
        ...from({ ip: '192.0.2.1' }),
        gives: failed('rate_limit', 'rate_limited', instant.now, iso(NOW + MINUTE)),
      },
      'another player and another address are': {
        lockouts: new Map([
          ['bob', NOW + 1],
          ['192.0.2.2', NOW + 1],
        ]),
        ...from({ ip: '192.0.2.1' }),
        gives: passed('rate_limit'),
      },
      'the lock-out ends this millisecond': {
        lockouts: new Map([['ann', NOW]]),
        gives: passed('rate_limit'),
      },
    },
  ],
  [
    'code.known',
    {
      known: { gives: passed('code.known') },
      'no such code': { codes: [], gives: { check: 'code.known', ok: false, key: 'code_not_found' } },
      'a text that cannot be a code': {
        attempt: attemptOf({ codeKeys: [] }),
        gives: { check: 'code.known', ok: false, key: 'code_not_found' },
      },
      'its campaign is gone': {
        campaigns: [],
        gives: { check: 'code.known', ok: false, key: 'code_not_found' },
      },
    },
  ],
  [
    'code.state',
    {
      active: { gives: passed('code.state', 'active') },
      generated: codeCase(
        { state: 'generated' },
        failed('code.state', 'code_not_active_yet', 'generated', 'active'),
      ),
      expired: codeCase({ state: 'expired' }, failed('code.state', 'code_expired', 'expired', 'active')),
      disabled: codeCase({ state: 'disabled' }, failed('code.state', 'code_disabled', 'disabled', 'active')),
    },
  ],
  [
    'code.starts_at',
    {
      'no start': { gives: undefined },
      'starts this millisecond': codeCase({ startsAt: NOW }, passed('code.starts_at', instant.now)),
      'starts in the next': codeCase(
        { startsAt: NOW + 1 },
        failed('code.starts_at', 'code_not_active_yet', instant.now, instant.next),
      ),
    },
  ],
  [
    'code.ends_at',
    {
      'no end': { gives: undefined },
      'ends in the next millisecond': codeCase({ endsAt: NOW + 1 }, passed('code.ends_at', instant.now)),
      'ends in this one': codeCase(
        { endsAt: NOW },
        failed('code.ends_at', 'code_expired', instant.now, instant.now),
      ),
    },
  ],
  [
    'campaign.status',
    {
      active: { gives: passed('campaign.status', 'active') },
      ...Object.fromEntries(
        (['draft', 'pending_approval', 'scheduled', 'paused', 'ended', 'archived'] as const).map((status) => [
          status,
          {
            campaigns: [{ campaign: campaignOf(), status }],
            gives: failed('campaign.status', 'campaign_not_active', status, 'active'),
          },
        ]),
      ),
    },
  ],
  [
    'campaign.window',
    {
      'no window': { gives: undefined },
      'starts this millisecond': termsCase(
        { schedule: { startsAt: instant.now, endsAt: null } },
        passed('campaign.window', instant.now),
      ),
      'starts in the next': termsCase(
        { schedule: { startsAt: instant.next, endsAt: null } },
        failed('campaign.window', 'campaign_not_active', instant.now, { from: instant.next, to: null }),
      ),
      'ends in the next': termsCase(
        { schedule: { startsAt: null, endsAt: instant.next } },
        passed('campaign.window', instant.now),
      ),
      'ends in this one': termsCase(
        { schedule: { startsAt: instant.past, endsAt: instant.now } },
        failed('campaign.window', 'campaign_not_active', instant.now, {
          from: instant.past,
          to: instant.now,
        }),
      ),
      'an end with an offset': termsCase(
        { schedule: { startsAt: null, endsAt: '2026-03-29T14:00:00.001+02:00' } },
        passed('campaign.window', instant.now),
      ),
    },
  ],
  [
    'campaign.week',
    {
      'any time': { gives: undefined },
      'on a Sunday': termsCase(
        { schedule: { startsAt: null, endsAt: null, weekdays: [7] } },
        passed('campaign.week', { weekday: 7, minuteOfDay: 840 }),
      ),
      'not on a Saturday': termsCase(
        {
          schedule: { startsAt: null, endsAt: null, weekdays: [6], hours: [{ from: '14:00', to: '15:00' }] },
        },
        failed(
          'campaign.week',
          'campaign_not_active_now',
          { weekday: 7, minuteOfDay: 840 },
          { weekdays: [6], hours: [{ from: '14:00', to: '15:00' }] },
        ),
      ),
    },
  ],
  [
    'player.currency',
    {
      'an amount in it': { gives: passed('player.currency', 'EUR') },
      'no amount in it': termsCase(
        { rewards: [bonusOf(1000), bonusOf(1000, 'SEK')] },
        failed('player.currency', 'currency_not_eligible', 'EUR', 'a currency of the offer'),
      ),
      'no budget in it': termsCase(
        { budget: { SEK: 100_000 } },
        failed('player.currency', 'currency_not_eligible', 'EUR', 'a currency of the offer'),
      ),
      'not a market': termsCase(
        { markets: { currencies: ['SEK', 'NOK'] } },
        failed('player.currency', 'currency_not_eligible', 'EUR', ['SEK', 'NOK']),
      ),
      'a market': termsCase({ markets: { currencies: ['SEK', 'EUR'] } }, passed('player.currency', 'EUR')),
      unknown: {
        ...player({ currency: null }),
        gives: failed('player.currency', 'currency_not_eligible', null, 'a currency of the offer'),
      },
      'unknown, and nothing is paid in money': termsCase(
        { rewards: [{ kind: 'special' }] },
        failed('player.currency', 'currency_not_eligible', null, 'a currency of the offer'),
        player({ currency: null }),
      ),
    },
  ],
  [
    'player.country',
    {
      anywhere: { gives: undefined },
      'a market': termsCase({ markets: { countries: ['AT', 'DE'] } }, passed('player.country', 'DE')),
      'not a market': termsCase(
        { markets: { countries: ['AT'] } },
        failed('player.country', 'country_not_eligible', 'DE', ['AT']),
      ),
      unknown: termsCase(
        { markets: { countries: ['AT'] } },
        failed('player.country', 'country_not_eligible', null, ['AT']),
        player({ country: null }),
      ),
    },
  ],
  [
    'player.self_exclusion',
    {
      never: { gives: passed('player.self_exclusion') },
      'until the next millisecond': {
        ...player({ selfExcludedUntil: NOW + 1 }),
        gives: failed('player.self_exclusion', 'self_excluded', instant.next, 'not excluded'),
      },
      'until this one': { ...player({ selfExcludedUntil: NOW }), gives: passed('player.self_exclusion') },
    },
  ],
  [
    'player.bonus_block',
    {
      no: { gives: passed('player.bonus_block') },
      yes: {
        ...player({ bonusBlocked: true }),
        gives: failed('player.bonus_block', 'bonus_blocked', true, false),
      },
    },
  ],
  [
    'player.age',
    {
      'any age': { gives: undefined },
      'old enough to the day': termsCase(
        { audience: { kycRequired: false, minAge: 30 } },
        passed('player.age', 30),
      ),
      'too young': termsCase(
        { audience: { kycRequired: false, minAge: 31 } },
        failed('player.age', 'audience_rules_violated', 30, 31),
      ),
      unknown: termsCase(
        { audience: { kycRequired: false, minAge: 18 } },
        failed('player.age', 'audience_rules_violated', null, 18),
        player({ age: null }),
      ),
      'unknown, and 0 is asked for': termsCase(
        { audience: { kycRequired: false, minAge: 0 } },
        failed('player.age', 'audience_rules_violated', null, 0),
        player({ age: null }),
      ),
    },
  ],
  [
    'player.kyc_status',
    {
      'not asked for': { gives: undefined },
      verified: termsCase(
        { audience: { kycRequired: true } },
        passed('player.kyc_status', 'verified'),
        player({ kycStatus: 'verified' }),
      ),
      pending: termsCase(
        { audience: { kycRequired: true } },
        failed('player.kyc_status', 'kyc_required', 'pending', 'verified'),
        player({ kycStatus: 'pending' }),
      ),
      unknown: termsCase(
        { audience: { kycRequired: true } },
        failed('player.kyc_status', 'kyc_required', null, 'verified'),
      ),
    },
  ],
  [
    'traffic.source',
    {
      'any source': { gives: undefined },
      'named, but not required': termsCase({ traffic: { utmSource: 'radio', required: false } }, undefined),
      'the one': {
        ...termsCase({ traffic: { utmSource: 'radio', required: true } }, undefined),
        ...from({ traffic: { utmSource: 'radio', utmMedium: 'fm' } }),
        gives: passed('traffic.source', { utmSource: 'radio', utmMedium: 'fm' }),
      },
      'one part is another': {
        ...termsCase({ traffic: { utmSource: 'radio', affiliateId: 'a1', required: true } }, undefined),
        ...from({ traffic: { utmSource: 'radio', affiliateId: 'a2' } }),
        gives: failed(
          'traffic.source',
          'audience_rules_violated',
          { utmSource: 'radio', affiliateId: 'a2' },
          { utmSource: 'radio', affiliateId: 'a1' },
        ),
      },
      unknown: termsCase(
        { traffic: { utmSource: 'radio', required: true } },
        failed('traffic.source', 'audience_rules_violated', {}, { utmSource: 'radio' }),
      ),
    },
  ],
  [
    'code.holder',
    {
      'bound to nobody': { gives: undefined },
      'bound to the player': codeCase({ holderId: 'ann' }, passed('code.holder', 'the holder')),
      'bound to another': codeCase(
        { holderId: 'bob' },
        failed('code.holder', 'holder_mismatch', 'another player', 'the holder'),
      ),
    },
  ],
  [
    'player.open_bonus',
    {
      'any number of bonuses': {
        openGrants: new Map([['ann', [{ campaignId: 'old', exclusiveGroup: 'g' }]]]),
        gives: undefined,
      },
      'none open in the group': termsCase({ exclusiveGroup: 'g' }, passed('player.open_bonus'), {
        openGrants: new Map([
          ['ann', [{ campaignId: 'old', exclusiveGroup: null }]],
          ['bob', [{ campaignId: 'old', exclusiveGroup: 'g' }]],
        ]),
      }),
      'one open in the group': termsCase(
        { exclusiveGroup: 'g' },
        failed('player.open_bonus', 'conflicting_bonus', 'old', 'no open bonus'),
        {
          openGrants: new Map([
            [
              'ann',
              [
                { campaignId: 'older', exclusiveGroup: 'h' },
                { campaignId: 'old', exclusiveGroup: 'g' },
              ],
            ],
          ]),
        },
      ),
      'exclusive, one open in no group': termsCase(
        { exclusive: true },
        failed('player.open_bonus', 'conflicting_bonus', 'old', 'no open bonus'),
        { openGrants: new Map([['ann', [{ campaignId: 'old', exclusiveGroup: null }]]]) },
      ),
      'exclusive, none open': termsCase({ exclusive: true }, passed('player.open_bonus')),
    },
  ],
  [
    'limit.campaign',
    {
      unlimited: { gives: undefined },
      'one use left': termsCase({ limits: [{ scope: 'campaign', max: 5 }] }, passed('limit.campaign', 4), {
        counters: { 'spring:t': { used: 1, reserved: 3 } },
      }),
      'none left': termsCase(
        { limits: [{ scope: 'campaign', max: 5 }] },
        failed('limit.campaign', 'campaign_quantity_exceeded', 5, 5),
        { counters: { 'spring:t': { used: 2, reserved: 3 } } },
      ),
      'more used than a lowered limit allows': termsCase(
        { limits: [{ scope: 'campaign', max: 5 }] },
        failed('limit.campaign', 'campaign_quantity_exceeded', 9, 5),
        { counters: { 'spring:t': { used: 9, reserved: 0 } } },
      ),
    },
  ],
  [
    'limit.code',
    {
      'one use left': codeCase({ uses: 3, reserved: 1, maxUses: 5 }, passed('limit.code', 4)),
      'none left': codeCase(
        { uses: 4, reserved: 1, maxUses: 5 },
        failed('limit.code', 'quantity_exceeded', 5, 5),
      ),
    },
  ],
  [
    'campaign.budget',
    {
      'no budget': { gives: undefined },
      'just enough': termsCase({ budget: { EUR: 5000 } }, passed('campaign.budget', 1000), {
        counters: { 'spring:b:EUR': { used: 1500, reserved: 2500 } },
      }),
      'a cent short': termsCase(
        { budget: { EUR: 5000 } },
        failed('campaign.budget', 'budget_exceeded', 999, 1000),
        { counters: { 'spring:b:EUR': { used: 1501, reserved: 2500 } } },
      ),
      'rewards that cost nothing ask for none, even of an overspent one': termsCase(
        { budget: { EUR: 0 }, rewards: [{ kind: 'special' }] },
        undefined,
        { counters: { 'spring:b:EUR': { used: 1, reserved: 0 } } },
      ),
    },
  ],
];

describe.each(CASES)('%s', (name, cases) => {
  it.each(Object.entries(cases))('%s', (_, { attempt = attemptOf(), gives, ...scene }) => {
    const decision = decideOne(worldOf(scene), attempt);
    expect(checkNamed(decision, name)).toEqual(gives);
    expect(outcomeOf(decision)).toBe(gives?.key ?? 'accepted');
  });
});

describe('audience.rule', () => {
  const rule = ruleOf('player.country == "DE" && player.age >= 21 && activation.channel == "cashier"');
  const decideFor = (facts: Record<string, unknown>) =>
    decideOne(worldOf({ campaigns: [campaignOf({}, { rule })], players: [playerOf({ facts })] }));

  it('keeps the facts it read when it passes', () => {
    const decision = decideFor({ country: 'DE', age: 21, language: 'de' });
    expect(decision.outcome).toBe('accepted');
    expect(checkNamed(decision, 'audience.rule')).toEqual(
      passed('audience.rule', { 'player.country': 'DE', 'player.age': 21, 'activation.channel': 'cashier' }),
    );
  });

  it('says every condition and the nearest way when it fails', () => {
    const decision = decideFor({ country: 'DE', age: 20 });
    const check = checkNamed(decision, 'audience.rule');
    expect(check).toMatchObject({
      ok: false,
      key: 'audience_rules_violated',
      saw: { 'player.age': 20 },
      needs: {
        nearest: { kind: 'step', condition: 1, need: { fact: 'player.age', op: '>=', value: 21, gap: 1 } },
        conditions: [{ outcome: true }, { outcome: false }, { outcome: true }],
      },
    });
  });

  it('takes an unknown fact for a no', () => {
    const decision = decideFor({ country: 'DE' });
    expect(outcomeOf(decision)).toBe('audience_rules_violated');
    expect(checkNamed(decision, 'audience.rule')?.saw).toEqual({
      'player.country': 'DE',
      'player.age': null,
      'activation.channel': 'cashier',
    });
  });

  it('knows the time of the decision, the device and the traffic source', () => {
    const source =
      'now == activation.entered_at && now == timestamp("2026-03-29T12:00:00Z") && activation.device_type == "mobile"' +
      ' && activation.ip_country == "MT" && traffic.utm_source == "a" && traffic.utm_medium == "b"' +
      ' && traffic.utm_campaign == "c" && traffic.affiliate_id == "d"';
    const traffic = { utmSource: 'a', utmMedium: 'b', utmCampaign: 'c', affiliateId: 'd' };
    const world = worldOf({ campaigns: [campaignOf({}, { rule: ruleOf(source) })] });
    const entry = { deviceType: 'mobile', ipCountry: 'MT', traffic };
    expect(outcomeOf(decideOne(world, attemptOf({ entry })))).toBe('accepted');
    for (const part of Object.keys(traffic)) {
      const other = { ...entry, traffic: { ...traffic, [part]: 'other' } };
      expect(outcomeOf(decideOne(world, attemptOf({ entry: other })))).toBe('audience_rules_violated');
    }
  });
});

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
    const world = worldOf({
      lockouts: new Map([['ann', bad('rate_limit', NOW + 1, NOW)]]),
      campaigns: [
        { campaign: campaignOf(terms, { rule }), status: bad('campaign.status', 'paused', 'active') },
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
