import type { Readable } from 'node:stream';
import {
  type ActivationRecord,
  type Explanation,
  Id,
  type listActivations,
  type PlayerRisk,
  type RouteInput,
} from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { type Check, factsFrom, REFUSALS } from '@promosmith/core/activation';
import { evaluateRule } from '@promosmith/core/rules';
import { z } from 'zod';
import type { Database } from '../../platform/db.ts';
import { decodeCursor, toFilteredPage } from '../../platform/http/cursor.ts';
import { exportActivations } from './export.ts';
import type { CampaignCache } from './kernel/campaign-cache.ts';
import { outlineOf } from './kernel/outlines.ts';
import { activationsOf, COLUMNS, findActivations, type Row, recordOf, type Which } from './list.ts';
import { readRisk } from './risk.ts';
import { readChecks, type StoredChecks } from './stored-checks.ts';

type Query = RouteInput<typeof listActivations>['query'];
type Page = { items: ActivationRecord[]; nextCursor: string | null };

export interface ActivationViews {
  list(brandId: string, query: Query): Promise<Result<Page>>;
  /** The same as CSV, however many there are. */
  export(brandId: string, which: Which): Readable;
  find(brandId: string, activationId: string): Promise<Result<ActivationRecord>>;
  risk(brandId: string, externalId: string): Promise<Result<PlayerRisk>>;
  /** Every check of the decision; a rule is shown condition by condition, as its version read at the time. */
  explain(brandId: string, activationId: string): Promise<Result<Explanation>>;
}

const Cursor = z.tuple([Id]);

export function createActivationViews(db: Database, campaigns: CampaignCache): ActivationViews {
  async function load<R extends Row>(
    brandId: string,
    activationId: string,
    columns: string,
  ): Promise<Result<R>> {
    const { rows } = await db.query<R>(
      `select ${columns} from activations where activation_id = $1 and brand_id = $2`,
      [activationId, brandId],
    );
    return rows[0] ? ok(rows[0]) : refuse('not_found', `There is no activation ${activationId}.`);
  }

  return {
    async list(brandId, query) {
      const after = decodeCursor(query.cursor, Cursor);
      if (!after.ok) return after;
      const { limit } = query;
      const { rows, endOfLook } = await findActivations(db, brandId, query, after.value?.[0], limit + 1);
      const keyOf = (row: Row) => [row.activation_id];
      return ok(await toFilteredPage(rows, limit, keyOf, recordOf, async () => asKey(await endOfLook())));
    },

    export: (brandId, which) => exportActivations(activationsOf(db, brandId, which)),

    risk: (brandId, externalId) => readRisk(db, brandId, externalId),

    async find(brandId, activationId) {
      const found = await load(brandId, activationId, COLUMNS);
      return found.ok ? ok(recordOf(found.value)) : found;
    },

    async explain(brandId, activationId) {
      const found = await load<Row & StoredChecks>(
        brandId,
        activationId,
        `${COLUMNS}, ${outlineOf('activations')} as outline, seen`,
      );
      if (!found.ok) return found;
      const { outline, seen, ...row } = found.value;
      const rule = await ruleOf(brandId, row, campaigns);
      return ok({
        activation: recordOf(row),
        message: messageOf(row),
        checks: readChecks({ outline, seen }).map((check) => ({
          ...(check.check === 'audience.rule' && rule ? withConditions(check, rule) : check),
          ...(check.key ? { message: REFUSALS[check.key] } : {}),
        })),
      });
    },
  };

  async function ruleOf(brandId: string, row: Row, cache: CampaignCache) {
    if (row.campaign_id === null || row.campaign_version === null) return null;
    return (await cache.version(db, brandId, row.campaign_id, row.campaign_version)).rule;
  }
}

const asKey = (id: string | undefined) => (id === undefined ? undefined : [id]);

type AudienceRule = Parameters<typeof evaluateRule>[0];

/** Evaluates the rule again over the facts it read, so that passing conditions are shown with what they saw too. */
function withConditions(check: Check, rule: AudienceRule): Check {
  const { outcome, conditions, nearest } = evaluateRule(
    rule,
    factsFrom(check.saw as Record<string, unknown>),
  );
  return { ...check, saw: { outcome, conditions }, ...(nearest && { needs: nearest }) };
}

function messageOf(row: Row): string {
  if (row.outcome === 'refused' && row.refusal_key) return REFUSALS[row.refusal_key];
  if (row.outcome === 'awaiting_deposit') {
    const waiting = `Accepted; the bonus waits for a deposit until ${row.awaiting_until?.toISOString()}.`;
    return row.refusal_key
      ? `${waiting} The last deposit did not qualify: ${REFUSALS[row.refusal_key]}`
      : waiting;
  }
  if (row.outcome === 'lapsed' && row.refusal_key === 'self_excluded')
    return `Ended without a deposit; what was reserved has been given back. ${REFUSALS[row.refusal_key]}`;
  return OUTCOME_MESSAGES[row.outcome];
}

const OUTCOME_MESSAGES: Readonly<Record<Row['outcome'], string>> = {
  accepted: 'Accepted: every check passed.',
  awaiting_deposit: 'Accepted; the bonus waits for a deposit.',
  in_review: 'Every check passed; somebody looks at it before the bonus is issued.',
  refused: 'Refused.',
  lapsed: 'The deposit did not come in time; what was reserved has been given back.',
  reversed: 'Accepted, and taken back later.',
};
