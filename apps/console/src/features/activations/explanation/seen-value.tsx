import { Code, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CampaignLink, Nothing, Status, useMoneyText, When } from '../../../kit/index.ts';
import { useMember } from '../../../session/index.ts';
import { dateFormat, numberFormat } from '../../../texts/index.ts';
import type { Seen } from './reading.ts';

/** A weekday by its ISO number: 1 January 2024 was a Monday. */
const weekday = (number: number): string =>
  dateFormat({ weekday: 'long', timeZone: 'UTC' }).format(Date.UTC(2024, 0, Math.max(1, number)));

/** Writes values as text, e.g. in the middle of a sentence. @param currency what amounts are in. */
export function useSeenText(currency: string): (of: Seen) => string {
  const { t } = useTranslation('activations');
  const money = useMoneyText();
  const { brand } = useMember();
  const write = (of: Seen): string => {
    switch (of.kind) {
      case 'nothing':
        return '—';
      case 'unknown':
        return t('seen.unknown');
      case 'text':
      case 'campaign':
        return of.text;
      case 'state':
        return t(`states.${of.text}`, { defaultValue: of.text });
      case 'instant': {
        const format = { dateStyle: 'medium', timeStyle: 'short', timeZone: brand.timeZone } as const;
        return `${dateFormat(format).format(new Date(of.text))} (${brand.timeZone})`;
      }
      case 'number':
        return numberFormat().format(of.number);
      case 'uses':
        return t('seen.uses', { count: of.number });
      case 'money':
        return money(of.amount, currency);
      case 'yesNo':
        return t(of.yes ? 'yes' : 'no');
      case 'list':
        return of.of.map(write).join(', ');
      case 'fields':
        return of.of.map(writeField).join(' · ');
    }
  };
  const writeField = ([name, value]: readonly [string, Seen]): string => {
    if (name === 'weekday' && value.kind === 'number') return weekday(value.number);
    if (name === 'weekdays' && value.kind === 'list')
      return value.of.map((one) => (one.kind === 'number' ? weekday(one.number) : write(one))).join(', ');
    return name === 'time' || name === 'hours' ? write(value) : `${name}: ${write(value)}`;
  };
  return write;
}

/** A value where it stands on its own. */
export function SeenValue({ of, currency }: { of: Seen; currency: string }) {
  const write = useSeenText(currency);
  const { t } = useTranslation('activations');
  switch (of.kind) {
    case 'nothing':
      return <Nothing />;
    case 'unknown':
      return (
        <Text span inherit fs="italic">
          {t('seen.unknown')}
        </Text>
      );
    case 'state':
      return <Status of={of.text} />;
    case 'campaign':
      return <CampaignLink id={of.text} />;
    case 'instant':
      return <When at={of.text} style="full" />;
    case 'text':
      return <Code>{of.text}</Code>;
    default:
      return (
        <Text span inherit style={{ fontVariantNumeric: 'tabular-nums' }}>
          {write(of)}
        </Text>
      );
  }
}
