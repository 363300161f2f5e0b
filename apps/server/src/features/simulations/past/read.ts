import type { CampaignTerms, Entry, OpenGrant } from '@promosmith/core/activation';
import { depositTerms } from '@promosmith/core/activation';
import type { Queryable } from '../../../platform/db.ts';
import type { KnownPlayer } from '../../players/index.ts';
import { type LoadPersons, readStanding } from '../../risk/index.ts';
import type { LaterDeposit, Try } from '../engine/types.ts';
import { inTime, type Row } from './in-time.ts';

const NO_DEPOSITS: readonly LaterDeposit[] = [];
const NO_GRANTS: readonly OpenGrant[] = [];
const NO_SEGMENTS: readonly string[] = [];
const NO_PROPERTIES = {};

/** The offer, as far as it decides what has to be known of those who try it. */
export interface Wanted {
  readonly brandId: string;
  readonly campaignId: string;
  readonly terms: CampaignTerms;
}

/**
 * Tries in order of time, a page after the other, so that memory stays small. The next one is read while one is decided.
 * @param sessions those that tries were collected in. Whatever else is asked for, the first one is asked.
 * @param persons what is asked of who is behind accounts: of tries that never were, no device is known.
 * @param isDone of a player who tries no more: of them nothing else need be read.
 */
export async function* readTries(
  sessions: readonly [Queryable, ...Queryable[]],
  persons: LoadPersons,
  wanted: Wanted,
  isDone: (playerId: string) => boolean,
): AsyncGenerator<Page> {
  const pages = inTime(sessions);
  const read = async (): Promise<Page | undefined> => {
    const { value: rows } = await pages.next();
    if (!rows) return undefined;
    const open = rows.filter(({ playerId }) => !isDone(playerId));
    const tries = open.length === 0 ? [] : await completed(sessions[0], persons, wanted, open);
    return { tries, looked: rows.length };
  };
  const start = (): Promise<Page | undefined> => {
    const page = read();
    // Told when it is its turn, which it may never be.
    page.catch(() => undefined);
    return page;
  };
  for (let next = start(); ; ) {
    const page = await next;
    if (!page) return;
    next = start();
    yield page;
  }
}

/** Some tries, in order of time. */
export interface Page {
  readonly tries: readonly Try[];
  /** How many there were, those included of players who try no more. */
  readonly looked: number;
}

async function completed(
  session: Queryable,
  loadPersons: LoadPersons,
  wanted: Wanted,
  rows: readonly Row[],
): Promise<Try[]> {
  const { terms, brandId } = wanted;
  const playerIds = [...new Set(rows.map(({ playerId }) => playerId))];
  const [begin, end] = [new Date(rows[0]?.at ?? 0), new Date(rows.at(-1)?.at ?? 0)];
  const waits = depositTerms(terms)?.depositWithinSeconds;
  const accounts = rows.map(({ playerId }) => ({ brandId, playerId }));
  const limitsPersons = terms.limits.some(({ scope }) => scope === 'person');
  const persons = limitsPersons ? await loadPersons(session, accounts) : [];
  const deposits =
    waits === undefined ? undefined : await loadDeposits(session, brandId, playerIds, begin, end, waits);
  const isExclusive = terms.exclusive || terms.exclusiveGroup !== null;
  const grants = isExclusive ? await loadGrants(session, wanted, playerIds, begin, end) : undefined;
  const traffic = trafficOf(terms);
  return rows.map((row, n): Try => {
    const { at, playerId } = row;
    const made = deposits?.get(playerId);
    const had = grants?.get(playerId);
    return {
      ...{ at, player: playerOf(row), stored: readStanding(row) },
      entry: row.entry ?? { channel: 'account', deviceId: playerId, ...traffic },
      deposits: made ? within(made, at, waits ?? 0) : NO_DEPOSITS,
      person: persons[n] ?? [playerId],
      openGrants: had ? openAt(had, at) : NO_GRANTS,
    };
  });
}

const playerOf = (row: Row): KnownPlayer => ({
  ...{ playerId: row.playerId, email: null, timeZone: null },
  country: row.country ?? null,
  currency: row.currency ?? null,
  language: row.language ?? null,
  birthDate: row.birthDate ?? null,
  registeredAt: instant(row.registeredAt),
  kycStatus: row.kycStatus ?? null,
  vipLevel: row.vipLevel ?? null,
  emailVerified: row.emailVerified ?? null,
  household: row.household ?? null,
  segments: row.segments ?? NO_SEGMENTS,
  depositCount: row.depositCount ?? 0,
  totalDeposits: row.totalDeposits ?? 0,
  lastDepositAt: instant(row.lastDepositAt),
  lastLoginAt: instant(row.lastLoginAt),
  selfExcludedUntil: instant(row.selfExcludedUntil),
  bonusBlocked: row.bonusBlocked ?? false,
  properties: row.properties ?? NO_PROPERTIES,
});

const instant = (at: number | null | undefined): Date | null =>
  at === null || at === undefined ? null : new Date(at);

/** Of a try that never was: the source that the offer is for. */
const trafficOf = ({ traffic }: CampaignTerms): Pick<Entry, 'traffic'> =>
  traffic === null
    ? {}
    : {
        traffic: Object.fromEntries(
          Object.entries(traffic).flatMap(([name, value]) =>
            typeof value === 'string' ? [[name, value]] : [],
          ),
        ),
      };

const within = (deposits: readonly LaterDeposit[], at: number, seconds: number): LaterDeposit[] =>
  deposits.filter((deposit) => deposit.at > at && deposit.at < at + seconds * 1000);

type DepositRow = Omit<LaterDeposit, 'at'> & { playerId: string; time: Date };

/** Deposits that stand, with what platforms say of each. */
async function loadDeposits(
  session: Queryable,
  brandId: string,
  playerIds: readonly string[],
  begin: Date,
  end: Date,
  waitSeconds: number,
): Promise<Map<string, LaterDeposit[]>> {
  const { rows } = await session.query<DepositRow>({
    name: 'simulation.deposits',
    text: `select player_id as "playerId", time, (data->>'amount')::bigint as amount, data->>'currency' as currency,
             data->>'method' as method, (data->>'index')::integer as nth
           from platform_events e
           where player_id = any($1) and brand_id = $2 and type = 'deposit.succeeded'
             and time > $3 and time < $4::timestamptz + make_interval(secs => $5)
             and not exists (
               select from platform_events r
               where r.player_id = e.player_id and r.type = 'deposit.reversed'
                 and r.data->>'depositId' = e.data->>'depositId')
           order by player_id, time`,
    values: [playerIds, brandId, begin, end, waitSeconds],
  });
  return byPlayer(rows, ({ playerId: _, time, ...deposit }) => ({ ...deposit, at: time.getTime() }));
}

type Held = OpenGrant & { from: number; until: number };

async function loadGrants(
  session: Queryable,
  { campaignId }: Wanted,
  playerIds: readonly string[],
  begin: Date,
  end: Date,
): Promise<Map<string, Held[]>> {
  const { rows } = await session.query<
    OpenGrant & { playerId: string; createdAt: Date; endedAt: Date | null }
  >({
    name: 'simulation.grants',
    text: `select player_id as "playerId", campaign_id as "campaignId", exclusive_group as "exclusiveGroup",
             created_at as "createdAt",
             case when status not in ('pending', 'active') then coalesce(ended_at, changed_at) end as "endedAt"
           from grants
           where player_id = any($1) and campaign_id <> $2 and created_at <= $4
             and (status in ('pending', 'active') or coalesce(ended_at, changed_at) > $3)`,
    values: [playerIds, campaignId, begin, end],
  });
  return byPlayer(rows, ({ campaignId: of, exclusiveGroup, createdAt, endedAt }) => ({
    ...{ campaignId: of, exclusiveGroup, from: createdAt.getTime() },
    until: endedAt?.getTime() ?? Number.POSITIVE_INFINITY,
  }));
}

const openAt = (grants: readonly Held[], at: number): OpenGrant[] =>
  grants.filter(({ from, until }) => from <= at && at < until);

function byPlayer<Row extends { playerId: string }, Item>(
  rows: readonly Row[],
  item: (row: Row) => Item,
): Map<string, Item[]> {
  const found = new Map<string, Item[]>();
  for (const row of rows) {
    const of = found.get(row.playerId);
    if (of) of.push(item(row));
    else found.set(row.playerId, [item(row)]);
  }
  return found;
}
