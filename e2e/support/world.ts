import { randomUUID } from 'node:crypto';
import { expect, vi } from 'vitest';
import { validCampaign } from '../../apps/server/src/features/campaigns/testing.ts';
import type { TestApp, TestResponse } from '../../apps/server/src/testing/test-app.ts';
import { type AdjustmentThings, buildAdjustment } from './adjustments.ts';
import { buildEngine, type EngineThings } from './bonus-engine.ts';
import { buildCases, type CaseThings } from './cases.ts';
import { buildCashback, type Cashback } from './cashback.ts';
import { buildContent, type ContentThings } from './content.ts';
import { done } from './done.ts';
import { buildExperiment, type ExperimentThings } from './experiments.ts';
import { buildFreeSpins, type FreeSpinsThings } from './free-spins.ts';
import { buildJourney, type JourneyThings } from './journeys.ts';
import { buildLabel, type LabelThings } from './labels.ts';
import { buildMessages, type MessageThings } from './messages.ts';
import { buildPrizes, type Prizes } from './prizes.ts';
import { buildReports, type ReportThings } from './reports.ts';
import { buildRisk, type RiskThings } from './risk.ts';
import { buildWallet, type WalletThings } from './wallet.ts';

/** One of each thing a brand can have, by the name of the path parameter that names it. */
export interface World
  extends Prizes,
    Cashback,
    CaseThings,
    WalletThings,
    FreeSpinsThings,
    EngineThings,
    AdjustmentThings,
    MessageThings,
    LabelThings,
    ContentThings,
    JourneyThings,
    ReportThings,
    ExperimentThings,
    RiskThings {
  campaignId: string;
  codeId: string;
  batchId: string;
  jobId: string;
  activationId: string;
  grantId: string;
  webhookId: string;
  /** Of the webhook's delivery. */
  eventId: string;
  approvalId: string;
  /** The campaign the approval is about. */
  waitingCampaignId: string;
  keyId: string;
  staffId: string;
  /** Of the player. */
  externalId: string;
  /** The text of the code. */
  code: string;
  /** The name of the property. */
  property: string;
  /** A client action, registered by hand. */
  eventKey: string;
}

const PATIENCE = { timeout: 60_000 };

/** Makes one of each over HTTP, with a key that may do everything. */
export async function buildWorld(app: TestApp, key: string = app.ownerKey): Promise<World> {
  const post: Post = (path, body) => done(app.request('POST', path, { key, body }));
  const mark = randomUUID().replaceAll('-', '').slice(0, 12);
  const externalId = `player-${mark}`;
  const property = `property_${mark}`;

  await post('/v1/properties', { name: property, type: 'string', label: mark, example: 'x' });
  const eventKey = `client_action:ACTION_${mark.toUpperCase()}`;
  await done(app.request('PUT', `/v1/event-properties/${eventKey}`, { key, body: {} }));
  await done(
    app.request('PUT', `/v1/players/${externalId}`, {
      key,
      body: { country: 'DE', currency: 'EUR', properties: { [property]: mark } },
    }),
  );
  // Before there is a bonus that a withdrawal would forfeit.
  const wallet = await buildWallet(app, key, { mark, player: externalId });
  await done(
    app.request('PUT', '/v1/currency-rates', {
      key,
      body: { rates: [{ day: '2026-01-05', currency: 'USD', rate: '0.9273' }] },
    }),
  );
  const { webhookId } = await post('/v1/webhooks', { url: 'https://hooks.invalid/x', description: mark });
  const { keyId } = await post('/v1/keys', { name: mark, scopes: ['brands:read'] });
  const { staffId } = await post('/v1/staff', { email: `${mark}@example.com`, name: mark, role: 'support' });
  const limits = [{ scope: 'player' as const, max: 1_000 }];
  const { id: campaignId } = await post('/v1/campaigns', validCampaign({ name: mark, limits }));
  const text = `HELLO${mark}`;
  const { id: codeId } = await post(`/v1/campaigns/${campaignId}/codes`, {
    kind: 'shared',
    code: text,
    maxUses: 1_000,
  });
  const { batch } = await done(
    app.request('POST', `/v1/campaigns/${campaignId}/codes/import`, {
      key,
      body: `code\n${['A', 'B', 'C'].map((one) => `UNIQUE${one}${mark}`).join('\n')}\n`,
      headers: { 'content-type': 'text/csv' },
    }),
  );
  const { jobId } = await post('/v1/ledger/reconciliations', undefined);
  await post(`/v1/campaigns/${campaignId}/submit`, {});
  const { id: activationId, grants } = await post('/v1/activations', {
    code: text,
    player: { id: externalId },
  });
  const { approvalId, waitingCampaignId } = await askForApproval(post);
  const cashback = await buildCashback(app, key, { mark, player: externalId });
  const freeSpins = await buildFreeSpins(app, key, { mark, player: externalId });
  const engine = await buildEngine(app, key, freeSpins.freeSpinsId);
  const prizes = await buildPrizes(app, key, { mark, player: externalId });
  const adjustment = await buildAdjustment(app, key, mark);
  const label = await buildLabel(app, key, { mark });
  const content = await buildContent(app, key, { mark, label: label.labelName });
  const journey = await buildJourney(app, key, { mark, player: externalId, ...content });
  const messages = await buildMessages(app, key, externalId);
  const reports = await buildReports(app, key, campaignId);
  const cases = await buildCases(app, key, { mark, player: externalId, activationId });
  const risk = await buildRisk(app, key, { mark, player: externalId });
  const experiment = await buildExperiment(app, key, { mark, player: externalId, campaignId });

  await vi.waitFor(async () => {
    const { status } = await done(app.request('GET', `/v1/jobs/${jobId}`, { key }));
    expect(status).toBe('succeeded');
  }, PATIENCE);
  const eventId = await firstDelivery(app, webhookId);
  return {
    ...{
      campaignId,
      codeId,
      batchId: batch.id,
      jobId,
      activationId,
      grantId: grants[0].id,
      webhookId,
      eventId,
    },
    ...prizes,
    ...freeSpins,
    ...engine,
    ...wallet,
    ...cashback,
    ...cases,
    ...adjustment,
    ...label,
    ...content,
    ...journey,
    ...messages,
    ...reports,
    ...experiment,
    ...risk,
    ...{ approvalId, waitingCampaignId, keyId, staffId, externalId, code: text, property, eventKey },
  };
}

type Post = (path: string, body: unknown) => Promise<TestResponse['body']>;

/** Asks for a campaign that ended to run on, which waits for a second person. */
async function askForApproval(post: Post): Promise<{ approvalId: string; waitingCampaignId: string }> {
  const { id } = await post('/v1/campaigns', validCampaign());
  await post(`/v1/campaigns/${id}/submit`, {});
  await post(`/v1/campaigns/${id}/end`, {});
  const { approvalId } = await post(`/v1/campaigns/${id}/extend`, { endsAt: '2030-01-01T00:00:00Z' });
  return { approvalId, waitingCampaignId: id };
}

/** A delivery that has failed once, and whose next attempt is far off: nothing changes by itself meanwhile. */
function firstDelivery({ db }: TestApp, webhookId: string): Promise<string> {
  return vi.waitFor(async () => {
    const { rows } = await db.query<{ eventId: string }>(
      `update webhook_deliveries set next_attempt_at = now() + interval '1 day'
       where endpoint_id = $1 and status = 'failed' returning event_id as "eventId"`,
      [webhookId],
    );
    if (!rows[0]) throw new Error('no delivery has been attempted yet');
    return rows[0].eventId;
  }, PATIENCE);
}
