import { Progress, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RowOf } from '../../../api/index.ts';

/** How many of its seats are taken. */
export function Seats({ of: { seats, seatsTaken } }: { of: RowOf<'listTournaments'> }) {
  const { t } = useTranslation('tournaments');
  if (seats === null) return t('tournament.taken', { count: seatsTaken });
  const told = t('tournament.takenOf', { taken: seatsTaken, seats });
  return (
    <Stack gap={4} miw={120} align="stretch">
      <Progress.Root size="sm">
        <Progress.Section
          value={(seatsTaken / seats) * 100}
          color={seatsTaken >= seats ? 'yellow' : undefined}
          aria-label={told}
        />
      </Progress.Root>
      <Text fz="xs" c="dimmed">
        {told}
      </Text>
    </Stack>
  );
}
