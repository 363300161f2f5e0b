import { Group, MultiSelect, NumberInput, Select, Stack, Switch, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../../api/index.ts';
import { useMay, useMember } from '../../../session/index.ts';
import { hourName, weekdayName } from '../words.ts';
import type { ReportFormOf } from './draft.ts';

const WEEK = ['1', '2', '3', '4', '5', '6', '7'] as const;
const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour));

/** When a report is sent, and to whom. */
export function ScheduleFields({ form }: { form: ReportFormOf }) {
  const { t } = useTranslation('reports');
  const { brand } = useMember();
  const { values } = form;
  const staff = useStaff();
  return (
    <Stack gap="sm">
      <Switch label={t('schedule.send')} {...form.getInputProps('isSent', { type: 'checkbox' })} />
      {values.isSent && (
        <>
          <Group align="flex-end" gap="xs">
            <Select
              label={t('schedule.every')}
              w={160}
              allowDeselect={false}
              data={(['day', 'week', 'month'] as const).map((value) => ({
                value,
                label: t(`schedule.${value}`),
              }))}
              {...form.getInputProps('every')}
            />
            {values.every === 'week' && (
              <Select
                label={t('schedule.weekday')}
                w={160}
                allowDeselect={false}
                data={WEEK.map((value) => ({ value, label: weekdayName(Number(value)) }))}
                {...form.getInputProps('weekday')}
              />
            )}
            {values.every === 'month' && (
              <NumberInput
                label={t('schedule.dayOfMonth')}
                w={140}
                min={1}
                max={31}
                allowDecimal={false}
                required
                {...form.getInputProps('day')}
              />
            )}
            <Select
              label={t('schedule.hour')}
              w={130}
              allowDeselect={false}
              data={HOURS.map((value) => ({ value, label: hourName(Number(value)) }))}
              {...form.getInputProps('hour')}
            />
            <Select
              label={t('schedule.format')}
              w={180}
              allowDeselect={false}
              data={(['csv', 'xlsx', 'parquet'] as const).map((value) => ({
                value,
                label: t(`formats.${value}`),
              }))}
              {...form.getInputProps('format')}
            />
          </Group>
          <Text fz="xs" c="dimmed">
            {t('schedule.clock', { zone: brand.timeZone })}
          </Text>
          <MultiSelect
            label={t('schedule.recipients')}
            description={staff.isAll ? undefined : t('schedule.onlyYou')}
            required
            data={staff.people}
            {...form.getInputProps('recipients')}
            error={form.errors['schedule.recipients'] ?? form.errors.recipients}
          />
        </>
      )}
    </Stack>
  );
}

/** The most of one page of the API. */
const PAGE = 200;

/** Whom it can be sent to: everybody of the brand, for those who may see who that is; or else oneself. */
function useStaff(): { people: { value: string; label: string }[]; isAll: boolean } {
  const { session } = useMember();
  const may = useMay('staff:read');
  const staff = useRead('listStaff', { query: { limit: PAGE } }, { enabled: may });
  const own = { value: session.staffId, label: `${session.name} · ${session.email}` };
  const others = (staff.data?.items ?? [])
    .filter(({ staffId, status }) => staffId !== session.staffId && status === 'active')
    .map(({ staffId, name, email }) => ({ value: staffId, label: `${name} · ${email}` }));
  return { people: [own, ...others], isAll: may };
}
