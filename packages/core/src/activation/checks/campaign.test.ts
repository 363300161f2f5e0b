import { failed, instant, passed, termsCase, testCheck } from '../testing/check-table.ts';
import { campaignOf } from '../testing/world.ts';

testCheck('campaign.status', {
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
});

testCheck('campaign.window', {
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
});

testCheck('campaign.week', {
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
});
