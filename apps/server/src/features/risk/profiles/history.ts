import {
  type HistoryKnown,
  LOW_RISK_CATEGORIES,
  MOST_OF_A_PLACE,
  type PersonalKind,
  type WithdrawalKnown,
} from '@promosmith/core/risk';
import { disposableEmailBlocklistSet } from 'disposable-email-domains-js';
import { texts, uuids } from '../../../platform/arrays.ts';
import type { Queryable } from '../../../platform/db.ts';
import { MOST_BEHIND } from './due.ts';

/** Domains in lower case, as those of canonical addresses are. Made once: asking the package makes it anew for each domain. */
const DISPOSABLE = disposableEmailBlocklistSet();

/** Of one kind of identifier: the most other accounts that an account shares one with; of addresses, one of a home. */
export interface Shared {
  readonly device: number;
  readonly address: number;
  readonly email: number;
  readonly payment: number;
  readonly household: number;
}

/** What an account's past and its links say. */
export interface LoadedHistory {
  readonly history: HistoryKnown;
  readonly shared: Shared;
}

interface Person {
  readonly email: string | null;
  readonly deposits: number;
}

interface Played {
  readonly bets: number;
  readonly staked: number;
  readonly lowRisk: number;
  readonly breaches: number;
}

interface Bonuses {
  readonly bonuses: number;
  readonly paidFor: number;
}

const NO_PLAY: Played = { bets: 0, staked: 0, lowRisk: 0, breaches: 0 };
const NO_SHARED: Shared = { device: 0, address: 0, email: 0, payment: 0, household: 0 };

/** Loads the past of accounts, a statement for each kind of thing, whatever their number. */
export async function loadHistories(
  tx: Queryable,
  playerIds: readonly string[],
): Promise<Map<string, LoadedHistory>> {
  const ids = uuids(playerIds);
  const people = await findPeople(tx, ids);
  const links = await findLinks(tx, ids);
  const excluded = await findExcluded(tx, ids);
  const played = await findPlay(tx, ids);
  const withdrawals = await findWithdrawals(tx, ids);
  const bonuses = await findBonuses(tx, ids);
  return new Map(
    playerIds.map((playerId) => {
      const { email = null, deposits = 0 } = people.get(playerId) ?? {};
      const shared = { ...NO_SHARED, ...links.get(playerId) };
      const { breaches, ...play } = played.get(playerId) ?? NO_PLAY;
      const { bonuses: issued = 0, paidFor = 0 } = bonuses.get(playerId) ?? {};
      const history: HistoryKnown = {
        disposableDomain: disposableDomainOf(email),
        mailboxOthers: shared.email,
        paymentOthers: shared.payment,
        addressOthers: shared.household,
        excluded: excluded.get(playerId) ?? [],
        play,
        withdrawals: withdrawals.get(playerId) ?? [],
        maxBetBreaches: breaches,
        bonuses: issued,
        ownDeposits: Math.max(0, deposits - paidFor),
      };
      return [playerId, { history, shared }];
    }),
  );
}

/** The domain itself or one above it: such services hand out names below theirs as well. */
function disposableDomainOf(email: string | null): string | null {
  const labels = email?.slice(email.lastIndexOf('@') + 1).split('.') ?? [];
  for (let n = 0; n < labels.length - 1; n++) {
    const domain = labels.slice(n).join('.');
    if (DISPOSABLE.has(domain)) return domain;
  }
  return null;
}

async function findPeople(tx: Queryable, ids: Buffer): Promise<Map<string, Person>> {
  const { rows } = await tx.query<Person & { playerId: string }>(
    `select player_id as "playerId", email_canonical as email, deposit_count as deposits
     from players where player_id = any($1::uuid[])`,
    [ids],
  );
  return new Map(rows.map((row) => [row.playerId, row]));
}

/** An address that a whole café has hides none that a home shares: it is passed over. */
async function findLinks(tx: Queryable, ids: Buffer): Promise<Map<string, Partial<Shared>>> {
  const { rows } = await tx.query<{ playerId: string; shared: Partial<Shared> }>(
    `select player_id as "playerId", jsonb_object_agg(kind, others) as shared
     from (
       select l.player_id, l.kind,
         coalesce(max(i.players) filter (where l.kind <> 'address' or i.players - 1 <= ${MOST_OF_A_PLACE}) - 1, 0) as others
       from risk_links l join risk_identifiers i on i.identifier_key = l.identifier_key
       where l.player_id = any($1::uuid[]) and l.removed_at is null group by l.player_id, l.kind
     ) as own group by player_id`,
    [ids],
  );
  return new Map(rows.map(({ playerId, shared }) => [playerId, shared]));
}

/**
 * By mailbox and telephone: whoever shares a device or a card with them may be somebody else. None that so many have that
 * it is nobody's, such as one that a form fills in.
 */
async function findExcluded(
  tx: Queryable,
  ids: Buffer,
): Promise<Map<string, { by: PersonalKind; accounts: number }[]>> {
  const { rows } = await tx.query<{ playerId: string; by: PersonalKind; accounts: number }>(
    `select own.player_id as "playerId", own.kind as by, count(distinct other.player_id)::int as accounts
     from risk_links own
     cross join lateral (
       select from risk_identifiers where identifier_key = own.identifier_key and players between 2 and ${MOST_BEHIND} offset 0
     ) shared
     cross join lateral (
       select player_id from risk_links where identifier_key = own.identifier_key and player_id <> own.player_id
         and removed_at is null offset 0
     ) other
     cross join lateral (
       select from players where player_id = other.player_id and self_excluded_until > now() offset 0
     ) excluded
     where own.player_id = any($1::uuid[]) and own.removed_at is null and own.kind in ('email', 'phone')
     group by own.player_id, own.kind order by own.kind`,
    [ids],
  );
  return new Map(
    [...Map.groupBy(rows, ({ playerId }) => playerId)].map(([playerId, found]) => [
      playerId,
      found.map(({ by, accounts }) => ({ by, accounts })),
    ]),
  );
}

/** Bets that a bonus had a part in, or that counted for one. */
async function findPlay(tx: Queryable, ids: Buffer): Promise<Map<string, Played>> {
  const { rows } = await tx.query<Played & { playerId: string }>(
    `select player_id as "playerId",
       count(*) filter (where with_bonus)::int as bets,
       coalesce(sum(stake) filter (where with_bonus), 0)::float8 as staked,
       coalesce(sum(stake) filter (where with_bonus and lower(category) = any($2::text[])), 0)::float8 as "lowRisk",
       count(*) filter (where breach)::int as breaches
     from (
       select player_id, stake, category, breach, grant_id is not null or counted_for is not null as with_bonus
       from bets where player_id = any($1::uuid[]) and at > now() - interval '30 days' and rolled_back_at is null
         and part is distinct from 'win' and part is distinct from 'closing_win'
     ) as recent group by player_id`,
    [ids, texts(LOW_RISK_CATEGORIES)],
  );
  return new Map(rows.map(({ playerId, ...played }) => [playerId, played]));
}

/** What went out again, of what had come in in the week before, and how much of it was played. */
async function findWithdrawals(tx: Queryable, ids: Buffer): Promise<Map<string, WithdrawalKnown[]>> {
  const { rows } = await tx.query<WithdrawalKnown & { playerId: string }>(
    `select w.player_id as "playerId", w.amount::float8, d.deposited::float8, (
         select coalesce(sum(b.stake), 0) from bets b
         where b.player_id = w.player_id and b.currency = w.currency and b.at >= d.since and b.at < w.at
           and b.rolled_back_at is null
       )::float8 as staked
     from (
       select player_id, currency, amount, at from wallet_entries w
       where player_id = any($1::uuid[]) and kind = 'withdrawal_requested' and at > now() - interval '90 days'
         and not exists (
           select from wallet_entries c where c.player_id = w.player_id and c.reference = w.reference
             and c.kind = 'withdrawal_cancelled'
         )
     ) as w
     cross join lateral (
       select coalesce(sum(amount), 0) as deposited, min(at) as since from wallet_entries e
       where e.player_id = w.player_id and e.kind = 'deposit' and e.currency = w.currency
         and e.at < w.at and e.at >= w.at - interval '7 days'
     ) as d
     order by w.player_id, w.at desc`,
    [ids],
  );
  return new Map(
    [...Map.groupBy(rows, ({ playerId }) => playerId)].map(([playerId, found]) => [
      playerId,
      found.map(({ playerId: _, ...withdrawal }) => withdrawal),
    ]),
  );
}

async function findBonuses(tx: Queryable, ids: Buffer): Promise<Map<string, Bonuses>> {
  const { rows } = await tx.query<Bonuses & { playerId: string }>(
    `select player_id as "playerId", count(*) filter (where granted_at is not null)::int as bonuses,
       count(distinct deposit_id)::int as "paidFor"
     from grants where player_id = any($1::uuid[]) and parent_grant_id is null group by player_id`,
    [ids],
  );
  return new Map(rows.map((row) => [row.playerId, row]));
}
