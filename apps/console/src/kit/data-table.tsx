import { ActionIcon, Button, Center, Checkbox, Menu, Tooltip } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { IconColumns3 } from '@tabler/icons-react';
import { Link, type LinkProps } from '@tanstack/react-router';
import { columnVisibilityFeature, tableFeatures, useTable } from '@tanstack/react-table';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  Suspense,
  type SyntheticEvent,
  useEffect,
  useMemo,
  useRef,
} from 'react';
import { useTranslation } from 'react-i18next';
import type { List } from '../api/index.ts';
import classes from './data-table.module.css';
import { ErrorBox, Skeletons } from './feedback.tsx';

/** A column: its first one names the row, and links to it if rows have a page. */
export interface Column<Row> {
  readonly id: string;
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
  /** Numbers stand at the end. */
  readonly align?: 'end';
  readonly width?: number | string;
  /** Left out until somebody asks for it. */
  readonly hidden?: boolean;
}

interface Props<Row> {
  /** Names the table, also for what is remembered of it on this device. */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly list: List<Row>;
  readonly rowKey: (row: Row) => string;
  /** The page of a row. */
  readonly rowLink?: (row: Row) => LinkProps;
  /** Instead of a page: something to be done with a row, such as opening it at the side. */
  readonly onRow?: (row: Row) => void;
  /** Shown when there is nothing: what belongs here and how it gets here. */
  readonly empty: ReactNode;
}

const features = tableFeatures({ columnVisibilityFeature });
const ROW_PX = 41;
const OVERSCAN = 12;
/** Rows before the end at which the next page is asked for. */
const AHEAD = 20;

/**
 * A list of any length: rows outside the window are not drawn, pages are read as they come into reach, and a phone gets
 * cards. Which columns are shown is remembered.
 */
export const DataTable = <Row extends object>(props: Props<Row>) => (
  // Rows may need words of their own: what is typed above the table meanwhile stays.
  <Suspense fallback={<Skeletons rows={8} />}>
    <Table {...props} />
  </Suspense>
);

function Table<Row extends object>({ label, columns, list, rowKey, rowLink, onRow, empty }: Props<Row>) {
  const { t } = useTranslation();
  const [columnVisibility, setVisibility] = useLocalStorage<Record<string, boolean>>({
    key: `promosmith.columns.${label}`,
    defaultValue: Object.fromEntries(columns.map(({ id, hidden }) => [id, !hidden])),
  });
  const definitions = useMemo(
    () => columns.map((column) => ({ id: column.id, header: column.header, meta: column })),
    [columns],
  );
  const table = useTable<typeof features, Row>({
    features,
    data: list.rows as Row[],
    columns: definitions,
    getRowId: rowKey,
    state: { columnVisibility },
  });
  const byId = useMemo(() => new Map(columns.map((column) => [column.id, column])), [columns]);
  const shown = table.getVisibleLeafColumns().flatMap(({ id }) => byId.get(id) ?? []);
  const rows = table.getRowModel().rows;

  const body = useRef<HTMLTableSectionElement>(null);
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
    scrollMargin: body.current?.offsetTop ?? 0,
    getItemKey: (index) => rows[index]?.id ?? index,
  });
  const drawn = virtual.getVirtualItems();
  const last = drawn.at(-1)?.index ?? 0;
  const { isMore, isLoadingMore, loadMore } = list;
  useEffect(() => {
    if (isMore && !isLoadingMore && last >= rows.length - AHEAD) loadMore();
  }, [isMore, isLoadingMore, loadMore, last, rows.length]);

  if (list.error && rows.length === 0) return <ErrorBox error={list.error} again={list.reload} />;
  if (list.isPending) return <Skeletons rows={8} />;
  if (rows.length === 0) return <div className={classes.frame}>{empty}</div>;

  const margin = virtual.options.scrollMargin;
  const before = (drawn[0]?.start ?? margin) - margin;
  const after = virtual.getTotalSize() - ((drawn.at(-1)?.end ?? margin) - margin);
  const opensWith = (row: Row) => (onRow ? () => onRow(row) : undefined);
  return (
    <div className={classes.frame}>
      <table className={classes.table} aria-label={label} aria-rowcount={isMore ? -1 : rows.length + 1}>
        <thead>
          <tr>
            {shown.map(({ id, header, align, width }, index) => (
              <th
                key={id}
                scope="col"
                className={align === 'end' ? classes.end : undefined}
                style={{ width }}
              >
                {index === shown.length - 1 && columns.length > 4 ? (
                  <div className={classes.head}>
                    <span>{header}</span>
                    <ColumnMenu columns={columns} shown={columnVisibility} onChange={setVisibility} />
                  </div>
                ) : (
                  header
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          {before > 0 && <Gap height={before} span={shown.length} />}
          {drawn.map(({ index, key }) => {
            const row = rows[index];
            if (!row) return null;
            const link = rowLink?.(row.original);
            return (
              <tr
                key={key}
                data-index={index}
                ref={virtual.measureElement}
                aria-rowindex={index + 2}
                className={link || onRow ? classes.linked : undefined}
                onClick={link || onRow ? openFirst : undefined}
                onKeyDown={moveBetweenRows}
              >
                {shown.map(({ id, header, cell, align }, column) => (
                  <td key={id} data-label={header} className={align === 'end' ? classes.end : undefined}>
                    {column === 0 && (link || onRow) ? (
                      <First link={link} onOpen={opensWith(row.original)}>
                        {cell(row.original)}
                      </First>
                    ) : (
                      cell(row.original)
                    )}
                  </td>
                ))}
              </tr>
            );
          })}
          {after > 0 && <Gap height={after} span={shown.length} />}
        </tbody>
      </table>
      {list.error && <ErrorBox error={list.error} again={list.reload} />}
      {isMore && (
        <Center className={classes.foot}>
          <Button variant="subtle" size="compact-sm" loading={isLoadingMore} onClick={loadMore}>
            {t('table.more')}
          </Button>
        </Center>
      )}
    </div>
  );
}

function First({
  link,
  onOpen,
  children,
}: {
  link: LinkProps | undefined;
  onOpen: (() => void) | undefined;
  children: ReactNode;
}) {
  if (link)
    return (
      <Link {...link} className={classes.first} data-first>
        {children}
      </Link>
    );
  return (
    <button
      type="button"
      className={classes.first}
      style={{ all: 'unset', cursor: 'pointer', fontWeight: 500 }}
      data-first
      onClick={onOpen}
    >
      {children}
    </button>
  );
}

const Gap = ({ height, span }: { height: number; span: number }) => (
  <tr className={classes.gap} aria-hidden>
    <td colSpan={span} style={{ height }} />
  </tr>
);

/** Whether it happened in the row itself: React also tells the row of what happens in a dialog that was opened from it. */
const isIn = <Event extends SyntheticEvent<HTMLTableRowElement>>(
  event: Event,
): event is Event & { target: Element } =>
  event.target instanceof Element && event.currentTarget.contains(event.target);

/** A click anywhere in a row is one on its first cell, unless it was meant for something in it or selects text. */
function openFirst(event: MouseEvent<HTMLTableRowElement>): void {
  if (!isIn(event) || event.target.closest('a, button, input, label')) return;
  if (window.getSelection()?.isCollapsed === false) return;
  event.currentTarget.querySelector<HTMLElement>('[data-first]')?.click();
}

function moveBetweenRows(event: KeyboardEvent<HTMLTableRowElement>): void {
  const { key, currentTarget } = event;
  if (!isIn(event) || (key !== 'ArrowDown' && key !== 'ArrowUp')) return;
  const next = key === 'ArrowDown' ? currentTarget.nextElementSibling : currentTarget.previousElementSibling;
  const first = next?.querySelector<HTMLElement>('[data-first]');
  if (!first) return;
  event.preventDefault();
  first.focus();
}

function ColumnMenu<Row>({
  columns,
  shown,
  onChange,
}: {
  columns: readonly Column<Row>[];
  shown: Readonly<Record<string, boolean>>;
  onChange: (shown: Record<string, boolean>) => void;
}) {
  const { t } = useTranslation();
  return (
    <Menu closeOnItemClick={false} position="bottom-end" withinPortal>
      <Menu.Target>
        <Tooltip label={t('table.columns')}>
          <ActionIcon variant="subtle" color="gray" size="sm" aria-label={t('table.columns')}>
            <IconColumns3 size={14} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        {columns.slice(1).map(({ id, header }) => (
          <Menu.Item
            key={id}
            onClick={() => onChange({ ...shown, [id]: shown[id] === false })}
            leftSection={
              <Checkbox size="xs" checked={shown[id] !== false} readOnly tabIndex={-1} aria-hidden />
            }
          >
            {header}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
