import { withinWeek } from '../clock.ts';
import type { CampaignState, CampaignTerms, Check, LocalClock, Millis } from '../types.ts';
import { iso, verdict } from './verdict.ts';

type Schedule = CampaignTerms['schedule'];

/** DOMAIN §2 step 4: state, window and weekly schedule of the campaign, the same for whoever uses it. */
export function campaignChecks({ campaign, status }: CampaignState, now: Millis, clock: LocalClock): Check[] {
  const { schedule } = campaign.terms;
  const checks = [verdict('campaign.status', status === 'active', 'campaign_not_active', status, 'active')];
  if (schedule.startsAt !== null || schedule.endsAt !== null) checks.push(campaignWindow(schedule, now));
  if (schedule.weekdays || schedule.hours) checks.push(campaignWeek(schedule, clock));
  return checks;
}

/** Half-open: the instant of the start is inside, that of the end is not. */
function campaignWindow({ startsAt, endsAt }: Schedule, now: Millis): Check {
  const started = startsAt === null || now >= Date.parse(startsAt);
  const ended = endsAt !== null && now >= Date.parse(endsAt);
  return verdict('campaign.window', started && !ended, 'campaign_not_active', iso(now), {
    from: startsAt,
    to: endsAt,
  });
}

function campaignWeek({ weekdays, hours }: Schedule, clock: LocalClock): Check {
  const { weekday, minuteOfDay } = clock;
  return verdict(
    'campaign.week',
    withinWeek({ weekdays, hours }, clock),
    'campaign_not_active_now',
    { weekday, minuteOfDay },
    { weekdays, hours },
  );
}
