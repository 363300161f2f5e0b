import { SimpleGrid, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Panel, RewardFacts } from '../../../kit/index.ts';
import type { Bonus } from './kinds.ts';

/** The terms it was issued under, whatever the campaign says by now. */
export function Terms({ of: { reward, terms } }: { of: Bonus }) {
  const { t } = useTranslation('bonuses');
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }}>
      <Panel title={t('terms.offer')} hint={t('terms.hint')}>
        <RewardFacts of={reward} />
      </Panel>
      <Panel title={t('terms.text')}>
        <Text fz="sm" fw={500}>
          {terms.significant}
        </Text>
        {terms.full !== '' && (
          <Text fz="sm" c="dimmed" mt="sm" style={{ whiteSpace: 'pre-wrap' }}>
            {terms.full}
          </Text>
        )}
      </Panel>
    </SimpleGrid>
  );
}
