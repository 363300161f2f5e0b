import { useTranslation } from 'react-i18next';
import {
  ActivationLink,
  BonusLink,
  CampaignLink,
  Copyable,
  Facts,
  Money,
  Panel,
  PlayerLink,
  Wagering,
  When,
} from '../../../kit/index.ts';
import type { Bonus } from './kinds.ts';

/** Where it comes from, and how long it lasts. */
export function OriginPanel({ of: bonus }: { of: Bonus }) {
  const { t } = useTranslation('bonuses');
  const source = bonus.activationId ? (
    <ActivationLink id={bonus.activationId}>{t('bonus.ofActivation')}</ActivationLink>
  ) : (
    bonus.source && t(`bonus.sources.${bonus.source}`)
  );
  return (
    <Panel title={t('bonus.origin')}>
      <Facts
        of={[
          [t('filters.player'), <PlayerLink key="p" id={bonus.player} />],
          [
            t('filters.campaign'),
            <span key="c">
              <CampaignLink id={bonus.campaignId} /> ·{' '}
              {t('bonus.version', { version: bonus.campaignVersion })}
            </span>,
          ],
          [t('bonus.source'), source],
          ...(bonus.parentGrantId
            ? [[t('bonus.parent'), <BonusLink key="b" id={bonus.parentGrantId} />] as const]
            : []),
          [t('bonuses.granted'), <When key="g" at={bonus.grantedAt} style="full" />],
          [t('bonuses.expires'), <When key="e" at={bonus.expiresAt} style="full" />],
          ...(bonus.endedReason && bonus.endedReason !== bonus.status
            ? [[t('bonus.endedReason'), bonus.endedReason] as const]
            : []),
          ...(bonus.keptOutside ? [[t('bonus.keptBy'), t('bonus.keptOutside')] as const] : []),
          [t('bonus.id'), <Copyable key="i" text={bonus.id} />],
        ]}
      />
    </Panel>
  );
}

/** What it is worth by now, and how far its turnover is. */
export function AmountsPanel({ of: bonus }: { of: Bonus }) {
  const { t } = useTranslation('bonuses');
  const { currency } = bonus;
  return (
    <Panel title={t('bonus.worth')}>
      <Facts
        of={[
          [t('bonuses.amount'), <Money key="a" amount={bonus.amount} currency={currency} />],
          [t('bonuses.left'), <Money key="b" amount={bonus.balance} currency={currency} />],
          [t('bonus.converted'), <Money key="c" amount={bonus.converted} currency={currency} />],
          [
            t('bonus.convertsAtMost'),
            bonus.convertsAtMost === null ? (
              t('bonus.noLimit')
            ) : (
              <Money key="m" amount={bonus.convertsAtMost} currency={currency} />
            ),
          ],
          [
            t('bonuses.wagering'),
            <Wagering
              key="w"
              wagered={bonus.wagered}
              required={bonus.wageringRequired}
              currency={currency}
            />,
          ],
          [t('bonus.remaining'), <Money key="r" amount={bonus.remaining} currency={currency} />],
        ]}
      />
    </Panel>
  );
}
