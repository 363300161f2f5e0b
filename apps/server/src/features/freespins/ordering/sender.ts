import { endSpins, isOver, type SpinsEnd } from '@promosmith/core/freespins';
import { z } from 'zod';
import type { Database, Queryable } from '../../../platform/db.ts';
import type { Outcome } from '../../../platform/outbound/attempt.ts';
import type { NewEvent } from '../../../platform/outbox.ts';
import type { Delivery, DeliveryOutcome, DeliverySender, GrantKey } from '../../bonuses/index.ts';
import type { Brands } from '../../brands/index.ts';
import { currenciesOf, inMinor } from '../amounts.ts';
import { cancelledEvent, issuedEvent } from '../announce.ts';
import { activateGrant } from '../packages/grants.ts';
import {
  findPackage,
  lockPackage,
  markIssued,
  type PackageRow,
  saveEnding,
  savePayment,
  saveProgress,
} from '../packages/store.ts';
import type { Providers } from '../providers/service.ts';
import type { Ask, ProviderAnswer } from '../shapes/index.ts';
import { loadReward, spinsOf } from '../terms.ts';
import { type Prepared, prepareCancel, prepareIssue } from './prepare.ts';

export interface SenderParts {
  readonly db: Database;
  readonly brands: Brands;
  readonly providers: Providers;
  readonly ask: Ask;
  /** How long the provider's last word is awaited after a cancellation, ms. */
  readonly lastWordMs: number;
}

/** What is kept of a provider's answer: for people to look at, and for what follows from it. */
const Delivered = z.object({
  status: z.number().nullable(),
  body: z.string().nullable(),
  reference: z.string().nullable(),
  standing: z.object({ won: z.int(), played: z.int() }).nullable(),
});

/** Orders free spins at providers, and cancels them there. */
export function createSender(parts: SenderParts): DeliverySender {
  return {
    async send(delivery) {
      const { db, providers } = parts;
      const knowledge = { providers, currencies: await currenciesOf(parts.brands, delivery.brandId) };
      const prepared =
        delivery.operation === 'issue'
          ? await db.transaction((tx) => prepareIssue(tx, delivery, knowledge))
          : await prepareCancel(db, delivery, knowledge);
      if (prepared.kind !== 'ready') return prepared;
      const outcome = await sendPrepared(prepared, delivery, parts.ask);
      return outcome.kind === 'refused' && delivery.operation === 'issue'
        ? await unlessPlayed(db, delivery, outcome)
        : outcome;
    },

    settled: (tx, delivery, outcome) =>
      delivery.operation === 'issue'
        ? issueSettled(tx, delivery, outcome)
        : cancelSettled(tx, delivery, outcome, parts.lastWordMs),
  };
}

async function sendPrepared(
  { account, adapter, order }: Prepared,
  { operation }: Delivery,
  ask: Ask,
): Promise<DeliveryOutcome> {
  let last: Outcome | undefined;
  const answer = await adapter[operation](account, order, async (call) => {
    last = await ask(call);
    return last;
  });
  const response = { status: last?.status ?? null, body: last?.response ?? null };
  switch (answer.kind) {
    case 'accepted': {
      const standing = standingOf(answer, order.currency);
      return {
        kind: 'delivered',
        response: { ...response, reference: answer.reference ?? null, standing } satisfies z.infer<
          typeof Delivered
        >,
      };
    }
    case 'refused':
      return { ...answer, response };
    case 'failed':
      return { ...answer, response, retryAfterMs: last?.retryAfterMs ?? null };
  }
}

function standingOf(
  { standing }: Extract<ProviderAnswer, { kind: 'accepted' }>,
  currency: Prepared['order']['currency'],
): { won: number; played: number } | null {
  if (!standing) return null;
  const told = inMinor(standing, currency);
  return told.ok ? told.value : null;
}

/** A provider that tells of plays has the order, whatever it answers when the order comes again. */
async function unlessPlayed(
  db: Queryable,
  key: GrantKey,
  outcome: DeliveryOutcome,
): Promise<DeliveryOutcome> {
  const row = await findPackage(db, key);
  return row && row.state !== 'pending' ? { kind: 'delivered', response: null } : outcome;
}

type Settled = Exclude<DeliveryOutcome, { kind: 'failed' }>;

async function issueSettled(tx: Queryable, key: Delivery, outcome: Settled): Promise<NewEvent[]> {
  const row = await lockPackage(tx, key);
  if (outcome.kind === 'refused') {
    if (row?.state !== 'pending') return [];
    await saveProgress(tx, key, { ...row, state: 'cancelled' });
    await savePayment(tx, key, { credited: 0, referred: 0 });
    return [cancelledEvent({ ...row, state: 'cancelled' }, outcome.reason)];
  }
  if (!row) throw new Error(`free spins ${key.grantId} were ordered, but are not there`);
  await markIssued(tx, key, Delivered.safeParse(outcome.response).data?.reference ?? null);
  await activateGrant(tx, key);
  return row.issuedAt ? [] : [issuedEvent(row)];
}

/**
 * A provider that took the cancellation and says how the order stands has said its last word. Otherwise that is awaited,
 * also of one that refused: the spins may be over there.
 */
async function cancelSettled(
  tx: Queryable,
  key: Delivery,
  outcome: Settled,
  lastWordMs: number,
): Promise<NewEvent[]> {
  const row = await lockPackage(tx, key);
  if (!row || isOver(row)) return [];
  const ending = { as: row.ending ?? 'cancelled', reason: row.endingReason ?? BONUS_OVER } as const;
  const standing = Delivered.safeParse(outcome.response).data?.standing;
  const waitMs = row.sentAt ? lastWordMs : 0;
  await saveEnding(tx, key, { ...ending, waitMs });
  if (standing) await endAs(tx, row, ending.as, standing);
  else if (!row.sentAt) await saveProgress(tx, key, { ...row, state: ending.as });
  return [];
}

const BONUS_OVER = 'the bonus was ended';

/** Where the standing contradicts what was told before, nothing is over yet: the last word is awaited. */
export async function endAs(
  tx: Queryable,
  row: PackageRow,
  as: SpinsEnd,
  standing: { won: number; played: number },
): Promise<boolean> {
  const spins = spinsOf(row, await loadReward(tx, row));
  const ended = endSpins(spins, { as: standing.played === row.count ? 'finished' : as, ...standing });
  if (ended.ok) await saveProgress(tx, row, ended.value);
  return ended.ok;
}
