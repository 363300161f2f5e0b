import { Alert, Group, SimpleGrid, Stack, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Answer, useRead } from '../../api/index.ts';
import { Count, Facts, Loaded, Page, Panel, Status, TextLink, When } from '../../kit/index.ts';
import { numberFormat } from '../../texts/index.ts';

const LOOK_MS = 5_000;
const MEGABYTE = 1_000_000;

type System = Answer<'getSystem'>;

/** How the installation is doing: what is running, how full it is, what is waiting. */
export function SystemPage() {
  const { t } = useTranslation('system');
  const system = useRead('getSystem', {}, { every: LOOK_MS });
  return (
    <Page title={t('title')} description={t('description')}>
      <Loaded of={system}>{(data) => <Told of={data} />}</Loaded>
    </Page>
  );
}

function Told({ of: system }: { of: System }) {
  const { t } = useTranslation('system');
  return (
    <Stack>
      {system.migrations.pending.length > 0 && (
        <Alert color="yellow" title={t('pending')}>
          {system.migrations.pending.join(', ')}
        </Alert>
      )}
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Server of={system} />
        <Database of={system} />
      </SimpleGrid>
      <Queues of={system.queues} />
      <Reconciliation of={system.reconciliation} />
    </Stack>
  );
}

const megabytes = (bytes: number): string =>
  numberFormat({ style: 'unit', unit: 'megabyte', maximumFractionDigits: 0 }).format(bytes / MEGABYTE);

const seconds = (amount: number): string =>
  numberFormat({ style: 'unit', unit: 'second', maximumFractionDigits: 1 }).format(amount);

function Server({ of: { version, process, processes, migrations } }: { of: System }) {
  const { t } = useTranslation('system');
  return (
    <Panel title={t('server')} hint={t('serverHint')}>
      <Facts
        of={[
          [t('version'), version],
          ['Node.js', process.nodeVersion],
          [t('started'), <When key="started" at={process.startedAt} style="full" />],
          [t('processes'), <Count key="processes" of={processes} />],
          [t('memory'), megabytes(process.memoryBytes)],
          [t('background'), t(process.backgroundWork ? 'yes' : 'no', { ns: 'common' })],
          [t('migrations'), `${migrations.applied} · ${migrations.latest}`],
        ]}
      />
    </Panel>
  );
}

function Database({ of: { database } }: { of: System }) {
  const { t } = useTranslation('system');
  const { connections, pool, oldestStatement } = database;
  return (
    <Panel title={t('database')}>
      <Facts
        of={[
          ['PostgreSQL', database.version],
          [t('started'), <When key="started" at={database.startedAt} style="full" />],
          [t('size'), megabytes(database.sizeBytes)],
          [t('connections'), t('ofMost', { now: connections.open, most: connections.most })],
          [t('pool'), t('ofMost', { now: pool.open, most: pool.most })],
          [t('waiting'), <Count key="waiting" of={pool.waiting} />],
          [t('oldest'), oldestStatement && seconds(oldestStatement.seconds)],
        ]}
      />
    </Panel>
  );
}

function Queues({ of: queues }: { of: System['queues'] }) {
  const { t } = useTranslation('system');
  return (
    <Panel title={t('queues')} hint={t('queuesHint')} padded={false}>
      <Table horizontalSpacing="md" verticalSpacing="xs" fz="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('queue')}</Table.Th>
            <Table.Th ta="end">{t('length')}</Table.Th>
            <Table.Th ta="end">{t('since')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {queues.map(({ name, waiting, more, oldest }) => (
            <Table.Tr key={name}>
              <Table.Td>{t(`names.${name}`)}</Table.Td>
              <Table.Td ta="end">
                <Count of={waiting} />
                {more && '+'}
              </Table.Td>
              <Table.Td ta="end">
                <When at={oldest} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Panel>
  );
}

function Reconciliation({ of: latest }: { of: System['reconciliation'] }) {
  const { t } = useTranslation('system');
  return (
    <Panel
      title={t('books')}
      actions={
        <TextLink to={{ to: '/transactions', search: { tab: 'reconciliation' } }}>{t('toBooks')}</TextLink>
      }
    >
      {latest === null ? (
        <Text fz="sm" c="dimmed">
          {t('never')}
        </Text>
      ) : (
        <Group fz="sm">
          <Status of={latest.status} />
          {latest.balanced !== null && t(latest.balanced ? 'balanced' : 'unbalanced')}
          <When at={latest.finishedAt ?? latest.startedAt} />
        </Group>
      )}
    </Panel>
  );
}
