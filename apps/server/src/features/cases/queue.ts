import type { CaseState } from '@promosmith/contract';
import type { Queryable } from '../../platform/db.ts';
import { type CursorKey, LOOKED_THROUGH } from '../../platform/http/cursor.ts';
import { type CaseRecord, COLUMNS, type Row, recordOf } from './store.ts';

export interface CaseFilter {
  /** Left out: all that are not decided. */
  readonly state?: CaseState | undefined;
  readonly kind?: string | undefined;
  readonly minPriority?: number | undefined;
  /** The id of an actor; `none` for those nobody has taken. */
  readonly assignee?: string | undefined;
  readonly playerId?: string | undefined;
  readonly campaignId?: string | undefined;
  readonly codeId?: string | undefined;
}

/** Where a page ended. */
export type QueueKey = readonly [priority: string, caseId: string];

export const queueKeyOf = ({ priority, id }: Pick<CaseRecord, 'priority' | 'id'>): CursorKey => [
  String(priority),
  id,
];

/**
 * Cases that are not decided, the highest priority first and then the oldest; or those that are, newest first. What no
 * index serves is looked for among a bounded number.
 * @returns also what tells the last one that was looked through; undefined when none is behind it.
 */
export async function findCases(
  db: Queryable,
  brandId: string,
  filter: CaseFilter,
  after: QueueKey | undefined,
  most: number,
): Promise<{ rows: CaseRecord[]; endOfLook: () => Promise<CursorKey | undefined> }> {
  const decided = filter.state === 'decided';
  const order = decided ? 'case_id desc' : 'priority desc, case_id';
  const values: unknown[] = [brandId];
  const given = (value: unknown, condition: (place: string) => string): string =>
    value === undefined ? 'true' : condition(`$${values.push(value)}`);
  const behind = (id: string): string => {
    if (decided) return `case_id < ${id}`;
    const priority = `$${values.push(after?.[0])}::int`;
    return `priority <= ${priority} and (priority < ${priority} or case_id > ${id})`;
  };
  const found = [
    given(after?.[1], behind),
    given(filter.playerId, (id) => `player_id = ${id}`),
    given(filter.codeId, (id) => `code_key = ${id}`),
  ].join(' and ');
  const foundValues = [...values];
  const passing = [
    given(filter.state, (state) => `state = ${state}`),
    given(filter.kind, (kind) => `kind = ${kind}`),
    given(filter.minPriority, (least) => `priority >= ${least}`),
    given(filter.campaignId, (id) => `campaign_id = ${id}`),
    filter.assignee === 'none'
      ? 'assignee is null'
      : given(filter.assignee, (id) => `assignee ->> 'id' = ${id}`),
  ].join(' and ');
  const looked = `from risk_cases where brand_id = $1 and state ${decided ? '=' : '<>'} 'decided' and ${found} order by ${order}`;
  const { rows } = await db.query<Row>(
    `select ${COLUMNS} from (select * ${looked} limit ${LOOKED_THROUGH}) looked
     where ${passing} order by ${order} limit ${most}`,
    values,
  );
  return {
    rows: rows.map(recordOf),
    async endOfLook() {
      const end = await db.query<Pick<Row, 'priority' | 'id'>>(
        `select priority, case_id as id ${looked} offset ${LOOKED_THROUGH - 1} limit 1`,
        foundValues,
      );
      return end.rows[0] && queueKeyOf(end.rows[0]);
    },
  };
}
