import { useTranslation } from 'react-i18next';
import { type Answer, useAct } from '../../../api/index.ts';
import { ConfirmButton, tellDone } from '../../../kit/index.ts';
import { useMay } from '../../../session/index.ts';

/** Takes an activation back. */
export function Reverse({ activation }: { activation: Answer<'getActivation'> }) {
  const { t } = useTranslation('activations');
  const { id, outcome, player } = activation;
  const may = useMay('activations:reverse');
  const reverse = useAct('reverseActivation', ({ cancelledGrants }) =>
    tellDone(t('reverse.done', { count: cancelledGrants.length })),
  );
  if (!may || (outcome !== 'accepted' && outcome !== 'awaiting_deposit')) return null;
  return (
    <ConfirmButton
      variant="default"
      label={t('reverse.open')}
      title={t('reverse.title')}
      consequence={t('reverse.consequence', { player })}
      reason="required"
      onConfirm={(reason) => reverse.mutateAsync({ params: { activationId: id }, body: { reason } })}
    />
  );
}
