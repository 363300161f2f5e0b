import { z } from 'zod';
import { Jurisdiction } from './brands.ts';
import { Instant } from './common.ts';
import { defineRoute } from './route.ts';

/** One dated rule of a jurisdiction. */
export const PolicyRule = z.object({
  rule: z
    .enum(['max_wagering', 'max_effective_wagering', 'single_product', 'real_money_first', 'real_money_free'])
    .describe('What it is about; `max_…` have a `maximum`'),
  severity: z
    .enum(['forbid', 'warn'])
    .describe('`forbid`: such terms can be neither saved nor used; `warn`: they are pointed out'),
  summary: z.string(),
  maximum: z.int().optional().describe('Multiple of the bonus funds, ×100: 1000 is 10×'),
  source: z.object({ title: z.string(), url: z.string().nullable().describe('null: advice, no law') }),
  from: Instant.nullable().describe('In force from then on; null: always was'),
  until: Instant.nullable().describe('Until then; null: no end is known'),
  inForce: z.boolean().describe('Now'),
});

/** The rules of one jurisdiction. */
export const PolicyPack = z.object({
  jurisdiction: Jurisdiction,
  name: z.string(),
  rules: z.array(PolicyRule),
});
export type PolicyPack = z.infer<typeof PolicyPack>;

/** What the rules say to a campaign's terms that may be saved all the same. */
export const CampaignWarning = z.object({
  jurisdiction: Jurisdiction,
  rule: PolicyRule.shape.rule,
  severity: PolicyRule.shape.severity.describe(
    '`forbid`: activations are refused with `jurisdiction_forbidden` while the rule is in force',
  ),
  field: z.string(),
  reason: z.string(),
  fix: z.string(),
  from: Instant.nullable().describe('When a rule that is not in force yet will be; null when it is'),
});
export type CampaignWarning = z.infer<typeof CampaignWarning>;

export const listPolicies = defineRoute({
  id: 'listPolicies',
  method: 'GET',
  path: '/v1/policies',
  tag: 'Brand',
  summary: 'What jurisdictions ask of offers, with dates and sources',
  description:
    'The brand’s own jurisdiction is one of its settings. A player of a country with a pack of its own is under that ' +
    'one as well. Rules are enforced when a campaign is saved and at every activation. Not legal advice.',
  access: { permission: 'campaigns:read' },
  success: { 200: z.object({ items: z.array(PolicyPack) }) },
});
