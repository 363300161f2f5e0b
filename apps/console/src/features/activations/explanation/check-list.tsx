import { Badge, Text, ThemeIcon } from '@mantine/core';
import { IconBulb, IconCheck, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Refusal } from '../../../kit/index.ts';
import { AudienceConditions } from './audience-conditions.tsx';
import classes from './check-list.module.css';
import { type Check, type Reading, readCheck } from './reading.ts';
import { RiskFound } from './risk-found.tsx';
import { SeenValue, useSeenText } from './seen-value.tsx';

/** Every check of the decision in its order, with what it saw and, of one that failed, the nearest way to pass. */
export function CheckList({ checks, currency }: { checks: readonly Check[]; currency: string }) {
  const { t } = useTranslation('activations');
  const decisive = checks.findIndex(({ ok }) => !ok);
  return (
    <ol className={classes.list} aria-label={t('checksOf')}>
      {checks.map((check, index) => (
        <CheckRow
          key={check.check}
          check={check}
          number={index + 1}
          isDecisive={index === decisive}
          currency={currency}
        />
      ))}
    </ol>
  );
}

interface RowProps {
  readonly check: Check;
  readonly number: number;
  readonly isDecisive: boolean;
  readonly currency: string;
}

function CheckRow({ check, number, isDecisive, currency }: RowProps) {
  const { t } = useTranslation('activations');
  const title = useTitle();
  const reading = readCheck(check);
  const { ok, key } = check;
  return (
    <li className={classes.row} data-failed={!ok || undefined}>
      <Text span fz="xs" c="dimmed" className={classes.number} aria-hidden>
        {number}
      </Text>
      <ThemeIcon variant="light" size={20} radius="xl" color={ok ? 'green' : 'red'} aria-hidden={false}>
        {ok ? (
          <IconCheck size={13} role="img" aria-label={t('passed')} />
        ) : (
          <IconX size={13} role="img" aria-label={t('notPassed')} />
        )}
      </ThemeIcon>
      <div className={classes.title}>
        <Text span fz="sm" fw={ok ? 400 : 600}>
          {title(reading)}
        </Text>
        {key !== undefined && (
          <Badge variant="light" color="red" tt="none" fw={500} radius="sm">
            <Refusal of={key} />
          </Badge>
        )}
        {isDecisive && (
          <Badge variant="default" tt="none" fw={500} radius="sm">
            {t('decisive')}
          </Badge>
        )}
      </div>
      <Text component="div" fz="sm" className={classes.saw}>
        {reading.saw.kind !== 'nothing' && (
          <>
            <Text span fz="xs" c="dimmed" mr={6}>
              {t('saw')}
            </Text>
            <SeenValue of={reading.saw} currency={currency} />
          </>
        )}
      </Text>
      {check.check === 'risk' && <RiskFound check={check} />}
      {check.check === 'audience.rule' ? (
        <AudienceConditions check={check} currency={currency} />
      ) : (
        reading.way && <WayToPass way={reading.way} currency={currency} />
      )}
    </li>
  );
}

function WayToPass({ way, currency }: { way: NonNullable<Reading['way']>; currency: string }) {
  const { t } = useTranslation('activations');
  const write = useSeenText(currency);
  const values = Object.fromEntries(Object.entries(way.values).map(([name, value]) => [name, write(value)]));
  return (
    <div className={classes.way}>
      <IconBulb size={16} stroke={1.6} aria-hidden />
      <Text fz="sm" component="div">
        {t(`ways.${way.key}`, values)}
      </Text>
    </div>
  );
}

/** What a check is called. */
export function useTitle(): (of: Reading) => string {
  const { t } = useTranslation('activations');
  return ({ title, scope, period }) => {
    if (scope === undefined) return t(`checks.${title}`, { defaultValue: title.replaceAll('_', ' ') });
    const of = t(`scopes.${scope}`, { defaultValue: scope });
    return period === undefined
      ? t('checks.limit', { scope: of })
      : t('checks.limitPeriod', { scope: of, period: t(`periods.${period}`, { defaultValue: period }) });
  };
}
