import { Button, type ButtonProps, Modal, Select, Stack, Text, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { type Answer, useAct, useRead } from '../api/index.ts';
import { useMay, useMember } from '../session/index.ts';
import { CampaignPicker } from './campaigns.tsx';
import { ErrorBox, tellDone } from './feedback.tsx';
import { FormEnd } from './form-end.tsx';
import { fieldFaults } from './forms.ts';
import { MoneyInput } from './inputs/money-input.tsx';
import { PlayerPicker } from './player-picker.tsx';
import { useMoneyText } from './values.tsx';

type Reward = Answer<'getCampaign'>['rewards'][number];

interface Known {
  /** The platform's own id; asked for when left out. */
  readonly player?: string | undefined;
  /** Picked already. */
  readonly campaignId?: string | undefined;
  /** Why, as far as it is known. */
  readonly reason?: string | undefined;
}

/** A bonus by hand, such as one of goodwill, to whoever may grant it. Prefilled with what is known where it stands. */
export function GrantByHand({
  player,
  campaignId,
  reason,
  label,
  ...button
}: ButtonProps & Known & { label?: string }) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure();
  if (!useMay('bonuses:grant')) return null;
  return (
    <>
      <Button {...button} onClick={open}>
        {label ?? t('grant.open')}
      </Button>
      <Modal opened={opened} onClose={close} title={t('grant.title')} centered>
        <GrantForm player={player} campaignId={campaignId} reason={reason} onDone={close} />
      </Modal>
    </>
  );
}

interface Values {
  player: string;
  campaignId: string | undefined;
  rewardIndex: number;
  currency: string | null;
  amount: number | undefined;
  reason: string;
}

function GrantForm({ player, campaignId, reason, onDone }: Known & { onDone: () => void }) {
  const { t } = useTranslation();
  const form = useForm<Values>({
    initialValues: {
      ...{ player: player ?? '', campaignId, rewardIndex: 0, currency: null, amount: undefined },
      reason: reason ?? '',
    },
    validate: { campaignId: (picked) => (picked === undefined ? t('grant.pickCampaign') : null) },
  });
  const { values } = form;
  const offer = useOffer(values);
  const money = useMoneyText();
  const grant = useAct('grantByHand', (answer) => {
    tellDone('approvalId' in answer ? t('grant.waits') : t('grant.done', { player: values.player.trim() }));
    onDone();
  });
  const submit = () => {
    if (values.campaignId === undefined) return;
    const { rewardIndex, amount } = values;
    grant.mutate(
      {
        body: {
          ...{
            player: values.player.trim(),
            campaignId: values.campaignId,
            rewardIndex,
            reason: values.reason,
          },
          ...(offer.currency === undefined ? {} : { currency: offer.currency }),
          ...(offer.takesAmount && amount !== undefined ? { amount } : {}),
        },
      },
      { onError: (error) => form.setErrors(fieldFaults(error)) },
    );
  };
  return (
    <form onSubmit={form.onSubmit(submit)}>
      <Stack gap="sm">
        <Text fz="sm" c="dimmed">
          {t('grant.hint')}
        </Text>
        {player === undefined && (
          <PlayerPicker
            label={t('grant.player')}
            required
            data-autofocus
            {...form.getInputProps('player')}
            value={values.player}
          />
        )}
        <CampaignPicker
          label={t('grant.campaign')}
          required
          {...(player !== undefined && { 'data-autofocus': true })}
          {...form.getInputProps('campaignId')}
          value={values.campaignId}
          onChange={(picked) => form.setValues({ campaignId: picked, rewardIndex: 0, amount: undefined })}
        />
        {offer.rewards.length > 1 && (
          <Select
            label={t('grant.reward')}
            data={offer.rewards.map(({ kind }, index) => ({
              value: String(index),
              label: `${index + 1}. ${t(`kinds.${kind}`)}`,
            }))}
            value={String(values.rewardIndex)}
            onChange={(index) => form.setValues({ rewardIndex: Number(index), amount: undefined })}
            allowDeselect={false}
          />
        )}
        {offer.currencies.length > 1 && (
          <Select
            label={t('grant.currency')}
            data={[...offer.currencies]}
            value={offer.currency ?? null}
            onChange={(currency) => form.setFieldValue('currency', currency)}
            allowDeselect={false}
          />
        )}
        {offer.takesAmount && offer.currency !== undefined && (
          <MoneyInput
            label={t('grant.amount')}
            description={t(offer.usual === undefined ? 'grant.amountNeeded' : 'grant.amountHint')}
            currency={offer.currency}
            required={offer.usual === undefined}
            {...form.getInputProps('amount')}
            value={values.amount}
            placeholder={offer.usual === undefined ? undefined : money(offer.usual, offer.currency)}
          />
        )}
        <Textarea
          label={t('reason')}
          description={t('reasonHint')}
          required
          maxLength={500}
          autosize
          minRows={2}
          {...form.getInputProps('reason')}
        />
        {grant.error && <ErrorBox error={grant.error} />}
        <FormEnd submit={t('grant.submit')} isBusy={grant.isPending} onCancel={onDone} />
      </Stack>
    </form>
  );
}

/** What the picked campaign has to give to that player. */
function useOffer({ player, campaignId, rewardIndex, currency: picked }: Values) {
  const { brand } = useMember();
  const campaign = useRead(
    'getCampaign',
    { params: { campaignId: campaignId ?? '' } },
    { enabled: campaignId !== undefined },
  );
  const externalId = player.trim();
  const known = useRead('getPlayer', { params: { externalId } }, { enabled: externalId !== '' });
  const rewards: readonly Reward[] = campaignId === undefined ? [] : (campaign.data?.rewards ?? []);
  const reward = rewards[rewardIndex];
  const currencies = reward ? currenciesOf(reward) : [];
  const own = known.data?.currency ?? brand.currency;
  const currency = picked ?? (currencies.length === 0 || currencies.includes(own) ? own : currencies[0]);
  return {
    ...{ rewards, currencies },
    currency: reward ? currency : undefined,
    takesAmount: reward?.kind === 'bonus_balance' || reward?.kind === 'deposit',
    usual: reward?.kind === 'bonus_balance' && currency !== undefined ? reward.amount[currency] : undefined,
  };
}

function currenciesOf(reward: Reward): string[] {
  switch (reward.kind) {
    case 'bonus_balance':
      return Object.keys(reward.amount);
    case 'deposit':
      return Object.keys(reward.cap);
    default:
      return [];
  }
}
