import { useTranslation } from 'react-i18next';
import { type Answer, useAct } from '../../../api/index.ts';
import { ConfirmButton, tellDone } from '../../../kit/index.ts';
import { useMay } from '../../../session/index.ts';
import { GiveCode } from './give-code.tsx';
import { RaiseLimit } from './raise-limit.tsx';

/** What can be done with a code, by whoever may. */
export function CodeActs({ code }: { code: Answer<'getCode'> }) {
  const { t } = useTranslation('codes');
  const mayDisable = useMay('codes:disable');
  const mayRaise = useMay('codes:raise');
  const mayGive = useMay('codes:write');
  const disable = useAct('disableCode', () => tellDone(t('disable.done')));
  const isOver = code.state === 'disabled';
  return (
    <>
      {mayDisable && !isOver && (
        <ConfirmButton
          variant="default"
          label={t('disable.open')}
          title={t('disable.title', { code: code.code })}
          consequence={t('disable.consequence')}
          reason="required"
          onConfirm={(reason) => disable.mutateAsync({ params: { codeId: code.id }, body: { reason } })}
        />
      )}
      {mayGive && !isOver && code.kind === 'unique' && code.holder === null && code.uses === 0 && (
        <GiveCode codeId={code.id} />
      )}
      {mayRaise && !isOver && code.kind !== 'unique' && code.maxUses !== null && (
        <RaiseLimit code={code} maxUses={code.maxUses} />
      )}
    </>
  );
}
