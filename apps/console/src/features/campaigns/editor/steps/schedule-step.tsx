import { ActionIcon, Button, Chip, Group, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { InstantInput } from '../../../../kit/index.ts';
import { useMember } from '../../../../session/index.ts';
import { useCampaignForm } from '../form.ts';

const WEEK = [1, 2, 3, 4, 5, 6, 7] as const;

/** When codes may be used. */
export function ScheduleStep() {
  const { t } = useTranslation('campaigns');
  const { t: words } = useTranslation('terms');
  const { brand } = useMember();
  const form = useCampaignForm();
  const { startsAt, endsAt, weekdays } = form.values.schedule;
  return (
    <Stack gap="lg">
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <InstantInput
          label={t('schedule.startsAt')}
          value={startsAt}
          error={form.errors['schedule.startsAt']}
          onChange={(at) => form.setFieldValue('schedule.startsAt', at)}
        />
        <InstantInput
          label={t('schedule.endsAt')}
          value={endsAt}
          error={form.errors['schedule.endsAt']}
          onChange={(at) => form.setFieldValue('schedule.endsAt', at)}
        />
      </SimpleGrid>
      <Text fz="xs" c="dimmed">
        {t('schedule.openHint')}
      </Text>
      <Stack gap="xs" role="group" aria-label={t('schedule.weekdays')}>
        <Text fz="sm" fw={600}>
          {t('schedule.weekdays')}
        </Text>
        <Chip.Group
          multiple
          value={(weekdays ?? []).map(String)}
          onChange={(chosen) => {
            const days = chosen.map(Number).sort((one, other) => one - other);
            form.setFieldValue('schedule.weekdays', days.length === 0 ? undefined : days);
          }}
        >
          <Group gap={6}>
            {WEEK.map((day) => (
              <Chip key={day} value={String(day)} size="sm">
                {words(`weekdays.${day}`)}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
        <Text fz="xs" c="dimmed">
          {t('schedule.weekdaysHint', { zone: brand.timeZone })}
        </Text>
      </Stack>
      <Hours />
    </Stack>
  );
}

/** Spans of the day by the brand's clock; one that ends before it begins runs past midnight. */
function Hours() {
  const { t } = useTranslation('campaigns');
  const { brand } = useMember();
  const form = useCampaignForm();
  const hours = form.values.schedule.hours ?? [];
  const set = (next: typeof hours) =>
    form.setFieldValue('schedule.hours', next.length === 0 ? undefined : next);
  return (
    <Stack gap="xs" role="group" aria-label={t('schedule.hours')}>
      <Text fz="sm" fw={600}>
        {t('schedule.hours')}
      </Text>
      {hours.map((span, at) => {
        const path = `schedule.hours.${at}`;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a span is its place
          <Stack key={at} gap={2}>
            <Group gap="xs" wrap="nowrap" align="flex-start">
              {(['from', 'to'] as const).map((end) => (
                <TextInput
                  key={end}
                  aria-label={t(`schedule.${end}`)}
                  placeholder={end === 'from' ? '18:00' : '24:00'}
                  w={110}
                  value={span[end]}
                  error={form.errors[`${path}.${end}`]}
                  onChange={(event) => {
                    const typed = event.currentTarget.value;
                    set(hours.map((one, index) => (index === at ? { ...one, [end]: typed } : one)));
                  }}
                />
              ))}
              <ActionIcon
                variant="subtle"
                color="gray"
                size={36}
                aria-label={t('schedule.removeHours')}
                onClick={() => set(hours.filter((_, index) => index !== at))}
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
      })}
      <Button
        variant="default"
        leftSection={<IconPlus size={15} />}
        style={{ alignSelf: 'flex-start' }}
        onClick={() => set([...hours, { from: '18:00', to: '24:00' }])}
      >
        {t('schedule.addHours')}
      </Button>
      <Text fz="xs" c="dimmed">
        {t('schedule.hoursHint', { zone: brand.timeZone })}
      </Text>
    </Stack>
  );
}
