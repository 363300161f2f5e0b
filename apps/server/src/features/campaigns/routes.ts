import {
  archiveCampaign,
  createCampaign,
  deleteCampaign,
  endCampaign,
  extendCampaign,
  getCampaign,
  listCampaigns as listCampaignsRoute,
  listCampaignVersions,
  pauseCampaign,
  resumeCampaign,
  submitCampaign,
  updateCampaign,
  withdrawCampaign,
} from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import type { Database } from '../../platform/db.ts';
import type { RequestContext } from '../../platform/http/context.ts';
import { type HttpServer, reply } from '../../platform/http/server.ts';
import { type By, type CampaignRecord, campaignNotFound, campaignView } from './campaign.ts';
import type { Drafts } from './drafts.ts';
import type { Moves } from './moves.ts';
import type { Policies } from './policies.ts';
import { findCampaign, listCampaigns, listVersions } from './views.ts';

const by = ({ caller, requestId }: RequestContext): By => ({
  brandId: caller.brandId,
  actor: caller.actor,
  requestId,
  mayPublish: caller.permissions.has('campaigns:publish'),
});

const etag = ({ revision }: CampaignRecord) => ({ etag: `"${revision}"` });

interface Revised {
  body?: { revision?: number | undefined } | undefined;
  headers: { 'if-match'?: string | undefined };
}

/** The revision the caller saw: in the body, or quoted in `If-Match`. */
const seenRevision = ({ body, headers }: Revised): number | undefined =>
  body?.revision ??
  (headers['if-match'] === undefined ? undefined : Number(headers['if-match'].slice(1, -1)));

function requiredRevision(input: Revised): Result<number> {
  const revision = seenRevision(input);
  if (revision !== undefined) return ok(revision);
  const fix = 'send the revision you read, here or in If-Match';
  return refuse('invalid_request', 'revision: is missing', [
    { field: 'revision', reason: 'is missing', fix },
  ]);
}

export function mountCampaignRoutes(
  http: HttpServer,
  db: Database,
  { drafts, moves, policies }: { drafts: Drafts; moves: Moves; policies: Policies },
): void {
  async function shown<Status extends number>(status: Status, result: Result<CampaignRecord>) {
    if (!result.ok) return result;
    const warnings = await policies.warningsOn(result.value);
    return reply(status, { ...campaignView(result.value), warnings }, etag(result.value));
  }
  /** 202 while what was asked waits for a second person. */
  const shownOrWaiting = (result: Result<CampaignRecord>) =>
    shown(result.ok && result.value.approvalId !== null ? 202 : 200, result);

  http.mount(createCampaign, async ({ body }, context) => shown(201, await drafts.create(by(context), body)));

  http.mount(listCampaignsRoute, async ({ query }, { caller }) => {
    const page = await listCampaigns(db, caller.brandId, query);
    return page.ok ? reply(200, page.value) : page;
  });

  http.mount(getCampaign, async ({ params }, { caller }) => {
    const campaign = await findCampaign(db, caller.brandId, params.campaignId);
    return campaign ? shown(200, ok(campaign)) : campaignNotFound();
  });

  http.mount(listCampaignVersions, async ({ params, query }, { caller }) => {
    if (!(await findCampaign(db, caller.brandId, params.campaignId))) return campaignNotFound();
    const page = await listVersions(db, params.campaignId, query);
    return page.ok ? reply(200, page.value) : page;
  });

  http.mount(updateCampaign, async (input, context) => {
    const revision = requiredRevision(input);
    if (!revision.ok) return revision;
    const { revision: _, ...patch } = input.body;
    return shownOrWaiting(await drafts.update(by(context), input.params.campaignId, revision.value, patch));
  });

  http.mount(deleteCampaign, async ({ params }, context) => {
    const removed = await drafts.remove(by(context), params.campaignId);
    return removed.ok ? reply(204, undefined) : removed;
  });

  http.mount(submitCampaign, async (input, context) =>
    shownOrWaiting(await moves.submit(by(context), input.params.campaignId, seenRevision(input))),
  );

  http.mount(withdrawCampaign, async (input, context) =>
    shown(200, await moves.withdraw(by(context), input.params.campaignId, seenRevision(input))),
  );

  http.mount(pauseCampaign, async (input, context) =>
    shown(
      200,
      await moves.pause(by(context), input.params.campaignId, input.body.reason, seenRevision(input)),
    ),
  );

  http.mount(resumeCampaign, async (input, context) =>
    shown(200, await moves.resume(by(context), input.params.campaignId, seenRevision(input))),
  );

  http.mount(endCampaign, async (input, context) =>
    shown(200, await moves.end(by(context), input.params.campaignId, input.body.reason, seenRevision(input))),
  );

  http.mount(extendCampaign, async (input, context) =>
    shown(
      202,
      await moves.extend(by(context), input.params.campaignId, input.body.endsAt, seenRevision(input)),
    ),
  );

  http.mount(archiveCampaign, async (input, context) =>
    shown(200, await moves.archive(by(context), input.params.campaignId, seenRevision(input))),
  );
}
