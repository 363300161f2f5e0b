import type { PlayerData } from '@promosmith/contract';
import { canonicalEmail } from '@promosmith/core/risk';
import { uuids } from '../../../platform/arrays.ts';
import type { Queryable } from '../../../platform/db.ts';
import type { KnownPlayer, PlayerRecord } from '../player.ts';

/** Columns a platform may set, as named in the API and in the table. */
const COLUMN_OF = {
  email: 'email',
  phone: 'phone',
  country: 'country',
  currency: 'currency',
  language: 'language',
  timeZone: 'time_zone',
  birthDate: 'birth_date',
  registeredAt: 'registered_at',
  kycStatus: 'kyc_status',
  vipLevel: 'vip_level',
  emailVerified: 'email_verified',
  household: 'household',
  segments: 'segments',
  depositCount: 'deposit_count',
  totalDeposits: 'total_deposits',
  lastDepositAt: 'last_deposit_at',
  lastLoginAt: 'last_login_at',
} as const satisfies Partial<Record<keyof PlayerData, string>>;

const SET_COLUMNS = ['email_canonical', ...Object.values(COLUMN_OF)];
const NOT_NULL_DEFAULTS = JSON.stringify({ segments: [], deposit_count: 0, total_deposits: 0 });

/** The columns of a `KnownPlayer`, under its names. Dates are text: they have no time zone. */
const KNOWN = `
  p.player_id as "playerId", p.email, p.country, p.currency, p.language, p.time_zone as "timeZone",
  p.birth_date::text as "birthDate", p.registered_at as "registeredAt", p.kyc_status as "kycStatus",
  p.vip_level as "vipLevel", p.email_verified as "emailVerified", p.household, p.segments,
  p.deposit_count as "depositCount", p.total_deposits as "totalDeposits",
  p.last_deposit_at as "lastDepositAt", p.last_login_at as "lastLoginAt",
  case when p.self_excluded_until > now() then p.self_excluded_until end as "selfExcludedUntil",
  p.bonus_blocked as "bonusBlocked", p.properties`;

/** Every column of a player under its name in `PlayerRecord`. */
export const RECORD = `${KNOWN}, p.brand_id as "brandId", p.external_id as "externalId",
  p.email_canonical as "emailCanonical", p.phone, p.consents, p.created_at as "createdAt", p.updated_at as "updatedAt"`;

/** Whose row, so that it can be made when it is not there yet. */
export interface PlayerKey {
  playerId: string;
  brandId: string;
  externalId: string;
}

export interface PlayerPatch extends PlayerKey {
  data: PlayerData;
}

export async function find(db: Queryable, playerId: string): Promise<PlayerRecord | undefined> {
  const { rows } = await db.query<PlayerRecord>(`select ${RECORD} from players p where p.player_id = $1`, [
    playerId,
  ]);
  return rows[0];
}

/** @returns the players there are, by player id, in one statement. */
export async function loadPlayers(
  db: Queryable,
  playerIds: readonly string[],
): Promise<Map<string, KnownPlayer>> {
  const { rows } = await db.query<KnownPlayer>({
    name: 'players.load',
    text: `select ${KNOWN} from players p where p.player_id = any($1::uuid[])`,
    values: [uuids(playerIds)],
  });
  return new Map(rows.map((player) => [player.playerId, player]));
}

/** Locks the rows in key order, so that two batches over the same players wait instead of deadlocking. */
export async function lock(tx: Queryable, playerIds: readonly string[]): Promise<PlayerRecord[]> {
  const { rows } = await tx.query<PlayerRecord>(
    `select ${RECORD} from players p where p.player_id = any($1::uuid[]) order by p.player_id for update`,
    [playerIds],
  );
  return rows;
}

/** Holds the rows in key order until the transaction ends, and reads nothing. */
export async function hold(tx: Queryable, playerIds: readonly string[]): Promise<void> {
  await tx.query({
    name: 'players.hold',
    text: 'select from players where player_id = any($1::uuid[]) order by player_id for update',
    values: [uuids(playerIds)],
  });
}

/** Makes the rows that are missing, with nothing known. */
export async function ensure(tx: Queryable, keys: readonly PlayerKey[]): Promise<void> {
  if (keys.length === 0) return;
  await tx.query(
    `insert into players (player_id, brand_id, external_id)
     select * from unnest($1::uuid[], $2::uuid[], $3::text[]) as given (player_id, brand_id, external_id)
     order by player_id
     on conflict do nothing`,
    [keys.map((key) => key.playerId), keys.map((key) => key.brandId), keys.map((key) => key.externalId)],
  );
}

const GIVEN = `jsonb_to_recordset($1::jsonb)
  as given (player_id uuid, brand_id uuid, external_id text, patch jsonb, properties jsonb)`;

/** Creates the players that are not there yet; @returns just those. Each player may be named once. */
export async function create(tx: Queryable, patches: readonly PlayerPatch[]): Promise<PlayerRecord[]> {
  const { rows } = await tx.query<PlayerRecord>(
    `insert into players as p (player_id, brand_id, external_id, properties, ${SET_COLUMNS})
     select given.player_id, given.brand_id, given.external_id, jsonb_strip_nulls(given.properties),
            ${SET_COLUMNS.map((column) => `told.${column}`)}
     from ${GIVEN}, jsonb_populate_record(null::players, $2::jsonb || given.patch) as told
     order by given.player_id
     on conflict do nothing
     returning ${RECORD}`,
    [toJson(patches), NOT_NULL_DEFAULTS],
  );
  return rows;
}

/**
 * Merges into players that are there, whose locks the caller holds: absent keeps, null clears, properties merge by
 * name. `jsonb_populate_record(p, patch)` is the row with just the columns replaced that the patch names.
 */
export async function update(tx: Queryable, patches: readonly PlayerPatch[]): Promise<PlayerRecord[]> {
  if (patches.length === 0) return [];
  const { rows } = await tx.query<PlayerRecord>(
    `update players p
     set (${SET_COLUMNS}) = (select ${SET_COLUMNS.map((column) => `told.${column}`)}
                             from jsonb_populate_record(p, given.patch) as told),
         properties = jsonb_strip_nulls(p.properties || given.properties),
         updated_at = now()
     from ${GIVEN}
     where p.player_id = any($2::uuid[]) and p.player_id = given.player_id
     returning ${RECORD}`,
    [toJson(patches), uuids(patches.map(({ playerId }) => playerId))],
  );
  return rows;
}

const toJson = (patches: readonly PlayerPatch[]): string =>
  JSON.stringify(
    patches.map(({ data, ...key }) => ({
      player_id: key.playerId,
      brand_id: key.brandId,
      external_id: key.externalId,
      patch: columnsOf(data),
      properties: data.properties ?? {},
    })),
  );

function columnsOf(data: PlayerData): Record<string, unknown> {
  const patch: Record<string, unknown> = {};
  for (const [field, column] of Object.entries(COLUMN_OF)) {
    const value = data[field as keyof typeof COLUMN_OF];
    if (value !== undefined) patch[column] = value;
  }
  if (data.email !== undefined)
    patch.email_canonical = data.email === null ? null : (canonicalEmail(data.email) ?? null);
  return patch;
}

/** @param until null lifts the exclusion. */
export async function setSelfExclusion(
  tx: Queryable,
  playerId: string,
  until: string | null,
): Promise<PlayerRecord | undefined> {
  const { rows } = await tx.query<PlayerRecord>(
    `update players p set self_excluded_until = $2, updated_at = now() where p.player_id = $1 returning ${RECORD}`,
    [playerId, until],
  );
  return rows[0];
}

export async function setBonusBlock(
  tx: Queryable,
  playerId: string,
  blocked: boolean,
): Promise<PlayerRecord | undefined> {
  const { rows } = await tx.query<PlayerRecord>(
    `update players p set bonus_blocked = $2, updated_at = now() where p.player_id = $1 returning ${RECORD}`,
    [playerId, blocked],
  );
  return rows[0];
}

export async function setConsents(
  tx: Queryable,
  playerId: string,
  consents: PlayerRecord['consents'],
): Promise<PlayerRecord | undefined> {
  const { rows } = await tx.query<PlayerRecord>(
    `update players p set consents = $2, updated_at = now() where p.player_id = $1 returning ${RECORD}`,
    [playerId, JSON.stringify(consents)],
  );
  return rows[0];
}
