import { ActionIcon, Badge, Code, CopyButton, Group, Text, Tooltip } from '@mantine/core';
import { formatAmount } from '@promosmith/core/money';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useCurrencyOf, useMember } from '../session/index.ts';
import { language } from '../texts/index.ts';

/** How a value looks, wherever it stands. */

export const Nothing = () => (
  <Text span c="dimmed" inherit aria-hidden>
    —
  </Text>
);

const groupsOf = (decimal: string): string => {
  const [whole = '', fraction] = decimal.split('.');
  const grouped = new Intl.NumberFormat(language()).format(BigInt(whole));
  const point = new Intl.NumberFormat(language()).formatToParts(0.1).find(({ type }) => type === 'decimal');
  const signed = whole === '-0' ? `-${grouped}` : grouped;
  return fraction === undefined ? signed : `${signed}${point?.value ?? '.'}${fraction}`;
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
  return (
    <Text span inherit style={{ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}>
      {text(amount, currency)}
    </Text>
  );
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
  return (
    <Text span inherit style={{ fontVariantNumeric: 'tabular-nums' }}>
      {new Intl.NumberFormat(language()).format(of)}
    </Text>
  );
}

/** @param of basis points: 10,000 is 100 %. */
export function Percent({ of, digits = 1 }: { of: number | null | undefined; digits?: number }) {
  if (of === null || of === undefined) return <Nothing />;
  const format = new Intl.NumberFormat(language(), { style: 'percent', maximumFractionDigits: digits });
  return (
    <Text span inherit style={{ fontVariantNumeric: 'tabular-nums' }}>
      {format.format(of / 10_000)}
    </Text>
  );
}

const STEPS = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

function relative(at: Date): string {
  const seconds = (at.getTime() - Date.now()) / 1_000;
  const format = new Intl.RelativeTimeFormat(language(), { numeric: 'auto', style: 'short' });
  for (const [unit, length] of STEPS)
    if (Math.abs(seconds) >= length) return format.format(Math.trunc(seconds / length), unit);
  return format.format(0, 'second');
}

/** An instant in the reader's own time zone; pointed at, also by the brand's clock. */
export function When({
  at,
  style = 'relative',
}: {
  at: string | null | undefined;
  style?: 'relative' | 'full';
}) {
  const { brand } = useMember();
  if (!at) return <Nothing />;
  const date = new Date(at);
  const write = (timeZone?: string) =>
    new Intl.DateTimeFormat(language(), {
      dateStyle: 'medium',
      timeStyle: style === 'full' || timeZone !== undefined ? 'medium' : 'short',
      ...(timeZone === undefined ? {} : { timeZone }),
    }).format(date);
  return (
    <Tooltip label={`${write(brand.timeZone)} (${brand.timeZone})`} openDelay={300}>
      <Text span inherit style={{ whiteSpace: 'nowrap' }}>
        <time dateTime={at} title={write()}>
          {style === 'full' ? write() : relative(date)}
        </time>
      </Text>
    </Tooltip>
  );
}

/** A day of the calendar, `YYYY-MM-DD`, of no time zone. */
export const Day = ({ of }: { of: string }) => (
  <time dateTime={of}>
    {new Intl.DateTimeFormat(language(), { dateStyle: 'medium', timeZone: 'UTC' }).format(
      new Date(`${of}T00:00:00Z`),
    )}
  </time>
);

/** Colours say one thing everywhere: green runs or went well, amber waits, red failed, blue is in the making. */
const COLOURS: Readonly<Record<string, string>> = {
  ...{ active: 'green', accepted: 'green', converted: 'green', succeeded: 'green', delivered: 'green' },
  ...{ completed: 'green', paid: 'green', won: 'green', verified: 'green', approved: 'green', done: 'green' },
  ...{ enabled: 'green', ok: 'green', shown: 'green', clicked: 'green', used: 'green', granted: 'green' },
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
