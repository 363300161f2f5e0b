import { z } from 'zod';
import { CurrencyCode, Id, Instant, MinorAmount, PlayerExternalId, pageOf, pageQuery } from './common.ts';
import { defineRoute } from './route.ts';

export const PostingKind = z.enum(['bonus_granted', 'bonus_reversed']);
export type PostingKind = z.infer<typeof PostingKind>;

/** One movement of money between two accounts of the books. Never changed, never removed. */
export const Posting = z.object({
  id: Id,
  transactionId: Id.describe('Postings of one transaction were booked together'),
  player: z.string().describe("The platform's own id of the player"),
  grantId: Id.nullable(),
  kind: PostingKind,
  debit: z.string().describe('Account that gives, e.g. `house:bonus_expense`'),
  credit: z.string().describe('Account that receives, e.g. `player:bonus:<grant>`'),
  amount: MinorAmount.describe('Minor units, above 0'),
  currency: CurrencyCode,
  createdAt: Instant,
});
export type Posting = z.infer<typeof Posting>;

export const listPostings = defineRoute({
  id: 'listPostings',
  method: 'GET',
  path: '/v1/ledger/postings',
  tag: 'Ledger',
  summary: 'Postings of the ledger, newest transaction first',
  access: { permission: 'ledger:read' },
  query: z.strictObject({
    ...pageQuery,
    player: PlayerExternalId.optional(),
    grantId: Id.optional(),
    transactionId: Id.optional(),
    kind: PostingKind.optional(),
    from: Instant.optional().describe('Booked at or after'),
    to: Instant.optional().describe('Booked before'),
  }),
  success: { 200: pageOf(Posting) },
});
