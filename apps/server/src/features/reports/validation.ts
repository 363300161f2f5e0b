import { type FieldProblem, type ReportInput, roleMay } from '@promosmith/contract';
import type { Queryable } from '../../platform/db.ts';
import { activeMembers } from '../staff/index.ts';
import { kindNamed } from './kinds/index.ts';

const DAY_MS = 86_400_000;
const MOST_DAYS = 400;

/** What is wrong with a report that is to be saved; nothing when it may be. */
export async function faultsOf(db: Queryable, brandId: string, input: ReportInput): Promise<FieldProblem[]> {
  return [...kindFaults(input), ...periodFaults(input), ...(await recipientFaults(db, brandId, input))];
}

function kindFaults({ kind: name, columns, filters }: ReportInput): FieldProblem[] {
  const kind = kindNamed(name);
  if (!kind)
    return [{ field: 'kind', reason: 'There is no such kind.', fix: 'One of `GET /v1/report-kinds`.' }];
  const known = new Set(kind.columns.map((column) => column.name));
  const wrong = (columns ?? []).flatMap((column, n) =>
    known.has(column) ? [] : [{ field: `columns.${n}`, reason: 'The kind has no such column.' }],
  );
  if (columns && new Set(columns).size < columns.length)
    wrong.push({ field: 'columns', reason: 'A column is named twice.' });
  for (const filter of ['campaignId', 'player'] as const)
    if (filters[filter] !== undefined && !kind.filters.includes(filter))
      wrong.push({ field: `filters.${filter}`, reason: 'The kind is not filtered by it.' });
  return wrong;
}

function periodFaults({ filters: { period } }: ReportInput): FieldProblem[] {
  if (period.kind !== 'days') return [];
  const days = (Date.parse(period.to) - Date.parse(period.from)) / DAY_MS + 1;
  if (days < 1) return [{ field: 'filters.period.to', reason: 'It is before the first day.' }];
  if (days <= MOST_DAYS) return [];
  return [{ field: 'filters.period.from', reason: `There are more than ${MOST_DAYS} days.` }];
}

async function recipientFaults(
  db: Queryable,
  brandId: string,
  { kind, schedule }: ReportInput,
): Promise<FieldProblem[]> {
  if (!schedule) return [];
  const { recipients } = schedule;
  const members = await activeMembers(db, brandId, recipients);
  const roles = new Map(members.map(({ staffId, role }) => [staffId, role]));
  const permission = kindNamed(kind)?.permission;
  const faults = recipients.flatMap((staffId, n) => {
    const field = `schedule.recipients.${n}`;
    const role = roles.get(staffId);
    if (!role) return [{ field, reason: 'Nobody of the brand’s staff.' }];
    if (permission === undefined || roleMay(role, permission)) return [];
    return [{ field, reason: `The role ${role} does not have the permission ${permission}.` }];
  });
  if (new Set(recipients).size < recipients.length)
    faults.push({ field: 'schedule.recipients', reason: 'Somebody is named twice.' });
  return faults;
}
