import { createHash } from 'node:crypto';
import { EngineReport } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import { fieldErrors } from '../../platform/field-errors.ts';
import { publish } from '../../platform/outbox.ts';
import type { Platform } from '../../platform/platform.ts';
import {
  applyReport,
  eventsOf,
  findReport,
  keepReport,
  lockReported,
  type ReportAnswer,
} from './reported.ts';
import { type Engine, findEngineById } from './store.ts';

interface SignatureHeaders {
  readonly 'webhook-id'?: string | undefined;
  readonly 'webhook-timestamp'?: string | undefined;
  readonly 'webhook-signature'?: string | undefined;
}

/** A report as it came: the signature covers the exact bytes. */
export interface ReceivedReport {
  readonly engineId: string;
  readonly headers: SignatureHeaders;
  readonly body: Buffer;
}

/** Takes what outside engines tell of the bonuses they keep, once per report. */
export type TakeReport = (received: ReceivedReport) => Promise<Result<ReportAnswer>>;

/** The same for an engine nobody knows and for a wrong signature: who asks proves nothing. */
const notSigned = refuse(
  'unauthenticated',
  'The report is not signed by an engine that is connected here, or is older than five minutes.',
);
const noSuchBonus = refuse('not_found', 'The engine keeps no bonus of this id.');
const idReused = refuse('conflict', 'This webhook-id was used for a different report.');

export function reportTaker({ db, secrets }: Pick<Platform, 'db' | 'secrets'>): TakeReport {
  const isSigned = (engine: Engine, headers: SignatureHeaders, text: string): boolean =>
    [engine.secret, engine.previousSecret].some(
      (secret) => secret !== null && verifies(secrets.decrypt(secret), headers, text),
    );

  return async ({ engineId, headers, body }) => {
    const text = body.toString('utf8');
    const engine = await findEngineById(db, engineId);
    const reportId = headers['webhook-id'];
    if (!engine || !reportId || !isSigned(engine, headers, text)) return notSigned;
    const report = read(text);
    if (!report.ok) return report;
    const digest = createHash('sha256').update(body).digest('base64url');

    return db.transaction(async (tx): Promise<Result<ReportAnswer>> => {
      const grant = await lockReported(tx, engine.brandId, report.value.grantId);
      if (!grant) return noSuchBonus;
      const known = await findReport(tx, grant.playerId, reportId);
      if (known) return known.digest === digest ? ok(known.answer) : idReused;
      const applied = await applyReport(tx, grant, report.value);
      const answer = { grantId: grant.grantId, status: applied?.status ?? grant.status, applied: !!applied };
      await keepReport(tx, grant, { reportId, digest, answer });
      if (applied)
        await publish(
          tx,
          {
            brandId: engine.brandId,
            actor: { kind: 'system', id: 'bonus engine' },
            correlationId: reportId,
            time: grant.now.toISOString(),
          },
          eventsOf(grant, applied),
        );
      return ok(answer);
    });
  };
}

function verifies(secret: string, headers: SignatureHeaders, text: string): boolean {
  const {
    'webhook-id': id = '',
    'webhook-timestamp': at = '',
    'webhook-signature': signature = '',
  } = headers;
  const signed = { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': signature };
  try {
    new Webhook(secret).verify(text, signed, { jsonParse: false });
    return true;
  } catch (error) {
    if (error instanceof WebhookVerificationError) return false;
    throw error;
  }
}

function read(text: string): Result<EngineReport> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return refuse('malformed', 'The body is not valid JSON.');
  }
  const parsed = EngineReport.safeParse(json);
  if (parsed.success) return ok(parsed.data);
  const errors = fieldErrors(parsed.error, (path) => path.join('.'));
  return refuse('invalid_request', `${errors[0]?.field}: ${errors[0]?.reason}`, errors);
}
