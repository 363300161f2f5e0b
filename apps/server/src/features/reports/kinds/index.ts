import type { ReportKind } from '@promosmith/contract';
import { activations } from './activations.ts';
import { bonuses } from './bonuses.ts';
import { campaigns } from './campaigns.ts';
import type { Kind } from './kind.ts';
import { playerDays } from './player-days.ts';
import { refusals } from './refusals.ts';
import { transactions } from './transactions.ts';

/** Everything that reports can be of, in the order it is shown in. */
export const KINDS: readonly Kind[] = [campaigns, activations, refusals, bonuses, transactions, playerDays];

export const kindNamed = (name: string): Kind | undefined => KINDS.find(({ kind }) => kind === name);

export const shownKind = ({ kind, title, description, columns, filters }: Kind): ReportKind => ({
  ...{ kind, title, description, filters: [...filters] },
  columns: columns.map(({ name, unit, definition }) => ({ name, unit, definition })),
});
