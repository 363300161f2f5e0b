import { SegmentedControl, Stack, Text } from '@mantine/core';
import type { Reward } from '@promosmith/contract';
import { useTranslation } from 'react-i18next';
import { firstWagering } from '../draft/definition.ts';
import { useCampaignForm } from '../form.ts';
import { WageringFields } from './wagering-fields.tsx';

interface Props {
  readonly path: string;
  /** The field that says what it is paid as. */
  readonly as: 'winnings' | 'paidAs';
  readonly kind: Reward['kind'];
  readonly terms?: Extract<Reward, { kind: 'bonus_balance' }>['wagering'];
}

/** What is paid out is cash, or a bonus with terms of its own. */
export function PaidOutFields({ path, as, kind, terms }: Props) {
  const { t } = useTranslation('terms');
  const form = useCampaignForm();
  const label = t(`fields.rewards.${as}`);
  const choose = (value: string) => {
    form.setFieldValue(`${path}.${as}`, value as never);
    form.setFieldValue(
      `${path}.wagering`,
      (value === 'bonus' ? (terms ?? firstWagering(kind)) : undefined) as never,
    );
  };
  return (
    <Stack gap="sm">
      <div>
        <Text fz="sm" fw={500} mb={4}>
          {label}
        </Text>
        <SegmentedControl
          aria-label={label}
          data={['bonus', 'cash'].map((value) => ({ value, label: t(`words.${as}.${value}`) }))}
          value={form.getInputProps(`${path}.${as}`).value}
          onChange={choose}
        />
      </div>
      {terms && <WageringFields path={`${path}.wagering`} kind={kind} terms={terms} />}
    </Stack>
  );
}
