import { codeCase, failed, instant, passed, player, termsCase, testCheck } from '../testing/check-table.ts';
import { bonusOf, NOW } from '../testing/world.ts';

testCheck('player.currency', {
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
});

testCheck('player.country', {
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
});

testCheck('player.self_exclusion', {
  never: { gives: passed('player.self_exclusion') },
  'until the next millisecond': {
    ...player({ selfExcludedUntil: NOW + 1 }),
    gives: failed('player.self_exclusion', 'self_excluded', instant.next, 'not excluded'),
  },
  'until this one': { ...player({ selfExcludedUntil: NOW }), gives: passed('player.self_exclusion') },
});

testCheck('player.bonus_block', {
  no: { gives: passed('player.bonus_block') },
  yes: {
    ...player({ bonusBlocked: true }),
    gives: failed('player.bonus_block', 'bonus_blocked', true, false),
  },
});

testCheck('player.age', {
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
});

testCheck('player.kyc_status', {
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
});

testCheck('code.holder', {
  'bound to nobody': { gives: undefined },
  'bound to the player': codeCase({ holderId: 'ann' }, passed('code.holder', 'the holder')),
  'bound to another': codeCase(
    { holderId: 'bob' },
    failed('code.holder', 'holder_mismatch', 'another player', 'the holder'),
  ),
});
