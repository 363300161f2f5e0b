import type { CodeState } from '@promosmith/core/activation';
import { int8s, uuids } from '../../platform/arrays.ts';
import type { Queryable } from '../../platform/db.ts';
import { LIVE, type LiveCampaign } from '../campaigns/index.ts';

interface CodeRow {
  code_key: string;
  campaign_id: string;
  kind: CodeState['kind'];
  shared_text: string | null;
  state: CodeState['state'];
  uses: number;
  reserved: number;
  max_uses: number | null;
  holder_id: string | null;
  starts_at: Date | null;
  ends_at: Date | null;
}

/** The codes an activation batch names, by look-up key; unknown ones are absent. */
export async function loadCodes(
  connection: Queryable,
  codeKeys: readonly string[],
): Promise<Map<string, CodeState>> {
  const { rows } = await connection.query<CodeRow>({
    name: 'codes.load',
    text: `select code_key, campaign_id, kind, shared_text, state, uses, reserved, max_uses, holder_id, starts_at, ends_at
      from codes where code_key = any($1::uuid[])`,
    values: [uuids(codeKeys)],
  });
  return new Map(rows.map((row) => [row.code_key, stateOf(row)]));
}

/** The campaigns of those codes, asked for in the same round trip. */
export async function loadCampaignsOf(
  connection: Queryable,
  codeKeys: readonly string[],
): Promise<LiveCampaign[]> {
  const { rows } = await connection.query<LiveCampaign>({
    name: 'codes.campaigns',
    text: `select ${LIVE} from campaigns
      where campaign_id = any(array(select campaign_id from codes where code_key = any($1::uuid[])))`,
    values: [uuids(codeKeys)],
  });
  return rows;
}

const stateOf = (row: CodeRow): CodeState => ({
  codeKey: row.code_key,
  campaignId: row.campaign_id,
  kind: row.kind,
  sharedText: row.shared_text,
  state: row.state,
  uses: row.uses,
  reserved: row.reserved,
  maxUses: row.max_uses,
  holderId: row.holder_id,
  startsAt: row.starts_at?.getTime() ?? null,
  endsAt: row.ends_at?.getTime() ?? null,
});

export interface CodeTake {
  readonly key: string;
  readonly used: number;
  readonly reserved: number;
  /** What the code's uses must be at least before, and at most after. */
  readonly from: number;
  readonly to: number;
}

/**
 * Takes uses from codes. One that would leave its bounds, or is no longer active, fails the transaction with `GF001`.
 * Callers give the rows in key order.
 * @param tell whether the uses after it are wanted.
 */
export async function takeFromCodes(
  connection: Queryable,
  takes: readonly CodeTake[],
  tell: boolean,
): Promise<Map<string, { used: number; reserved: number }>> {
  const { rows } = await connection.query<{ code_key: string; uses: number; reserved: number }>({
    name: 'codes.take',
    text: `with taken as (
        update codes set uses = codes.uses + t.used, reserved = codes.reserved + t.reserved
        from unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[])
          as t (code_key, used, reserved, least, most)
        where codes.code_key = t.code_key and codes.code_key = any($1::uuid[]) and codes.state = 'active'
          and codes.uses + codes.reserved >= t.least
          and codes.uses + codes.reserved + t.used + t.reserved <= t.most
        returning codes.code_key, codes.uses, codes.reserved)
      select code_key, uses, reserved from taken where $6
      union all select null, null, null where not insist((select count(*) from taken) = cardinality($1))`,
    values: [
      uuids(takes.map(({ key }) => key)),
      int8s(takes.map(({ used }) => used)),
      int8s(takes.map(({ reserved }) => reserved)),
      int8s(takes.map(({ from }) => from)),
      int8s(takes.map(({ to }) => to)),
      tell,
    ],
  });
  return new Map(rows.map(({ code_key, uses, reserved }) => [code_key, { used: uses, reserved }]));
}

/**
 * Moves what was taken from codes: a positive `used` with a negative `reserved` confirms, negatives give back. The
 * table's checks refuse going below zero.
 */
export async function moveOnCodes(
  connection: Queryable,
  moves: readonly { readonly key: string; readonly used: number; readonly reserved: number }[],
): Promise<void> {
  if (moves.length === 0) return;
  await connection.query(
    `update codes set uses = codes.uses + t.used, reserved = codes.reserved + t.reserved
     from (select * from unnest($1::uuid[], $2::bigint[], $3::bigint[]) as t (code_key, used, reserved) order by code_key) t
     where codes.code_key = t.code_key`,
    [moves.map(({ key }) => key), moves.map(({ used }) => used), moves.map(({ reserved }) => reserved)],
  );
}
