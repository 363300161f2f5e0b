import { useTranslation } from 'react-i18next';
import { type Answer, useAct } from '../../../api/index.ts';
import { tellDone, tellFailed } from '../../../kit/index.ts';
import type { Campaign } from '../campaign.ts';

interface Move {
  readonly isBusy: boolean;
  act(): void;
}

/** The moves of a campaign's life that need nothing more said. */
export function useMoves({ id, revision }: Campaign): Record<'submit' | 'resume' | 'archive', Move> {
  const { t } = useTranslation('campaigns');
  const params = { campaignId: id };
  const headers = { 'if-match': `"${revision}"` } as const;
  const submit = useAct('submitCampaign', ({ status }: Answer<'submitCampaign'>) =>
    tellDone(t(`moves.done.${status}`)),
  );
  const resume = useAct('resumeCampaign', () => tellDone(t('moves.done.active')));
  const archive = useAct('archiveCampaign', () => tellDone(t('moves.done.archived')));
  const call = { params, headers };
  return {
    submit: { isBusy: submit.isPending, act: () => submit.mutate(call, { onError: tellFailed }) },
    resume: { isBusy: resume.isPending, act: () => resume.mutate(call, { onError: tellFailed }) },
    archive: { isBusy: archive.isPending, act: () => archive.mutate(call, { onError: tellFailed }) },
  };
}
