import type { CampaignTerms, Entry, OpenGrant } from '@promosmith/core/activation';
import { depositTerms } from '@promosmith/core/activation';
import type { Queryable } from '../../../platform/db.ts';
import type { KnownPlayer } from '../../players/index.ts';
import type { Risk } from '../../risk/index.ts';
import type { LaterDeposit, Try } from '../engine/types.ts';
import type { Field } from './fields.ts';

const AT_ONCE = 4_000;
const NO_DEPOSITS: readonly LaterDeposit[] = [];
const NO_GRANTS: readonly OpenGrant[] = [];
const NO_SEGMENTS: readonly string[] = [];
const NO_PROPERTIES = {};

/**
 * Sorted once and kept aside: what a try finds of its player lies beside it, and no transaction stays open meanwhile, which
 * would keep PostgreSQL from tidying up what everybody else changes. The table is not needed any more.
 */
const IN_TIME = `declare tries_in_time no scroll cursor with hold for
  select * from tries order by at, "playerId", entry::text`;
const NEXT = `fetch ${AT_ONCE} from tries_in_time`;

/** Without what the campaign does not look at. Instants are milliseconds since the epoch. */
type Row = { at: number; playerId: string; entry: Entry | null } & {
  readonly [Name in Field]?: KnownPlayer[Name] extends Date | null ? number | null : KnownPlayer[Name];
};

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
 * @param isDone of a player who tries no more: of them nothing else need be read.
 */
export async function* readTries(
  session: Queryable,
  who: WhoIsBehind,
  wanted: Wanted,
  isDone: (playerId: string) => boolean,
): AsyncGenerator<Page> {
  const read = (): Promise<Page | undefined> => {
    const page = readPage(session, who, wanted, isDone);
    // Told when it is its turn, which it may never be.
    page.catch(() => undefined);
    return page;
  };
  await session.query(IN_TIME);
  await session.query('drop table tries');
  for (let next = read(); ; ) {
    const page = await next;
    if (!page) return;
    next = read();
    yield page;
  }
}

/** Some tries, in order of time. */
export interface Page {
  readonly tries: readonly Try[];
  /** How many there were, those included of players who try no more. */
  readonly looked: number;
}

async function readPage(
  session: Queryable,
  who: WhoIsBehind,
  wanted: Wanted,
  isDone: (playerId: string) => boolean,
): Promise<Page | undefined> {
  const { rows } = await session.query<Row>(NEXT);
  if (rows.length === 0) return undefined;
  const open = rows.filter(({ playerId }) => !isDone(playerId));
  const tries = open.length === 0 ? [] : await completed(session, who, wanted, open);
  return { tries, looked: rows.length };
}

async function completed(
  session: Queryable,
  who: WhoIsBehind,
  wanted: Wanted,
  rows: readonly Row[],
): Promise<Try[]> {
  const { terms, brandId } = wanted;
  const playerIds = [...new Set(rows.map(({ playerId }) => playerId))];
  const [begin, end] = [new Date(rows[0]?.at ?? 0), new Date(rows.at(-1)?.at ?? 0)];
  const waits = depositTerms(terms)?.depositWithinSeconds;
  const accounts = rows.map(({ playerId }) => ({ brandId, playerId }));
  const risks = await who.load(session, accounts);
  const limitsPersons = terms.limits.some(({ scope }) => scope === 'person');
  const persons = limitsPersons ? await who.persons(session, accounts) : [];
  const deposits =
    waits === undefined ? undefined : await loadDeposits(session, brandId, playerIds, begin, end, waits);
  const isExclusive = terms.exclusive || terms.exclusiveGroup !== null;
  const grants = isExclusive ? await loadGrants(session, wanted, playerIds, begin, end) : undefined;
  const traffic = trafficOf(terms);
  return rows.map((row, n): Try => {
    const { at, playerId } = row;
    const stored = risks[n];
    if (!stored) throw new Error(`nobody is known behind try ${n}`);
    const made = deposits?.get(playerId);
    const had = grants?.get(playerId);
    return {
      ...{ at, player: playerOf(row), stored },
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
