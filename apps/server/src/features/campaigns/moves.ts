import { ok, type Result, refuse } from '@promosmith/core';
import { campaignLifecycle, move } from '@promosmith/core/lifecycle';
import type { Database, Queryable } from '../../platform/db.ts';
import type { Brands } from '../brands/index.ts';
import type { By, CampaignRecord } from './campaign.ts';
import { change, type Plan } from './change.ts';
import { announced, type Judges, launchOf, mayRun, refused } from './launch.ts';
import type { SecondPerson } from './second-person.ts';
import { addVersion, phaseOf } from './store.ts';
import { whySecondPerson } from './thresholds.ts';

/** Moving campaigns through their life. `expected` is the revision the caller saw, if it matters. */
export interface Moves {
  /** A draft goes live, or waits under `approvalId`. */
  submit(by: By, campaignId: string, expected?: number): Promise<Result<CampaignRecord>>;
  /** Takes back what waits for approval: the submission, the edit or the extension. */
  withdraw(by: By, campaignId: string, expected?: number): Promise<Result<CampaignRecord>>;
  pause(by: By, campaignId: string, reason: string, expected?: number): Promise<Result<CampaignRecord>>;
  resume(by: By, campaignId: string, expected?: number): Promise<Result<CampaignRecord>>;
  end(by: By, campaignId: string, reason?: string, expected?: number): Promise<Result<CampaignRecord>>;
  /** Always waits for a second person. @param endsAt ISO 8601 */
  extend(by: By, campaignId: string, endsAt: string, expected?: number): Promise<Result<CampaignRecord>>;
  archive(by: By, campaignId: string, expected?: number): Promise<Result<CampaignRecord>>;
}

export function createMoves(db: Database, brands: Brands, secondPerson: SecondPerson, judges: Judges): Moves {
  const changing = (
    by: By,
    campaignId: string,
    expected: number | undefined,
    decide: (current: CampaignRecord, tx: Queryable) => Promise<Result<Plan>>,
  ) => db.transaction((tx) => change(tx, by, campaignId, expected, (current) => decide(current, tx)));

  return {
    submit: (by, campaignId, expected) =>
      changing(by, campaignId, expected, async (current, tx) => {
        const submitted = move(campaignLifecycle, current.status, 'pending_approval');
        if (!submitted.ok) return submitted;
        const launch = await launchOf(tx, judges, current);
        if (!launch.ok) return launch;
        const { settings } = await brands.read(tx, by.brandId);
        const why = whySecondPerson(current.definition, settings.approvals, by.mayPublish);
        if (!why)
          return ok({
            action: 'campaign.submitted',
            change: { status: launch.value },
            events: ['campaign.submitted', ...announced(launch.value)],
          });
        const asked = { purpose: 'publish', version: current.version } as const;
        const asking = await secondPerson.ask(tx, by, current, asked, why);
        if (!asking.ok) return asking;
        return ok({
          action: 'campaign.submitted',
          change: { status: submitted.value, approvalId: asking.value },
          events: ['campaign.submitted'],
        });
      }),

    withdraw: (by, campaignId, expected) =>
      changing(by, campaignId, expected, async (current, tx) => {
        if (current.approvalId === null) return refuse('nothing_waits', 'Nothing waits for approval.');
        const withdrawn = await secondPerson.withdraw(tx, by, current.approvalId);
        return withdrawn.ok ? ok({ action: 'campaign.withdrawn', change: refused(current) }) : withdrawn;
      }),

    pause: (by, campaignId, reason, expected) =>
      changing(by, campaignId, expected, async ({ status }) => {
        const paused = move(campaignLifecycle, status, 'paused');
        if (!paused.ok) return paused;
        return ok({
          action: 'campaign.paused',
          change: { status: paused.value, pauseReason: reason },
          events: ['campaign.paused'],
          reason,
        });
      }),

    resume: (by, campaignId, expected) =>
      changing(by, campaignId, expected, async ({ brandId, status, definition }, tx) => {
        if (status !== 'paused')
          return refuse('state_move_not_allowed', `A campaign that is ${status} is not paused.`);
        const resumed = move(campaignLifecycle, status, 'active');
        if (!resumed.ok) return resumed;
        const runs = await mayRun(tx, judges, brandId, definition);
        if (!runs.ok) return runs;
        return ok({
          action: 'campaign.resumed',
          change: { status: resumed.value, pauseReason: null },
          events: ['campaign.activated'],
        });
      }),

    end: (by, campaignId, reason, expected) =>
      changing(by, campaignId, expected, async ({ status }) => {
        const ended = move(campaignLifecycle, status, 'ended');
        if (!ended.ok) return ended;
        return ok({
          action: 'campaign.ended',
          change: { status: ended.value, pauseReason: null },
          events: ['campaign.ended'],
          reason,
        });
      }),

    extend: (by, campaignId, endsAt, expected) =>
      changing(by, campaignId, expected, async (current, tx) => {
        const { status, definition, approvalId } = current;
        if (status !== 'ended')
          return refuse(
            'state_move_not_allowed',
            `A campaign that is ${status} is extended by changing its end.`,
          );
        if (approvalId !== null)
          return refuse('campaign_not_editable', 'A change waits for approval already.');
        const extended = { ...definition, schedule: { ...definition.schedule, endsAt } };
        const phase = await phaseOf(tx, extended.schedule);
        if (phase === 'after')
          return refuse('invalid_request', 'endsAt: has passed', [{ field: 'endsAt', reason: 'has passed' }]);
        const pendingVersion = await addVersion(tx, current.campaignId, extended, by.actor);
        const asked = { purpose: 'extend', version: pendingVersion } as const;
        const why = 'A campaign that has ended runs on only when a second person agrees.';
        const asking = await secondPerson.ask(tx, by, current, asked, why);
        if (!asking.ok) return asking;
        return ok({
          action: 'campaign.extension_asked',
          change: { approvalId: asking.value, pendingVersion },
          events: ['campaign.submitted'],
        });
      }),

    archive: (by, campaignId, expected) =>
      changing(by, campaignId, expected, async ({ status, approvalId }) => {
        const archived = move(campaignLifecycle, status, 'archived');
        if (!archived.ok) return archived;
        if (approvalId !== null)
          return refuse('campaign_not_editable', 'An extension waits for approval: withdraw it first.');
        return ok({ action: 'campaign.archived', change: { status: archived.value } });
      }),
  };
}
