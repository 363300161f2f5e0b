import { z } from 'zod';
import { CampaignDefinition } from './campaign-definition.ts';
import { CurrencyCode, FieldProblem, MinorAmount } from './common.ts';
import { CampaignWarning } from './policy.ts';
import { defineRoute } from './route.ts';

const unsaved = {
  method: 'POST',
  tag: 'Campaigns',
  access: { permission: 'campaigns:write' },
  body: CampaignDefinition,
} as const;

/** What would be said to a definition if it were saved and submitted as it stands. */
export const CampaignVerdict = z.object({
  faults: z.array(FieldProblem).describe('Why it could not be saved; empty when it could'),
  notReady: z.array(FieldProblem).describe('Why it could be saved, but not run'),
  warnings: z.array(CampaignWarning).describe('What jurisdictions say to these terms'),
  secondPerson: z.string().nullable().describe('Why somebody else would have to agree; null when nobody'),
});
export type CampaignVerdict = z.infer<typeof CampaignVerdict>;

export const judgeCampaign = defineRoute({
  ...unsaved,
  id: 'judgeCampaign',
  path: '/v1/campaigns/validations',
  summary: 'Check a definition without saving it',
  description: 'Faults of an audience rule say line and column.',
  success: { 200: CampaignVerdict },
});

/** The most a definition may cost, by currency. */
export const LiabilityPreview = z.object({
  currencies: z.array(
    z.object({
      currency: CurrencyCode,
      perActivation: MinorAmount.describe('The most that one activation can take of the budget'),
      activations: z
        .int()
        .nullable()
        .describe(
          'How many at their largest the budget and the limit of the campaign let through; null when neither limits them',
        ),
      face: MinorAmount.nullable().describe('The most that all of them can be granted'),
      worstCase: MinorAmount.nullable().describe(
        'If every one of them converts as much as its terms allow; null when terms set no largest conversion',
      ),
    }),
  ),
  warnings: z.array(CampaignWarning),
});
export type LiabilityPreview = z.infer<typeof LiabilityPreview>;

export const previewLiability = defineRoute({
  ...unsaved,
  id: 'previewLiability',
  path: '/v1/campaigns/liability-previews',
  summary: 'What a definition may cost, before it is saved',
  description: 'Of a campaign that is saved see `GET /v1/campaigns/{campaignId}/liability`.',
  success: { 200: LiabilityPreview },
});
