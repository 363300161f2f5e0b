import type { CampaignDefinition, CampaignInput, CampaignPatch } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { audit } from '../../platform/audit.ts';
import type { Database, Queryable } from '../../platform/db.ts';
import { newId } from '../../platform/ids.ts';
import { type By, type CampaignRecord, campaignNotFound, campaignView } from './campaign.ts';
import { change, type Plan } from './change.ts';
import { faultsOf, type Know, type Knowledge } from './knowledge.ts';
import { first, forbidden, notReady, readiness } from './launch.ts';
import type { RewardChecks } from './reward-checks.ts';
import type { SecondPerson } from './second-person.ts';
import { addVersion, deleteUnusedDraft, findCampaign, insertCampaign, lockCampaign } from './store.ts';
import { whySecondPerson } from './thresholds.ts';

/** Drafting and editing campaigns. */
export interface Drafts {
  create(by: By, input: CampaignInput): Promise<Result<CampaignRecord>>;
  /**
   * A draft takes the new terms at once, a campaign that runs or waits to run too, unless a second person has to agree:
   * then the edit waits under `approvalId`.
   * @param expected the revision the caller saw.
   */
  update(
    by: By,
    campaignId: string,
    expected: number,
    patch: Omit<CampaignPatch, 'revision'>,
  ): Promise<Result<CampaignRecord>>;
  remove(by: By, campaignId: string): Promise<Result<undefined>>;
}

const EDITABLE_LIVE = new Set<CampaignRecord['status']>(['scheduled', 'active', 'paused']);

export function createDrafts(
  db: Database,
  knowledge: Know,
  secondPerson: SecondPerson,
  checks: RewardChecks,
): Drafts {
  function savable(definition: CampaignDefinition, brand: Knowledge): Result<unknown> {
    const faults = faultsOf(definition, brand, checks);
    const all = [...faults.wrong, ...faults.forbidden];
    if (all.length === 0) return ok(undefined);
    return faults.wrong.length === 0 ? forbidden(all) : refuse('campaign_invalid', first(all), all);
  }

  async function editTerms(
    tx: Queryable,
    by: By,
    current: CampaignRecord,
    terms: Partial<CampaignDefinition>,
  ): Promise<Result<Plan['change']>> {
    const definition = { ...current.definition, ...terms };
    const brand = await knowledge(tx, by.brandId);
    const checked = savable(definition, brand);
    if (!checked.ok) return checked;
    const inForce = async (): Promise<Result<Plan['change']>> => {
      const { startsAt, endsAt } = definition.schedule;
      const version = await addVersion(tx, current.campaignId, definition, by.actor);
      return ok({ version, startsAt, endsAt });
    };
    if (current.status === 'draft') return inForce();

    const { faults, phase } = await readiness(tx, checks, by.brandId, definition);
    const allFaults = [...faults, ...startFaults(current, phase)];
    if (allFaults.length > 0) return notReady(allFaults);
    const why = whySecondPerson(definition, brand.approvals, by.mayPublish);
    if (!why) return inForce();
    const pendingVersion = await addVersion(tx, current.campaignId, definition, by.actor);
    const asked = { purpose: 'edit', version: pendingVersion } as const;
    const asking = await secondPerson.ask(tx, by, current, asked, why);
    return asking.ok ? ok({ pendingVersion, approvalId: asking.value }) : asking;
  }

  return {
    create: (by, { name, ...definition }) =>
      db.transaction(async (tx): Promise<Result<CampaignRecord>> => {
        const checked = savable(definition, await knowledge(tx, by.brandId));
        if (!checked.ok) return checked;
        const campaignId = newId();
        const { brandId, actor, requestId } = by;
        await insertCampaign(tx, { campaignId, brandId, name, definition, actor });
        const created = await findCampaign(tx, brandId, campaignId);
        if (!created) throw new Error(`campaign ${campaignId} was not stored`);
        await audit(tx, {
          brandId,
          actor,
          requestId,
          action: 'campaign.created',
          targetKind: 'campaign',
          targetId: campaignId,
          after: campaignView(created),
        });
        return ok(created);
      }),

    update: (by, campaignId, expected, { name, ...patch }) =>
      db.transaction((tx) =>
        change(tx, by, campaignId, expected, async (current) => {
          const renamed = name === undefined ? {} : { name };
          const terms = withoutUndefined(patch);
          if (current.status === 'archived') return notEditable(current);
          if (Object.keys(terms).length === 0) return ok({ action: 'campaign.updated', change: renamed });
          if (current.status !== 'draft' && !EDITABLE_LIVE.has(current.status)) return notEditable(current);
          if (current.pendingVersion !== null) return editWaits();
          const edited = await editTerms(tx, by, current, terms);
          return edited.ok
            ? ok({ action: 'campaign.updated', change: { ...renamed, ...edited.value } })
            : edited;
        }),
      ),

    remove: (by, campaignId) =>
      db.transaction(async (tx) => {
        const { brandId, actor, requestId } = by;
        const current = await lockCampaign(tx, brandId, campaignId);
        if (!current) return campaignNotFound();
        if (current.status !== 'draft')
          return refuse(
            'campaign_in_use',
            `Only a draft can be deleted, and this campaign is ${current.status}.`,
          );
        if (!(await deleteUnusedDraft(tx, current)))
          return refuse('campaign_in_use', 'The draft has codes, so it cannot be deleted.');
        await audit(tx, {
          brandId,
          actor,
          requestId,
          action: 'campaign.deleted',
          targetKind: 'campaign',
          targetId: campaignId,
          before: campaignView(current),
        });
        return ok(undefined);
      }),
  };
}

/** Its start cannot be moved back once the campaign has started. */
const startFaults = ({ status }: CampaignRecord, phase: 'before' | 'during' | 'after') =>
  status === 'scheduled' || phase !== 'before'
    ? []
    : [
        {
          field: 'schedule.startsAt',
          reason: 'is still to come, but the campaign has started',
          fix: 'pause the campaign instead',
        },
      ];

const WHY_NOT: Partial<Record<CampaignRecord['status'], string>> = {
  pending_approval: 'The campaign waits for approval: withdraw it first.',
  ended: 'The campaign has ended: ask to extend it first.',
  archived: 'The campaign is archived for good.',
};

const notEditable = ({ status }: CampaignRecord) =>
  refuse('campaign_not_editable', WHY_NOT[status] ?? `A campaign that is ${status} cannot be changed.`);

const editWaits = () =>
  refuse('campaign_not_editable', 'Another change waits for approval: withdraw it first.');

const withoutUndefined = <T extends object>(patch: T): Partial<T> =>
  Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as Partial<T>;
