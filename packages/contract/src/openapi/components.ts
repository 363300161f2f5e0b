import { z } from 'zod';
import * as contract from '../index.ts';

/**
 * Schemas by the name the contract exports them under. Scalars stay where they are used: a reader wants to see the
 * pattern of a country code beside the field, not behind a reference.
 */
export const SCHEMAS: Record<string, z.ZodType> = Object.fromEntries(
  Object.entries(contract as Record<string, unknown>).filter(
    (entry): entry is [string, z.ZodType] =>
      entry[1] instanceof z.ZodObject || entry[1] instanceof z.ZodDiscriminatedUnion,
  ),
);

export const SECURITY_SCHEMES = {
  apiKey: {
    type: 'http',
    scheme: 'bearer',
    description: 'A secret API key, for a back end. It may do what its scopes say.',
  },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: 'promosmith.session_token',
    description: 'The session of a signed-in member of staff. It may do what the role says.',
  },
  playerToken: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'A token the platform signed for one player: `sub` is the player’s id. For browsers.',
  },
  publishableKey: {
    type: 'http',
    scheme: 'bearer',
    description: 'A publishable API key, which may be seen by anybody. Its callers get neutral answers.',
  },
} as const;

/** Tags in the order of the document. */
export const TAGS: Readonly<Record<string, string>> = {
  Search: 'One box for everything, and what waits for you.',
  Activations: 'A player uses a code: try, use, take back, look up, explain.',
  Campaigns: 'Schedule, audience, limits, budget, rewards and terms, in versions.',
  Codes: 'What players type: shared, unique or personal; made, imported, exported, assigned, disabled.',
  Bonuses: 'Bonuses issued to players, each with the terms it was issued under.',
  Cashback:
    'A share of what was lost in a period: settlements, claims, and a preview of the period under way.',
  'Free spins': 'Providers of games that free spins are ordered at, and how far the spins have been played.',
  'Bonus engine': 'Who keeps the bonuses: this server, or an outside engine that they are delivered to.',
  Tournaments: 'Tournaments, and the tickets that bonuses hold for them.',
  'Prize draws': 'Draws that anybody can check: a seed committed to beforehand, and frozen entries.',
  'Special promotions': 'Handlers that rewards of kind `special` name, and the endpoints they tell.',
  Content: 'What journeys send: documents for each channel, their translations, findings and previews.',
  'Label tags': 'Values that content names: text, functions in a sandbox, codes; how random a function is.',
  Journeys: 'What happens to players, drawn as a graph: drafts, versions, and their life.',
  Enrolments: 'Players in journeys: counts, timelines, who is late or stuck, test runs, simulations.',
  Channels: 'How email, push, Telegram and SMS are connected; caps of what a player gets.',
  Messages: 'What was sent and shown to players, and what became of it.',
  'Player’s messages':
    'For the player’s browser: popups, the inbox, the live stream, client actions, web push.',
  Wallet:
    'Real and bonus money as game servers and cashiers move it, for brands without a wallet of their own.',
  Ledger: 'Double entry: every posting moves an amount from one account to another.',
  'Fraud cases': 'What a person has to look at: held activations, suspicious players, codes that are out.',
  Risk: 'Who is behind accounts: what was found, what it weighs, who is linked with whom, who is listed.',
  Analytics: 'What happened in numbers: the brand, a campaign, a table of campaigns.',
  Reports: 'Tables that are saved, paged through, exported, and sent by e-mail on time.',
  Simulations: 'Campaigns run over the past: who would have qualified, and what it would have cost.',
  Experiments: 'Control groups and A/B of codes, campaigns and journeys, and what they earned.',
  Cohorts: 'How many players come back, what they are worth, and who hunts bonuses.',
  'Code watch': 'How codes are tried: bursts and leaks, and what is done about a code that is out.',
  Players: 'What the platform tells of its players, their exclusions and consents.',
  Properties: 'Custom properties of players, for rules; and what events carry, for journeys.',
  Events: 'The feed of what happened here, and the intake of what happened on the platform.',
  Webhooks: 'Endpoints that are sent events, signed by Standard Webhooks.',
  Jobs: 'Long work in the background: progress and cancelling.',
  Approvals: 'Changes that wait for a second person.',
  Audit: 'Who changed what, sealed in a hash chain.',
  Brand: 'The brand of the credential, and others beside it.',
  Staff: 'Members of staff and their roles.',
  'Sign-in': 'Sessions of staff, passwords, two-factor.',
  'API keys': 'Credentials of back ends and browsers.',
};
