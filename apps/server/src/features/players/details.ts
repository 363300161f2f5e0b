import { canonicalEmail } from '@promosmith/core/risk';
import type { Queryable } from '../../platform/db.ts';
import { playerId } from '../../platform/ids.ts';

/** What a request may tell of its player in passing, e.g. with a code entered at registration. */
export interface PlayerDetails {
  email?: string | undefined;
  country?: string | undefined;
  currency?: string | undefined;
  language?: string | undefined;
  /** Calendar date, `YYYY-MM-DD`. */
  birthDate?: string | undefined;
  /** ISO 8601. */
  registeredAt?: string | undefined;
}

export interface InlinePlayer {
  brandId: string;
  externalId: string;
  details: PlayerDetails;
}

/**
 * Creates or updates players that requests tell of in passing, in one statement. What is not told stays; a player
 * named twice is told of in the order given. A row that says so already is not written again: back ends send the
 * same details with every request.
 */
export async function upsertInline(tx: Queryable, players: readonly InlinePlayer[]): Promise<void> {
  const rows = new Map<string, Record<string, unknown>>();
  for (const { brandId, externalId, details } of players) {
    const id = playerId(brandId, externalId);
    const key = { player_id: id, brand_id: brandId, external_id: externalId };
    rows.set(id, { ...rows.get(id), ...key, ...columnsOf(details) });
  }
  if (rows.size === 0) return;
  await tx.query(
    `insert into players as p (${KEY}, ${COLUMNS})
     select * from jsonb_to_recordset($1::jsonb) as told
       (player_id uuid, brand_id uuid, external_id text, email text, email_canonical text, country text,
        currency text, language text, birth_date date, registered_at timestamptz)
     order by player_id
     on conflict (player_id) do update
       set (${COLUMNS}, updated_at) = (${TOLD_OR_KEPT}, now())
       where (${TOLD_OR_KEPT}) is distinct from (${COLUMNS.map((column) => `p.${column}`)})`,
    [JSON.stringify([...rows.values()])],
  );
}

const KEY = ['player_id', 'brand_id', 'external_id'];
const COLUMNS = [
  'email',
  'email_canonical',
  'country',
  'currency',
  'language',
  'birth_date',
  'registered_at',
];
const TOLD_OR_KEPT = COLUMNS.map((column) => `coalesce(excluded.${column}, p.${column})`);

const columnsOf = ({ email, country, currency, language, birthDate, registeredAt }: PlayerDetails) =>
  withoutUndefined({
    email,
    email_canonical: email === undefined ? undefined : canonicalEmail(email),
    country,
    currency,
    language,
    birth_date: birthDate,
    registered_at: registeredAt,
  });

const withoutUndefined = (columns: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined));
