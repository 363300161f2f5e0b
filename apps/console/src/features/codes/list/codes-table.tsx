import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { List, RowOf } from '../../../api/index.ts';
import {
  CampaignLink,
  type Column,
  Count,
  DataTable,
  Nothing,
  PlayerLink,
  Status,
  When,
} from '../../../kit/index.ts';

type Code = RowOf<'listCodes'>;

interface Props {
  readonly label: string;
  readonly list: List<Code>;
  /** On a page that says the campaign already. */
  readonly withoutCampaign?: boolean;
  readonly empty: ReactNode;
}

/** Codes, masked as far as they are secret. */
export function CodesTable({ label, list, withoutCampaign = false, empty }: Props) {
  const { t } = useTranslation('codes');
  const columns: Column<Code>[] = [
    { id: 'code', header: t('code'), cell: ({ code }) => code },
    { id: 'kind', header: t('kind'), cell: ({ kind }) => t(`codeKinds.${kind}`) },
    { id: 'state', header: t('state'), cell: ({ state }) => <Status of={state} /> },
    {
      id: 'campaign',
      header: t('campaign'),
      cell: ({ campaignId }) => <CampaignLink id={campaignId} />,
    },
    {
      id: 'uses',
      header: t('uses'),
      align: 'end',
      cell: ({ uses, maxUses }) =>
        maxUses === null ? (
          t('unlimited')
        ) : (
          <>
            <Count of={uses} /> / <Count of={maxUses} />
          </>
        ),
    },
    {
      id: 'holder',
      header: t('holder'),
      cell: ({ holder }) => (holder === null ? <Nothing /> : <PlayerLink id={holder} />),
    },
    { id: 'ends', header: t('endsAt'), align: 'end', cell: ({ endsAt }) => <When at={endsAt} /> },
    { id: 'created', header: t('createdAt'), align: 'end', cell: ({ createdAt }) => <When at={createdAt} /> },
  ];
  return (
    <DataTable
      label={label}
      columns={columns.filter(({ id }) => !(withoutCampaign && id === 'campaign'))}
      list={list}
      rowKey={({ id }) => id}
      rowLink={({ id }) => ({ to: '/codes/$codeId', params: { codeId: id } })}
      empty={empty}
    />
  );
}
