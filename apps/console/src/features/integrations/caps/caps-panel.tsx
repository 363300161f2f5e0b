import { Button, Group, NumberInput, Stack, Table } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { useAct, useRead } from '../../../api/index.ts';
import { ErrorBox, Loaded, Panel, tellDone } from '../../../kit/index.ts';
import { useMay, useMember } from '../../../session/index.ts';
import { type Cap, CHANNELS, capsOf, gridOf, PERIODS } from './caps.ts';

/** How many messages of each channel a player gets at most. */
export function CapsPanel() {
  const { t } = useTranslation('integrations');
  const { brand } = useMember();
  const caps = useRead('getChannelCaps', {});
  return (
    <Panel title={t('caps.title')} hint={t('caps.hint', { zone: brand.timeZone })}>
      <Loaded of={caps}>{({ items }) => <CapsForm of={items} />}</Loaded>
    </Panel>
  );
}

function CapsForm({ of: caps }: { of: readonly Cap[] }) {
  const { t } = useTranslation('integrations');
  const may = useMay('providers:write');
  const form = useForm({ initialValues: gridOf(caps) });
  const set = useAct('setChannelCaps', ({ items }) => {
    form.setInitialValues(gridOf(items));
    form.reset();
    tellDone(t('saved'));
  });
  return (
    <form onSubmit={form.onSubmit((grid) => set.mutate({ body: { items: capsOf(grid) } }))}>
      <Stack>
        <Table.ScrollContainer minWidth={300}>
          <Table fz="sm" withRowBorders={false} verticalSpacing={4} horizontalSpacing={6} maw={560}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('channel')}</Table.Th>
                {PERIODS.map((period) => (
                  <Table.Th key={period}>{t(`caps.periods.${period}`)}</Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {CHANNELS.map((channel) => (
                <Table.Tr key={channel}>
                  <Table.Th scope="row" fw={500}>
                    {t(`channels.${channel}`)}
                  </Table.Th>
                  {PERIODS.map((period) => (
                    <Table.Td key={period}>
                      <NumberInput
                        aria-label={t('caps.most', {
                          channel: t(`channels.${channel}`),
                          period: t(`caps.periods.${period}`),
                        })}
                        placeholder={t('caps.noLimit')}
                        min={0}
                        max={1_000}
                        allowDecimal={false}
                        disabled={!may}
                        hideControls
                        styles={{ input: { paddingInline: 8 } }}
                        {...form.getInputProps(`${channel}.${period}`)}
                      />
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
        {set.error && <ErrorBox error={set.error} />}
        {may && (
          <Group gap="xs">
            <Button type="submit" loading={set.isPending} disabled={!form.isDirty()}>
              {t('save')}
            </Button>
            {form.isDirty() && (
              <Button variant="default" onClick={form.reset}>
                {t('cancel')}
              </Button>
            )}
          </Group>
        )}
      </Stack>
    </form>
  );
}
