import { Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useList } from '../../../../api/index.ts';
import { ActivationsTable, Empty, LinkButton } from '../../../../kit/index.ts';

export function ActivationsTab({ campaignId }: { campaignId: string }) {
  const { t } = useTranslation('campaigns');
  const list = useList('listActivations', { query: { campaignId } });
  return (
    <>
      <Group justify="flex-end" mb="xs">
        <LinkButton variant="subtle" size="compact-sm" to="/activations" search={{ campaignId }}>
          {t('activations.all')}
        </LinkButton>
      </Group>
      <ActivationsTable
        label={t('tabs.activations')}
        list={list}
        without={['campaign']}
        empty={<Empty title={t('activations.empty')} hint={t('activations.emptyHint')} />}
      />
    </>
  );
}
