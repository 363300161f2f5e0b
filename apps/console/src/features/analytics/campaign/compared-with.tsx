import { Group, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CampaignPicker } from '../../../kit/index.ts';

const CAMPAIGN = 'campaign';

interface Props {
  readonly campaignId: string;
  /** As the API takes it: `previous` when undefined, `none`, `campaign:<id>`. */
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}

/** Beside what the numbers stand: the same length of time before, another campaign, or nothing. */
export function ComparedWith({ campaignId, value, onChange }: Props) {
  const { t } = useTranslation('analytics');
  const kind = value?.split(':', 1)[0] ?? 'previous';
  const other = kind === CAMPAIGN ? value?.slice(CAMPAIGN.length + 1) : undefined;
  return (
    <Group gap="xs">
      <Select
        aria-label={t('compare.label')}
        size="sm"
        w={200}
        value={kind}
        allowDeselect={false}
        onChange={(chosen) => {
          if (chosen === 'previous') onChange(undefined);
          else if (chosen === CAMPAIGN) onChange(`${CAMPAIGN}:${campaignId}`);
          else onChange(chosen ?? undefined);
        }}
        data={['previous', CAMPAIGN, 'none'].map((name) => ({ value: name, label: t(`compare.${name}`) }))}
      />
      {kind === CAMPAIGN && (
        <CampaignPicker
          aria-label={t('compare.which')}
          placeholder={t('compare.which')}
          size="sm"
          w={220}
          value={other === campaignId ? undefined : other}
          onChange={(chosen) => chosen !== undefined && onChange(`${CAMPAIGN}:${chosen}`)}
        />
      )}
    </Group>
  );
}
