import type { DrilledFigure, PerformanceRow } from '@promosmith/contract';
import type { Queryable } from '../../../platform/db.ts';
import type { Measure } from '../counting/facts.ts';
import type { Counting, Period } from './period.ts';
import { countsAs, type Trait } from './traits.ts';

/** Where the rows of a number are. */
type Source =
  | { readonly of: 'facts'; readonly measures: readonly Measure[]; readonly detail?: string }
  | { readonly of: 'deposits' }
  /** @param amount what a row adds to the number, in SQL. */
  | { readonly of: 'bets'; readonly amount: string };

const facts = (...measures: Measure[]): Source => ({ of: 'facts', measures });

const SOURCES: Readonly<Record<DrilledFigure, Source>> = {
  tries: facts('accepted', 'refused'),
  accepted: facts('accepted'),
  awaitingDeposit: { of: 'facts', measures: ['accepted'], detail: 'awaiting_deposit' },
  refused: facts('refused'),
  lapsed: facts('lapsed'),
  reversed: facts('reversed'),
  distributed: facts('distributed'),
  shown: facts('shown'),
  grants: facts('granted'),
  wagered: facts('wagered'),
  conversions: facts('converted'),
  granted: facts('granted', 'paid_out'),
  converted: facts('converted'),
  cashPaid: facts('cash'),
  cost: facts('converted', 'cash'),
  breakage: facts('broken'),
  deposits: { of: 'deposits' },
  deposited: { of: 'deposits' },
  bets: { of: 'bets', amount: 'r.staked' },
  staked: { of: 'bets', amount: 'r.staked' },
  won: { of: 'bets', amount: 'r.won' },
  ggr: { of: 'bets', amount: 'r.staked-r.won' },
};

/** Which rows are asked for. */
export interface AskedRows {
  readonly measure: DrilledFigure;
  readonly period: Period;
  readonly currency?: string | undefined;
  readonly detail?: string | undefined;
  readonly trait?: Trait | undefined;
}

/** Where a page ends. */
export interface RowPlace {
  /** ISO 8601, to the microsecond. */
  readonly at: string;
  readonly id: string;
}

/** A row, and its place among the others. */
export type PlacedRow = PerformanceRow & { readonly place: RowPlace };

interface Row extends Omit<PerformanceRow, 'about' | 'at'> {
  at: Date;
  placeAt: string;
  id: string;
  about: string | null;
}

const PLACE = `to_char(rows.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "placeAt"`;

/** The rows behind a number of a campaign of the brand, the latest first, behind a place. */
export async function readRows(
  db: Queryable,
  { brandId, campaignId }: { readonly brandId: string; readonly campaignId: string },
  { timeZone }: Pick<Counting, 'timeZone'>,
  { measure, period, currency, detail, trait }: AskedRows,
  after: RowPlace | undefined,
  limit: number,
): Promise<PlacedRow[]> {
  const source = SOURCES[measure];
  const wanted = trait ? `and ${countsAs(trait)}` : '';
  const { rows } = await db.query<Row>(
    `with days as (
       select ($3::date)::timestamp at time zone $5 as since, ($4::date + 1)::timestamp at time zone $5 as until
     )
     select rows.at, ${PLACE}, rows.id, pl.external_id as player, rows.kind, rows.detail, nullif(rows.currency, '') as currency, rows.count,
       rows.amount, rows.about
     from (${partsOf(source)
       .map(
         ({ table, at, id, columns, where }) => `(
           select r.player_id, r.${at} as at, (${id}) collate "C" as id, r.currency, ${columns}
           from ${table} r left join fact_profiles p on p.brand_id = r.brand_id and p.profile_id = r.profile_id, days
           where r.campaign_id = $2 and r.brand_id = $1 and r.${at} >= days.since and r.${at} < days.until ${where}
             and ($6::text is null or r.currency = $6)
             and ($7::timestamptz is null or (r.${at}, (${id}) collate "C") < ($7::timestamptz, $8::text))
             ${wanted}
           order by 2 desc, 3 desc limit $9
         )`,
       )
       .join(' union all ')}) rows
     left join players pl on pl.player_id = rows.player_id
     where ($10::text is null or rows.detail = $10) and $11::text is not distinct from $11
     order by rows.at desc, rows.id desc limit $9`,
    [
      ...[brandId, campaignId, period.from, period.to, timeZone, currency ?? null],
      ...[after?.at ?? null, after?.id ?? null, limit, detail ?? null, trait?.value ?? null],
    ],
  );
  return rows.map(({ at, placeAt, id, about, ...row }) => ({
    ...row,
    at: at.toISOString(),
    about: about === null ? null : { kind: aboutOf(row.kind), id: about },
    place: { at: placeAt, id },
  }));
}

interface Part {
  readonly table: string;
  readonly at: string;
  readonly id: string;
  readonly columns: string;
  readonly where: string;
}

/** What a number is put together from: each in the order of its index. */
function partsOf(source: Source): Part[] {
  switch (source.of) {
    case 'facts':
      return source.measures.map((measure) => ({
        table: 'facts',
        at: 'at',
        id: 'r.fact_id::text',
        columns: 'r.measure as kind, r.detail, r.count::int, r.amount, r.about::text',
        where: `and r.measure = '${measure}'${source.detail === undefined ? '' : ` and r.detail = '${source.detail}'`} and ($10::text is null or r.detail = $10)`,
      }));
    case 'deposits':
      return [
        {
          table: 'activation_deposits',
          at: 'at',
          id: `r.deposit_id || ' ' || r.player_id`,
          columns: `'deposited' as kind, '' as detail, 1 as count, r.amount, r.deposit_id as about`,
          where: '',
        },
      ];
    case 'bets':
      return [
        {
          table: 'activation_bets',
          at: 'slot',
          id: `concat_ws(' ', r.player_id, r.activation_id, r.currency)`,
          columns: `'bets' as kind, '' as detail, r.bets as count, ${source.amount} as amount, r.activation_id::text as about`,
          where: '',
        },
      ];
  }
}

type About = NonNullable<PerformanceRow['about']>['kind'];

const ABOUT: Readonly<Record<string, About>> = {
  ...{ accepted: 'activation', refused: 'activation', lapsed: 'activation', reversed: 'activation' },
  ...{ distributed: 'code', shown: 'message', deposited: 'deposit', bets: 'activation' },
};

const aboutOf = (kind: string): About => ABOUT[kind] ?? 'grant';
