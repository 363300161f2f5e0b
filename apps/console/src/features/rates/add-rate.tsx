import { Button, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useAct, useRead } from '../../api/index.ts';
import { today } from '../../kit/days.ts';
import { ErrorBox, FormEnd, tellDone } from '../../kit/index.ts';
import { useMember } from '../../session/index.ts';
import { isDay, plainRate } from './rate.ts';
import { RateInput } from './rate-input.tsx';
import { Worth } from './worth.tsx';

/** Says what a currency is worth from a day on. */
export function AddRate({ currency }: { currency: string | undefined }) {
  const { t } = useTranslation('rates');
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button leftSection={<IconPlus size={16} />} onClick={open}>
        {t('add.open')}
      </Button>
      <Modal opened={opened} onClose={close} title={t('add.open')} centered>
        <RateForm currency={currency} onClose={close} />
      </Modal>
    </>
  );
}

interface Props {
  readonly currency: string | undefined;
  readonly onClose: () => void;
}

function RateForm({ currency: asked, onClose }: Props) {
  const { t } = useTranslation('rates');
  const { brand, currencies } = useMember();
  const into = brand.currency;
  const others = [...currencies.keys()].filter((code) => code !== into);
  const form = useForm({
    initialValues: {
      day: today(brand.timeZone),
      currency: others.find((code) => code === asked) ?? null,
      rate: '',
    },
    validate: {
      day: (day) => (isDay(day) ? null : t('add.dayMissing')),
      currency: (currency) => (currency === null ? t('add.currencyMissing') : null),
      rate: (rate) => (plainRate(rate) === undefined ? t('rateWrong') : null),
    },
  });
  const set = useAct('setCurrencyRates', ({ changed }) => {
    tellDone(t('done', { count: changed }));
    onClose();
  });
  const { day, currency } = form.values;
  const before = useRateOf(day, currency, into);
  return (
    <form
      onSubmit={form.onSubmit((values) => {
        const rate = plainRate(values.rate);
        if (values.currency !== null && rate !== undefined)
          set.mutate({ body: { rates: [{ day: values.day, currency: values.currency, rate }] } });
      })}
    >
      <Stack>
        {set.error && <ErrorBox error={set.error} />}
        <TextInput
          type="date"
          label={t('day')}
          description={t('add.dayHint', { zone: brand.timeZone })}
          max="9999-12-31"
          required
          {...form.getInputProps('day')}
        />
        <Select
          label={t('currency')}
          data={others}
          searchable
          allowDeselect={false}
          limit={50}
          required
          data-autofocus
          {...form.getInputProps('currency')}
        />
        <RateInput currency={currency} into={into} {...form.getInputProps('rate')} value={form.values.rate} />
        {before && (
          <Text fz="sm" role="status">
            {t('add.replaces')} <Worth of={before} />
          </Text>
        )}
        <FormEnd submit={t(before ? 'replace' : 'add.submit')} isBusy={set.isPending} onCancel={onClose} />
      </Stack>
    </form>
  );
}

/** What is set for that day already. */
function useRateOf(day: string, currency: string | null, into: string) {
  const isAsked = isDay(day) && currency !== null;
  const found = useRead(
    'listCurrencyRates',
    { query: { from: day, to: day, ...(currency !== null && { currency }) } },
    { enabled: isAsked },
  );
  // While another day is read, what was read before is still there.
  return found.data?.items.find(
    (rate) => isAsked && rate.day === day && rate.currency === currency && rate.into === into,
  );
}
