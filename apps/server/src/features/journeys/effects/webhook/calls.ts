import type { Queryable } from '../../../../platform/db.ts';
import type { Exchange, Request } from '../../../../platform/outbound/attempt.ts';
import type { VisitKey } from '../effect.ts';
import type { Scrub } from './scrub.ts';

/** UTF-16 units of a body that are kept. */
const KEPT = 16_384;

/** What people may see of a try, secrets masked. */
export interface KeptCall {
  readonly tookMs: number;
  /** null: it could not be written. */
  readonly request: Request | null;
  readonly response: {
    readonly status: number;
    readonly contentType: string | null;
    readonly body: string;
    /** Whether there was more. */
    readonly isCut: boolean;
  } | null;
  readonly error: string | null;
}

/** A try as it is kept, and the answer if it is a JSON object that may be kept with the enrolment. */
export function keptCall(
  shown: Request,
  exchange: Exchange,
  scrub: Scrub,
): { call: KeptCall; data: Readonly<Record<string, unknown>> | undefined } {
  const { status, contentType, response, isCut, error, durationMs: tookMs } = exchange;
  const answer = response === null || isCut ? undefined : readJson(response, scrub);
  const body =
    answer === undefined ? scrub[isCut ? 'cutText' : 'text'](response ?? '') : JSON.stringify(answer);
  return {
    call: {
      tookMs,
      request: { ...shown, body: shown.body?.slice(0, KEPT) ?? null },
      response:
        status === null
          ? null
          : {
              status,
              contentType: contentType === null ? null : scrub.text(contentType),
              body: body.slice(0, KEPT),
              isCut: isCut || body.length > KEPT,
            },
      error: error === null ? null : scrub.cutText(error),
    },
    data: isRecord(answer) && body.length <= KEPT ? answer : undefined,
  };
}

/** Deeper ones are of no use to templates, and a burden to whoever goes through them. */
const DEEPEST = 20;

/** @returns undefined when it is no JSON. */
function readJson(text: string, scrub: Scrub): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return depthOf(text) > DEEPEST ? undefined : scrub.json(value);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

/** Of a JSON text; brackets in its texts may make it more. */
function depthOf(json: string): number {
  let depth = 0;
  let deepest = 0;
  for (const symbol of json)
    if (symbol === '{' || symbol === '[') deepest = Math.max(deepest, ++depth);
    else if (symbol === '}' || symbol === ']') depth--;
  return deepest;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Keeps what a try asked and was answered. */
export async function insertCall(
  tx: Queryable,
  { playerId, enrolmentId, seq, attempts }: VisitKey & { readonly attempts: number },
  { tookMs, request, response, error }: KeptCall,
): Promise<void> {
  await tx.query(
    `insert into journey_calls (player_id, enrolment_id, seq, attempt, at, took_ms, request, response, error)
     values ($1, $2, $3, $4, now(), $5, $6, $7, $8) on conflict do nothing`,
    [
      ...[playerId, enrolmentId, seq, attempts, tookMs, JSON.stringify(request)],
      ...[response && JSON.stringify(response), error],
    ],
  );
}

const KEPT_FOR = '30 days';

/**
 * Deletes calls made long ago, the oldest first. Their place is named by an instant, because a join with a few thousand
 * of them is planned as a scan of the whole table.
 * @returns how many.
 */
export async function deleteOldCalls(db: Queryable, atMost: number): Promise<number> {
  const { rowCount } = await db.query(
    `delete from journey_calls where at < now() - interval '${KEPT_FOR}' and at <= coalesce(
       (select at from journey_calls where at < now() - interval '${KEPT_FOR}' order by at offset $1 - 1 limit 1),
       'infinity')`,
    [atMost],
  );
  return rowCount ?? 0;
}
