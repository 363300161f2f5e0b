import { isOver } from '@promosmith/core/freespins';
import type { Logger } from 'pino';
import type { Database } from '../../platform/db.ts';
import { type BudgetReturns, cancelDeliveries, type GrantKey } from '../bonuses/index.ts';
import type { Brands } from '../brands/index.ts';
import { currenciesOf, inMinor } from './amounts.ts';
import { prepare } from './ordering/prepare.ts';
import { endAs } from './ordering/sender.ts';
import { findPackage, lockPackage, type PackageRow, saveEnding, saveProgress } from './packages/store.ts';
import { payWinnings } from './paying.ts';
import type { Providers } from './providers/service.ts';
import type { Ask } from './shapes/index.ts';
import { loadReward } from './terms.ts';

const AT_ONCE = 20;
/** Longer than asking a provider and paying take; what is not done by then is done again. */
const LEASE_MS = 60_000;

export interface DueParts {
  readonly db: Database;
  readonly budgets: BudgetReturns;
  readonly brands: Brands;
  readonly providers: Providers;
  readonly log: Logger;
  readonly ask: Ask;
  /** How long a provider's last word is awaited once spins have expired, ms. */
  readonly lastWordMs: number;
}

/**
 * Does what nobody calls for: pays winnings, ends spins that have expired, and ends what a provider has no last word on.
 * Several processes may run it: each takes others.
 * @returns whether there may be more.
 */
export async function doDue(parts: DueParts): Promise<boolean> {
  const keys = await claimDue(parts.db);
  await Promise.all(
    keys.map(async (key) => {
      try {
        await doOne(parts, key);
      } catch (err) {
        parts.log.error({ err, grantId: key.grantId }, 'free spins could not be ended; it is tried again');
      }
    }),
  );
  return keys.length === AT_ONCE;
}

async function claimDue(db: Database): Promise<GrantKey[]> {
  const { rows } = await db.query<GrantKey>(
    `update free_spin_packages p set due_at = now() + $2 * interval '1 ms'
     from (select player_id, grant_id from free_spin_packages where due_at <= now()
           order by due_at limit $1 for update skip locked) due
     where p.player_id = due.player_id and p.grant_id = due.grant_id
     returning p.player_id as "playerId", p.grant_id as "grantId"`,
    [AT_ONCE, LEASE_MS],
  );
  return rows;
}

async function doOne(parts: DueParts, key: GrantKey): Promise<void> {
  const row = await findPackage(parts.db, key);
  if (!row) return;
  if (!isOver(row)) await end(parts, row);
  await payWinnings(parts.db, parts.budgets, key);
}

/** Spins whose time is over, or whose provider has not had its last word in time. */
async function end(parts: DueParts, row: PackageRow): Promise<void> {
  const { db, lastWordMs } = parts;
  const standing = await askStanding(parts, row);
  await db.transaction(async (tx) => {
    // An order that is still to be sent is withdrawn: it could only be refused.
    if (row.state === 'pending') await cancelDeliveries(tx, [row]);
    const now = await lockPackage(tx, row);
    // Whoever said meanwhile how they are to end has also said until when that may take.
    if (!now || isOver(now) || now.ending !== row.ending) return;
    const as = now.ending ?? 'expired';
    if (standing && (await endAs(tx, now, as, standing))) return;
    if (now.ending || !now.sentAt) await saveProgress(tx, now, { ...now, state: as });
    else await saveEnding(tx, now, { as, reason: 'expired', waitMs: lastWordMs });
  });
}

/** Asked of providers that do not tell by themselves that spins have expired. */
async function askStanding(
  parts: DueParts,
  row: PackageRow,
): Promise<{ won: number; played: number } | undefined> {
  if (!row.sentAt) return undefined;
  const { db, providers } = parts;
  const knowledge = { providers, currencies: await currenciesOf(parts.brands, row.brandId) };
  const prepared = await prepare(db, row, await loadReward(db, row), knowledge);
  if (prepared.kind !== 'ready') return undefined;
  const { account, adapter, order } = prepared;
  const answer = await adapter.standing?.(account, order, parts.ask);
  if (answer?.kind !== 'accepted' || !answer.standing) return undefined;
  const told = inMinor(answer.standing, order.currency);
  return told.ok ? told.value : undefined;
}
