import { useTranslation } from 'react-i18next';
import { type Answer, useRead } from '../../api/index.ts';
import { dateFormat } from '../../texts/index.ts';

export type Report = Answer<'getReport'>;
export type Kind = Answer<'listReportKinds'>['items'][number];
export type Every = NonNullable<Report['schedule']>['every'];

/** A Monday. */
const FIRST_DAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

export const useKinds = () => useRead('listReportKinds', {});

/** @param day ISO: 1 is Monday. */
export const weekdayName = (day: number): string =>
  dateFormat({ weekday: 'long', timeZone: 'UTC' }).format(FIRST_DAY + (day - 1) * DAY_MS);

/** `14:00`, or as the reader's language has it. */
export const hourName = (hour: number): string =>
  dateFormat({ hour: 'numeric', minute: '2-digit', timeZone: 'UTC' }).format(FIRST_DAY + hour * 3_600_000);

/** Puts periods and schedules into words. */
export function useWords() {
  const { t } = useTranslation('reports');
  const dayText = (day: string) =>
    dateFormat({ dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
  return {
    period: (period: Report['filters']['period']): string => {
      switch (period.kind) {
        case 'days':
          return t('period.days', { from: dayText(period.from), to: dayText(period.to) });
        case 'last_days':
          return t('period.lastDays', { count: period.days });
        case 'last_month':
          return t('period.lastMonth');
      }
    },
    every: (every: Every): string => {
      const hour = hourName(every.hour);
      switch (every.kind) {
        case 'day':
          return t('every.day', { hour });
        case 'week':
          return t('every.week', { hour, weekday: weekdayName(every.weekday) });
        case 'month':
          return t('every.month', { hour, day: every.day });
      }
    },
  };
}
