import { IconTicket, IconZoomQuestion } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type RowOf, useList } from '../../api/index.ts';
import {
  type Column,
  Count,
  DataTable,
  Empty,
  FilterBar,
  FilterText,
  LinkButton,
  Money,
  Nothing,
  Page,
  When,
} from '../../kit/index.ts';
import { useFilters } from '../../routing/index.ts';
import { useMember } from '../../session/index.ts';
import { Flags } from './flags.tsx';

type Player = RowOf<'listPlayers'>;

/** Fewer characters are no e-mail address the server would look for. */
const SHORTEST_EMAIL = 3;

const queryOf = (text: string | undefined) => {
  if (text === undefined) return {};
  return text.includes('@') && text.length >= SHORTEST_EMAIL ? { email: text } : { externalId: text };
};

/** Everybody the platform has told of. */
export function PlayersPage() {
  const { t } = useTranslation('players');
  const { may } = useMember();
  const { filters, isFiltered, setFilters, clear } = useFilters<'q'>();
  const list = useList('listPlayers', { query: queryOf(filters.q) });
  const columns: Column<Player>[] = [
    { id: 'id', header: t('player'), cell: ({ externalId }) => externalId },
    { id: 'email', header: t('email'), cell: ({ email }) => email ?? <Nothing /> },
    { id: 'flags', header: t('protection'), cell: (player) => <Flags of={player} /> },
    { id: 'country', header: t('country'), cell: ({ country }) => country ?? <Nothing /> },
    { id: 'kyc', header: t('kycStatus'), cell: ({ kycStatus }) => kycStatus ?? <Nothing /> },
    {
      id: 'vip',
      header: t('vipLevel'),
      align: 'end',
      hidden: true,
      cell: ({ vipLevel }) => <Count of={vipLevel} />,
    },
    {
      id: 'deposits',
      header: t('depositCount'),
      align: 'end',
      cell: ({ depositCount }) => <Count of={depositCount} />,
    },
    {
      id: 'total',
      header: t('totalDeposits'),
      align: 'end',
      cell: ({ totalDeposits, currency }) =>
        currency === null ? <Nothing /> : <Money amount={totalDeposits} currency={currency} />,
    },
    {
      id: 'login',
      header: t('lastLoginAt'),
      align: 'end',
      cell: ({ lastLoginAt }) => <When at={lastLoginAt} />,
    },
    {
      id: 'registered',
      header: t('registeredAt'),
      align: 'end',
      cell: ({ registeredAt, createdAt }) => <When at={registeredAt ?? createdAt} />,
    },
  ];
  return (
    <Page
      title={t('rooms.players')}
      description={t('description')}
      actions={
        <>
          {may('codes:read') && (
            <LinkButton variant="default" to="/codes" leftSection={<IconTicket size={16} />}>
              {t('toCodes')}
            </LinkButton>
          )}
          {may('activations:read') && (
            <LinkButton
              variant="default"
              to="/activations"
              search={{ outcome: 'refused' }}
              leftSection={<IconZoomQuestion size={16} />}
            >
              {t('toRefused')}
            </LinkButton>
          )}
        </>
      }
    >
      <FilterBar isFiltered={isFiltered} onClear={clear}>
        <FilterText label={t('search')} value={filters.q} onChange={(q) => setFilters({ q })} />
      </FilterBar>
      <DataTable
        label={t('rooms.players')}
        columns={columns}
        list={list}
        rowKey={({ id }) => id}
        rowLink={({ externalId }) => ({ to: '/players/$externalId', params: { externalId } })}
        empty={
          isFiltered ? (
            <Empty title={t('nothingFits')} hint={t('nothingFitsHint')} />
          ) : (
            <Empty title={t('none')} hint={t('noneHint')} />
          )
        }
      />
    </Page>
  );
}
