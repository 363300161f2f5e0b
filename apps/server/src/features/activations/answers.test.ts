import { ValidationResult } from '@promosmith/contract';
import {
  type CampaignStatus,
  type CodeState,
  decideBatch,
  localClock,
  type Millis,
  REFUSALS,
} from '@promosmith/core/activation';
import { DEFAULT_POLICY } from '@promosmith/core/risk';
import { describe, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { type Audience, refusedProblem, validationBody } from './answers.ts';
import { toDecided } from './kernel/decided.ts';
import type { Answer } from './kernel/pending.ts';

const NOW = Date.parse('2026-03-29T12:00:00Z');
const BRAND = newId();
const PLAYER = newId();
const CAMPAIGN = newId();
const CODE = newId();

interface Situation {
  /** Null when there is no such code. */
  readonly code?: Partial<CodeState> | null;
  readonly status?: CampaignStatus;
  readonly endsAt?: string;
  readonly currency?: string | null;
  readonly lockedUntil?: Millis;
}

/** The answer of the decision itself, for a code that would be good in the hands of a player with euros. */
function answerTo(situation: Situation): Answer {
  const { code = {}, status = 'active', endsAt = null, currency = 'EUR', lockedUntil = 0 } = situation;
  const attempt = {
    activationId: newId(),
    playerId: PLAYER,
    codeKeys: [CODE],
    entry: { channel: 'popup', ip: '192.0.2.1' },
    guessers: [{ key: 'address', allowed: 20 }],
  } as const;
  const state: CodeState = {
    codeKey: CODE,
    campaignId: CAMPAIGN,
    kind: 'shared',
    state: 'active',
    uses: 0,
    reserved: 0,
    maxUses: null,
    holderId: null,
    startsAt: null,
    endsAt: null,
    sharedText: 'SPRING',
    ...code,
  };
  const terms = {
    schedule: { startsAt: null, endsAt },
    markets: {},
    audience: { kycRequired: false },
    limits: [],
    budget: null,
    exclusiveGroup: null,
    exclusive: false,
    traffic: null,
    rewards: [{ kind: 'cashback', cap: { EUR: 1000 } }],
  } as const;
  const player = {
    playerId: PLAYER,
    country: null,
    currency,
    age: null,
    kycStatus: null,
    household: null,
    person: [PLAYER],
    selfExcludedUntil: null,
    bonusBlocked: false,
    facts: () => ({}),
  };
  const world = {
    now: NOW,
    clock: localClock(NOW, 'UTC'),
    jurisdiction: 'default' as const,
    codes: new Map(code ? [[CODE, state]] : []),
    campaigns: new Map([
      [CAMPAIGN, { campaign: { campaignId: CAMPAIGN, version: 1, terms, rule: null, breaches: [] }, status }],
    ]),
    players: new Map([[PLAYER, player]]),
    counters: new Map(),
    openGrants: new Map(),
    guesses: new Map([['address', { misses: 0, lockedUntil }]]),
    risk: new Map(),
    riskPolicy: DEFAULT_POLICY,
  };
  const [decision] = decideBatch(world, [attempt]);
  if (!decision) throw new Error('undecided');
  const pending = {
    brandId: BRAND,
    timeZone: 'UTC',
    jurisdiction: 'default',
    riskPolicy: DEFAULT_POLICY,
    keptOutside: false,
    attempt,
    playerExternalId: 'p1',
    playerDetails: undefined,
    idempotencyKey: attempt.activationId,
    requestDigest: '',
    typed: null,
    codeMasked: '••••ring',
    actor: { kind: 'system', id: 'test' },
    correlationId: 'test',
  } as const;
  return toDecided(pending, decision, new Date(NOW).toISOString()).answer;
}

/** What goes over the wire, without the id of the attempt, which is always another. */
const validated = (situation: Situation, audience: Audience): string =>
  JSON.stringify(validationBody(answerTo(situation), audience));
const refused = (situation: Situation, audience: Audience): string =>
  JSON.stringify({ ...refusedProblem(answerTo(situation), audience), activationId: '' });

const MISSING: Situation = { code: null };
/** Codes there are, but that nobody may use now, or not this caller. */
const DEAD: readonly (readonly [string, Situation])[] = [
  ['expired by its state', { code: { state: 'expired' } }],
  ['expired by its end', { code: { endsAt: NOW } }],
  ['disabled', { code: { state: 'disabled' } }],
  ['not active yet by its state', { code: { state: 'generated' } }],
  ['not active yet by its start', { code: { startsAt: NOW + 1 } }],
  ['of a paused campaign', { status: 'paused' }],
  ['of a campaign that has ended', { endsAt: '2026-03-29T12:00:00Z' }],
  ['of another player', { code: { kind: 'personal', holderId: newId() } }],
  ['used up as well', { code: { state: 'disabled', uses: 1, maxUses: 1 } }],
  ['in another currency as well', { code: { state: 'expired' }, currency: null }],
];

describe('an anonymous caller', () => {
  it.each(DEAD)('cannot tell a code that is %s from one there is not', (_, situation) => {
    const unknown = validated(MISSING, 'anonymous');
    expect(validated(situation, 'anonymous')).toBe(unknown);
    expect(refused(situation, 'anonymous')).toBe(refused(MISSING, 'anonymous'));
    expect(JSON.parse(unknown)).toEqual({
      valid: false,
      outcome: 'refused',
      key: 'code_not_found',
      message: REFUSALS.code_not_found,
      reasons: [{ key: 'code_not_found', message: REFUSALS.code_not_found, check: 'code' }],
      campaignId: null,
      grants: [],
    });
  });

  it('reads the other reasons, but not whose campaign it is', () => {
    const body = validationBody(answerTo({ currency: null }), 'anonymous');
    expect(body).toMatchObject({ key: 'currency_not_eligible', campaignId: null });
    expect(body.reasons).toEqual([
      {
        key: 'currency_not_eligible',
        message: REFUSALS.currency_not_eligible,
        check: 'player.currency',
      },
    ]);
  });
});

describe('a caller who is locked out', () => {
  const lockedUntil = NOW + 60_000;
  const locked = (situation: Situation): Situation => ({ ...situation, lockedUntil });

  it.each(['anonymous', 'player'] as const)(
    'as %s cannot tell a code there is from one there is not',
    (audience) => {
      const bodies = [{}, MISSING, ...DEAD.map(([, situation]) => situation)].map(locked);
      expect(new Set(bodies.map((situation) => validated(situation, audience))).size).toBe(1);
      expect(new Set(bodies.map((situation) => refused(situation, audience))).size).toBe(1);
      expect(validationBody(answerTo(locked({})), audience)).toMatchObject({
        key: 'rate_limited',
        reasons: [{ key: 'rate_limited' }],
        campaignId: null,
      });
    },
  );

  it('is shown whole to staff', () => {
    const { reasons } = refusedProblem(answerTo(locked({ code: { state: 'disabled' } })), 'staff');
    expect(reasons.map(({ key }) => key)).toEqual(['rate_limited', 'code_disabled']);
  });
});

describe('a refusal', () => {
  const answer = answerTo({ code: { state: 'disabled', uses: 1, maxUses: 1 } });

  it('gives a player every reason, but not what the server knows', () => {
    expect(refusedProblem(answer, 'player')).toEqual({
      key: 'code_disabled',
      message: REFUSALS.code_disabled,
      activationId: answer.activationId,
      reasons: [
        { key: 'code_disabled', message: REFUSALS.code_disabled, check: 'code.state' },
        { key: 'quantity_exceeded', message: REFUSALS.quantity_exceeded, check: 'limit.code' },
      ],
    });
    expect(validationBody(answer, 'player').campaignId).toBe(CAMPAIGN);
  });

  it('gives staff what was seen and needed', () => {
    expect(refusedProblem(answer, 'staff').reasons).toEqual([
      expect.objectContaining({ check: 'code.state', saw: 'disabled', needs: 'active' }),
      expect.objectContaining({ check: 'limit.code', saw: 1, needs: 1 }),
    ]);
  });
});

it.each(['staff', 'player', 'anonymous'] as const)('a good code looks the same to %s', (audience) => {
  const body = validationBody(answerTo({}), audience);
  expect(body).toMatchObject({ valid: true, outcome: 'accepted', key: null, message: null, reasons: [] });
  expect(body.campaignId).toBe(CAMPAIGN);
  expect(body.grants).toEqual([expect.objectContaining({ kind: 'cashback', currency: 'EUR' })]);
  expect(ValidationResult.safeParse(body).error).toBeUndefined();
});
