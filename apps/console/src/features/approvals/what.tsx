import { Code } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CampaignLink, Count, Facts, Money, PlayerLink } from '../../kit/index.ts';
import { CampaignRequest } from '../../kit/terms/index.ts';
import { lengthOf, numberOf, partsOf, textOf } from './payload.ts';
import type { Request } from './request.ts';

/** The change itself, in the form that suits it. */
export function What({ request: { kind, payload } }: { request: Request }) {
  if (kind.startsWith('campaign.')) return <CampaignRequest payload={payload} />;
  if (kind === 'grant.issue') return <GrantFacts payload={partsOf(payload)} />;
  if (kind.startsWith('code') || kind === 'case.take_back') return <CodeFacts payload={partsOf(payload)} />;
  return <Code block>{JSON.stringify(payload, null, 2)}</Code>;
}

function GrantFacts({ payload }: { payload: Readonly<Record<string, unknown>> }) {
  const { t } = useTranslation('approvals');
  const player = textOf(payload.player);
  const campaignId = textOf(payload.campaignId);
  const currency = textOf(payload.currency) ?? '';
  return (
    <Facts
      of={[
        [t('grant.player'), player && <PlayerLink key="p" id={player} />],
        [t('grant.campaign'), campaignId && <CampaignLink key="c" id={campaignId} />],
        [t('grant.amount'), <Money key="a" amount={numberOf(payload.amount)} currency={currency} />],
      ]}
    />
  );
}

function CodeFacts({ payload }: { payload: Readonly<Record<string, unknown>> }) {
  const { t } = useTranslation('approvals');
  const rows = [
    ['code.count', numberOf(payload.count) ?? numberOf(payload.lines)],
    ['code.maxUses', numberOf(payload.maxUses)],
    ['case.activations', payload.takeBack === undefined ? undefined : lengthOf(payload.takeBack)],
  ] as const;
  return (
    <Facts
      of={rows
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => [t(name), <Count key={name} of={value} />] as const)}
    />
  );
}
