import { Group } from '@mantine/core';
import { IconCards } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type RowOf, useAct, useList } from '../../../api/index.ts';
import {
  type Column,
  ConfirmButton,
  Copyable,
  DataTable,
  Empty,
  tellDone,
  When,
} from '../../../kit/index.ts';
import { useMay } from '../../../session/index.ts';
import { FormButton } from '../form-button.tsx';
import { ProviderForm } from './provider-form.tsx';

type Provider = RowOf<'listFreeRoundProviders'>;

/** Providers of games that free spins are ordered at. */
export function Providers() {
  const { t } = useTranslation('integrations');
  const may = useMay('providers:write');
  const list = useList('listFreeRoundProviders', {});
  const columns: Column<Provider>[] = [
    { id: 'name', header: t('name'), cell: ({ name }) => name },
    { id: 'shape', header: t('providers.shape'), cell: ({ shape }) => t(`providers.shapes.${shape}`) },
    { id: 'url', header: t('url'), cell: ({ baseUrl }) => baseUrl },
    { id: 'account', header: t('providers.account'), cell: ({ accountId }) => accountId },
    {
      id: 'callback',
      header: t('providers.callback'),
      cell: ({ callbackUrl }) => <Copyable text={callbackUrl} />,
    },
    { id: 'changed', header: t('changed'), align: 'end', cell: (row) => <When at={row.updatedAt} /> },
    ...(may
      ? [
          {
            id: 'act',
            header: t('act'),
            align: 'end',
            cell: (row: Provider) => <RowActions of={row} />,
          } as const,
        ]
      : []),
  ];
  const add = may && (
    <FormButton label={t('providers.add')}>{(close) => <ProviderForm onDone={close} />}</FormButton>
  );
  return (
    <>
      <Group justify="flex-end" mb="sm">
        {add}
      </Group>
      <DataTable
        label={t('tabs.providers')}
        columns={columns}
        list={list}
        rowKey={({ name }) => name}
        empty={<Empty icon={IconCards} title={t('providers.none')} hint={t('providers.noneHint')} />}
      />
    </>
  );
}

function RowActions({ of: provider }: { of: Provider }) {
  const { t } = useTranslation('integrations');
  const remove = useAct('deleteFreeRoundProvider', () => tellDone(t('deleted')));
  return (
    <Group gap={6} justify="flex-end" wrap="nowrap">
      <FormButton label={t('edit')} title={provider.name} size="compact-sm" variant="default">
        {(close) => <ProviderForm of={provider} onDone={close} />}
      </FormButton>
      <ConfirmButton
        size="compact-sm"
        variant="default"
        c="red"
        label={t('disconnect')}
        title={t('providers.deleteTitle', { name: provider.name })}
        consequence={t('providers.deleteHint')}
        onConfirm={() => remove.mutateAsync({ params: { provider: provider.name } })}
      />
    </Group>
  );
}
