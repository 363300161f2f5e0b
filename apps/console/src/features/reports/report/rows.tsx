import { Table, Text } from '@mantine/core';
import { IconFileAnalytics } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type Answer, useRead } from '../../../api/index.ts';
import { Definition } from '../../../kit/charts/index.ts';
import {
  Count,
  Day,
  Empty,
  Loaded,
  Money,
  Nothing,
  Panel,
  Refusal,
  Status,
  shortId,
  When,
} from '../../../kit/index.ts';
import { useSay } from '../../../texts/index.ts';
import { type Kind, type Report, useKinds } from '../words.ts';

const SHOWN = 50;
const CURRENCY = 'currency';

type Page = Answer<'getReportRows'>;
type Unit = Kind['columns'][number]['unit'];

/** The first rows, as they are now; a file has all of them. */
export function Rows({ report: { id, kind } }: { report: Report }) {
  const { t } = useTranslation('reports');
  const rows = useRead('getReportRows', { params: { reportId: id }, query: { limit: SHOWN } });
  const kinds = useKinds();
  const columns = kinds.data?.items.find((one) => one.kind === kind)?.columns ?? [];
  return (
    <Loaded of={rows}>
      {(page) =>
        page.rows.length === 0 ? (
          <Panel>
            <Empty icon={IconFileAnalytics} title={t('rows.none')} hint={t('rows.noneHint')} />
          </Panel>
        ) : (
          <Panel
            title={t('rows.title')}
            hint={
              <>
                <Day of={page.period.from} /> – <Day of={page.period.to} /> · {page.period.timeZone}
              </>
            }
            padded={false}
          >
            <Rest of={page} columns={columns} />
            {page.nextCursor !== null && (
              <Text fz="xs" c="dimmed" p="md">
                {t('rows.more', { count: SHOWN })}
              </Text>
            )}
          </Panel>
        )
      }
    </Loaded>
  );
}

function Rest({ of: page, columns }: { of: Page; columns: Kind['columns'] }) {
  const { t } = useTranslation('reports');
  const say = useSay();
  const known = new Map(columns.map((column) => [column.name, column]));
  const currencyAt = page.columns.indexOf(CURRENCY);
  return (
    <Table.ScrollContainer minWidth={page.columns.length * 110}>
      <Table fz="sm" horizontalSpacing="md" verticalSpacing="xs" aria-label={t('rows.title')}>
        <Table.Thead>
          <Table.Tr>
            {page.columns.map((name) => {
              const column = known.get(name);
              const label = t(`columns.${name}`, { defaultValue: name });
              return (
                <Table.Th key={name} ta={isNumber(column?.unit) ? 'end' : undefined}>
                  <span style={{ whiteSpace: 'nowrap' }}>
                    {label}
                    {column && <Definition of={label}>{say(column.definition)}</Definition>}
                  </span>
                </Table.Th>
              );
            })}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {page.rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a report have no name, and keep their order
            <Table.Tr key={at}>
              {page.columns.map((name, index) => {
                const unit = known.get(name)?.unit;
                return (
                  <Table.Td key={name} ta={isNumber(unit) ? 'end' : undefined}>
                    <Cell
                      name={name}
                      of={row[index] ?? null}
                      unit={unit}
                      currency={String(row[currencyAt] ?? '')}
                    />
                  </Table.Td>
                );
              })}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

const isNumber = (unit: Unit | undefined): boolean => unit === 'count' || unit === 'minor_units';

interface CellProps {
  readonly name: string;
  readonly of: string | number | null;
  readonly unit: Unit | undefined;
  /** Empty in a row of what is no money. */
  readonly currency: string;
}

function Cell({ name, of: value, unit, currency }: CellProps) {
  if (value === null || value === '') return <Nothing />;
  if (unit === 'minor_units')
    return currency === '' ? <Nothing /> : <Money amount={Number(value)} currency={currency} />;
  if (typeof value === 'number') return <Count of={value} />;
  switch (unit) {
    case 'day':
      return <Day of={value} />;
    case 'instant':
      return <When at={value} style="full" />;
    case 'id':
      return <span title={value}>{shortId(value)}</span>;
    default:
      return <Word name={name} of={value} />;
  }
}

const STATES: readonly string[] = ['status', 'outcome'];
const WORDS: readonly string[] = ['is_baseline', 'is_over', 'metric', 'of', 'verdict'];

/** A text; one of those that the console has a word for in that. */
function Word({ name, of }: { name: string; of: string }) {
  const { t } = useTranslation('reports');
  if (STATES.includes(name)) return <Status of={of} />;
  if (name === 'refusal_key') return <Refusal of={of} />;
  if (WORDS.includes(name)) return t(`words.${name}.${of}`, { defaultValue: of });
  return name === 'kind' ? t(`kinds.${of}`, { ns: 'common', defaultValue: of }) : of;
}
