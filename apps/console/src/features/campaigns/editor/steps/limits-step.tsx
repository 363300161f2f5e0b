import { ActionIcon, Button, Checkbox, Group, NumberInput, Select, Stack, Text } from '@mantine/core';
import type { CampaignInput } from '@promosmith/contract';
import { INDICATOR_NAMES } from '@promosmith/core/risk';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { separators } from '../../../../texts/index.ts';
import { AmountsField } from '../amounts-field.tsx';
import { OptionalText, SomeOfField, SwitchField } from '../fields.tsx';
import { useCampaignForm } from '../form.ts';

type Limit = CampaignInput['limits'][number];

const SCOPES: readonly Limit['scope'][] = ['player', 'campaign', 'code', 'device', 'household', 'person'];
const PERIODS = ['ever', 'day', 'week', 'month'] as const;
const MOST = 20;

/** How often it may be used, and what it may cost. */
export function LimitsStep() {
  const { t } = useTranslation('campaigns');
  const form = useCampaignForm();
  const { t: fraud } = useTranslation('fraud');
  const indicators = INDICATOR_NAMES.map((value) => ({ value, label: fraud(`indicators.${value}`) }));
  const { limits, budget } = form.values;
  return (
    <Stack gap="lg">
      <Stack gap="xs" role="group" aria-label={t('limits.title')}>
        <Text fz="sm" fw={600}>
          {t('limits.title')}
        </Text>
        {limits.map((limit, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a limit is its place
          <LimitLine key={at} limit={limit} at={at} />
        ))}
        {form.errors.limits && (
          <Text fz="xs" c="red" role="alert">
            {form.errors.limits}
          </Text>
        )}
        {limits.length < MOST && (
          <Button
            variant="default"
            leftSection={<IconPlus size={15} />}
            style={{ alignSelf: 'flex-start' }}
            onClick={() => form.insertListItem('limits', { scope: 'campaign', max: 1_000 })}
          >
            {t('limits.add')}
          </Button>
        )}
      </Stack>
      <Stack gap="xs">
        <Checkbox
          label={t('limits.hasBudget')}
          description={t('limits.budgetHint')}
          checked={budget !== null}
          onChange={(event) => form.setFieldValue('budget', event.currentTarget.checked ? {} : null)}
        />
        {budget !== null && <AmountsField path="budget" required />}
      </Stack>
      <Stack gap="sm">
        <Text fz="sm" fw={600}>
          {t('limits.others')}
        </Text>
        <SwitchField path="exclusive" />
        <OptionalText path="exclusiveGroup" empty={null} />
      </Stack>
      <Stack gap="sm">
        <Text fz="sm" fw={600}>
          {t('limits.abuse')}
        </Text>
        <SomeOfField path="risk.indicators" of={indicators} />
      </Stack>
    </Stack>
  );
}

function LimitLine({ limit, at }: { limit: Limit; at: number }) {
  const { t } = useTranslation('campaigns');
  const form = useCampaignForm();
  const path = `limits.${at}`;
  return (
    <Stack gap={2}>
      <Group gap="xs" align="flex-start">
        <NumberInput
          aria-label={t('limits.max')}
          flex="1 1 90px"
          min={1}
          allowDecimal={false}
          hideControls
          {...separators()}
          error={form.errors[`${path}.max`]}
          value={limit.max ?? ''}
          onChange={(max) => form.setFieldValue(`${path}.max`, (max === '' ? undefined : max) as never)}
        />
        <Select
          aria-label={t('limits.scope')}
          flex="1 1 130px"
          allowDeselect={false}
          data={SCOPES.map((value) => ({ value, label: t(`limits.scopes.${value}`) }))}
          value={limit.scope}
          onChange={(scope) => form.setFieldValue(`${path}.scope`, scope as never)}
        />
        <Select
          aria-label={t('limits.period')}
          flex="1 1 130px"
          allowDeselect={false}
          data={PERIODS.map((value) => ({ value, label: t(`limits.periods.${value}`) }))}
          value={limit.period ?? 'ever'}
          onChange={(period) =>
            form.setFieldValue(`${path}.period`, (period === 'ever' ? undefined : period) as never)
          }
        />
        <ActionIcon
          variant="subtle"
          color="gray"
          size={36}
          aria-label={t('limits.remove')}
          onClick={() => form.removeListItem('limits', at)}
        >
          <IconTrash size={16} />
        </ActionIcon>
      </Group>
      {form.errors[path] && (
        <Text fz="xs" c="red" role="alert">
          {form.errors[path]}
        </Text>
      )}
    </Stack>
  );
}
