import { describe, expect, it } from 'vitest';
import { type Finding, INDICATOR_NAMES, type RiskKnown } from '../../risk/index.ts';
import {
  attemptOf,
  bonusOf,
  campaignOf,
  checkNamed,
  codeOf,
  decideOne,
  matchUpTo,
  outcomeOf,
  worldOf,
} from '../testing/world.ts';
import type { CampaignTerms, World } from '../types.ts';

const finding = (indicator: Finding['indicator']): Finding => ({
  indicator,
  version: 1,
  evidence: { others: 1 },
});

const known = (...indicators: Finding['indicator'][]): RiskKnown => ({
  registeredAgo: null,
  channel: null,
  country: null,
  device: null,
  address: null,
  guessing: { misses: 0, lockouts: 0 },
  profile: indicators.map(finding),
  listed: null,
});

const worldWith = (risk: RiskKnown, terms: Partial<CampaignTerms> = {}): World =>
  worldOf({
    campaigns: [campaignOf({ risk: { indicators: INDICATOR_NAMES }, ...terms })],
    risk: new Map([['activation', risk]]),
  });

const decideWith = (risk: RiskKnown, terms: Partial<CampaignTerms> = {}) => decideOne(worldWith(risk, terms));

describe('what indicators add up to', () => {
  it.each<[string, RiskKnown, string, string]>([
    ['nothing', known(), 'accepted', 'allow'],
    ['too little to flag', known('geo_mismatch'), 'accepted', 'allow'],
    ['a flag', known('low_risk_play'), 'accepted', 'flag'],
    ['a hold', known('payment_shared'), 'in_review', 'hold'],
    ['a refusal', known('email_disposable', 'email_alias_duplicate'), 'risk_declined', 'decline'],
    ['a match with somebody excluded', known('self_excluded_match'), 'risk_declined', 'decline'],
    ['what a list blocks', { ...known(), listed: 'blocked' }, 'risk_declined', 'decline'],
    ['what a list allows', { ...known('payment_shared'), listed: 'allowed' }, 'accepted', 'allow'],
  ])('%s', (_, risk, outcome, band) => {
    const decision = decideWith(risk);
    expect(outcomeOf(decision)).toBe(outcome);
    expect(decision.assessment?.band).toBe(band);
  });

  it('keeps what was seen, and what it counted', () => {
    expect(checkNamed(decideWith(known('payment_shared')), 'risk')).toEqual({
      check: 'risk',
      ok: true,
      saw: {
        score: 70,
        band: 'hold',
        policy: 0,
        findings: [{ indicator: 'payment_shared', version: 1, evidence: { others: 1 }, points: 70 }],
      },
    });
    expect(checkNamed(decideWith(known()), 'risk')).toEqual({ check: 'risk', ok: true });
  });

  it('counts nothing that the campaign leaves out, and says it was seen', () => {
    const decision = decideWith(known('payment_shared'), { risk: { indicators: ['ip_tor'] } });
    expect(decision.outcome).toBe('accepted');
    expect(checkNamed(decision, 'risk')?.saw).toMatchObject({
      score: 0,
      findings: [{ points: 0, off: true }],
    });
  });

  it.each([{ risk: undefined }, { risk: { indicators: [] } }])(
    'asks nothing of a campaign with %j',
    (terms) => {
      const decision = decideWith(known('self_excluded_match'), terms);
      expect(decision.outcome).toBe('accepted');
      expect(checkNamed(decision, 'risk')).toBeUndefined();
    },
  );
});

describe('an attempt that is held', () => {
  it('takes what it would, as no more than promised', () => {
    const terms = { budget: { EUR: 5000 }, limits: [{ scope: 'campaign', max: 3 }] as const };
    const held = decideWith(known('payment_shared'), terms);
    expect(held.claims).toEqual(decideWith(known(), terms).claims);
    expect(held.grants).toEqual([
      expect.objectContaining({
        kind: 'bonus_balance',
        status: 'pending',
        amount: 0,
        cost: 1000,
        expiresAt: null,
      }),
    ]);
  });

  it('does not wait for its deposit yet', () => {
    const held = decideWith(known('payment_shared'), { rewards: [matchUpTo(200), bonusOf(100)] });
    expect(held).toMatchObject({ outcome: 'in_review', awaitingUntil: null });
    expect(held.grants.map(({ expiresAt }) => expiresAt)).toEqual([null, null]);
  });

  it('is refused for whatever else is wrong with it', () => {
    const world = {
      ...worldWith(known('payment_shared')),
      codes: new Map([['code-1', codeOf({ state: 'disabled' })]]),
    };
    const decision = decideOne(world, attemptOf());
    expect(outcomeOf(decision)).toBe('code_disabled');
    expect(decision.claims).toEqual([]);
    expect(checkNamed(decision, 'risk')).toMatchObject({ ok: true });
  });
});
