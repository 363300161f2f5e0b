import { playerId } from '../../platform/ids.ts';
import { isStored, kindNamed } from './kinds/index.ts';
import type { Column } from './kinds/kind.ts';
import { daysOf } from './period.ts';
import type { Selection } from './read.ts';
import type { ReportRow } from './store.ts';

/**
 * What a saved report reads, as of an instant. A column that its kind has no more is left out.
 * @throws when there is no such kind any more.
 */
export function selectionOf(
  { brandId, kind: name, columns, filters }: Pick<ReportRow, 'brandId' | 'kind' | 'columns' | 'filters'>,
  timeZone: string,
  asOf: Date,
): Selection {
  const kind = kindNamed(name);
  if (!kind) throw new Error(`a report is of kind ${name}, which there is not`);
  const { period, campaignId, player } = filters;
  const scope = {
    ...{ brandId, ...daysOf(period, timeZone, asOf), campaignId: campaignId ?? null },
    playerId: player === undefined ? null : playerId(brandId, player),
  };
  return isStored(kind)
    ? { kind, columns: chosen(kind.columns, columns), scope }
    : { kind, columns: chosen(kind.columns, columns), scope };
}

const chosen = <Of extends Column>(all: readonly Of[], names: readonly string[] | null): readonly Of[] =>
  names ? names.flatMap((wanted) => all.find(({ name }) => name === wanted) ?? []) : all;
