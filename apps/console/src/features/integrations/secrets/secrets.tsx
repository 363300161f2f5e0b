import { Badge, Group, Stack, Text } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, useAct, useRead } from '../../../api/index.ts';
import {
  type Column,
  ConfirmButton,
  Copyable,
  DataTable,
  Empty,
  listOf,
  Panel,
  SecretShown,
  tellDone,
  When,
} from '../../../kit/index.ts';
import { useMay } from '../../../session/index.ts';
import { FormButton } from '../form-button.tsx';
import { SecretForm } from './secret-form.tsx';

type Secret = Answer<'listJourneySecrets'>['items'][number];

/** For a day both secrets sign, so that the other side can change at any moment. */
const OVERLAP_SECONDS = 86_400;

/** What webhooks of journeys may use and nobody may see, and what they are signed with. */
export function Secrets() {
  const { t } = useTranslation('integrations');
  const may = useMay('webhooks:write');
  const secrets = useRead('listJourneySecrets', {});
  const columns: Column<Secret>[] = [
    {
      id: 'name',
      header: t('secrets.use'),
      cell: ({ name }) => <Copyable text={`{{ secret.${name} }}`} />,
    },
    {
      id: 'hosts',
      header: t('secrets.hosts'),
      cell: ({ hosts }) => <Hosts of={hosts} />,
    },
    { id: 'changed', header: t('changed'), align: 'end', cell: (row) => <When at={row.updatedAt} /> },
    ...(may
      ? [
          {
            id: 'act',
            header: t('act'),
            align: 'end',
            cell: (row: Secret) => <RowActions of={row} />,
          } as const,
        ]
      : []),
  ];
  return (
    <Stack>
      {may && (
        <Group justify="flex-end">
          <FormButton label={t('secrets.add')}>{(close) => <SecretForm onDone={close} />}</FormButton>
        </Group>
      )}
      <DataTable
        label={t('tabs.secrets')}
        columns={columns}
        list={listOf(secrets)}
        rowKey={({ name }) => name}
        empty={<Empty icon={IconLock} title={t('secrets.none')} hint={t('secrets.noneHint')} />}
      />
      {may && <Signing />}
    </Stack>
  );
}

function Hosts({ of }: { of: readonly string[] | null }) {
  const { t } = useTranslation('integrations');
  if (of === null)
    return (
      <Text span inherit c="dimmed">
        {t('secrets.anywhere')}
      </Text>
    );
  return (
    <Group gap={4}>
      {of.map((host) => (
        <Badge key={host} variant="default" tt="none" fw={400} radius="sm">
          {host}
        </Badge>
      ))}
    </Group>
  );
}

function RowActions({ of: secret }: { of: Secret }) {
  const { t } = useTranslation('integrations');
  const remove = useAct('deleteJourneySecret', () => tellDone(t('deleted')));
  return (
    <Group gap={6} justify="flex-end" wrap="nowrap">
      <FormButton label={t('secrets.replace')} title={secret.name} size="compact-sm" variant="default">
        {(close) => <SecretForm of={secret} onDone={close} />}
      </FormButton>
      <ConfirmButton
        size="compact-sm"
        variant="default"
        c="red"
        label={t('delete')}
        title={t('secrets.deleteTitle', { name: secret.name })}
        consequence={t('secrets.deleteHint')}
        onConfirm={() => remove.mutateAsync({ params: { secretName: secret.name } })}
      />
    </Group>
  );
}

function Signing() {
  const { t } = useTranslation('integrations');
  const [made, setMade] = useState<string>();
  const rotate = useAct('rotateJourneySigningSecret', ({ secret }) => setMade(secret));
  return (
    <Panel
      title={t('signing.title')}
      hint={t('signing.hint')}
      actions={
        <ConfirmButton
          variant="default"
          label={t('rotate')}
          title={t('rotateTitle')}
          consequence={t('rotateHint')}
          color="iris"
          onConfirm={() => rotate.mutateAsync({ body: { overlapSeconds: OVERLAP_SECONDS } })}
        />
      }
    >
      <SecretShown secret={made} hint={t('signing.keep')} onClose={() => setMade(undefined)} />
    </Panel>
  );
}
