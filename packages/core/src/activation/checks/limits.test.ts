import { codeCase, failed, passed, termsCase, testCheck } from '../testing/check-table.ts';

testCheck('player.open_bonus', {
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
});

testCheck('limit.campaign', {
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
});

testCheck('limit.code', {
  'one use left': codeCase({ uses: 3, reserved: 1, maxUses: 5 }, passed('limit.code', 4)),
  'none left': codeCase(
    { uses: 4, reserved: 1, maxUses: 5 },
    failed('limit.code', 'quantity_exceeded', 5, 5),
  ),
});

testCheck('campaign.budget', {
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
});
