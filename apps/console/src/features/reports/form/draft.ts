import type { UseFormReturnType } from '@mantine/form';
import type { ReportInput } from '@promosmith/contract';
import type { Report } from '../words.ts';

export const LENGTHS = ['7', '30', '90'] as const;
const LAST = 'last_';

/** A report as its form holds it. */
export interface Draft {
  readonly name: string;
  readonly kind: string;
  /** `last_30`, `last_month`, or `days`. */
  readonly period: string;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly campaignId: string | undefined;
  readonly player: string;
  /** Empty: all of them. */
  readonly columns: string[];
  readonly shared: boolean;
  readonly isSent: boolean;
  readonly every: 'day' | 'week' | 'month';
  readonly weekday: string;
  readonly day: number;
  readonly hour: string;
  readonly format: 'csv' | 'xlsx' | 'parquet';
  readonly recipients: string[];
}

type Usual = Pick<Draft, 'isSent' | 'every' | 'weekday' | 'day' | 'hour' | 'format'>;

const USUAL: Usual = { isSent: false, every: 'week', weekday: '1', day: 1, hour: '8', format: 'xlsx' };

export const newDraft = (kind: string, campaignId?: string): Draft => ({
  ...USUAL,
  ...{ name: '', kind, period: 'last_30', from: undefined, to: undefined, campaignId, player: '' },
  ...{ columns: [], shared: false, recipients: [] },
});

export function draftOf({ name, kind, filters, columns, shared, schedule }: Report): Draft {
  const { period, campaignId, player = '' } = filters;
  const days = period.kind === 'days' ? period : undefined;
  const every = schedule?.every;
  return {
    ...{ name, kind, campaignId, player, shared, columns: columns ?? [] },
    period: period.kind === 'last_days' ? `${LAST}${period.days}` : period.kind,
    ...{ from: days?.from, to: days?.to, isSent: schedule !== null },
    every: every?.kind ?? USUAL.every,
    weekday: every?.kind === 'week' ? String(every.weekday) : USUAL.weekday,
    day: every?.kind === 'month' ? every.day : USUAL.day,
    hour: every === undefined ? USUAL.hour : String(every.hour),
    format: schedule?.format ?? USUAL.format,
    recipients: [...(schedule?.recipients ?? [])],
  };
}

const periodOf = ({ period, from = '', to = '' }: Draft): ReportInput['filters']['period'] => {
  if (period === 'days') return { kind: 'days', from, to };
  if (period === 'last_month') return { kind: 'last_month' };
  return { kind: 'last_days', days: Number(period.slice(LAST.length)) };
};

function everyOf({ every, weekday, day, hour }: Draft) {
  const at = { hour: Number(hour) };
  switch (every) {
    case 'day':
      return { kind: 'day', ...at } as const;
    case 'week':
      return { kind: 'week', weekday: Number(weekday), ...at } as const;
    case 'month':
      return { kind: 'month', day, ...at } as const;
  }
}

/** @param filters what reports of this kind can be filtered by. */
export function inputOf(draft: Draft, filters: readonly string[]): ReportInput {
  const { name, kind, campaignId, player, columns, shared, isSent, format, recipients } = draft;
  return {
    ...{ name, kind, shared, columns: columns.length === 0 ? null : columns },
    filters: {
      period: periodOf(draft),
      ...(filters.includes('campaignId') && campaignId !== undefined && { campaignId }),
      ...(filters.includes('player') && player.trim() !== '' && { player: player.trim() }),
    },
    schedule: isSent ? { every: everyOf(draft), format, recipients } : null,
  };
}

export type ReportFormOf = UseFormReturnType<Draft>;
