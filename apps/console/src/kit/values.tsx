import { ActionIcon, Badge, Code, CopyButton, Group, Tooltip } from '@mantine/core';
import { formatAmount } from '@promosmith/core/money';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useCurrencyOf, useMember } from '../session/index.ts';
import { dateFormat, numberFormat, relativeFormat } from '../texts/index.ts';
import classes from './values.module.css';

/** How a value looks, wherever it stands. Plain elements: lists have hundreds of them. */

export const Nothing = () => (
  <span className={classes.nothing} data-nothing aria-hidden>
    —
  </span>
);

const groupsOf = (decimal: string): string => {
  const [whole = '', fraction] = decimal.split('.');
  const format = numberFormat();
  const grouped = format.format(BigInt(whole));
  const signed = whole === '-0' ? `-${grouped}` : grouped;
  if (fraction === undefined) return signed;
  const point = format.formatToParts(0.1).find(({ type }) => type === 'decimal');
  return `${signed}${point?.value ?? '.'}${fraction}`;
};

/** Writes minor units in the currency's own decimals, exactly: `1,234.50 EUR`. */
export function useMoneyText(): (amount: number, currency: string) => string {
  const currencyOf = useCurrencyOf();
  return (amount, currency) => `${groupsOf(formatAmount(amount, currencyOf(currency)))} ${currency}`;
}

/** @param amount minor units. */
export function Money({ amount, currency }: { amount: number | null | undefined; currency: string }) {
  const text = useMoneyText();
  if (amount === null || amount === undefined) return <Nothing />;
  return <span className={classes.money}>{text(amount, currency)}</span>;
}

/** Amounts by currency, e.g. a budget. */
export function Amounts({ of }: { of: Readonly<Record<string, number>> | null | undefined }) {
  const entries = Object.entries(of ?? {});
  if (entries.length === 0) return <Nothing />;
  return (
    <>
      {entries.map(([currency, amount], index) => (
        <span key={currency}>
          {index > 0 && ', '}
          <Money amount={amount} currency={currency} />
        </span>
      ))}
    </>
  );
}

export function Count({ of }: { of: number | null | undefined }) {
  if (of === null || of === undefined) return <Nothing />;
  return <span className={classes.number}>{numberFormat().format(of)}</span>;
}

/** @param of basis points: 10,000 is 100 %. */
export function Percent({ of, digits = 1 }: { of: number | null | undefined; digits?: number }) {
  if (of === null || of === undefined) return <Nothing />;
  const format = numberFormat({ style: 'percent', maximumFractionDigits: digits });
  return <span className={classes.number}>{format.format(of / 10_000)}</span>;
}

const STEPS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;
/** Seconds. Further off, the day says more than how far it is. */
const NEAR = 7 * 86_400;

function relative(at: Date): string {
  const now = new Date();
  const seconds = (at.getTime() - now.getTime()) / 1_000;
  if (Math.abs(seconds) >= NEAR) {
    const isOfThisYear = at.getFullYear() === now.getFullYear();
    return dateFormat({
      day: 'numeric',
      month: 'short',
      ...(isOfThisYear ? {} : { year: 'numeric' }),
    }).format(at);
  }
  const format = relativeFormat({ numeric: 'auto', style: 'short' });
  for (const [unit, length] of STEPS)
    if (Math.abs(seconds) >= length) return format.format(Math.trunc(seconds / length), unit);
  return format.format(0, 'second');
}

const FULL = { dateStyle: 'medium', timeStyle: 'medium' } as const;

/** An instant in the reader's own time zone; pointed at, to the second, and by the brand's clock. */
export function When({
  at,
  style = 'relative',
}: {
  at: string | null | undefined;
  style?: 'relative' | 'full';
}) {
  const { timeZone } = useMember().brand;
  if (!at) return <Nothing />;
  const date = new Date(at);
  const here = dateFormat(FULL).format(date);
  const there = `${dateFormat({ ...FULL, timeZone }).format(date)} (${timeZone})`;
  return (
    <time className={classes.moment} dateTime={at} title={`${here}\n${there}`}>
      {style === 'full' ? here : relative(date)}
    </time>
  );
}

/** A day of the calendar, `YYYY-MM-DD`, of no time zone. */
export const Day = ({ of }: { of: string }) => (
  <time dateTime={of}>
    {dateFormat({ dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${of}T00:00:00Z`))}
  </time>
);

/** Colours say one thing everywhere: green runs or went well, amber waits, red failed, blue is in the making. */
const COLOURS: Readonly<Record<string, string>> = {
  ...{ active: 'green', accepted: 'green', converted: 'green', succeeded: 'green', delivered: 'green' },
  ...{ completed: 'green', paid: 'green', won: 'green', verified: 'green', approved: 'green', done: 'green' },
  ...{
    enabled: 'green',
    on: 'green',
    ok: 'green',
    shown: 'green',
    clicked: 'green',
    used: 'green',
    granted: 'green',
  },
  ...{ pending: 'yellow', awaiting_deposit: 'yellow', pending_approval: 'yellow', scheduled: 'yellow' },
  ...{
    paused: 'yellow',
    retrying: 'yellow',
    waiting: 'yellow',
    invited: 'yellow',
    held: 'yellow',
    queued: 'yellow',
  },
  ...{ refused: 'red', failed: 'red', rejected: 'red', suspended: 'red', disabled: 'red', cancelled: 'red' },
  ...{ reversed: 'red', revoked: 'red', dead: 'red', stuck: 'red', blocked: 'red' },
  ...{ ready: 'green', making: 'blue', in_review: 'yellow', exhausted: 'gray', delivery_failed: 'red' },
  ...{ lost: 'red', suppressed: 'gray', prepared: 'blue', generated: 'blue' },
  ...{ healthy: 'green', claimed: 'green', failing: 'yellow', withdrawn: 'gray', playing: 'blue' },
  ...{ down: 'red', abandoned: 'red', forfeited: 'red', reserved: 'yellow' },
  ...{ running: 'blue', issued: 'blue', draft: 'gray', sent: 'blue', open: 'blue', claimable: 'blue' },
};

/** A state in its colour; its word is the texts' `states.<state>`. */
export function Status({ of }: { of: string }) {
  const { t } = useTranslation();
  return (
    <Badge
      data-status
      variant="light"
      color={COLOURS[of] ?? 'gray'}
      radius="sm"
      size="md"
      tt="none"
      fw={500}
      style={{ flexShrink: 0, minWidth: 'max-content' }}
    >
      {t(`states.${of}`, { defaultValue: of.replaceAll('_', ' ') })}
    </Badge>
  );
}

/** Text a program reads: an id, a code, a key; copied with one click. */
export function Copyable({ text, shown = text }: { text: string; shown?: string }) {
  const { t } = useTranslation();
  return (
    <Group gap={2} wrap="nowrap" display="inline-flex">
      <Code style={{ overflowWrap: 'anywhere' }}>{shown}</Code>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Tooltip label={copied ? t('copied') : t('copy')}>
            <ActionIcon
              variant="subtle"
              color={copied ? 'green' : 'gray'}
              size="sm"
              aria-label={t('copyOf', { text: shown })}
              onClick={(event) => {
                event.stopPropagation();
                event.preventDefault();
                copy();
              }}
            >
              {copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </Group>
  );
}
