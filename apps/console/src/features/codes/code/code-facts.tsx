import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../api/index.ts';
import { CampaignLink, Copyable, Facts, Panel, PlayerLink, TextLink, When } from '../../../kit/index.ts';

/** What a code is. */
export function CodeFacts({ code }: { code: Answer<'getCode'> }) {
  const { t } = useTranslation('codes');
  const { campaignId, batchId, kind, holder, startsAt, endsAt, distributedAt, createdAt } = code;
  return (
    <Panel title={t('facts')}>
      <Facts
        of={[
          [t('kind'), t(`codeKinds.${kind}`)],
          [t('campaign'), <CampaignLink key="campaign" id={campaignId} />],
          [
            t('batch'),
            batchId === null ? (
              t('onItsOwn')
            ) : (
              <TextLink key="batch" to={{ to: '/code-batches/$batchId', params: { batchId } }}>
                {t('toBatch')}
              </TextLink>
            ),
          ],
          [t('holder'), holder !== null && <PlayerLink key="holder" id={holder} />],
          [t('distributedAt'), distributedAt && <When key="given" at={distributedAt} style="full" />],
          [t('startsAt'), startsAt && <When key="starts" at={startsAt} style="full" />],
          [t('endsAt'), endsAt && <When key="ends" at={endsAt} style="full" />],
          [t('createdAt'), <When key="created" at={createdAt} style="full" />],
          ...(code.disabledReason === null ? [] : [[t('disabledReason'), code.disabledReason] as const]),
          [t('id'), <Copyable key="id" text={code.id} />],
        ]}
      />
    </Panel>
  );
}
