import { z } from 'zod';
import { RiskCase } from './cases.ts';
import { Id, Instant, PlayerExternalId } from './common.ts';
import { defineRoute } from './route.ts';

const tag = 'Fraud cases';
const Text = z.string().trim().min(1).max(1000);

/** A player's wish that a person looks at a declined activation, as the player may see it. */
export const Review = z.object({
  id: Id,
  activationId: Id,
  state: z.enum(['waiting', 'decided']),
  outcome: z
    .enum(['upheld', 'overturned'])
    .nullable()
    .describe('`overturned`: the decline was wrong, and the code can be entered again'),
  message: z.string().nullable().describe('What the person who decided says to the player'),
  askedAt: Instant,
  decidedAt: Instant.nullable(),
});
export type Review = z.infer<typeof Review>;

const OWN = 'For a player token: the player comes from it.';

export const askForReview = defineRoute({
  id: 'askForReview',
  method: 'POST',
  path: '/v1/me/reviews',
  tag,
  summary: 'Ask for a person to look at a declined activation',
  description: `${OWN} Of an activation that was refused with \`risk_declined\`, once (201); asked again it is answered with the review there is (200).`,
  access: { permission: 'activations:create', player: true },
  body: z.strictObject({ activationId: Id, message: Text.optional() }),
  success: { 200: Review, 201: Review },
  problems: [404],
});

export const listMyReviews = defineRoute({
  id: 'listMyReviews',
  method: 'GET',
  path: '/v1/me/reviews',
  tag,
  summary: 'What the player asked a person to look at',
  description: `${OWN} Newest first, at most fifty.`,
  access: { permission: 'activations:read', player: true },
  success: { 200: z.object({ items: z.array(Review) }) },
});

export const requestReview = defineRoute({
  id: 'requestReview',
  method: 'POST',
  path: '/v1/players/:externalId/reviews',
  tag,
  summary: 'Ask for a second look at a declined activation for a player',
  description: 'As the player would (`POST /v1/me/reviews`), when they ask support instead.',
  access: { permission: 'activations:create' },
  params: z.strictObject({ externalId: PlayerExternalId }),
  body: z.strictObject({ activationId: Id, message: Text.optional() }),
  success: { 200: RiskCase, 201: RiskCase },
  problems: [404],
});
