import type { CampaignTerms, Entry, OpenGrant } from '@promosmith/core/activation';
import { depositTerms } from '@promosmith/core/activation';
import type { Queryable } from '../../../platform/db.ts';
import { type KnownPlayer, loadPlayers } from '../../players/index.ts';
import type { Risk } from '../../risk/index.ts';
import type { LaterDeposit, Try } from '../engine/types.ts';

const AT_ONCE = 4_000;
const BEGINNING = { at: new Date(0), playerId: '00000000-0000-0000-0000-000000000000' };

interface Row {
  at: Date;
  playerId: string;
  laterCount: number;
  laterSum: number;
  depositedAt: Date | null;
  loggedInAt: Date | null;
  entry: Entry | null;
}

/** The offer, as far as it decides what has to be known of those who try it. */
export interface Wanted {
  readonly brandId: string;
  readonly campaignId: string;
  readonly terms: CampaignTerms;
}

/** What is asked of who is behind accounts. Of tries that never were, no device or address is known. */
export type WhoIsBehind = Pick<Risk, 'load' | 'persons'>;

/**
 * Tries in order of time, a page after the other, so that memory stays small. The next one is read while one is decided.
 * @param isDone of a player who tries no more: what is known of them need not be read.
 */
export async function* readTries(
  session: Queryable,
  who: WhoIsBehind,
  wanted: Wanted,
  isDone: (playerId: string) => boolean,
): AsyncGenerator<Page> {
  const read = (after: typeof BEGINNING): Promise<Page | undefined> => {
    const page = readPage(session, who, wanted, after, isDone);
    // Told when it is its turn, which it may never be.
    page.catch(() => undefined);
    return page;
  };
  for (let next = read(BEGINNING); ; ) {
    const page = await next;
    if (!page) return;
    next = read(page.last);
    yield page;
  }
}

/** Some tries, in order of time. */
export interface Page {
  readonly tries: readonly Try[];
  /** How many there were, those included of players who try no more. */
  readonly looked: number;
  readonly last: typeof BEGINNING;
}

async function readPage(
  session: Queryable,
  who: WhoIsBehind,
  wanted: Wanted,
  after: typeof BEGINNING,
  isDone: (playerId: string) => boolean,
): Promise<Page | undefined> {
  const { rows } = await session.query<Row>({
    name: 'simulation.tries',
    text: `select at, player_id as "playerId", later_count as "laterCount", later_sum as "laterSum",
             deposited_at as "depositedAt", logged_in_at as "loggedInAt", entry
           from tries where (at, player_id) > ($1, $2) order by at, player_id limit $3`,
    values: [after.at, after.playerId, AT_ONCE],
  });
  const last = rows.at(-1);
  if (!last) return undefined;
  const open = rows.filter(({ playerId }) => !isDone(playerId));
  const tries = open.length === 0 ? [] : await completed(session, who, wanted, open);
  return { tries, looked: rows.length, last };
}

async function completed(
  session: Queryable,
  who: WhoIsBehind,
  wanted: Wanted,
  rows: readonly Row[],
): Promise<Try[]> {
  const { terms, brandId } = wanted;
  const playerIds = [...new Set(rows.map(({ playerId }) => playerId))];
  const [begin, end] = [rows[0]?.at ?? new Date(0), rows.at(-1)?.at ?? new Date(0)];
  const waits = depositTerms(terms)?.depositWithinSeconds;
  const players = await loadPlayers(session, playerIds);
  const accounts = rows.map(({ playerId }) => ({ brandId, playerId }));
  const risks = await who.load(session, accounts);
  const limitsPersons = terms.limits.some(({ scope }) => scope === 'person');
  const persons = limitsPersons ? await who.persons(session, accounts) : [];
  const deposits =
    waits === undefined ? new Map() : await loadDeposits(session, brandId, playerIds, begin, end, waits);
  const isExclusive = terms.exclusive || terms.exclusiveGroup !== null;
  const grants = isExclusive ? await loadGrants(session, wanted, playerIds, begin, end) : new Map();
  return rows.flatMap((row, n): Try[] => {
    const known = players.get(row.playerId);
    const stored = risks[n];
    if (!known || !stored) return [];
    const at = row.at.getTime();
    return [
      {
        ...{ at, player: asOf(known, row), entry: row.entry ?? entryOf(terms, row.playerId), stored },
        deposits: within(deposits.get(row.playerId) ?? [], at, waits ?? 0),
        person: persons[n] ?? [row.playerId],
        openGrants: openAt(grants.get(row.playerId) ?? [], at),
      },
    ];
  });
}

/** The player as they were, where what came later says so. */
const asOf = (known: KnownPlayer, row: Row): KnownPlayer => ({
  ...known,
  depositCount: Math.max(0, known.depositCount - row.laterCount),
  totalDeposits: Math.max(0, known.totalDeposits - row.laterSum),
  lastDepositAt: row.depositedAt ?? before(known.lastDepositAt, row.at),
  lastLoginAt: row.loggedInAt ?? before(known.lastLoginAt, row.at),
});

const before = (then: Date | null, at: Date): Date | null => (then !== null && then <= at ? then : null);

/** Of a try that never was: a device of the player's own, and the source that the offer is for. */
const entryOf = ({ traffic }: CampaignTerms, playerId: string): Entry => ({
  channel: 'account',
  deviceId: playerId,
  ...(traffic && {
    traffic: Object.fromEntries(
      Object.entries(traffic).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
    ),
  }),
});

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
