import { describe, expect, it } from 'vitest';
import { counterKeys } from './counter-keys.ts';
import { decideBatch } from './decide.ts';
import { codeMaximum, limitClaims } from './limits.ts';
import {
  attemptOf,
  campaignOf,
  checkNamed,
  codeOf,
  decideOne,
  outcomeOf,
  playerOf,
  worldOf,
} from './testing/world.ts';
import type { CampaignTerms, CodeState, LimitTerms } from './types.ts';

const SCOPES = ['campaign', 'code', 'player', 'device', 'household'] as const;
const PERIODS = [undefined, 'day', 'week', 'month'] as const;
const ALL: readonly LimitTerms[] = SCOPES.flatMap((scope) =>
  PERIODS.map((period) => ({ scope, period, max: 10 })),
);
const KEYS = [
  'spring:t',
  'spring:t.2026-03-29',
  'spring:t.2026-W13',
  'spring:t.2026-03',
  'spring:c.2026-03-29:code-1',
  'spring:c.2026-W13:code-1',
  'spring:c.2026-03:code-1',
  'spring:p:ann',
  'spring:p.2026-03-29:ann',
  'spring:p.2026-W13:ann',
  'spring:p.2026-03:ann',
  'spring:d:phone',
  'spring:d.2026-03-29:phone',
  'spring:d.2026-W13:phone',
  'spring:d.2026-03:phone',
  'spring:h:home',
  'spring:h.2026-03-29:home',
  'spring:h.2026-W13:home',
  'spring:h.2026-03:home',
];
const full = { used: 6, reserved: 4 };
const phone = attemptOf({ entry: { deviceId: 'phone' } });
const atHome = playerOf({ household: 'home' });
const decideWith = (terms: Partial<CampaignTerms>, more: Parameters<typeof worldOf>[0] = {}) =>
  decideOne(worldOf({ campaigns: [campaignOf(terms)], players: [atHome], ...more }), phone);

describe('all limits at once', () => {
  it('take one use from every counter, the code its own', () => {
    const { claims, outcome } = decideWith({ limits: ALL });
    expect(outcome).toBe('accepted');
    expect(claims.map(({ counterKey }) => counterKey)).toEqual(['code-1', ...KEYS]);
    expect(claims.map(({ home }) => home)).toEqual(['code', ...KEYS.map(() => 'counter')]);
    expect(claims.every(({ amount, maximum }) => amount === 1 && maximum === 10)).toBe(true);
  });

  it.each(KEYS)('refuse by %s alone', (key) => {
    const counters = Object.fromEntries(KEYS.map((name) => [name, { used: 9, reserved: 0 }]));
    expect(decideWith({ limits: ALL }, { counters }).outcome).toBe('accepted');
    const decision = decideWith({ limits: ALL }, { counters: { ...counters, [key]: full } });
    const limit = ALL.filter(({ scope, period }) => scope !== 'code' || period)[KEYS.indexOf(key)];
    const name = `limit.${limit?.scope}${limit?.period ? `.${limit.period}` : ''}`;
    expect(decision.checks.filter(({ ok }) => !ok)).toEqual([
      expect.objectContaining({ check: name, saw: 10, needs: 10 }),
    ]);
    expect(decision.claims).toEqual([]);
  });

  it('are loaded together beforehand', () => {
    const { clock } = worldOf();
    const campaign = campaignOf({ limits: ALL, budget: { EUR: 1 } });
    expect(counterKeys(campaign, codeOf(), phone, atHome, clock)).toEqual([...KEYS, 'spring:b:EUR']);
    expect(counterKeys(campaign, codeOf(), attemptOf(), playerOf({ currency: null }), clock)).toEqual(
      KEYS.slice(0, 11),
    );
  });

  it('are all among the loaded ones, whatever was decided', () => {
    const campaign = campaignOf({ limits: ALL, budget: { EUR: 5000, SEK: 5000 } });
    const { claims } = decideWith(campaign.terms);
    const loaded = counterKeys(campaign, codeOf(), phone, atHome, worldOf().clock);
    const taken = claims.filter(({ home }) => home === 'counter').map(({ counterKey }) => counterKey);
    expect(loaded).toEqual(taken);
  });
});

describe('an attempt that tells nothing to count by', () => {
  it.each([
    ['device', undefined, 'device_quantity_exceeded'],
    ['device', 'week', 'period_quantity_exceeded'],
    ['household', undefined, 'household_quantity_exceeded'],
    ['household', 'day', 'period_quantity_exceeded'],
  ] as const)('is refused by a limit per %s and %s', (scope, period, key) => {
    const world = worldOf({ campaigns: [campaignOf({ limits: [{ scope, period, max: 1000 }] })] });
    const decision = decideOne(world, attemptOf());
    const name = period ? `limit.${scope}.${period}` : `limit.${scope}`;
    expect(outcomeOf(decision)).toBe(key);
    expect(checkNamed(decision, name)).toMatchObject({ saw: null, needs: `a ${scope} to count by` });
  });
});

describe('a limit per person', () => {
  const linked = playerOf({ person: ['ann', 'mailbox', 'phone'] });
  const perPerson = (max: number) => [campaignOf({ limits: [{ scope: 'person', max }] })];
  const decide = (max: number, counters: NonNullable<Parameters<typeof worldOf>[0]>['counters'] = {}) =>
    decideOne(worldOf({ campaigns: perPerson(max), players: [linked], counters }), attemptOf());

  it('takes from whatever leads to other accounts', () => {
    expect(decide(1).claims.map(({ counterKey }) => counterKey)).toEqual([
      'spring:i:ann',
      'spring:i:mailbox',
      'spring:i:phone',
    ]);
  });

  it.each(['ann', 'mailbox', 'phone'])('is reached when it is by %s alone', (id) => {
    const taken = { [`spring:i:${id}`]: { used: 1, reserved: 1 } };
    expect(outcomeOf(decide(3, taken))).toBe('accepted');
    const refused = decide(2, taken);
    expect(outcomeOf(refused)).toBe('person_quantity_exceeded');
    expect(checkNamed(refused, 'limit.person')).toMatchObject({ ok: false, saw: 2, needs: 2 });
  });

  it('is shared with another account of the person within one batch', () => {
    const other = playerOf({ playerId: 'anna', person: ['anna', 'mailbox'] });
    const world = worldOf({ campaigns: perPerson(1), players: [linked, other] });
    const decisions = decideBatch(world, [attemptOf(), attemptOf({ playerId: 'anna' })]);
    expect(decisions.map(outcomeOf)).toEqual(['accepted', 'person_quantity_exceeded']);
  });
});

describe('the most uses of a code', () => {
  const perCode = { scope: 'code', max: 7 } as const;

  it.each<[string, Partial<CodeState>, readonly LimitTerms[], number | null]>([
    ['its own', { maxUses: 3 }, [], 3],
    ['its own rather than the campaign’s, lower', { maxUses: 3 }, [perCode], 3],
    ['its own rather than the campaign’s, higher', { maxUses: 9 }, [perCode], 9],
    ['its own of none', { maxUses: 0 }, [perCode], 0],
    ['the campaign’s', {}, [perCode], 7],
    ['the campaign’s, never that of a period', {}, [{ ...perCode, period: 'day' }], null],
    ['none', {}, [{ scope: 'campaign', max: 1 }], null],
    ['one of a unique code', { kind: 'unique' }, [perCode], 1],
    ['the campaign’s of a personal code', { kind: 'personal' }, [perCode], 7],
  ])('is %s', (_, code, limits, maximum) => {
    expect(codeMaximum(campaignOf({ limits }), codeOf(code))).toBe(maximum);
    const own = decideWith({ limits }, { codes: [codeOf(code)] }).claims.filter(
      ({ home }) => home === 'code',
    );
    expect(own.map((claim) => claim.maximum)).toEqual(maximum ? [maximum] : []);
  });

  it('is counted once, on the code', () => {
    expect(decideWith({ limits: [perCode] }, { codes: [codeOf({ maxUses: 3 })] }).claims).toEqual([
      {
        counterKey: 'code-1',
        home: 'code',
        refusal: 'quantity_exceeded',
        amount: 1,
        reserved: 0,
        maximum: 3,
        hot: true,
      },
    ]);
  });

  it('leaves no claim when there is none', () => {
    expect(decideWith({}).claims).toEqual([]);
  });
});

describe('hot counters', () => {
  const hot = (kind: CodeState['kind']): string[] =>
    limitClaims(
      campaignOf({ limits: ALL }),
      codeOf({ kind, maxUses: 1 }),
      worldOf().clock,
    )(phone, atHome).flatMap(({ claims }) =>
      claims.flatMap(({ hot, counterKey }) => (hot ? [counterKey] : [])),
    );

  it('are those everybody takes from', () => {
    expect(hot('shared')).toEqual(['code-1', ...KEYS.slice(0, 7)]);
  });

  it('are not those of a code only one player uses', () => {
    expect(hot('unique')).toEqual(KEYS.slice(0, 4));
    expect(hot('personal')).toEqual(KEYS.slice(0, 4));
  });
});
