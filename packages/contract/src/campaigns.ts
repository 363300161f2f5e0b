import { z } from 'zod';
import { CampaignDefinition, Schedule } from './campaign-definition.ts';
import { Id, Instant, pageOf, pageQuery } from './common.ts';
import { Actor } from './events.ts';
import { CampaignWarning } from './policy.ts';
import { Reward } from './rewards.ts';
import { defineRoute } from './route.ts';

export const CampaignStatus = z.enum([
  'draft',
  'pending_approval',
  'scheduled',
  'active',
  'paused',
  'ended',
  'archived',
]);
export type CampaignStatus = z.infer<typeof CampaignStatus>;

const CampaignName = z.string().trim().min(1).max(200);
const Reason = z.string().trim().min(1).max(1000);

const head = {
  id: Id,
  name: z.string(),
  status: CampaignStatus,
  version: z.int().describe('The version in force; every change of the terms makes a new one'),
  startsAt: Instant.nullable(),
  endsAt: Instant.nullable(),
  pauseReason: z.string().nullable(),
  approvalId: Id.nullable().describe('The request a second person has to decide'),
  pendingVersion: z.int().nullable().describe('An edit that waits for approval'),
  revision: z.int().describe('Counts every change; send it back with the next one'),
  createdBy: Actor,
  createdAt: Instant,
  updatedAt: Instant,
};

/** A campaign as lists show it. */
export const CampaignSummary = z.object({
  ...head,
  exclusiveGroup: z.string().nullable(),
  rewardKinds: z.array(z.string()),
});
export type CampaignSummary = z.infer<typeof CampaignSummary>;

/** A campaign with the terms of the version in force. */
export const Campaign = z.object({
  ...head,
  ...CampaignDefinition.shape,
  warnings: z
    .array(CampaignWarning)
    .describe('What jurisdictions say to these terms; see `GET /v1/policies`'),
});
export type Campaign = z.infer<typeof Campaign>;

export const CampaignInput = CampaignDefinition.extend({ name: CampaignName });
export type CampaignInput = z.infer<typeof CampaignInput>;

const expectedRevision = z
  .int()
  .optional()
  .describe(
    'The revision this change was made on, here or in `If-Match`; another one in force is a conflict',
  );

const { shape } = CampaignDefinition;
/** A field that is given replaces the whole field; one that is left out stays. */
export const CampaignPatch = z.strictObject({
  revision: expectedRevision,
  name: CampaignName.optional(),
  schedule: Schedule.optional(),
  markets: shape.markets.unwrap().optional(),
  audience: shape.audience.unwrap().optional(),
  limits: shape.limits.unwrap().optional(),
  budget: shape.budget.unwrap().optional(),
  exclusiveGroup: shape.exclusiveGroup.unwrap().optional(),
  exclusive: shape.exclusive.unwrap().optional(),
  traffic: shape.traffic.unwrap().optional(),
  product: shape.product.unwrap().optional(),
  rewards: z.array(Reward).min(1).max(10).optional(),
  terms: shape.terms.optional(),
});
export type CampaignPatch = z.infer<typeof CampaignPatch>;

export const CampaignVersion = z.object({
  version: z.int(),
  createdBy: Actor,
  createdAt: Instant,
  ...CampaignDefinition.shape,
});
export type CampaignVersion = z.infer<typeof CampaignVersion>;

const campaignParams = z.strictObject({ campaignId: Id });
const ifMatch = z.object({
  'if-match': z
    .string()
    .regex(/^"\d+"$/, 'the revision in quotes, as the ETag of the campaign has it')
    .optional(),
});
const write = { permission: 'campaigns:write' } as const;
const publish = { permission: 'campaigns:publish' } as const;
const one = { tag: 'Campaigns', params: campaignParams, problems: [404, 409] } as const;
const change = { ...one, method: 'POST', headers: ifMatch } as const;

export const createCampaign = defineRoute({
  id: 'createCampaign',
  method: 'POST',
  path: '/v1/campaigns',
  tag: 'Campaigns',
  summary: 'Draft a campaign',
  access: write,
  body: CampaignInput,
  success: { 201: Campaign },
});

export const listCampaigns = defineRoute({
  id: 'listCampaigns',
  method: 'GET',
  path: '/v1/campaigns',
  tag: 'Campaigns',
  summary: 'List campaigns, newest first',
  access: { permission: 'campaigns:read' },
  query: z.strictObject({
    ...pageQuery,
    status: CampaignStatus.optional(),
    name: z.string().min(1).max(200).optional().describe('Part of the name, whatever its case'),
    exclusiveGroup: z.string().max(64).optional(),
    utmSource: z.string().max(128).optional(),
    utmCampaign: z.string().max(128).optional(),
    affiliateId: z.string().max(128).optional(),
  }),
  success: { 200: pageOf(CampaignSummary) },
});

export const getCampaign = defineRoute({
  ...one,
  id: 'getCampaign',
  method: 'GET',
  path: '/v1/campaigns/:campaignId',
  summary: 'A campaign with the terms in force',
  access: { permission: 'campaigns:read' },
  success: { 200: Campaign },
  problems: [404],
});

export const listCampaignVersions = defineRoute({
  id: 'listCampaignVersions',
  method: 'GET',
  path: '/v1/campaigns/:campaignId/versions',
  tag: 'Campaigns',
  summary: 'Every version of a campaign, newest first',
  access: { permission: 'campaigns:read' },
  params: campaignParams,
  query: z.strictObject(pageQuery),
  success: { 200: pageOf(CampaignVersion) },
  problems: [404],
});

export const updateCampaign = defineRoute({
  ...one,
  id: 'updateCampaign',
  method: 'PATCH',
  path: '/v1/campaigns/:campaignId',
  summary: 'Change a campaign',
  description:
    'New terms make a new version; bonuses keep the version they were issued under. While a campaign is live, terms that need a second person are answered with 202: they come into force once approved.',
  access: write,
  headers: ifMatch,
  body: CampaignPatch,
  success: { 200: Campaign, 202: Campaign },
});

export const deleteCampaign = defineRoute({
  ...one,
  id: 'deleteCampaign',
  method: 'DELETE',
  path: '/v1/campaigns/:campaignId',
  summary: 'Delete a draft that has no codes',
  access: write,
  success: { 204: null },
});

export const submitCampaign = defineRoute({
  ...change,
  id: 'submitCampaign',
  path: '/v1/campaigns/:campaignId/submit',
  summary: 'Put a draft up to run',
  description:
    'It is scheduled, or active at once when its start has come (200), or waits for a second person (202): because the caller may not publish, or the budget is above the brand’s threshold.',
  access: write,
  success: { 200: Campaign, 202: Campaign },
});

export const withdrawCampaign = defineRoute({
  ...change,
  id: 'withdrawCampaign',
  path: '/v1/campaigns/:campaignId/withdraw',
  summary: 'Take back what waits for approval',
  access: write,
  success: { 200: Campaign },
});

export const pauseCampaign = defineRoute({
  ...change,
  id: 'pauseCampaign',
  path: '/v1/campaigns/:campaignId/pause',
  summary: 'Take no more activations for now',
  description: 'Open bonuses go on.',
  access: publish,
  body: z.strictObject({ reason: Reason, revision: expectedRevision }),
  success: { 200: Campaign },
});

export const resumeCampaign = defineRoute({
  ...change,
  id: 'resumeCampaign',
  path: '/v1/campaigns/:campaignId/resume',
  summary: 'Take activations again',
  access: publish,
  success: { 200: Campaign },
});

export const endCampaign = defineRoute({
  ...change,
  id: 'endCampaign',
  path: '/v1/campaigns/:campaignId/end',
  summary: 'End a campaign before its time',
  access: publish,
  body: z.strictObject({ reason: Reason.optional(), revision: expectedRevision }),
  success: { 200: Campaign },
});

export const extendCampaign = defineRoute({
  ...change,
  id: 'extendCampaign',
  path: '/v1/campaigns/:campaignId/extend',
  summary: 'Ask for a campaign that ended to run on',
  description: 'Always waits for a second person. A campaign that has not ended is extended by a change.',
  access: write,
  body: z.strictObject({ endsAt: Instant, revision: expectedRevision }),
  success: { 202: Campaign },
});

export const archiveCampaign = defineRoute({
  ...change,
  id: 'archiveCampaign',
  path: '/v1/campaigns/:campaignId/archive',
  summary: 'Put a campaign that ended away for good',
  access: publish,
  success: { 200: Campaign },
});
