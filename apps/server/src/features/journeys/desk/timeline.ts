import type { TimelineEntry } from '@promosmith/contract';
import type { Journey } from '@promosmith/core/journey';
import type { Queryable } from '../../../platform/db.ts';
import { findMessagesOf, type MessageDetail } from '../../channels/index.ts';
import { type EnrolmentRow, iso } from './rows.ts';

interface StepRow {
  seq: number;
  nodeId: string;
  kind: string;
  began: Date;
  leftAt: Date;
  cause: string;
  connector: string | null;
  reason: string | null;
  toNodeId: string | null;
}

interface ActionRow {
  seq: number;
  kind: string;
  status: 'pending' | 'done' | 'failed' | 'dropped';
  attempts: number;
  failures: number;
  nextAttemptAt: Date | null;
  lastError: string | null;
  createdAt: Date;
  endedAt: Date | null;
}

interface CallRow {
  seq: number;
  attempt: number;
  at: Date;
  tookMs: number;
  request: unknown;
  response: unknown;
  error: string | null;
}

/** Something that happened, and where: the node is looked up by the visit. */
type Noted = Omit<TimelineEntry, 'at' | 'nodeId'> & { readonly at: Date };

/** All that happened in a player's run through a journey, in order of time. */
export async function timelineOf(
  db: Queryable,
  row: EnrolmentRow,
  journey: Journey | undefined,
): Promise<TimelineEntry[]> {
  const [steps, actions, calls, messages] = await Promise.all([
    stepsOf(db, row),
    actionsOf(db, row),
    callsOf(db, row),
    findMessagesOf(db, row.playerId, row.enrolmentId),
  ]);
  const nodes = new Map(steps.map(({ seq, nodeId }) => [seq, nodeId]));
  nodes.set(row.seq, row.nodeId);
  const noted = [
    ...beginning(row),
    ...steps.flatMap(stepEntries),
    ...currentVisit(row, journey),
    ...actions.flatMap(actionEntries),
    ...calls.map(callEntry),
    ...messages.flatMap(messageEntries),
    ...ending(row),
  ];
  const began = new Map(steps.map((step) => [step.seq, step.began]));
  began.set(row.seq, row.visitBegan);
  return noted
    .map((entry) => notBefore(began, entry))
    .toSorted((a, b) => a.at.getTime() - b.at.getTime() || visitOf(a) - visitOf(b) || rankOf(a) - rankOf(b))
    .map(({ at, seq, what, data }) => ({
      at: at.toISOString(),
      what,
      seq,
      nodeId: seq === null ? null : (nodes.get(seq) ?? null),
      data,
    }));
}

/** What a transaction wrote is as old as its beginning, which may be before the instant it found its visits to begin at. */
function notBefore(began: ReadonlyMap<number, Date>, entry: Noted): Noted {
  const earliest = entry.seq === null ? undefined : began.get(entry.seq);
  return earliest && entry.at < earliest ? { ...entry, at: earliest } : entry;
}

/** Of things at the same instant: what comes before the visits, or after them. */
const visitOf = ({ seq, what }: Noted): number => seq ?? (what === 'entered' ? 0 : Number.MAX_SAFE_INTEGER);

const RANKS: Readonly<Record<string, number>> = { 'visit.began': 0, 'visit.left': 2 };
const rankOf = ({ what }: Noted): number => RANKS[what] ?? 1;

const beginning = ({ enteredAt, status, version, isTest }: EnrolmentRow): Noted[] => [
  { at: enteredAt, what: 'entered', seq: null, data: { version, isTest, control: status === 'control' } },
];

function ending({ convertedAt, ended, status }: EnrolmentRow): Noted[] {
  const end: Noted[] = ended
    ? [
        {
          at: new Date(ended.at),
          what: 'ended',
          seq: null,
          data: { status, reason: ended.reason, connector: ended.connector },
        },
      ]
    : [];
  return convertedAt ? [{ at: convertedAt, what: 'converted', seq: null, data: {} }, ...end] : end;
}

function currentVisit(
  { status, seq, nodeId, visitBegan, ...row }: EnrolmentRow,
  journey: Journey | undefined,
): Noted[] {
  if (status !== 'active') return [];
  const kind = journey?.activities.get(nodeId)?.node.kind ?? null;
  const { waitingFor, wakeAt } = row;
  return [{ at: visitBegan, what: 'visit.began', seq, data: { kind, waitingFor, wakeAt: iso(wakeAt) } }];
}

const stepEntries = ({ seq, kind, began, leftAt, cause, connector, reason, toNodeId }: StepRow): Noted[] => [
  { at: began, what: 'visit.began', seq, data: { kind } },
  { at: leftAt, what: 'visit.left', seq, data: { kind, cause, connector, reason, toNodeId } },
];

function actionEntries({ seq, kind, status, createdAt, endedAt, ...row }: ActionRow): Noted[] {
  // What becomes of messages their own entries tell, once there is one.
  if (kind === 'message' && status === 'done') return [];
  const { attempts, failures, lastError, nextAttemptAt } = row;
  const asked: Noted = { at: createdAt, what: 'action.asked', seq, data: { kind } };
  if (status !== 'pending')
    return [
      asked,
      { at: endedAt ?? createdAt, what: `action.${status}`, seq, data: { kind, attempts, lastError } },
    ];
  if (failures === 0) return [asked];
  const data = { kind, attempts, lastError, nextAttemptAt: iso(nextAttemptAt) };
  return [asked, { at: nextAttemptAt ?? createdAt, what: 'action.retrying', seq, data }];
}

const callEntry = ({ seq, at, ...data }: CallRow): Noted => ({
  at,
  what: 'webhook.called',
  seq,
  data: { ...data },
});

const messageEntries = ({ id, channel, origin, timeline }: MessageDetail): Noted[] =>
  timeline.map(({ at, what, detail }) => ({
    at: new Date(at),
    what: `message.${what}`,
    seq: origin.kind === 'journey' ? origin.seq : null,
    data: { messageId: id, channel, detail },
  }));

async function stepsOf(db: Queryable, { playerId, enrolmentId }: EnrolmentRow): Promise<StepRow[]> {
  const { rows } = await db.query<StepRow>(
    `select seq, node_id as "nodeId", kind, began, left_at as "leftAt", cause, connector, reason,
       to_node_id as "toNodeId"
     from journey_steps where player_id = $1 and enrolment_id = $2 order by seq`,
    [playerId, enrolmentId],
  );
  return rows;
}

async function actionsOf(db: Queryable, { playerId, enrolmentId }: EnrolmentRow): Promise<ActionRow[]> {
  const { rows } = await db.query<ActionRow>(
    `select seq, kind, status, attempts, failures, next_attempt_at as "nextAttemptAt", last_error as "lastError",
       created_at as "createdAt", ended_at as "endedAt"
     from journey_effects where player_id = $1 and enrolment_id = $2 order by seq`,
    [playerId, enrolmentId],
  );
  return rows;
}

async function callsOf(db: Queryable, { playerId, enrolmentId }: EnrolmentRow): Promise<CallRow[]> {
  const { rows } = await db.query<CallRow>(
    `select seq, attempt, at, took_ms as "tookMs", request, response, error
     from journey_calls where player_id = $1 and enrolment_id = $2 order by seq, attempt`,
    [playerId, enrolmentId],
  );
  return rows;
}
