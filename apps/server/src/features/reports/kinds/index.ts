import type { Permission, ReportKind } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { activations } from './activations.ts';
import { bonuses } from './bonuses.ts';
import { campaigns } from './campaigns.ts';
import { cohortsByMonth, cohortsByWeek } from './cohorts.ts';
import { experiments } from './experiments.ts';
import type { Kind, StoredKind } from './kind.ts';
import { playerDays } from './player-days.ts';
import { refusals } from './refusals.ts';
import { transactions } from './transactions.ts';

/** Everything that reports can be of, in the order it is shown in. */
export const KINDS: readonly Kind[] = [
  campaigns,
  activations,
  refusals,
  bonuses,
  transactions,
  playerDays,
  cohortsByWeek,
  cohortsByMonth,
  experiments,
];

export const isStored = (kind: Kind): kind is StoredKind => 'source' in kind;

export const kindNamed = (name: string): Kind | undefined => KINDS.find(({ kind }) => kind === name);

/**
 * Whether a caller may read what reports of a kind are of. One that there is not, or no more, is told of elsewhere.
 * @param held what the caller may do.
 */
export function admitTo(name: string, held: ReadonlySet<Permission>): Result<undefined> {
  const permission = kindNamed(name)?.permission;
  if (permission === undefined || held.has(permission)) return ok(undefined);
  return refuse(
    'forbidden',
    `A report of ${name} takes the permission ${permission}, which you do not have.`,
  );
}

export const shownKind = ({ kind, title, description, permission, columns, filters }: Kind): ReportKind => ({
  ...{ kind, title, description, permission, filters: [...filters] },
  columns: columns.map(({ name, unit, definition }) => ({ name, unit, definition })),
});
