import {
  type AddressKnown,
  GUESS_WINDOW_MINUTES,
  type GuessingKnown,
  type RiskKnown,
} from '@promosmith/core/risk';
import { int4s, rowsOf, texts, uuids } from '../../platform/arrays.ts';
import type { Queryable } from '../../platform/db.ts';
import type { AddressRanges } from './addresses/ranges.ts';
import type { RiskAttempt } from './attempt.ts';
import type { Identifiers } from './identifiers/keys.ts';
import { normalise } from './identifiers/normalise.ts';
import { PERSON_KEYS } from './person.ts';

/** What is stored about who is behind an attempt: all of `RiskKnown` that the attempt and its player do not say. */
export type LoadedRisk = Pick<RiskKnown, 'device' | 'address' | 'guessing' | 'profile' | 'listed'>;

export type LoadRisk = (connection: Queryable, attempts: readonly RiskAttempt[]) => Promise<LoadedRisk[]>;

interface Row {
  readonly n: number;
  readonly deviceOthers: number;
  readonly addressOthers: number;
  readonly misses: number;
  readonly lockouts: number;
  readonly findings: RiskKnown['profile'] | null;
  /** A place in `LISTED`. */
  readonly list: number | null;
}

const NO_GUESSES: GuessingKnown = { misses: 0, lockouts: 0 };
export const NOTHING_FOUND: RiskKnown['profile'] = [];

/**
 * How many other accounts are linked by an identifier: that of a single account is most often its own, and then nobody looks
 * further. None for a player whose own link was taken away: what others have says nothing of them any more.
 */
const othersOf = (identifier: 'd' | 'a', key: string): string =>
  `case when ${identifier}.players > 1 or ${identifier}.first_player_id <> t.player_id then ${identifier}.players - coalesce(
       (select case when l.removed_at is null then 1 else ${identifier}.players end from risk_links l
        where l.identifier_key = t.${key} and l.player_id = t.player_id), 0) else 0 end`;

/** Looked up by its key, for each attempt: every other way to join costs several times as much. */
const lookUp = (name: string, columns: string, found: string): string =>
  `left join lateral (select ${columns} from ${found} offset 0) ${name} on true`;

const IN_FORCE = '(r.expires_at is null or r.expires_at > now())';

/**
 * A place in `LISTED`, of the player `t` and of what it is known by: of the player before anything else, and of the rest the worse.
 * @param keys the player's own key, and those of what it is used from.
 */
const listedBy = (keys: string): string =>
  `select max(case r.list when 'blocked' then 1 else 0 end + case when r.identifier_key = t.player_id then 2 else 0 end)
  from risk_lists r where r.identifier_key = any(${keys} || ${PERSON_KEYS}) and ${IN_FORCE}`;
const LISTED_PERSON = listedBy('array[t.player_id, t.device_key]');
/** The same, whatever device the player uses. */
export const PLAYER_LISTED = listedBy('array[t.player_id]');

/**
 * A place in `LISTED`, of the address: what the narrowest entry says that it is in, for an office may be let in of a network that is
 * not. No plan is to read all of a brand's entries for its networks, as `brand_id =` would invite.
 */
const LISTED_ADDRESS = `select case a.list when 'blocked' then 1 else 0 end from (
    select r.list, 128 as bits from risk_lists r where r.identifier_key = t.address_key and ${IN_FORCE}
    union all
    select r.list, masklen(r.network) from risk_lists r
    where r.network >>= t.address::inet and r.brand_id is not distinct from t.brand_id and ${IN_FORCE}
  ) a order by a.bits desc limit 1`;

/** Attempts of whom there is nothing to say are left out. */
const LOAD = `select * from (
    select t.n, ${othersOf('d', 'device_key')} as "deviceOthers", ${othersOf('a', 'address_key')} as "addressOthers",
      coalesce(g.misses, 0) as misses, coalesce(g.lockouts, 0) as lockouts, nullif(p.findings, '[]') as findings,
      case when (select exists (select from risk_lists where brand_id = any($8::uuid[])))
        then greatest((${LISTED_PERSON}), (${LISTED_ADDRESS})) end as list
    from (${rowsOf({
      ...{ n: 'int4', brand_id: 'uuid', player_id: 'uuid', device_key: 'uuid', address_key: 'uuid' },
      ...{ address: 'text', guess_key: 'text' },
    })}) t
    ${lookUp('p', 'findings', 'risk_profiles where player_id = t.player_id')}
    ${lookUp('d', 'players, first_player_id', 'risk_identifiers where identifier_key = t.device_key')}
    ${lookUp('a', 'players, first_player_id', 'risk_identifiers where identifier_key = t.address_key')}
    ${lookUp(
      'g',
      `case when window_started_at > now() - interval '${GUESS_WINDOW_MINUTES} minutes' then misses else 0 end as misses,
        case when locked_until > now() - interval '1 day' then lockouts else 0 end as lockouts`,
      'guesses where guess_key = t.guess_key',
    )}
    offset 0
  ) found
  where "deviceOthers" > 0 or "addressOthers" > 0 or misses > 0 or lockouts > 0 or findings is not null or list is not null`;

/** By whether the player is listed, and as what. */
export const LISTED: readonly RiskKnown['listed'][] = ['allowed', 'blocked', 'allowed', 'blocked'];

/**
 * Loads what is known of who is behind attempts, in one statement of look-ups by key, whatever their number.
 * @returns in the order of the attempts.
 */
export const riskLoader =
  (identifiers: Identifiers, ranges: AddressRanges): LoadRisk =>
  async (connection, attempts) => {
    if (attempts.length === 0) return [];
    const devices = attempts.map(({ brandId, deviceId }) =>
      deviceId === undefined ? null : (identifiers.keyOf(brandId, 'device', deviceId) ?? null),
    );
    const addresses = attempts.map(({ brandId, ip }) =>
      ip === undefined ? null : (identifiers.keyOf(brandId, 'address', ip) ?? null),
    );
    const { rows } = await connection.query<Row>({
      name: 'risk.load',
      text: LOAD,
      values: [
        int4s(attempts.map((_, n) => n)),
        uuids(attempts.map(({ brandId }) => brandId)),
        uuids(attempts.map(({ playerId }) => playerId)),
        uuids(devices),
        uuids(addresses),
        texts(attempts.map(({ ip }) => (ip === undefined ? null : (normalise('address', ip) ?? null)))),
        texts(attempts.map(({ playerId }) => `p:${playerId}`)),
        uuids([...new Set(attempts.map(({ brandId }) => brandId))]),
      ],
    });
    const byPlace = new Map(rows.map((row) => [row.n, row]));
    return attempts.map((attempt, n) => {
      const row = byPlace.get(n);
      return {
        device: devices[n] === null ? null : { others: row?.deviceOthers ?? 0 },
        address: addressOf(attempt, row, ranges),
        guessing: row ? { misses: row.misses, lockouts: row.lockouts } : NO_GUESSES,
        profile: row?.findings ?? NOTHING_FOUND,
        listed: LISTED[row?.list ?? -1] ?? null,
      };
    });
  };

function addressOf(
  { ip, ipCountry }: RiskAttempt,
  row: Row | undefined,
  ranges: AddressRanges,
): AddressKnown | null {
  if (ip === undefined) return null;
  const { kinds, country } = ranges.look(ip);
  return { others: row?.addressOthers ?? 0, kinds, country: country ?? ipCountry ?? null };
}
