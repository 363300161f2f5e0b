import { Button, Checkbox, Group, ScrollArea, Stack, Table, Text, TextInput, Tooltip } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, useAct } from '../../../../api/index.ts';
import { ErrorBox, Nothing, Panel, tellDone } from '../../../../kit/index.ts';
import { useMay } from '../../../../session/index.ts';
import { dateFormat } from '../../../../texts/index.ts';
import {
  CHANNELS,
  type Channel,
  type Consents,
  changesOf,
  type Edits,
  PRODUCTS,
  type Product,
  tickedIn,
  toggled,
} from './consents.ts';

type Player = Answer<'getPlayer'>;

/** Marketing a player agreed to, by product and channel; recorded by whoever may. */
export function ConsentPanel({ player }: { player: Player }) {
  const { t } = useTranslation('players');
  const may = useMay('players:write');
  const [edits, setEdits] = useState<Edits>();
  return (
    <Panel
      title={t('consents.title')}
      hint={t('consents.hint')}
      actions={
        may &&
        edits === undefined && (
          <Button variant="default" size="compact-sm" onClick={() => setEdits({})}>
            {t('edit')}
          </Button>
        )
      }
    >
      <Stack gap="sm">
        <ScrollArea viewportProps={{ tabIndex: 0 }}>
          <Table fz="sm" withRowBorders={false} verticalSpacing={4} aria-label={t('consents.title')}>
            <Table.Thead>
              <Table.Tr>
                <Table.Td />
                {PRODUCTS.map((product) => (
                  <Table.Th key={product} scope="col" ta="center" fw={500} c="dimmed" fz="xs">
                    {t(`products.${product}`)}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {CHANNELS.map((channel) => (
                <Table.Tr key={channel}>
                  <Table.Th scope="row" fw={400}>
                    {t(`channels.${channel}`)}
                  </Table.Th>
                  {PRODUCTS.map((product) => (
                    <Table.Td key={product} ta="center">
                      {edits === undefined ? (
                        <Recorded of={player.consents} product={product} channel={channel} />
                      ) : (
                        <Checkbox
                          display="inline-flex"
                          size="xs"
                          aria-label={t('consents.pair', {
                            product: t(`products.${product}`),
                            channel: t(`channels.${channel}`),
                          })}
                          checked={tickedIn(player.consents, edits, product, channel)}
                          onChange={() => setEdits(toggled(player.consents, edits, product, channel))}
                        />
                      )}
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </ScrollArea>
        {edits !== undefined && (
          <Record player={player.externalId} edits={edits} onDone={() => setEdits(undefined)} />
        )}
      </Stack>
    </Panel>
  );
}

interface RecordedProps {
  readonly of: Consents;
  readonly product: Product;
  readonly channel: Channel;
}

function Recorded({ of, product, channel }: RecordedProps) {
  const { t } = useTranslation('players');
  const consent = of[product]?.[channel];
  if (!consent) return <Nothing />;
  const at = dateFormat({ dateStyle: 'medium' }).format(new Date(consent.at));
  const told = t(consent.granted ? 'consents.granted' : 'consents.refused', { at });
  return (
    <Tooltip label={consent.source === undefined ? told : `${told} (${consent.source})`}>
      {consent.granted ? (
        <IconCheck size={16} color="var(--mantine-color-green-6)" role="img" aria-label={told} />
      ) : (
        <IconX size={16} color="var(--mantine-color-dimmed)" role="img" aria-label={told} />
      )}
    </Tooltip>
  );
}

function Record({ player, edits, onDone }: { player: string; edits: Edits; onDone: () => void }) {
  const { t } = useTranslation('players');
  const [source, setSource] = useState('');
  const changes = changesOf(edits);
  const record = useAct('setConsents', () => {
    tellDone(t('consents.done'));
    onDone();
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const from = source.trim();
        record.mutate({
          params: { externalId: player },
          body: { consents: changes, ...(from === '' ? {} : { source: from }) },
        });
      }}
    >
      <Stack gap="sm">
        <TextInput
          label={t('consents.source')}
          description={t('consents.sourceHint')}
          maxLength={128}
          value={source}
          onChange={(event) => setSource(event.currentTarget.value)}
        />
        {record.error && <ErrorBox error={record.error} />}
        <Group justify="space-between">
          <Text fz="xs" c="dimmed" role="status">
            {t('consents.changes', { count: changes.length })}
          </Text>
          <Group gap="xs">
            <Button variant="default" onClick={onDone}>
              {t('cancel')}
            </Button>
            <Button type="submit" disabled={changes.length === 0} loading={record.isPending}>
              {t('save')}
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  );
}
