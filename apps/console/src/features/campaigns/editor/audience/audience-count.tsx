import { Group, Paper, Skeleton, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { CampaignInput } from '@promosmith/contract';
import { IconUsers } from '@tabler/icons-react';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, useRead } from '../../../../api/index.ts';
import { useFactLabel } from '../../../../kit/fact-label.ts';
import { Count } from '../../../../kit/index.ts';

const TYPING_MS = 600;
/** Facts that are missing with more players than it is of use to read about. */
const MOST_MISSING = 3;

type Counted = Answer<'countAudience'>;

/** How many of the brand's players the audience is, as it is being said. */
export function AudienceCount({ audience, markets }: Pick<CampaignInput, 'audience' | 'markets'>) {
  const { t } = useTranslation('campaigns');
  const [body] = useDebouncedValue({ audience, markets }, TYPING_MS);
  const count = useRead('countAudience', { body });
  const waiting = <Skeleton h={18} w={220} />;
  return (
    <Paper withBorder p="md" aria-live="polite" component="section">
      <Group gap="sm" wrap="nowrap" align="flex-start">
        <IconUsers size={20} stroke={1.6} aria-hidden />
        {count.isPending && waiting}
        {count.error && (
          <Text fz="sm" c="dimmed">
            {t('audience.notCounted')}
          </Text>
        )}
        {count.data && !count.error && (
          // What facts are called is read now: the page stays, with what is being typed.
          <Suspense fallback={waiting}>
            <Result of={count.data} />
          </Suspense>
        )}
      </Group>
    </Paper>
  );
}

function Result({ of: { exact, matching, players, unknown, missing } }: { of: Counted }) {
  const { t } = useTranslation('campaigns');
  const labelOf = useFactLabel();
  return (
    <Stack gap={2}>
      <Text fz="sm" fw={600}>
        {!exact && '≈ '}
        <Count of={matching.count} /> {t('audience.match', { count: matching.count })}{' '}
        <Count of={players.count} />
      </Text>
      {!exact && (
        <Text fz="xs" c="dimmed">
          {t('audience.between')} <Count of={matching.low} /> – <Count of={matching.high} />
        </Text>
      )}
      {unknown.count > 0 && (
        <Text fz="xs" c="dimmed">
          <Count of={unknown.count} /> {t('audience.unknown', { count: unknown.count })}{' '}
          {missing
            .slice(0, MOST_MISSING)
            .map(({ fact }) => labelOf(fact))
            .join(', ')}
        </Text>
      )}
    </Stack>
  );
}
