import { Code } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CampaignLink, Count, Facts, Money, PlayerLink } from '../../kit/index.ts';
import { CampaignRequest } from '../../kit/terms/index.ts';
import type { Request } from './request-view.tsx';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The change itself, in the form that suits it. */
export function What({ request: { kind, payload } }: { request: Request }) {
  if (kind.startsWith('campaign.')) return <CampaignRequest payload={payload} />;
  if (!isRecord(payload)) return null;
  if (kind === 'grant.issue') return <GrantFacts payload={payload} />;
  if (kind.startsWith('code')) return <CodeFacts payload={payload} />;
  return <Code block>{JSON.stringify(payload, null, 2)}</Code>;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const number = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

function GrantFacts({ payload }: { payload: Record<string, unknown> }) {
  const { t } = useTranslation('approvals');
  const player = text(payload.player);
  const campaignId = text(payload.campaignId);
  const currency = text(payload.currency) ?? '';
  return (
    <Facts
      of={[
        [t('grant.player'), player && <PlayerLink key="p" id={player} />],
        [t('grant.campaign'), campaignId && <CampaignLink key="c" id={campaignId} />],
        [t('grant.amount'), <Money key="a" amount={number(payload.amount)} currency={currency} />],
        [t('why'), text(payload.reason)],
      ]}
    />
  );
}

function CodeFacts({ payload }: { payload: Record<string, unknown> }) {
  const { t } = useTranslation('approvals');
  const rows = [
    ['code.count', number(payload.count) ?? number(payload.lines)],
    ['code.maxUses', number(payload.maxUses)],
  ] as const;
  return (
    <Facts
      of={rows
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => [t(name), <Count key={name} of={value} />] as const)}
    />
  );
}
