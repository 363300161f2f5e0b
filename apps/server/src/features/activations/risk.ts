import type { PlayerRisk } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import type { Queryable } from '../../platform/db.ts';
import { playerId } from '../../platform/ids.ts';
import { guesserOf, readGuesser } from './guesses/guessers.ts';

const MOST_LOOKED_AT = 1_000;

/** What speaks for a second look at a player, as things stand now. */
export async function readRisk(
  db: Queryable,
  brandId: string,
  externalId: string,
): Promise<Result<PlayerRisk>> {
  const id = playerId(brandId, externalId);
  const known = await db.query('select from players where player_id = $1', [id]);
  if (known.rowCount === 0) return refuse('not_found', `There is no player "${externalId}".`);
  const [reasons, guessing] = await Promise.all([findReasons(db, id), readGuesser(db, guesserOf(id).key)]);
  return ok({
    attempts: reasons.reduce((sum, { attempts }) => sum + attempts, 0),
    refusals: reasons.flatMap(({ key, attempts, lastAt }) =>
      key === null ? [] : [{ key, attempts, lastAt: lastAt.toISOString() }],
    ),
    guessing,
  });
}

interface Reason {
  /** Null of attempts that were not refused. */
  readonly key: string | null;
  readonly attempts: number;
  readonly lastAt: Date;
}

async function findReasons(db: Queryable, id: string): Promise<Reason[]> {
  const { rows } = await db.query<Reason>(
    `select refusal_key as key, count(*)::int as attempts, max(created_at) as "lastAt"
     from (select refusal_key, created_at from activations where player_id = $1
           order by activation_id desc limit ${MOST_LOOKED_AT}) latest
     where created_at > now() - interval '30 days'
     group by refusal_key order by attempts desc, key`,
    [id],
  );
  return rows;
}
