import { Select, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../../../api/index.ts';
import { CampaignPicker } from '../../../../kit/index.ts';
import type { NodeOf } from '../../graph/types.ts';
import { useFaults } from '../faults.ts';
import type { FormProps } from './form-props.ts';

const ALL = 'all';

/** A bonus of a campaign: one of its rewards, or all of them. */
export function BonusForm({ id, node, onChange }: FormProps<NodeOf<'give_bonus'>>) {
  const { t } = useTranslation('journeys');
  const faultOf = useFaults(id);
  const { campaignId, rewardIndex } = node;
  const campaign = useRead(
    'getCampaign',
    { params: { campaignId: campaignId ?? '' } },
    { enabled: campaignId !== null },
  );
  const rewards = campaign.data?.rewards ?? [];
  return (
    <Stack gap="sm">
      <CampaignPicker
        label={t('bonus.campaign')}
        placeholder={t('bonus.choose')}
        value={campaignId ?? undefined}
        error={faultOf('campaignId')}
        onChange={(chosen) => onChange({ ...node, campaignId: chosen ?? null, rewardIndex: null })}
      />
      {campaignId !== null && (
        <Select
          label={t('bonus.reward')}
          data={[
            { value: ALL, label: t('bonus.all') },
            ...rewards.map(({ kind }, index) => ({
              value: String(index),
              label: `${index + 1}. ${t(`bonus.kinds.${kind}`)}`,
            })),
          ]}
          value={rewardIndex === null ? ALL : String(rewardIndex)}
          allowDeselect={false}
          error={faultOf('rewardIndex')}
          onChange={(chosen) => onChange({ ...node, rewardIndex: chosen === ALL ? null : Number(chosen) })}
        />
      )}
    </Stack>
  );
}

/** A code of a campaign, for this player alone. */
export function CodeForm({ id, node, onChange }: FormProps<NodeOf<'send_code'>>) {
  const { t } = useTranslation('journeys');
  const faultOf = useFaults(id);
  return (
    <CampaignPicker
      label={t('bonus.codeCampaign')}
      placeholder={t('bonus.choose')}
      value={node.campaignId ?? undefined}
      error={faultOf('campaignId')}
      onChange={(campaignId) => onChange({ ...node, campaignId: campaignId ?? null })}
    />
  );
}
