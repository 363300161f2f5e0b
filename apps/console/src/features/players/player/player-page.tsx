import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../../api/index.ts';
import { GrantByHand, Loaded, Page, PageTabs, type Tab, TryCode } from '../../../kit/index.ts';
import { useFilters } from '../../../routing/index.ts';
import { useMember } from '../../../session/index.ts';
import { Flags, hasFlags } from '../flags.tsx';
import { Ledger } from './ledger.tsx';
import { Activations, Bonuses, Journeys, Messages } from './lists.tsx';
import { Profile } from './profile/profile.tsx';
import { RiskTab } from './risk/risk-tab.tsx';
import { Summary } from './summary.tsx';

/** Everything there is about one player, and what can be done for them. */
export function PlayerPage() {
  const { t } = useTranslation('players');
  const { externalId = '' } = useParams({ strict: false });
  const { filters, setFilters } = useFilters<'tab'>();
  const { may } = useMember();
  const player = useRead('getPlayer', { params: { externalId } });
  const shown = player.data;
  const tabs: (Tab | false)[] = [
    { value: 'profile', label: t('tabs.profile'), panel: () => shown && <Profile player={shown} /> },
    may('activations:read') && {
      value: 'activations',
      label: t('rooms.activations'),
      panel: () => <Activations player={externalId} />,
    },
    may('bonuses:read') && {
      value: 'bonuses',
      label: t('rooms.bonuses'),
      panel: () => <Bonuses player={externalId} />,
    },
    may('ledger:read') && {
      value: 'ledger',
      label: t('tabs.ledger'),
      panel: () => <Ledger player={externalId} />,
    },
    may('messages:read') && {
      value: 'messages',
      label: t('rooms.messages'),
      panel: () => <Messages player={externalId} />,
    },
    may('journeys:read') && {
      value: 'journeys',
      label: t('rooms.journeys'),
      panel: () => <Journeys player={externalId} />,
    },
    may('activations:read') && {
      value: 'risk',
      label: t('tabs.risk'),
      panel: () => shown && <RiskTab player={shown} />,
    },
  ];
  return (
    <Page
      title={externalId}
      beside={shown && hasFlags(shown) && <Flags of={shown} />}
      description={shown?.email}
      crumbs={[{ label: t('rooms.players'), link: { to: '/players' } }]}
      actions={
        shown && (
          <>
            <TryCode player={externalId} />
            <GrantByHand player={externalId} />
          </>
        )
      }
    >
      <Loaded of={player}>
        {(data) => (
          <>
            <Summary player={data} />
            <PageTabs
              label={t('tabs.label', { player: externalId })}
              tabs={tabs.filter((tab) => tab !== false)}
              value={filters.tab}
              onChange={(tab) => setFilters({ tab })}
            />
          </>
        )}
      </Loaded>
    </Page>
  );
}
