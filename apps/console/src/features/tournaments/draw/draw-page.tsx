import { SimpleGrid, Stack, Table, Text } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type Answer, useAct, useRead } from '../../../api/index.ts';
import {
  ConfirmButton,
  Copyable,
  Count,
  Facts,
  Loaded,
  Page,
  Panel,
  Status,
  tellDone,
  When,
} from '../../../kit/index.ts';
import { useMay } from '../../../session/index.ts';
import { ProofPanel } from './proof-panel.tsx';
import { Winners } from './winners.tsx';

type Draw = Answer<'getDraw'>;

/** Drawing takes a moment. */
const EVERY_MS = 1_500;

const route = getRouteApi('/shell/draws/$drawId');

/** One prize draw: what is to be won, who won it, and the proof that it was fair. */
export function DrawPage() {
  const { drawId } = route.useParams();
  const first = useRead('getDraw', { params: { drawId } });
  const draw = useRead(
    'getDraw',
    { params: { drawId } },
    { every: first.data?.status === 'closed' ? EVERY_MS : false },
  );
  return <Loaded of={draw}>{(found) => <Shown draw={found} />}</Loaded>;
}

function Shown({ draw }: { draw: Draw }) {
  const { t } = useTranslation('tournaments');
  const may = useMay('tournaments:write');
  const close = useAct('closeDraw', () => tellDone(t('draw.beingDrawn')));
  return (
    <Page
      title={draw.name}
      beside={<Status of={draw.status} />}
      crumbs={[
        { label: t('rooms.tournaments'), link: { to: '/tournaments' } },
        { label: t('tabs.draws'), link: { to: '/tournaments', search: { tab: 'draws' } } },
      ]}
      actions={
        may &&
        draw.status === 'open' && (
          <ConfirmButton
            label={t('draw.close')}
            title={t('draw.closeTitle')}
            consequence={t('draw.closeHint')}
            color="iris"
            onConfirm={() => close.mutateAsync({ params: { drawId: draw.id } })}
          />
        )
      }
    >
      <Stack>
        <SimpleGrid cols={{ base: 1, md: 2 }}>
          <Panel title={t('draw.facts')}>
            <Facts
              of={[
                [t('key'), <Copyable key="k" text={draw.key} />],
                [t('draw.closes'), <When key="c" at={draw.closesAt} style="full" />],
                [t('draw.closedAt'), <When key="d" at={draw.closedAt} style="full" />],
                [t('draw.drawnAt'), <When key="r" at={draw.drawnAt} style="full" />],
                [t('draw.entries'), <Count key="e" of={draw.entryCount} />],
              ]}
            />
          </Panel>
          <Panel title={t('draw.prizes')}>
            <Prizes of={draw.prizes} />
          </Panel>
        </SimpleGrid>
        <ProofPanel of={draw} />
        <Winners of={draw} />
      </Stack>
    </Page>
  );
}

function Prizes({ of }: { of: Draw['prizes'] }) {
  const { t } = useTranslation('tournaments');
  return (
    <Table fz="sm" withRowBorders={false} verticalSpacing={4} horizontalSpacing={0}>
      <Table.Tbody>
        {of.map(({ name, winners }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a prize is what stands at its place
          <Table.Tr key={index}>
            <Table.Td>
              <Text span inherit c="dimmed">
                {index + 1}.
              </Text>{' '}
              {name}
            </Table.Td>
            <Table.Td ta="end">{t('draw.winnersCount', { count: winners })}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
