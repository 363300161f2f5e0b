import type { CodeBatch, Job } from '@promosmith/contract';
import { expect, vi } from 'vitest';
import type { TestApp, TestResponse } from '../../testing/test-app.ts';
import { validCampaign } from '../campaigns/testing.ts';

/** A draft campaign, made through the API. */
export async function newCampaign(app: TestApp, key = app.ownerKey): Promise<string> {
  const { status, body } = await app.request('POST', '/v1/campaigns', { key, body: validCampaign() });
  expect(status).toBe(201);
  return body.id;
}

/** Asks for a batch; it is still being made. */
export async function newBatch(app: TestApp, campaignId: string, body: object): Promise<CodeBatch> {
  const answer = await app.request('POST', `/v1/campaigns/${campaignId}/code-batches`, { body });
  expect(answer).toMatchObject({ status: 202 });
  return answer.body;
}

export async function jobEnd(app: TestApp, jobId: string | null, status: Job['status']): Promise<Job> {
  return vi.waitFor(
    async () => {
      const { body } = await app.request('GET', `/v1/jobs/${jobId}`);
      expect(body).toMatchObject({ status });
      return body;
    },
    { timeout: 60_000, interval: 50 },
  );
}

/** A batch that is ready. */
export async function readyBatch(app: TestApp, campaignId: string, body: object): Promise<CodeBatch> {
  const { id, jobId } = await newBatch(app, campaignId, body);
  await jobEnd(app, jobId, 'succeeded');
  return (await app.request('GET', `/v1/code-batches/${id}`)).body;
}

/** The codes of an export, each line a record. */
export async function exported(app: TestApp, path: string): Promise<Record<string, string>[]> {
  const { status, body } = await app.request('GET', path);
  expect(status).toBe(200);
  const [header = '', ...lines] = (body as string).trimEnd().split('\r\n');
  const names = header.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, at) => [names[at] ?? '', cell])));
}

export interface TestEvent {
  type: string;
  subject: string;
  data: Record<string, unknown>;
  actor: { kind: string; id: string };
}

/** Events of a type, in the order they were written. */
export async function eventsOf(app: TestApp, type: string): Promise<TestEvent[]> {
  const { rows } = await app.db.query<{ event: TestEvent; actor: TestEvent['actor'] }>(
    `select event, events -> 'actor' as actor
     from outbox, json_array_elements(events -> 'events') with ordinality as e (event, n)
     where event ->> 'type' = $1 order by batch_id, n`,
    [type],
  );
  return rows.map(({ event, actor }) => ({ ...event, actor }));
}

export async function sendCsv(
  app: TestApp,
  campaignId: string,
  csv: string | Uint8Array<ArrayBuffer>,
  query = '',
  key = app.ownerKey,
): Promise<Pick<TestResponse, 'status' | 'body'>> {
  const response = await fetch(`${app.url}/v1/campaigns/${campaignId}/codes/import${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'text/csv' },
    body: csv,
  });
  return { status: response.status, body: await response.json() };
}
