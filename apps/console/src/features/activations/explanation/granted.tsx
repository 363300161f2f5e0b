import { useTranslation } from 'react-i18next';
import { type Answer, useRead } from '../../../api/index.ts';
import { BonusesTable, Empty, listOf, Panel } from '../../../kit/index.ts';
import { useMay } from '../../../session/index.ts';

/** As many bonuses of one campaign and player as are looked through. */
const MOST = 200;

/** The bonuses that an activation issued. */
export function Granted({ activation: { id, player, campaignId } }: { activation: Answer<'getActivation'> }) {
  const { t } = useTranslation('activations');
  const grants = useRead(
    'listGrants',
    { query: { player, ...(campaignId === null ? {} : { campaignId }), limit: MOST } },
    { enabled: useMay('bonuses:read') && campaignId !== null },
  );
  const list = listOf(grants);
  return (
    <Panel title={t('granted')} padded={false}>
      <BonusesTable
        label={t('granted')}
        list={{ ...list, rows: list.rows.filter(({ activationId }) => activationId === id) }}
        without={['player', 'campaign']}
        empty={<Empty title={t('grantedNothing')} hint={t('grantedNothingHint')} />}
      />
    </Panel>
  );
}
