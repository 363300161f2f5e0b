import { useTranslation } from 'react-i18next';
import { useAct } from '../../../api/index.ts';
import { ConfirmButton, tellDone } from '../../../kit/index.ts';
import { useMay } from '../../../session/index.ts';
import { ExtendButton } from './extend.tsx';
import { type Bonus, isMoney, isUnderWay } from './kinds.ts';
import { Removed, WhatItCosts } from './what-it-costs.tsx';

/** What may be done with it in the state it is in. */
export function BonusActions({ of: bonus }: { of: Bonus }) {
  const may = useMay('bonuses:change');
  if (!may) return null;
  const { status } = bonus;
  return (
    <>
      {status === 'active' && isMoney(bonus) && !bonus.keptOutside && <ExtendButton of={bonus} />}
      {(status === 'lost' || status === 'forfeited') && <ReinstateButton of={bonus} />}
      {(status === 'active' || status === 'pending') && <ForfeitButton of={bonus} />}
      {isUnderWay(bonus) && <CancelButton of={bonus} />}
    </>
  );
}

function ForfeitButton({ of: { id, player } }: { of: Bonus }) {
  const { t } = useTranslation('bonuses');
  const forfeit = useAct('forfeitGrant', () => tellDone(t('forfeit.done')));
  return (
    <ConfirmButton
      variant="default"
      label={t('forfeit.label')}
      title={t('forfeit.title')}
      consequence={
        <>
          {t('forfeit.consequence', { player })}
          <WhatItCosts grantId={id} />
        </>
      }
      color="red"
      onConfirm={() => forfeit.mutateAsync({ params: { grantId: id } })}
    />
  );
}

function CancelButton({ of: bonus }: { of: Bonus }) {
  const { t } = useTranslation('bonuses');
  const cancel = useAct('cancelGrant', () => tellDone(t('cancelling.done')));
  return (
    <ConfirmButton
      variant="default"
      c="red"
      label={t('cancelling.label')}
      title={t('cancelling.title')}
      consequence={
        <>
          {t(bonus.kind === 'free_spins' ? 'cancelling.ofSpins' : 'cancelling.consequence')}
          {isMoney(bonus) && bonus.status === 'active' && <WhatItCosts grantId={bonus.id} />}
        </>
      }
      reason="required"
      color="red"
      onConfirm={(reason) => cancel.mutateAsync({ params: { grantId: bonus.id }, body: { reason } })}
    />
  );
}

function ReinstateButton({ of: bonus }: { of: Bonus }) {
  const { t } = useTranslation('bonuses');
  const reinstate = useAct('reinstateGrant', () => tellDone(t('reinstate.done')));
  return (
    <ConfirmButton
      variant="default"
      label={t('reinstate.label')}
      title={t('reinstate.title')}
      consequence={
        <>
          {t('reinstate.consequence')}
          <Removed of={bonus} />
        </>
      }
      reason="required"
      color="iris"
      onConfirm={(reason) => reinstate.mutateAsync({ params: { grantId: bonus.id }, body: { reason } })}
    />
  );
}
