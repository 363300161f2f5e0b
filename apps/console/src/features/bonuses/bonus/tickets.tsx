import { Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../../api/index.ts';
import { Loaded, Panel, Status, TextLink, When } from '../../../kit/index.ts';

/** Its seats, and where they were taken. */
export function TicketsPanel({ grantId }: { grantId: string }) {
  const { t } = useTranslation('bonuses');
  const tickets = useRead('listTickets', { query: { grantId } });
  return (
    <Panel title={t('tickets.title')}>
      <Loaded of={tickets}>
        {({ items }) => (
          <Stack gap="xs">
            {items.length === 0 && (
              <Text fz="sm" c="dimmed">
                {t('tickets.none')}
              </Text>
            )}
            {items.map(({ id, seat, tournament, status, use, expiresAt }) => (
              <Group key={id} justify="space-between" fz="sm">
                <Text fz="sm">{t('tickets.seat', { seat, tournament })}</Text>
                <Group gap="xs">
                  {use ? (
                    <TextLink
                      to={{ to: '/tournaments/$tournamentId', params: { tournamentId: use.tournamentId } }}
                    >
                      <When at={use.usedAt} />
                    </TextLink>
                  ) : (
                    <Text fz="xs" c="dimmed">
                      {t('bonuses.expires')} <When at={expiresAt} />
                    </Text>
                  )}
                  <Status of={status} />
                </Group>
              </Group>
            ))}
          </Stack>
        )}
      </Loaded>
    </Panel>
  );
}
