import { Code, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Amounts, Count, Nothing, Percent, When } from '../values.tsx';
import type { Leaf } from './leaves.ts';

const UNITS = [
  ['days', 86_400],
  ['hours', 3_600],
  ['minutes', 60],
  ['seconds', 1],
] as const;

/** A length of time in the largest unit that says it exactly. */
export function Duration({ seconds }: { seconds: number }) {
  const { t } = useTranslation('terms');
  const [unit, length] = UNITS.find(([, size]) => seconds % size === 0) ?? UNITS[3];
  return t(`units.${unit}`, { count: seconds / length });
}

/** A multiple, from hundredths: 3500 is 35×. */
export const Times = ({ of }: { of: number }) => `${of / 100}×`;

/** What terms say, as people write it. */
export function Shown({ leaf: { name, shape, value } }: { leaf: Pick<Leaf, 'name' | 'shape' | 'value'> }) {
  const { t } = useTranslation('terms');
  if (value === undefined || value === null || value === '') return <Nothing />;
  switch (shape) {
    case 'amounts':
      return <Amounts of={value as Record<string, number>} />;
    case 'percent':
      return <Percent of={value as number} digits={2} />;
    case 'times':
      return <Times of={value as number} />;
    case 'duration':
      return <Duration seconds={value as number} />;
    case 'instant':
      return <When at={value as string} style="full" />;
    case 'count':
      return <Count of={value as number} />;
    case 'flag':
      return t(value ? 'yes' : 'no');
    case 'word':
      return t(`words.${name.slice(name.lastIndexOf('.') + 1)}.${String(value)}`);
    case 'weekdays':
      return (value as number[]).map((day) => t(`weekdays.${day}`)).join(', ');
    case 'hours':
      return (value as { from: string; to: string }[]).map(({ from, to }) => `${from}–${to}`).join(', ');
    case 'indicators':
      return <Indicators of={value as string[]} />;
    case 'list':
      return (value as string[]).join(', ');
    case 'rule':
      return <Code style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{String(value)}</Code>;
    case 'json':
      return <Code style={{ overflowWrap: 'anywhere' }}>{JSON.stringify(value)}</Code>;
    case 'long':
      return (
        <Text inherit style={{ whiteSpace: 'pre-wrap' }} lineClamp={8}>
          {String(value)}
        </Text>
      );
    case 'text':
      return String(value);
  }
}

function Indicators({ of }: { of: readonly string[] }) {
  const { t } = useTranslation('fraud');
  return of.length === 0 ? <Nothing /> : of.map((name) => t(`indicators.${name}`)).join(', ');
}

/** What a thing of the terms is called. */
export function useTermName(): (leaf: Pick<Leaf, 'name' | 'which'>) => string {
  const { t } = useTranslation('terms');
  return ({ name, which }) => {
    if (name === 'limits' && which !== undefined) return t(`limits.${which.replace('.', '_')}`);
    return which === undefined ? t(`fields.${name}`) : `${t(`fields.${name}`)}: ${which}`;
  };
}
