import { uuids } from '../../platform/arrays.ts';
import type { Queryable } from '../../platform/db.ts';
import type { RiskAttempt } from './attempt.ts';
import type { Identifiers } from './identifiers/keys.ts';

export type LoadPersons = (
  connection: Queryable,
  attempts: readonly Pick<RiskAttempt, 'brandId' | 'playerId' | 'deviceId'>[],
) => Promise<string[][]>;

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
 * once is one person although nothing has been linked yet. For attempts at campaigns that have such a limit.
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
    return attempts.map(({ brandId, playerId, deviceId }) => {
      const row = byPlayer.get(playerId);
      const told = [
        ['device', deviceId],
        ['email', row?.email],
        ['phone', row?.phone],
      ] as const;
      const keys = told.flatMap(([kind, text]) =>
        text ? (identifiers.keyOf(brandId, kind, text) ?? []) : [],
      );
      return [...new Set([playerId, ...(row?.personKeys ?? []), ...keys])];
    });
  };
