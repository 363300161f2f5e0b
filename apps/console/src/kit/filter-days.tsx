import { Button, Group, Popover, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCalendar } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useMember } from '../session/index.ts';
import { dateFormat } from '../texts/index.ts';
import { dayEnd, dayStart, daysBefore, today } from './days.ts';

export interface Days {
  /** `YYYY-MM-DD`, of the calendar of the brand. */
  from?: string | undefined;
  /** The last day, which is part of it. */
  to?: string | undefined;
}

interface Props extends Days {
  readonly onChange: (days: Days) => void;
  /** What the button says while no day is chosen. */
  readonly unset?: string;
}

/** From one day to another, or open on either side. */
export function FilterDays({ from, to, onChange, unset }: Props) {
  const { t } = useTranslation();
  const { brand } = useMember();
  const [opened, { toggle, close }] = useDisclosure();
  const isSet = from !== undefined || to !== undefined;
  const last = today(brand.timeZone);
  const spans = [
    { name: t('days.today'), days: 0 },
    { name: t('days.week'), days: 6 },
    { name: t('days.month'), days: 29 },
  ];
  return (
    <Popover opened={opened} onChange={toggle} onClose={close} trapFocus returnFocus position="bottom-start">
      <Popover.Target>
        <Button
          variant="default"
          fw={400}
          c={isSet ? undefined : 'dimmed'}
          leftSection={<IconCalendar size={15} />}
          aria-expanded={opened}
          onClick={toggle}
        >
          {isSet ? <Span from={from} to={to} /> : (unset ?? t('days.any'))}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="sm">
          <Group gap={6}>
            {spans.map(({ name, days }) => (
              <Button
                key={name}
                variant="default"
                size="compact-sm"
                onClick={() => {
                  onChange({ from: daysBefore(last, days), to: last });
                  close();
                }}
              >
                {name}
              </Button>
            ))}
            {isSet && (
              <Button
                variant="subtle"
                color="gray"
                size="compact-sm"
                onClick={() => {
                  onChange({ from: undefined, to: undefined });
                  close();
                }}
              >
                {t('days.any')}
              </Button>
            )}
          </Group>
          <Group gap="xs" grow>
            <TextInput
              type="date"
              label={t('days.from')}
              value={from ?? ''}
              max={to}
              onChange={(event) => onChange({ from: event.currentTarget.value || undefined })}
            />
            <TextInput
              type="date"
              label={t('days.to')}
              value={to ?? ''}
              min={from}
              onChange={(event) => onChange({ to: event.currentTarget.value || undefined })}
            />
          </Group>
          <Text fz="xs" c="dimmed">
            {t('days.clock', { zone: brand.timeZone })}
          </Text>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

/** Undefined for what is no day: addresses are typed, too. */
const utcDay = (day: string | undefined): Date | undefined => {
  const at = new Date(`${day}T00:00:00Z`);
  return Number.isNaN(at.getTime()) ? undefined : at;
};

/** As short as it can be said: `3 – 9 Nov 2026`. */
function Span({ from, to }: Days) {
  const { t } = useTranslation();
  const format = dateFormat({ day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
  const start = utcDay(from);
  const end = utcDay(to);
  if (start && end && start <= end) return format.formatRange(start, end);
  if (start) return t('days.since', { day: format.format(start) });
  return end && t('days.until', { day: format.format(end) });
}

/** The span of those days by the brand's clock, as lists are asked for: the end is no part of it. */
export function useSpan({ from, to }: Days): { from?: string; to?: string } {
  const { brand } = useMember();
  const start = from === undefined ? undefined : dayStart(from, brand.timeZone);
  const end = to === undefined ? undefined : dayEnd(to, brand.timeZone);
  return { ...(start === undefined ? {} : { from: start }), ...(end === undefined ? {} : { to: end }) };
}
