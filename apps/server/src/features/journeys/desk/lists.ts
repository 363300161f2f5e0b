import {
  type EnrolmentStatus,
  Id,
  type JourneyEnrolment,
  type listJourneyEnrolments,
  type RouteInput,
} from '@promosmith/contract';
import { ok, type Result } from '@promosmith/core';
import { z } from 'zod';
import type { Queryable } from '../../../platform/db.ts';
import { decodeCursor, toPage } from '../../../platform/http/cursor.ts';
import { playerId } from '../../../platform/ids.ts';
import { ENROLMENT, type EnrolmentRow, enrolmentView } from './rows.ts';

const Cursor = z.tuple([Id]);

type Page = { items: JourneyEnrolment[]; nextCursor: string | null };

/** Enrolments of a journey of the brand, latest first. */
export async function listEnrolments(
  db: Queryable,
  brandId: string,
  journeyId: string,
  query: RouteInput<typeof listJourneyEnrolments>['query'],
): Promise<Result<Page>> {
  const { cursor, limit, status, nodeId, player, version, test } = query;
  const before = decodeCursor(cursor, Cursor);
  if (!before.ok) return before;
  const where = conditions('e.journey_id = ?', journeyId);
  if (before.value) where.add('e.enrolment_id < ?', before.value[0]);
  if (player !== undefined) where.add('e.player_id = ?', playerId(brandId, player));
  if (status !== undefined) where.add('e.status = ?', status);
  if (nodeId !== undefined) where.add('e.node_id = ?', nodeId);
  if (version !== undefined) where.add('e.version = ?', version);
  if (test !== undefined) where.add('e.is_test = ?', test);
  return ok(await page(db, where, limit));
}

/** Enrolments of a player in whatever journey, latest first. */
export async function listOfPlayer(
  db: Queryable,
  playerId: string,
  {
    cursor,
    limit,
    status,
  }: { cursor?: string | undefined; limit: number; status?: EnrolmentStatus | undefined },
): Promise<Result<Page>> {
  const before = decodeCursor(cursor, Cursor);
  if (!before.ok) return before;
  const where = conditions('e.player_id = ?', playerId);
  if (before.value) where.add('e.enrolment_id < ?', before.value[0]);
  if (status !== undefined) where.add('e.status = ?', status);
  return ok(await page(db, where, limit));
}

async function page(db: Queryable, where: Conditions, limit: number): Promise<Page> {
  const { rows } = await db.query<EnrolmentRow>(
    `select ${ENROLMENT} from journey_enrolments e where ${where.sql()} order by e.enrolment_id desc limit ${limit + 1}`,
    where.values,
  );
  return toPage(rows, limit, ({ enrolmentId }) => [enrolmentId], enrolmentView);
}

type Conditions = ReturnType<typeof conditions>;

/** Collects `and`ed conditions; `?` becomes the next numbered parameter. */
function conditions(first: string, value: unknown) {
  const parts: string[] = [];
  const values: unknown[] = [];
  const add = (condition: string, given: unknown): void => {
    values.push(given);
    parts.push(condition.replace('?', `$${values.length}`));
  };
  add(first, value);
  return { values, add, sql: () => parts.join(' and ') };
}

export async function findEnrolment(
  db: Queryable,
  brandId: string,
  journeyId: string,
  enrolmentId: string,
): Promise<EnrolmentRow | undefined> {
  const { rows } = await db.query<EnrolmentRow>(
    `select ${ENROLMENT} from journey_enrolments e
     where e.journey_id = $1 and e.enrolment_id = $2 and e.brand_id = $3`,
    [journeyId, enrolmentId, brandId],
  );
  return rows[0];
}
