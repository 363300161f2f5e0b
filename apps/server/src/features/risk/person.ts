import { rowsOf, uuids } from '../../platform/arrays.ts';
import type { Queryable } from '../../platform/db.ts';
import type { RiskAttempt } from './attempt.ts';
import type { Identifiers } from './identifiers/keys.ts';

export type LoadPersons = (
  connection: Queryable,
  attempts: readonly Pick<RiskAttempt, 'brandId' | 'playerId' | 'deviceId'>[],
) => Promise<string[][]>;

/** What an attempt and its player's data name, linked or not. */
interface Told {
  readonly playerId: string;
  readonly keys: readonly string[];
}

interface Row {
  readonly playerId: string;
  readonly personKeys: readonly string[];
  readonly email: string | null;
  readonly phone: string | null;
}

/** An expression: the identifiers that lead to the person behind the account `t.player_id`. */
export const PERSON_KEYS = `array(select l.identifier_key from risk_links l
  where l.player_id = t.player_id and l.removed_at is null and l.kind in ('device', 'email', 'phone', 'payment'))`;

/**
 * What limits per person count by: the account itself, and each identifier that leads to the person behind it, that of the
 * attempt's device among them. An account's mailbox and telephone are read from its data, so that who registers twice at
 * once is one person although nothing has been linked yet; but none that was taken away from the account leads to anybody. For
 * attempts at campaigns that have such a limit.
 * @returns in the order of the attempts.
 */
export const personLoader =
  (identifiers: Identifiers): LoadPersons =>
  async (connection, attempts) => {
    if (attempts.length === 0) return [];
    const { rows } = await connection.query<Row>({
      name: 'risk.persons',
      text: `select t.player_id as "playerId", ${PERSON_KEYS} as "personKeys", u.email_canonical as email, u.phone
        from (select unnest($1::uuid[]) as player_id) t
        left join lateral (select email_canonical, phone from players where player_id = t.player_id offset 0) u on true`,
      values: [uuids([...new Set(attempts.map(({ playerId }) => playerId))])],
    });
    const byPlayer = new Map(rows.map((row) => [row.playerId, row]));
    const told = attempts.map(({ brandId, playerId, deviceId }): Told => {
      const row = byPlayer.get(playerId);
      const named = [
        ['device', deviceId],
        ['email', row?.email],
        ['phone', row?.phone],
      ] as const;
      const keys = named.flatMap(([kind, text]) =>
        text ? (identifiers.keyOf(brandId, kind, text) ?? []) : [],
      );
      return { playerId, keys: keys.filter((key) => !row?.personKeys.includes(key)) };
    });
    const removed = await findRemoved(connection, told);
    return told.map(({ playerId, keys }) => {
      const left = keys.filter((key) => !removed.has(`${playerId} ${key}`));
      return [...new Set([playerId, ...(byPlayer.get(playerId)?.personKeys ?? []), ...left])];
    });
  };

/** Which of what accounts are not linked by was taken away from them. Most have been linked by all of it: then nothing is asked. */
async function findRemoved(connection: Queryable, told: readonly Told[]): Promise<Set<string>> {
  const unlinked = told.flatMap(({ playerId, keys }) => keys.map((key) => ({ playerId, key })));
  if (unlinked.length === 0) return new Set();
  const { rows } = await connection.query<{ playerId: string; key: string }>({
    name: 'risk.persons.removed',
    text: `select t.player_id as "playerId", t.identifier_key as key
      from (${rowsOf({ player_id: 'uuid', identifier_key: 'uuid' })}) t
      cross join lateral (
        select from risk_links where identifier_key = t.identifier_key and player_id = t.player_id
          and removed_at is not null offset 0
      ) l`,
    values: [uuids(unlinked.map(({ playerId }) => playerId)), uuids(unlinked.map(({ key }) => key))],
  });
  return new Set(rows.map(({ playerId, key }) => `${playerId} ${key}`));
}
