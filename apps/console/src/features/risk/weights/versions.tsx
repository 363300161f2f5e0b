import { List } from '@mantine/core';
import { INDICATOR_NAMES } from '@promosmith/core/risk';
import { useTranslation } from 'react-i18next';
import { type RowOf, useList } from '../../../api/index.ts';
import { type Column, DataTable, Empty, Nothing, When } from '../../../kit/index.ts';
import { Who } from '../../../kit/who.tsx';
import { changedIn } from './weights.ts';

type Version = RowOf<'listRiskPolicies'>;

/** Who changed what, when and why. */
export function Versions() {
  const { t } = useTranslation(['risk', 'fraud']);
  const list = useList('listRiskPolicies', { query: {} });
  const before = (row: Version) => list.rows.find(({ version }) => version === row.version - 1);
  const columns: Column<Version>[] = [
    { id: 'version', header: t('versions.version'), cell: ({ version }) => version },
    {
      id: 'bands',
      header: t('versions.bands'),
      cell: ({ bands: { flag, hold, decline } }) => `${flag} · ${hold} · ${decline}`,
    },
    {
      id: 'changed',
      header: t('versions.changed'),
      cell: (row) => {
        const earlier = before(row);
        const names = earlier ? changedIn(earlier, row) : [];
        return names.length === 0 || !earlier ? (
          <Nothing />
        ) : (
          <List fz="sm" listStyleType="none">
            {names.map((name) => (
              <List.Item key={name}>
                {t(`indicators.${name}`, { ns: 'fraud' })}: {earlier.points[name]} → {row.points[name]}
              </List.Item>
            ))}
          </List>
        );
      },
    },
    { id: 'reason', header: t('reason'), cell: ({ reason }) => reason ?? <Nothing /> },
    { id: 'by', header: t('versions.by'), cell: ({ createdBy }) => <Who by={createdBy} /> },
    { id: 'at', header: t('versions.at'), align: 'end', cell: ({ createdAt }) => <When at={createdAt} /> },
  ];
  return (
    <DataTable
      label={t('tabs.versions')}
      columns={columns}
      list={list}
      rowKey={({ version }) => String(version)}
      empty={
        <Empty title={t('versions.none')} hint={t('versions.noneHint', { count: INDICATOR_NAMES.length })} />
      }
    />
  );
}
