import { useTranslation } from 'react-i18next';
import { useCampaignName, useMoneyText } from '../../kit/index.ts';
import { lengthOf, numberOf, partsOf, textOf } from './payload.ts';
import type { Request } from './request.ts';

/** What is asked for, in one line and in the reader's language; the server's own words where it is of a kind not known here. */
export function RequestTitle({ request: { kind, payload, summary } }: { request: Request }) {
  const { t } = useTranslation('approvals');
  const money = useMoneyText();
  const parts = partsOf(payload);
  const isOfCampaign = kind.startsWith('campaign.');
  const campaign = useCampaignName(isOfCampaign ? textOf(parts.campaignId) : undefined);
  const key = kind.replace('.', '_');
  if (isOfCampaign && campaign !== undefined) return t(`titles.${key}`, { name: campaign });
  if (kind === 'grant.issue') {
    const amount = numberOf(parts.amount);
    const player = textOf(parts.player);
    return amount === undefined
      ? t('titles.grant', { player })
      : t('titles.grantOf', { player, amount: money(amount, textOf(parts.currency) ?? '') });
  }
  if (kind === 'codes.generate' || kind === 'codes.import')
    return t(`titles.${key}`, { count: numberOf(parts.count) ?? numberOf(parts.lines) ?? 0 });
  if (kind === 'code.raise_limit') return t('titles.code_raise_limit', { max: numberOf(parts.maxUses) });
  if (kind === 'case.take_back') return t('titles.case_take_back', { count: lengthOf(parts.takeBack) });
  if (kind === 'code.take_back') return t('titles.code_take_back');
  if (kind === 'approval_thresholds.change') return t('titles.approval_thresholds_change');
  return summary;
}
