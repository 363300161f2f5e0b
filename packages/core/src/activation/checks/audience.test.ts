import { describe, expect, it } from 'vitest';
import { enteredFrom, failed, passed, ruleOf, termsCase, testCheck } from '../testing/check-table.ts';
import {
  attemptOf,
  campaignOf,
  checkNamed,
  decideOne,
  outcomeOf,
  playerOf,
  worldOf,
} from '../testing/world.ts';

testCheck('traffic.source', {
  'any source': { gives: undefined },
  'named, but not required': termsCase({ traffic: { utmSource: 'radio', required: false } }, undefined),
  'the one': {
    ...termsCase({ traffic: { utmSource: 'radio', required: true } }, undefined),
    ...enteredFrom({ traffic: { utmSource: 'radio', utmMedium: 'fm' } }),
    gives: passed('traffic.source', { utmSource: 'radio', utmMedium: 'fm' }),
  },
  'one part is another': {
    ...termsCase({ traffic: { utmSource: 'radio', affiliateId: 'a1', required: true } }, undefined),
    ...enteredFrom({ traffic: { utmSource: 'radio', affiliateId: 'a2' } }),
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
