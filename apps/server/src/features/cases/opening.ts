import type { CaseKind } from '@promosmith/contract';
import type { Queryable } from '../../platform/db.ts';
import { newId } from '../../platform/ids.ts';
import { type NewEvent, publish } from '../../platform/outbox.ts';

/** A case as who finds it describes it. What it is about follows from its kind. */
export interface NewCase {
  readonly brandId: string;
  readonly kind: CaseKind;
  /** Of every kind but those about a code. */
  readonly playerId?: string;
  readonly playerExternalId?: string;
  /** Of `activation_held` and `review_requested`. */
  readonly activationId?: string;
  /** Of `code_burst` and `code_leak`; a burst of a whole campaign has none. */
  readonly codeKey?: string | null;
  readonly campaignId?: string | null;
  /** Points of its findings; left out where nobody was assessed. */
  readonly score?: number;
  readonly band?: 'allow' | 'flag' | 'hold' | 'decline';
  /** JSON that a person reads: of who was assessed `{ policy, findings: [{ indicator, version, points, evidence }] }`. */
  readonly evidence: Readonly<Record<string, unknown>>;
  /** ISO 8601. */
  readonly openedAt: string;
  /** The request or event that brought it about; the case's own id when left out. */
  readonly correlationId?: string;
}

export interface OpenedCase {
  readonly caseId: string;
  readonly kind: CaseKind;
  /** `activation/<id>`, `player/<id>`, `code/<id>` or `campaign/<id>`. */
  readonly subject: string;
}

/** Who finds what a person has to look at. */
const FINDER = { kind: 'system', id: 'risk' } as const;

/**
 * Opens cases, unless one of the kind is open about the same thing (of a review: was ever), and publishes
 * `risk.case_opened` of each that is. In the transaction of what brought them about, before anything takes codes or a
 * campaign's counters; without cases it asks the database nothing. Of several kinds and brands in one statement.
 * @returns those that were opened.
 */
export async function openCases(tx: Queryable, cases: readonly NewCase[]): Promise<OpenedCase[]> {
  if (cases.length === 0) return [];
  const rows = cases.map(rowOf).sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
  const { rows: opened } = await tx.query<{ case_id: string }>({
    name: 'cases.open',
    text: `insert into risk_cases (brand_id, case_id, kind, subject, priority, score, band, player_id, player_external_id,
        activation_id, code_key, campaign_id, evidence, opened_at, changed_at)
      select brand_id, case_id, kind, subject, priority, score, band, player_id, player_external_id, activation_id, code_key,
        campaign_id, evidence, opened_at, opened_at
      from jsonb_to_recordset($1::jsonb) as c (brand_id uuid, case_id uuid, kind text, subject text, priority smallint,
        score smallint, band text, player_id uuid, player_external_id text, activation_id uuid, code_key uuid,
        campaign_id uuid, evidence jsonb, opened_at timestamptz)
      on conflict do nothing
      returning case_id`,
    values: [JSON.stringify(rows)],
  });
  const ids = new Set(opened.map(({ case_id }) => case_id));
  const fresh = rows.filter(({ case_id }) => ids.has(case_id));
  for (const [brandId, ofBrand] of Map.groupBy(fresh, ({ brand_id }) => brand_id)) {
    const [first] = ofBrand;
    if (first)
      await publish(
        tx,
        { brandId, actor: FINDER, correlationId: first.correlation_id, time: first.opened_at },
        ofBrand.map(openedEvent),
      );
  }
  return fresh.map(({ case_id, kind, subject }) => ({ caseId: case_id, kind, subject }));
}

function rowOf(found: NewCase) {
  const caseId = newId();
  return {
    brand_id: found.brandId,
    case_id: caseId,
    kind: found.kind,
    subject: subjectOf(found),
    priority: priorityOf(found),
    score: found.score ?? null,
    band: found.band ?? null,
    player_id: found.playerId ?? null,
    player_external_id: found.playerExternalId ?? null,
    activation_id: found.activationId ?? null,
    code_key: found.codeKey ?? null,
    campaign_id: found.campaignId ?? null,
    evidence: found.evidence,
    opened_at: found.openedAt,
    correlation_id: found.correlationId ?? caseId,
  };
}
type Row = ReturnType<typeof rowOf>;

/** Rows that would meet another transaction's are written in one order. */
const orderOf = ({ brand_id, kind, subject }: Row): string => `${brand_id} ${kind} ${subject}`;

/** @throws when a case does not name what its kind is about. */
function subjectOf({ kind, activationId, playerId, codeKey, campaignId }: NewCase): string {
  const [name, id] = {
    activation_held: ['activation', activationId],
    review_requested: ['activation', activationId],
    player_reassessed: ['player', playerId],
    code_burst: codeKey ? ['code', codeKey] : ['campaign', campaignId],
    code_leak: ['code', codeKey],
  }[kind];
  if (!id) throw new Error(`a case of kind ${kind} names no ${name}`);
  return `${name}/${id}`;
}

/** Codes that are out lose money by the minute; what waits for a person with a claim of their own comes before doubts. */
const PRIORITIES: Partial<Record<CaseKind, number>> = { code_leak: 95, code_burst: 90, review_requested: 50 };
const MOST = 100;

/** 0 to 100. Of who was assessed it is the score. */
const priorityOf = ({ kind, score = 0 }: NewCase): number =>
  PRIORITIES[kind] ?? Math.max(0, Math.min(MOST, Math.round(score)));

const openedEvent = (row: Row): NewEvent => ({
  type: 'risk.case_opened',
  subject: `case/${row.case_id}`,
  correlationId: row.correlation_id,
  data: {
    caseId: row.case_id,
    kind: row.kind,
    player: row.player_external_id,
    activationId: row.activation_id,
    codeId: row.code_key,
    campaignId: row.campaign_id,
    score: row.score,
    band: row.band,
    priority: row.priority,
  },
});
