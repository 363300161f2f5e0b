import { Group, Stack } from '@mantine/core';
import { IconSparkles } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, useAct, useRead } from '../../../api/index.ts';
import {
  type Column,
  ConfirmButton,
  DataTable,
  Empty,
  listOf,
  SecretShown,
  tellDone,
  When,
} from '../../../kit/index.ts';
import { useMay } from '../../../session/index.ts';
import { FormButton } from '../form-button.tsx';
import { EndpointForm } from './endpoint-form.tsx';
import { Handlers } from './handlers.tsx';

type Endpoint = Answer<'listSpecialEndpoints'>['items'][number];

/** For a day both secrets sign, so that the other side can change at any moment. */
const OVERLAP_SECONDS = 86_400;

/** Where special promotions are delivered, and what kinds of them there are. */
export function Specials() {
  const { t } = useTranslation('integrations');
  const may = useMay('providers:write');
  const mayHandlers = useMay('campaigns:read');
  const [secret, setSecret] = useState<string>();
  const endpoints = useRead('listSpecialEndpoints', {});
  const columns: Column<Endpoint>[] = [
    { id: 'name', header: t('name'), cell: ({ name }) => name },
    { id: 'url', header: t('url'), cell: ({ url }) => url },
    { id: 'changed', header: t('changed'), align: 'end', cell: (row) => <When at={row.updatedAt} /> },
    {
      id: 'old',
      header: t('oldSecretUntil'),
      align: 'end',
      cell: (row) => <When at={row.previousSecretUntil} />,
    },
    ...(may
      ? [
          {
            id: 'act',
            header: t('act'),
            align: 'end',
            cell: (row: Endpoint) => <RowActions of={row} onSecret={setSecret} />,
          } as const,
        ]
      : []),
  ];
  return (
    <Stack>
      {may && (
        <Group justify="flex-end">
          <FormButton label={t('specials.add')}>
            {(close) => <EndpointForm onSecret={setSecret} onDone={close} />}
          </FormButton>
        </Group>
      )}
      <DataTable
        label={t('tabs.specials')}
        columns={columns}
        list={listOf(endpoints)}
        rowKey={({ name }) => name}
        empty={<Empty icon={IconSparkles} title={t('specials.none')} hint={t('specials.noneHint')} />}
      />
      {mayHandlers && <Handlers />}
      <SecretShown secret={secret} hint={t('specials.secretHint')} onClose={() => setSecret(undefined)} />
    </Stack>
  );
}

function RowActions({ of: endpoint, onSecret }: { of: Endpoint; onSecret: (secret: string) => void }) {
  const { t } = useTranslation('integrations');
  const params = { endpointName: endpoint.name };
  const rotate = useAct('rotateSpecialEndpointSecret', ({ secret }) => onSecret(secret));
  const remove = useAct('deleteSpecialEndpoint', () => tellDone(t('deleted')));
  return (
    <Group gap={6} justify="flex-end" wrap="nowrap">
      <FormButton label={t('edit')} title={endpoint.name} size="compact-sm" variant="default">
        {(close) => <EndpointForm of={endpoint} onSecret={onSecret} onDone={close} />}
      </FormButton>
      <ConfirmButton
        size="compact-sm"
        variant="default"
        label={t('rotate')}
        title={t('rotateTitle')}
        consequence={t('rotateHint')}
        color="iris"
        onConfirm={() => rotate.mutateAsync({ params, body: { overlapSeconds: OVERLAP_SECONDS } })}
      />
      <ConfirmButton
        size="compact-sm"
        variant="default"
        c="red"
        label={t('delete')}
        title={t('specials.deleteTitle', { name: endpoint.name })}
        consequence={t('specials.deleteHint')}
        onConfirm={() => remove.mutateAsync({ params })}
      />
    </Group>
  );
}
