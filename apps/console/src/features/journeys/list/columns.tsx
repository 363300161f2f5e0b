import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, type RowOf, useEach } from '../../../api/index.ts';
import { type Column, Count, Nothing, Percent, Status, When } from '../../../kit/index.ts';
import classes from './list.module.css';

type Row = RowOf<'listJourneys'>;
type Numbers = Answer<'listJourneyNumbers'>['items'][number];

const EVERY_MS = 10_000;
const WHOLE_BPS = 10_000;

/** The columns of the list, with what journeys do right now: read again every few seconds. */
export function useColumns(rows: readonly Row[]): readonly Column<Row>[] {
  const { t } = useTranslation('journeys');
  const published = rows.flatMap(({ id, version }) => (version === null ? [] : [id]));
  const numbers = useEach(
    'listJourneyNumbers',
    published,
    (journeyIds) => ({ query: { journeyIds } }),
    ({ journeyId }) => journeyId,
    { every: EVERY_MS },
  );
  return useMemo(
    (): readonly Column<Row>[] => [
      { id: 'name', header: t('list.name'), cell: ({ name }) => name },
      { id: 'status', header: t('list.status'), cell: (row) => <Status of={row.status} /> },
      {
        id: 'inside',
        header: t('list.inside'),
        align: 'end',
        cell: ({ id }) => <Count of={numbers.get(id)?.inside} />,
      },
      {
        id: 'lately',
        header: t('list.enteredLately'),
        align: 'end',
        cell: ({ id }) => <Count of={numbers.get(id)?.enteredLately} />,
      },
      {
        id: 'converted',
        header: t('list.converted'),
        align: 'end',
        cell: ({ id }) => <Converted of={numbers.get(id)} />,
      },
      {
        id: 'version',
        header: t('list.version'),
        cell: ({ version }) => (version === null ? <Nothing /> : t('version', { version })),
      },
      { id: 'product', header: t('list.product'), cell: ({ product }) => t(`products.${product}`) },
      { id: 'updated', header: t('list.updated'), cell: ({ updatedAt }) => <When at={updatedAt} /> },
      {
        id: 'created',
        header: t('list.created'),
        cell: ({ createdAt }) => <When at={createdAt} />,
        hidden: true,
      },
    ],
    [t, numbers],
  );
}

/** How many reached the goal, and which share of those who entered that is. */
function Converted({ of }: { of: Numbers | undefined }) {
  if (!of || of.converted === null) return <Nothing />;
  return (
    <>
      <Count of={of.converted} />
      {of.entered > 0 && (
        <span className={classes.share}>
          <Percent of={(of.converted / of.entered) * WHOLE_BPS} digits={1} />
        </span>
      )}
    </>
  );
}
