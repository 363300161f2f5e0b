import { Button, Group, NumberInput, SegmentedControl, Stack, Switch, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { type Answer, useAct, useRead } from '../../../api/index.ts';
import { ErrorBox, Loaded, MoneyInput, Panel, tellDone } from '../../../kit/index.ts';
import { useMember } from '../../../session/index.ts';
import { separators } from '../../../texts/index.ts';

type Thresholds = Answer<'getApprovalThresholds'>;
type MoneyThreshold = 'campaignBudget' | 'manualGrant';

/** What waits for a second person. */
export function ThresholdsForm() {
  const { t } = useTranslation('brands');
  const thresholds = useRead('getApprovalThresholds', {});
  return (
    <Panel title={t('thresholds.title')} hint={t('thresholds.hint')}>
      <Loaded of={thresholds}>{(data) => <Form key={JSON.stringify(data)} of={data} />}</Loaded>
    </Panel>
  );
}

function Form({ of: stored }: { of: Thresholds }) {
  const { t } = useTranslation('brands');
  const form = useForm({ initialValues: stored });
  const save = useAct('changeApprovalThresholds', (answer) =>
    tellDone('approvalId' in answer ? t('thresholds.waits') : t('saved')),
  );
  const changed = () => {
    const fields = Object.entries(form.values).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(stored[name as keyof Thresholds]),
    );
    return Object.fromEntries(fields);
  };
  return (
    <form onSubmit={form.onSubmit(() => save.mutate({ body: changed() }))}>
      <Stack gap="lg">
        {save.error && <ErrorBox error={save.error} />}
        {(['campaignBudget', 'manualGrant'] as const satisfies MoneyThreshold[]).map((name) => (
          <MoneyThresholds
            key={name}
            name={name}
            value={form.values[name]}
            onChange={(value) => form.setFieldValue(name, value)}
          />
        ))}
        <Stack gap="xs">
          <Switch
            label={t('thresholds.bulkGeneration')}
            checked={form.values.bulkGeneration !== null}
            onChange={(event) =>
              form.setFieldValue('bulkGeneration', event.currentTarget.checked ? 10_000 : null)
            }
          />
          {form.values.bulkGeneration !== null && (
            <NumberInput
              aria-label={t('thresholds.bulkGeneration')}
              min={0}
              allowDecimal={false}
              {...separators()}
              w={200}
              value={form.values.bulkGeneration}
              onChange={(value) => form.setFieldValue('bulkGeneration', Number(value) || 0)}
            />
          )}
        </Stack>
        <Stack gap={4}>
          <Text fz="sm" fw={500}>
            {t('thresholds.limitRaises')}
          </Text>
          <SegmentedControl
            w="fit-content"
            aria-label={t('thresholds.limitRaises')}
            data={(['never', 'always'] as const).map((value) => ({ value, label: t(`thresholds.${value}`) }))}
            {...form.getInputProps('limitRaises')}
          />
        </Stack>
        <Group justify="flex-end">
          <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
            {t('save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface MoneyProps {
  readonly name: MoneyThreshold;
  readonly value: Readonly<Record<string, number>> | null;
  readonly onChange: (value: Record<string, number> | null) => void;
}

/** The most that needs nobody else; in a currency that is not named everything does. */
function MoneyThresholds({ name, value, onChange }: MoneyProps) {
  const { t } = useTranslation('brands');
  const { brand } = useMember();
  const currencies = [...new Set([brand.currency, ...Object.keys(value ?? {})])];
  return (
    <Stack gap="xs">
      <Switch
        label={t(`thresholds.${name}`)}
        description={t(`thresholds.${name}Hint`)}
        checked={value !== null}
        onChange={(event) => onChange(event.currentTarget.checked ? { [brand.currency]: 0 } : null)}
      />
      {value !== null &&
        currencies.map((currency) => (
          <MoneyInput
            key={currency}
            aria-label={`${t(`thresholds.${name}`)} ${currency}`}
            currency={currency}
            w={200}
            value={value[currency] ?? 0}
            onChange={(amount) => onChange({ ...value, [currency]: amount ?? 0 })}
          />
        ))}
    </Stack>
  );
}
