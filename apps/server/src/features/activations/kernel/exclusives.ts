import type { Queryable } from '../../../platform/db.ts';
import { playerId } from '../../../platform/ids.ts';
import { type Exclusive, insistNoneOpen } from '../../bonuses/index.ts';
import { holdPlayers, type InlinePlayer, upsertInline } from '../../players/index.ts';
import type { Decided } from './decided.ts';

/** Players who get bonuses that exclude others. */
export const exclusivesOf = (decided: readonly Decided[]): Exclusive[] =>
  decided.flatMap(({ decision: { attempt, campaign, outcome } }) => {
    if (outcome === 'refused' || !campaign) return [];
    const { exclusive, exclusiveGroup } = campaign.terms;
    if (!exclusive && exclusiveGroup === null) return [];
    return [{ playerId: attempt.playerId, group: exclusive ? null : exclusiveGroup }];
  });

/**
 * What a batch writes and holds of players, before anything else. Players whose bonus excludes others are held while
 * their open bonuses are looked at again: another process, or a journey, may have given them one since the batch was
 * decided. A statement sees what was committed before it began, so whoever holds the row second sees the bonus of the
 * first.
 * @returns the statements, on their way.
 */
export function writePlayers(
  connection: Queryable,
  newcomers: readonly InlinePlayer[],
  exclusives: readonly Exclusive[],
): Promise<unknown>[] {
  if (exclusives.length === 0) return [upsertInline(connection, newcomers)];
  // Those who are written are held as well: in two statements, two batches could each wait for a row of the other.
  const written = newcomers.map(({ brandId, externalId }) => playerId(brandId, externalId));
  return [
    holdPlayers(connection, [...exclusives.map((one) => one.playerId), ...written]),
    upsertInline(connection, newcomers),
    insistNoneOpen(connection, exclusives),
  ];
}
