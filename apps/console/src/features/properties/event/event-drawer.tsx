import { Badge, Code, Drawer, Group, Stack, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../../api/index.ts';
import { ConfirmButton, Facts, tellDone, When } from '../../../kit/index.ts';
import { useMay } from '../../../session/index.ts';
import { Example } from '../example.tsx';
import { AddField } from './add-field.tsx';
import { type EventKind, readKey } from './names.ts';

/** One kind of event: what it carries, and how that is known. */
export function EventDrawer({ of, onClose }: { of: EventKind | undefined; onClose: () => void }) {
  return (
    <Drawer opened={of !== undefined} onClose={onClose} title={of && readKey(of.key).name} size="xl">
      {of && <Shown of={of} onClose={onClose} />}
    </Drawer>
  );
}

function Shown({ of, onClose }: { of: EventKind; onClose: () => void }) {
  const { t } = useTranslation('properties');
  const mayWrite = useMay('journeys:write');
  const params = { eventKey: of.key };
  const forget = useAct('deleteEventProperties', () => {
    tellDone(t('event.forgotten'));
    onClose();
  });
  const isOwn = of.origin !== 'built_in' && !of.reserved;
  return (
    <Stack>
      <Facts
        of={[
          [t('event.source'), t(`sources.${readKey(of.key).source}`)],
          [t('event.origin'), t(`origins.${of.origin}`)],
          [t('event.firstSeen'), <When key="first" at={of.firstSeenAt} />],
          [t('event.lastSeen'), <When key="last" at={of.lastSeenAt} />],
        ]}
      />
      {of.reserved && (
        <Text fz="sm" c="dimmed">
          {t('event.reserved')}
        </Text>
      )}
      <Text fz="sm" fw={600} component="h2">
        {t('event.fields')}
      </Text>
      {of.fields.length === 0 ? (
        <Text fz="sm" c="dimmed">
          {t('event.noFields')}
        </Text>
      ) : (
        <Table.ScrollContainer minWidth={460}>
          <Table fz="sm" aria-label={t('event.fields')}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('event.field')}</Table.Th>
                <Table.Th>{t('type')}</Table.Th>
                <Table.Th>{t('example')}</Table.Th>
                <Table.Th>{t('event.origin')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {of.fields.map((field) => (
                <Table.Tr key={field.name}>
                  <Table.Td>
                    <Code>event.{field.name}</Code>
                    <Text fz="xs" c="dimmed">
                      {field.label}
                    </Text>
                  </Table.Td>
                  <Table.Td>{t(`types.${field.type}`)}</Table.Td>
                  <Table.Td style={{ overflowWrap: 'anywhere' }}>
                    <Example of={field.example} />
                  </Table.Td>
                  <Table.Td>
                    <Badge variant="light" color="gray" tt="none" fw={500} radius="sm">
                      {t(`origins.${field.origin}`)}
                    </Badge>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {mayWrite && isOwn && (
        <Group justify="space-between">
          <AddField event={of} />
          {of.origin === 'manual' && of.firstSeenAt === null && (
            <ConfirmButton
              variant="subtle"
              color="red"
              label={t('event.forget')}
              title={t('event.forgetQuestion', { name: readKey(of.key).name })}
              consequence={t('event.forgetMeans')}
              onConfirm={() => forget.mutateAsync({ params })}
            />
          )}
        </Group>
      )}
    </Stack>
  );
}
