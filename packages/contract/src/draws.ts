import { z } from 'zod';
import { GrantStatus } from './bonuses.ts';
import { Id, Instant, pageOf, pageQuery } from './common.ts';
import { Actor } from './events.ts';
import { defineRoute } from './route.ts';
import { PrizeKey } from './tournaments.ts';

const Sha256 = z.string().describe('SHA-256, hexadecimal');

const Prize = z.strictObject({
  name: z.string().trim().min(1).max(200),
  winners: z.int().min(1).max(1_000),
});

const MOST_WINNERS = 1_000;

export const Draw = z.object({
  id: Id,
  key: z.string().describe('As rewards name it; one draw of a key is open at a time'),
  name: z.string(),
  status: z
    .enum(['open', 'closed', 'drawn'])
    .describe('`closed`: its entries are frozen and it is being drawn, which takes a moment'),
  closesAt: Instant.describe('Entries are taken before it; then the draw is held'),
  prizes: z.array(Prize).describe('Winners are picked for the first prize first'),
  commitment: Sha256.describe('Of the seed, from before the first entry'),
  entryCount: z.int().nullable().describe('null until drawn'),
  createdBy: Actor,
  createdAt: Instant,
  closedAt: Instant.nullable(),
  drawnAt: Instant.nullable(),
});
export type Draw = z.infer<typeof Draw>;

export const DrawWinner = z.object({
  place: z.int().describe('In the order of picking, from 1'),
  prize: z.string(),
  entry: Id.describe('The bonus that was the entry'),
  player: z.string(),
  entryStatus: GrantStatus.describe('`cancelled`: taken back after the draw had closed'),
});
export type DrawWinner = z.infer<typeof DrawWinner>;

/** Everything needed to hold the draw again. */
export const DrawProof = z.object({
  method: z.string(),
  drawId: Id,
  commitment: Sha256.describe('As it was published when the draw was created'),
  seed: z.string().describe('32 bytes, hexadecimal: its SHA-256 is the commitment'),
  entriesDigest: Sha256.describe('Of the list of entries, byte for byte'),
  entryCount: z.int(),
  prizes: z.int().describe('How many were to win'),
  winners: z.array(Id).describe('Entries in the order of picking'),
});
export type DrawProof = z.infer<typeof DrawProof>;

const tag = 'Prize draws';
const ofDraw = { tag, params: z.strictObject({ drawId: Id }), problems: [404] } as const;
/** Whoever took part may check it: nothing here tells who entered. */
const ofAnybody = { permission: 'tournaments:read', player: true, publishable: true } as const;

export const createDraw = defineRoute({
  id: 'createDraw',
  method: 'POST',
  path: '/v1/draws',
  tag,
  summary: 'Open a prize draw, and commit to its seed',
  description:
    'Publish the `commitment` with the terms. Bonuses with the handler `prize_draw` that name the key are the entries.',
  access: { permission: 'tournaments:write' },
  body: z.strictObject({
    key: PrizeKey,
    name: z.string().trim().min(1).max(200),
    closesAt: Instant,
    prizes: z
      .array(Prize)
      .min(1)
      .max(100)
      .refine(
        (prizes) => prizes.reduce((sum, { winners }) => sum + winners, 0) <= MOST_WINNERS,
        `at most ${MOST_WINNERS} winners altogether`,
      ),
  }),
  success: { 201: Draw },
  problems: [409],
});

export const listDraws = defineRoute({
  id: 'listDraws',
  method: 'GET',
  path: '/v1/draws',
  tag,
  summary: 'Prize draws, newest first',
  access: { permission: 'tournaments:read' },
  query: z.strictObject({ ...pageQuery, key: PrizeKey.optional(), status: Draw.shape.status.optional() }),
  success: { 200: pageOf(Draw) },
});

export const getDraw = defineRoute({
  ...ofDraw,
  id: 'getDraw',
  method: 'GET',
  path: '/v1/draws/:drawId',
  summary: 'One prize draw',
  access: ofAnybody,
  success: { 200: Draw.omit({ createdBy: true }) },
});

export const closeDraw = defineRoute({
  ...ofDraw,
  id: 'closeDraw',
  method: 'POST',
  path: '/v1/draws/:drawId/close',
  summary: 'Freeze the entries and hold the draw now',
  access: { permission: 'tournaments:write' },
  success: { 200: Draw },
});

export const listDrawWinners = defineRoute({
  ...ofDraw,
  id: 'listDrawWinners',
  method: 'GET',
  path: '/v1/draws/:drawId/winners',
  summary: 'Who won what; nobody until it is drawn',
  access: { permission: 'tournaments:read' },
  success: { 200: z.object({ items: z.array(DrawWinner) }) },
});

export const getDrawProof = defineRoute({
  ...ofDraw,
  id: 'getDrawProof',
  method: 'GET',
  path: '/v1/draws/:drawId/proof',
  summary: 'What it takes to check a draw that was held',
  description:
    'Winners follow from seed and entries alone. `verifyDraw` of `@promosmith/core/draw` checks it; so does anybody ' +
    'with SHA-256 and HMAC, as the guide to prize draws tells.',
  access: ofAnybody,
  success: { 200: DrawProof },
});

export const listDrawEntries = defineRoute({
  ...ofDraw,
  id: 'listDrawEntries',
  method: 'GET',
  path: '/v1/draws/:drawId/entries',
  summary: 'The frozen entries of a draw that was held, one id a line',
  description: 'Its SHA-256 is the `entriesDigest` of the proof.',
  access: ofAnybody,
  success: { 200: 'text/plain; charset=utf-8' },
});
