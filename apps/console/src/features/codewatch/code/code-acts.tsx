import { useTranslation } from 'react-i18next';
import { useAct } from '../../../api/index.ts';
import { ConfirmButton, tellDone } from '../../../kit/index.ts';
import { useMember } from '../../../session/index.ts';
import type { WatchedDetail } from '../watched.ts';

/** What an analyst does about a code that is out: freeze it, take back what it gave, give fresh ones to the others. */
export function CodeActs({ of: { codeId, code, state, kind, reissue } }: { of: WatchedDetail }) {
  const { t } = useTranslation('codewatch');
  const { may } = useMember();
  const params = { codeId };
  const freeze = useAct('freezeCode', () => tellDone(t('freeze.done')));
  const takeBack = useAct('takeBackCode', () => tellDone(t('takeBack.asked')));
  const fresh = useAct('reissueCodes', ({ players }) => tellDone(t('reissue.done', { count: players })));
  const decides = may('cases:decide');
  return (
    <>
      {decides && kind !== 'shared' && reissue === null && (
        <ConfirmButton
          variant="default"
          label={t('reissue.open')}
          title={t('reissue.ask')}
          consequence={t('reissue.consequence')}
          reason="required"
          color="iris"
          onConfirm={(reason) => fresh.mutateAsync({ params, body: { reason } })}
        />
      )}
      {decides && (
        <ConfirmButton
          variant="default"
          label={t('takeBack.open')}
          title={t('takeBack.ask', { code })}
          consequence={t(state === 'disabled' ? 'takeBack.consequence' : 'takeBack.freezeFirst')}
          reason="required"
          onConfirm={(reason) => takeBack.mutateAsync({ params, body: { reason } })}
        />
      )}
      {may('codes:disable') && state !== 'disabled' && (
        <ConfirmButton
          color="red"
          variant="light"
          label={t('freeze.open')}
          title={t('freeze.ask', { code })}
          consequence={t('freeze.consequence')}
          reason="required"
          onConfirm={(reason) => freeze.mutateAsync({ params, body: { reason } })}
        />
      )}
    </>
  );
}
