import { Badge, Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useList } from '../../../api/index.ts';
import {
  type Column,
  DataTable,
  Empty,
  Nothing,
  Page,
  SecretShown,
  Status,
  When,
} from '../../../kit/index.ts';
import { Who } from '../../../kit/who.tsx';
import { useMay } from '../../../session/index.ts';
import { KeyForm } from './key-form.tsx';
import { KeyMenu } from './key-menu.tsx';
import type { KeyRow } from './row.ts';

/** What programs call with. */
export function KeysPage() {
  const { t } = useTranslation('staff');
  const may = useMay('keys:write');
  const list = useList('listKeys', { query: {} });
  const [opened, { open, close }] = useDisclosure();
  const [secret, setSecret] = useState<string>();
  const columns: Column<KeyRow>[] = [
    {
      id: 'name',
      header: t('name'),
      cell: ({ name, hint }) => (
        <>
          {name}{' '}
          <Text span fz="xs" c="dimmed" ff="monospace" style={{ whiteSpace: 'nowrap' }}>
            …{hint}
          </Text>
        </>
      ),
    },
    { id: 'kind', header: t('keys.kind'), cell: ({ kind }) => t(`keys.kinds.${kind}`), width: 120 },
    { id: 'status', header: t('status'), cell: (key) => <Status of={stateOf(key)} />, width: 110 },
    {
      id: 'scopes',
      header: t('keys.scopes'),
      cell: ({ scopes }) => (scopes.length === 0 ? <Nothing /> : <Scopes of={scopes} />),
    },
    {
      id: 'used',
      header: t('keys.lastUsed'),
      cell: ({ lastUsedAt }) => <When at={lastUsedAt} />,
      width: 130,
    },
    {
      id: 'expires',
      header: t('keys.expires'),
      cell: ({ expiresAt }) => <When at={expiresAt} />,
      width: 130,
    },
    { id: 'by', header: t('keys.by'), cell: ({ createdBy }) => <Who by={createdBy} />, hidden: true },
    ...(may
      ? [
          {
            id: 'acts',
            header: t('acts'),
            cell: (key: KeyRow) => stateOf(key) === 'active' && <KeyMenu of={key} onRotated={setSecret} />,
            align: 'end',
            width: 70,
          } as const,
        ]
      : []),
  ];
  return (
    <Page
      title={t('keys.title')}
      description={t('keys.description')}
      actions={
        may && (
          <Button leftSection={<IconPlus size={16} />} onClick={open}>
            {t('keys.create')}
          </Button>
        )
      }
    >
      <DataTable
        label={t('keys.title')}
        columns={columns}
        list={list}
        rowKey={({ keyId }) => keyId}
        empty={<Empty icon={IconKey} title={t('keys.empty.title')} hint={t('keys.empty.hint')} />}
      />
      {may && <KeyForm opened={opened} onClose={close} onIssued={setSecret} />}
      <SecretShown secret={secret} hint={t('keys.handOver')} onClose={() => setSecret(undefined)} />
    </Page>
  );
}

/** By the browser's clock: what the server does with the key it decides itself. */
function stateOf({ revokedAt, expiresAt }: KeyRow): string {
  if (revokedAt !== null) return 'revoked';
  return expiresAt !== null && Date.parse(expiresAt) < Date.now() ? 'expired' : 'active';
}

const SHOWN = 3;

function Scopes({ of: scopes }: { of: readonly string[] }) {
  return (
    <Group gap={4}>
      {scopes.slice(0, SHOWN).map((scope) => (
        <Badge key={scope} variant="default" size="sm" tt="none" fw={400}>
          {scope}
        </Badge>
      ))}
      {scopes.length > SHOWN && (
        <Text span fz="xs" c="dimmed" title={scopes.slice(SHOWN).join(', ')}>
          +{scopes.length - SHOWN}
        </Text>
      )}
    </Group>
  );
}
