import { useTranslation } from 'react-i18next';
import {
  ActivationLink,
  CampaignLink,
  Facts,
  Panel,
  PlayerLink,
  TextLink,
  When,
} from '../../../kit/index.ts';
import { Who } from '../../../kit/who.tsx';
import type { CaseDetail } from '../kinds.ts';
import { Priority } from '../priority.tsx';

/** What the case is about, and whose it is. */
export function CaseFacts({ of: found }: { of: CaseDetail }) {
  const { t } = useTranslation('cases');
  const { player, activationId, campaignId, codeId, assignee, openedAt, priority } = found;
  const about = [
    player !== null && ([t('player'), <PlayerLink key="p" id={player} />] as const),
    activationId !== null && ([t('activation'), <ActivationLink key="a" id={activationId} />] as const),
    codeId !== null &&
      ([
        t('code'),
        <TextLink key="c" to={{ to: '/code-watch/$codeId', params: { codeId } }}>
          {t('toWatch')}
        </TextLink>,
      ] as const),
    campaignId !== null && ([t('campaign'), <CampaignLink key="m" id={campaignId} />] as const),
  ];
  return (
    <Panel title={t('about')}>
      <Facts
        of={[
          ...about.filter((fact) => fact !== false),
          [t('assignee'), assignee && <Who key="w" by={assignee} />],
          [t('priority'), <Priority key="r" of={priority} />],
          [t('opened'), <When key="o" at={openedAt} style="full" />],
        ]}
      />
    </Panel>
  );
}
