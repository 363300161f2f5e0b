import type { Millis } from '@promosmith/core/activation';
import type { GrantFunds } from '@promosmith/core/funds';
import { Overtaken, type Queryable, sqlState } from '../../platform/db.ts';
import { newId } from '../../platform/ids.ts';
import { insertPostings, type NewPosting } from '../ledger/index.ts';
import type { Cause } from './announce.ts';
import { changedSince } from './changed-since.ts';
import { endOf } from './folding/fold-on.ts';
import { findKnown, type KnownGrant, type Wallet } from './folding/wallet.ts';
import { insertAdjustments, type NewAdjustment } from './store/adjustments.ts';
import {
  type Bet,
  type DividedAgain,
  insertBets,
  type NewBet,
  saveDivisions,
  voidBets,
} from './store/bets.ts';
import { saveCheckpoints } from './store/checkpoints.ts';
import { type Entry, insertEntries } from './store/entries.ts';
import { type GrantChange, saveProgress, saveTurns } from './store/grant-changes.ts';
import { saveWallets } from './store/wallets.ts';

/** What is written beside wallets. */
export interface Records {
  readonly bets: readonly NewBet[];
  readonly entries: readonly Entry[];
  readonly adjustments: readonly NewAdjustment[];
  /** Bets rolled back. */
  readonly voided: readonly Bet[];
  /** Why bonuses were ended, for those a person or a rule ended. */
  readonly causes: ReadonlyMap<string, Cause>;
}

/**
 * Writes what became of wallets whose rows the transaction holds: wallets, then their bonuses, then the books. The
 * statements start at once, so that they travel together.
 * @param now of the database.
 * @throws Overtaken when a bet or an entry was told meanwhile that had been looked for, or not even that: of another
 * currency, whose wallet is another one.
 */
export async function saveAll(
  connection: Queryable,
  wallets: readonly Wallet[],
  { bets, entries, adjustments, voided, causes }: Records,
  now: Millis,
): Promise<void> {
  const changed = wallets.filter(({ isChanged }) => isChanged);
  const progress: GrantChange[] = [];
  const turns: GrantChange[] = [];
  for (const wallet of changed) sortChanges(wallet, causes, progress, turns);
  const written = Promise.all([
    saveWallets(connection, changed, changedSince(changed, { bets, entries, voided })),
    saveCheckpoints(connection, changed),
    saveProgress(connection, progress),
    saveTurns(connection, turns),
    insertBets(connection, bets),
    voidBets(
      connection,
      voided.map(({ playerId, betId }) => [playerId, betId] as const),
    ),
    saveDivisions(connection, changed.flatMap(divisionsOf)),
    insertEntries(connection, entries),
    insertAdjustments(connection, adjustments),
    insertPostings(
      connection,
      changed.flatMap((wallet) => postingsOf(wallet, now)),
    ),
  ]);
  try {
    await written;
  } catch (error) {
    throw sqlState(error) === UNIQUE_VIOLATION ? new Overtaken('told meanwhile', { cause: error }) : error;
  }
}

const UNIQUE_VIOLATION = '23505';

function sortChanges(
  wallet: Wallet,
  causes: ReadonlyMap<string, Cause>,
  progress: GrantChange[],
  turns: GrantChange[],
): void {
  const { playerId, funds } = wallet;
  for (const grant of funds.grants) {
    const known = findKnown(wallet, grant.grantId);
    if (!known) throw new Error(`bonus ${grant.grantId} came into a wallet from nowhere`);
    const was = known.grant;
    if (isSame(grant, known)) continue;
    if (isProgress(grant, was)) progress.push({ playerId, grant, was, endedAt: null, reason: null });
    else if (grant.state === 'active') turns.push({ playerId, grant, was, endedAt: null, reason: null });
    else {
      const reason = causes.get(grant.grantId)?.reason ?? grant.state;
      turns.push({ playerId, grant, was, endedAt: endOf(wallet, grant.grantId), reason });
    }
  }
}

const divisionsOf = ({ playerId, dividedAgain }: Wallet): DividedAgain[] =>
  [...dividedAgain].map(([betId, split]) => ({ playerId, betId, split }));

const isProgress = (grant: GrantFunds, was: GrantFunds): boolean =>
  grant.state === 'active' &&
  was.state === 'active' &&
  grant.expiresAt === was.expiresAt &&
  grant.startedAt === was.startedAt;

const isSame = (grant: GrantFunds, { grant: was, isFolded }: KnownGrant): boolean =>
  isFolded &&
  grant.state === was.state &&
  grant.balance === was.balance &&
  grant.wagered === was.wagered &&
  grant.converted === was.converted &&
  grant.remainder === was.remainder &&
  grant.expiresAt === was.expiresAt &&
  grant.forfeitedBy === was.forfeitedBy;

function postingsOf({ playerId, brandId, currency, lines }: Wallet, now: Millis): NewPosting[] {
  if (lines.length === 0) return [];
  const transactionId = newId();
  const createdAt = new Date(now).toISOString();
  return lines.map((line) => ({ ...line, playerId, brandId, currency, transactionId, createdAt }));
}
