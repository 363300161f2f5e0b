import { Button, Group, Select, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { useAct, useRead } from '../../../api/index.ts';
import { ErrorBox, fieldFaults, Panel, PercentInput, tellDone } from '../../../kit/index.ts';
import { type Brand, useMember } from '../../../session/index.ts';

const CHALLENGES: readonly Brand['settings']['challenge'][] = ['off', 'proof_of_work', 'platform'];
const TIME_ZONES = Intl.supportedValuesOf('timeZone');

/** Name, clock, currency, licence and fees. Another person's change in between is told, and nothing typed is lost. */
export function BrandForm({ brand }: { brand: Brand }) {
  const { t } = useTranslation('brands');
  const { currencies } = useMember();
  const policies = useRead('listPolicies', {});
  const { name, timeZone, currency, settings } = brand;
  const { jurisdiction, feesBps, challenge } = settings;
  const form = useForm({
    initialValues: { name, timeZone, currency, jurisdiction, feesBps, challenge },
  });
  const save = useAct('updateBrand', ({ settings: after, ...saved }) => {
    form.resetDirty({
      ...form.values,
      name: saved.name,
      jurisdiction: after.jurisdiction,
      feesBps: after.feesBps,
      challenge: after.challenge,
    });
    tellDone(t('saved'));
  });
  return (
    <Panel>
      <form
        onSubmit={form.onSubmit((values) =>
          save.mutate(
            { body: { ...values, revision: brand.revision } },
            { onError: (error) => form.setErrors(fieldFaults(error)) },
          ),
        )}
      >
        <Stack>
          {save.error && <ErrorBox error={save.error} />}
          <TextInput label={t('name')} required maxLength={128} {...form.getInputProps('name')} />
          <Select
            label={t('timeZone')}
            description={t('timeZoneHint')}
            data={TIME_ZONES.includes(timeZone) ? TIME_ZONES : [timeZone, ...TIME_ZONES]}
            searchable
            allowDeselect={false}
            {...form.getInputProps('timeZone')}
          />
          <Select
            label={t('currency')}
            description={t('currencyHint')}
            data={[...currencies.keys()]}
            searchable
            allowDeselect={false}
            limit={50}
            {...form.getInputProps('currency')}
          />
          <Select
            label={t('jurisdiction')}
            description={t('jurisdictionHint')}
            data={(policies.data?.items ?? []).map((pack) => ({
              value: pack.jurisdiction,
              label: pack.name,
            }))}
            allowDeselect={false}
            {...form.getInputProps('jurisdiction')}
          />
          <PercentInput
            label={t('fees')}
            description={t('feesHint')}
            value={form.values.feesBps}
            error={form.errors.feesBps}
            onChange={(bps) => form.setFieldValue('feesBps', bps ?? null)}
          />
          <Select
            label={t('challenge')}
            description={t('challengeHint')}
            data={CHALLENGES.map((kind) => ({ value: kind, label: t(`challenges.${kind}`) }))}
            allowDeselect={false}
            {...form.getInputProps('challenge')}
          />
          <Group justify="flex-end">
            <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
              {t('save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Panel>
  );
}
