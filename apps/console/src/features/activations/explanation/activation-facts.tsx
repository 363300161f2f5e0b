import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../api/index.ts';
import { CampaignLink, Facts, Panel, PlayerLink, When } from '../../../kit/index.ts';

/** Who tried which code, where and when. */
export function ActivationFacts({ activation }: { activation: Answer<'getActivation'> }) {
  const { t } = useTranslation('activations');
  const { player, campaignId, campaignVersion, channel, createdAt, changedAt } = activation;
  return (
    <Panel title={t('facts')}>
      <Facts
        of={[
          [t('activations.player'), <PlayerLink key="player" id={player} />],
          [
            t('activations.campaign'),
            campaignId !== null && (
              <span key="campaign">
                <CampaignLink id={campaignId} /> {t('version', { version: campaignVersion })}
              </span>
            ),
          ],
          [t('activations.channel'), t(`channelsOfEntry.${channel}`, { defaultValue: channel })],
          [t('activations.when'), <When key="when" at={createdAt} style="full" />],
          ...(changedAt === createdAt
            ? []
            : [[t('changed'), <When key="changed" at={changedAt} style="full" />] as const]),
        ]}
      />
    </Panel>
  );
}
