import { SimpleGrid, Stack } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../api/index.ts';
import { Loaded, Page, PageTabs, Status, type Tab } from '../../kit/index.ts';
import { useFilters } from '../../routing/index.ts';
import { useMay } from '../../session/index.ts';
import { BonusActions } from './bonus/actions.tsx';
import { AmountsPanel, OriginPanel } from './bonus/at-a-glance.tsx';
import { Bets } from './bonus/bets.tsx';
import { CashbackPeriods } from './bonus/cashback-periods.tsx';
import { Deliveries } from './bonus/deliveries.tsx';
import { type Bonus, isMoney } from './bonus/kinds.ts';
import { SpinsPanel } from './bonus/spins.tsx';
import { Statement } from './bonus/statement.tsx';
import { Terms } from './bonus/terms.tsx';
import { TicketsPanel } from './bonus/tickets.tsx';

const route = getRouteApi('/shell/bonuses/$grantId');

/** One bonus: what it is worth by now, under which terms, and everything that happened to it. */
export function BonusPage() {
  const { grantId } = route.useParams();
  const bonus = useRead('getGrant', { params: { grantId } });
  return <Loaded of={bonus}>{(found) => <Shown bonus={found} />}</Loaded>;
}

function Shown({ bonus }: { bonus: Bonus }) {
  const { t } = useTranslation('bonuses');
  const { filters, openTab } = useFilters<'tab'>();
  const mayLedger = useMay('ledger:read');
  const tab = (value: string, panel: () => ReactNode): Tab => ({ value, label: t(`tabs.${value}`), panel });
  const tabs: Tab[] = [
    tab('terms', () => <Terms of={bonus} />),
    ...(isMoney(bonus) && mayLedger ? [tab('statement', () => <Statement grantId={bonus.id} />)] : []),
    ...(isMoney(bonus) && !bonus.keptOutside ? [tab('bets', () => <Bets of={bonus} />)] : []),
    tab('delivery', () => <Deliveries grantId={bonus.id} />),
  ];
  return (
    <Page
      title={t('bonus.title', { kind: t(`kinds.${bonus.kind}`), player: bonus.player })}
      beside={<Status of={bonus.status} />}
      crumbs={[{ label: t('rooms.bonuses'), link: { to: '/bonuses' } }]}
      actions={<BonusActions of={bonus} />}
    >
      <Stack>
        <SimpleGrid cols={{ base: 1, md: 2 }}>
          <OriginPanel of={bonus} />
          <Worth of={bonus} />
        </SimpleGrid>
        <PageTabs label={t('bonus.parts')} tabs={tabs} value={filters.tab} onChange={openTab} />
      </Stack>
    </Page>
  );
}

/** What it is worth by now, or how far it is where there is no money yet. */
function Worth({ of: bonus }: { of: Bonus }) {
  const maySeats = useMay('tournaments:read');
  if (isMoney(bonus)) return <AmountsPanel of={bonus} />;
  if (bonus.kind === 'free_spins') return <SpinsPanel of={bonus} />;
  if (bonus.kind === 'cashback') return <CashbackPeriods of={bonus} />;
  if (bonus.kind === 'tournament_entry' && maySeats) return <TicketsPanel grantId={bonus.id} />;
  return null;
}
