import { Alert, Button, Group, Modal, Select, Stack, Table, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconTransfer } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, useAct, useRead } from '../../../api/index.ts';
import { Count, ErrorBox, Loaded, tellDone } from '../../../kit/index.ts';
import { useMay } from '../../../session/index.ts';
import { useWords } from '../drawing/words.ts';
import { walkingOrder } from '../graph/order.ts';
import { Moving } from './moving.tsx';
import { useDefinition } from './use-definition.ts';
import { VersionSelect } from './version-select.tsx';

type Preview = Answer<'previewMigration'>;
type Targets = Readonly<Record<string, string>>;

/** Moves who is inside one version to another, after showing what that means for whom. */
export function MigrationButton({ journey }: { journey: Answer<'getJourney'> }) {
  const { t } = useTranslation('journeys');
  const mayPublish = useMay('journeys:publish');
  const [opened, { open, close }] = useDisclosure();
  if (!mayPublish || journey.status === 'archived') return null;
  return (
    <>
      <Button variant="default" leftSection={<IconTransfer size={16} />} onClick={open}>
        {t('migration.label')}
      </Button>
      <Modal opened={opened} onClose={close} title={t('migration.title')} size="xl" centered>
        <Plan journey={journey} />
      </Modal>
    </>
  );
}

function Plan({ journey }: { journey: Answer<'getJourney'> }) {
  const { t } = useTranslation('journeys');
  const latest = journey.version ?? 1;
  const [from, setFrom] = useState(Math.max(1, latest - 1));
  const [to, setTo] = useState(latest);
  const [targets, setTargets] = useState<Targets>({});
  const params = { journeyId: journey.id };
  const body = { from, to, targets };
  const isSame = from === to;
  const preview = useRead('previewMigration', { params, body }, { enabled: !isSame });
  const start = useAct('startMigration', () => tellDone(t('migration.started')));
  const choose = (set: (version: number) => void) => (version: number | null) => {
    if (version === null) return;
    set(version);
    setTargets({});
  };
  if (start.data) return <Moving jobId={start.data.jobId} />;
  return (
    <Stack>
      <Text fz="sm">{t('migration.means')}</Text>
      <Group gap="xs">
        <VersionSelect journey={journey} label={t('versions.from')} value={from} onChange={choose(setFrom)} />
        <Text c="dimmed">→</Text>
        <VersionSelect journey={journey} label={t('versions.to')} value={to} onChange={choose(setTo)} />
      </Group>
      {isSame ? (
        <Text fz="sm" c="dimmed">
          {t('migration.same')}
        </Text>
      ) : (
        <Loaded of={preview}>
          {(data) => (
            <>
              <Text fz="sm">
                {t('migration.inside')}{' '}
                <b>
                  <Count of={data.players} />
                </b>
              </Text>
              <Where
                journey={journey}
                from={from}
                to={to}
                preview={data}
                targets={targets}
                onChange={setTargets}
              />
              {!data.possible && <Alert color="yellow">{t('migration.notYet')}</Alert>}
              {start.error && <ErrorBox error={start.error} />}
              <Group justify="space-between">
                <Text fz="xs" c="dimmed">
                  {t('migration.job')} <Link to="/jobs">{t('rooms.jobs')}</Link>
                </Text>
                <Button
                  disabled={!data.possible || data.players === 0}
                  loading={start.isPending}
                  onClick={() => start.mutate({ params, body })}
                >
                  {t('migration.start', { count: data.players })}
                </Button>
              </Group>
            </>
          )}
        </Loaded>
      )}
    </Stack>
  );
}

interface WhereProps {
  readonly journey: Answer<'getJourney'>;
  readonly from: number;
  readonly to: number;
  readonly preview: Preview;
  readonly targets: Targets;
  readonly onChange: (targets: Targets) => void;
}

const EXIT = 'exit';

/** For each node that somebody is at: what becomes of them, and where they go when their node is gone. */
function Where({ journey, from, to, preview, targets, onChange }: WhereProps) {
  const { t } = useTranslation('journeys');
  const before = useDefinition(journey, from) ?? journey.draft;
  const after = useDefinition(journey, to) ?? journey.draft;
  const words = useWords(before);
  const options = [
    { value: EXIT, label: t('migration.exit') },
    ...walkingOrder(after).flatMap((id) => {
      const node = after.nodes[id];
      return node && node.kind !== 'trigger' && id !== EXIT
        ? [{ value: id, label: words.title(id, node) }]
        : [];
    }),
  ];
  const rows = preview.nodes.filter(({ players, what }) => players > 0 || what !== 'stays');
  if (rows.length === 0)
    return (
      <Text fz="sm" c="dimmed">
        {t('migration.nobodyMoves')}
      </Text>
    );
  return (
    <Table aria-label={t('migration.title')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('players.at')}</Table.Th>
          <Table.Th ta="end">{t('page.players')}</Table.Th>
          <Table.Th>{t('migration.becomes')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map(({ nodeId, players, what, because }) => {
          const node = before.nodes[nodeId];
          const title = node ? words.title(nodeId, node) : nodeId;
          return (
            <Table.Tr key={nodeId}>
              <Table.Td>
                {title}
                {because !== null && (
                  <Text fz="xs" c="dimmed">
                    {t(`migration.because.${because}`)}
                  </Text>
                )}
              </Table.Td>
              <Table.Td ta="end">
                <Count of={players} />
              </Table.Td>
              <Table.Td>
                {what === 'stays' ? (
                  t('migration.stays')
                ) : (
                  <Select
                    size="xs"
                    aria-label={t('migration.target', { node: title })}
                    placeholder={t('migration.choose')}
                    data={options}
                    value={targets[nodeId] ?? null}
                    clearable
                    onChange={(chosen) => {
                      const { [nodeId]: _, ...others } = targets;
                      onChange(chosen === null ? others : { ...others, [nodeId]: chosen });
                    }}
                  />
                )}
              </Table.Td>
            </Table.Tr>
          );
        })}
      </Table.Tbody>
    </Table>
  );
}
