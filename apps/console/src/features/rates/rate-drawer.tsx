import { Alert, Button, Drawer, Group, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct, useRead } from '../../api/index.ts';
import { today } from '../../kit/days.ts';
import { ConfirmButton, Day, Empty, ErrorBox, Facts, Loaded, tellDone } from '../../kit/index.ts';
import { useMay, useMember } from '../../session/index.ts';
import { separators } from '../../texts/index.ts';
import { daysAfter, GOOD_FOR_DAYS, type Reach, reaches } from './good-until.ts';
import { keyOf, plainRate, type Rate, readRateKey, shownRate } from './rate.ts';
import { RateInput } from './rate-input.tsx';
import { Until, Worth } from './worth.tsx';

interface Props {
  /** Which rate, as the address has it. */
  readonly of: string | undefined;
  readonly onClose: () => void;
}

/** One rate at the side of the list: how long it is good, and what can be done with it. */
export function RateDrawer({ of, onClose }: Props) {
  const { t } = useTranslation('rates');
  const asked = readRateKey(of);
  return (
    <Drawer
      opened={of !== undefined}
      onClose={onClose}
      title={asked ? t('rateOf', { currency: asked.currency }) : t('gone.title')}
      size="lg"
    >
      {asked ? <OneRate of={asked} onClose={onClose} /> : <Gone />}
    </Drawer>
  );
}

function Gone() {
  const { t } = useTranslation('rates');
  return <Empty title={t('gone.title')} hint={t('gone.hint')} />;
}

/** More than there can be in a week: one a day into each of the currencies that the brand ever had. */
const MOST = 200;

function OneRate({ of: asked, onClose }: { of: Omit<Rate, 'rate'>; onClose: () => void }) {
  const { brand } = useMember();
  const { day, currency } = asked;
  const near = useRead('listCurrencyRates', {
    // The day after its last one says whether there is a gap.
    query: { currency, from: day, to: daysAfter(day, GOOD_FOR_DAYS), limit: MOST },
  });
  return (
    <Loaded of={near}>
      {({ items }) => {
        const key = keyOf(asked);
        const rate = items.find((one) => keyOf(one) === key);
        if (!rate) return <Gone />;
        const reach = reaches(items, today(brand.timeZone)).get(key);
        return <Told key={`${key} ${rate.rate}`} of={rate} reach={reach} onClose={onClose} />;
      }}
    </Loaded>
  );
}

interface ToldProps {
  readonly of: Rate;
  readonly reach: Reach | undefined;
  readonly onClose: () => void;
}

function Told({ of: rate, reach, onClose }: ToldProps) {
  const { t } = useTranslation('rates');
  const { brand } = useMember();
  const mayWrite = useMay('brands:write');
  const isOwn = rate.into === brand.currency;
  return (
    <Stack>
      <Facts
        of={[
          [t('day'), <Day key="day" of={rate.day} />],
          [t('worth', { currency: rate.currency }), <Worth key="worth" of={rate} />],
          [t('until'), <Until key="until" of={reach} />],
        ]}
      />
      {reach?.isGap && (
        <Alert color="yellow" title={t('gap')}>
          {t('gapHint', { currency: rate.currency })}
        </Alert>
      )}
      {!isOwn && <Alert color="blue">{t('otherInto', { into: rate.into, own: brand.currency })}</Alert>}
      {mayWrite && isOwn && <Change of={rate} onClose={onClose} />}
    </Stack>
  );
}

function Change({ of: { day, currency, into, rate }, onClose }: Omit<ToldProps, 'reach'>) {
  const { t } = useTranslation('rates');
  const id = useId();
  const form = useForm({
    initialValues: { rate: shownRate(rate, separators().decimalSeparator) },
    validate: { rate: (typed) => (plainRate(typed) === undefined ? t('rateWrong') : null) },
  });
  const replace = useAct('setCurrencyRates', ({ changed }) => {
    tellDone(t('done', { count: changed }));
    onClose();
  });
  const takeAway = useAct('setCurrencyRates', () => {
    tellDone(t('remove.done'));
    onClose();
  });
  return (
    <Stack>
      {replace.error && <ErrorBox error={replace.error} />}
      <form
        id={id}
        onSubmit={form.onSubmit((values) => {
          const typed = plainRate(values.rate);
          if (typed !== undefined) replace.mutate({ body: { rates: [{ day, currency, rate: typed }] } });
        })}
      >
        <RateInput currency={currency} into={into} {...form.getInputProps('rate')} value={form.values.rate} />
      </form>
      <Group justify="space-between">
        {/* Not in the form: what is submitted in its dialog would submit that as well. */}
        <ConfirmButton
          variant="subtle"
          color="red"
          label={t('remove.label')}
          title={t('remove.title', { currency })}
          consequence={
            <>
              <Day of={day} />: {t('remove.consequence', { currency, into })}
            </>
          }
          onConfirm={() => takeAway.mutateAsync({ body: { rates: [{ day, currency, rate: null }] } })}
        />
        <Button type="submit" form={id} loading={replace.isPending}>
          {t('replace')}
        </Button>
      </Group>
    </Stack>
  );
}
