import { Code, List, Text, ThemeIcon } from '@mantine/core';
import { IconBulb, IconCheck, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFactLabel } from '../../../kit/fact-label.ts';
import { conditionsOf, isMet, type Need, type Way, wayOf } from './audience.ts';
import classes from './check-list.module.css';
import { type Check, type Seen, seen } from './reading.ts';
import { useSeenText } from './seen-value.tsx';

/** An audience rule condition by condition, and the nearest way to be in the audience. */
export function AudienceConditions({ check, currency }: { check: Check; currency: string }) {
  const { t } = useTranslation('activations');
  const write = useSeenText(currency);
  const labelOf = useFactLabel();
  const conditions = conditionsOf(check.saw);
  const way = check.ok ? undefined : wayOf(check.needs);
  return (
    <div className={classes.conditions}>
      {conditions.map((condition) => {
        const met = isMet(condition);
        const { unit } = condition.need;
        return (
          <div key={condition.source} className={classes.condition}>
            <ThemeIcon variant="transparent" size={18} color={met ? 'green' : 'red'}>
              {met ? (
                <IconCheck size={14} role="img" aria-label={t('passed')} />
              ) : (
                <IconX size={14} role="img" aria-label={t('notPassed')} />
              )}
            </ThemeIcon>
            <Text fz="sm" component="div">
              <Code>{condition.source}</Code>{' '}
              {Object.entries(condition.saw).map(([fact, value]) => (
                <Text key={fact} span fz="sm" c={met ? 'dimmed' : undefined}>
                  {t('conditionSaw', { fact: labelOf(fact), value: write(inUnit(value, unit)) })}{' '}
                </Text>
              ))}
            </Text>
          </div>
        );
      })}
      {way && (
        <div className={classes.way}>
          <IconBulb size={16} stroke={1.6} aria-hidden />
          <Text fz="sm" component="div">
            {t('nearest')}
            <WayTree way={way} currency={currency} />
          </Text>
        </div>
      )}
    </div>
  );
}

const inUnit = (value: unknown, unit: string | undefined): Seen =>
  unit === 'minor' && typeof value === 'number' ? { kind: 'money', amount: value } : seen(value);

function WayTree({ way, currency }: { way: Way; currency: string }) {
  const { t } = useTranslation('activations');
  if (way.kind === 'step')
    return (
      <Text span fz="sm" fw={500}>
        {' '}
        <NeedText need={way.need} currency={currency} />
      </Text>
    );
  return (
    <>
      {way.ways.length > 1 && ` ${t(way.kind === 'all' ? 'allOf' : 'anyOf')}`}
      <List fz="sm" withPadding>
        {way.ways.map((one, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: ways have no names, and stay where they are
          <List.Item key={index}>
            <WayTree way={one} currency={currency} />
          </List.Item>
        ))}
      </List>
    </>
  );
}

function NeedText({ need: { fact, op, value, unit }, currency }: { need: Need; currency: string }) {
  const { t } = useTranslation('activations');
  const write = useSeenText(currency);
  const labelOf = useFactLabel();
  return t(`needs.${OPERATORS[op] ?? 'is'}`, {
    fact: labelOf(fact),
    value: write(inUnit(value, unit)),
  });
}

/** Operators by the names that texts have for them. */
const OPERATORS: Readonly<Record<string, string>> = {
  ...{ '==': 'is', '!=': 'isNot', '<': 'below', '<=': 'atMost', '>': 'above', '>=': 'atLeast' },
  ...{ in: 'in', 'not in': 'notIn', includes: 'includes', excludes: 'excludes' },
  ...{ startsWith: 'startsWith', endsWith: 'endsWith', contains: 'contains', matches: 'matches' },
  ...{ 'not startsWith': 'notStartsWith', 'not endsWith': 'notEndsWith' },
  ...{ 'not contains': 'notContains', 'not matches': 'notMatches' },
  ...{ known: 'known', 'not known': 'notKnown', is: 'is' },
};
