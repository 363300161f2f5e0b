import { z } from 'zod';
import { Id, Instant, pageOf, pageQuery } from './common.ts';
import { Actor } from './events.ts';
import { defineRoute } from './route.ts';

export const JobStatus = z.enum(['queued', 'running', 'succeeded', 'failed', 'cancelled']);
export type JobStatus = z.infer<typeof JobStatus>;

/** Work that goes on after its request was answered. */
export const Job = z.object({
  id: Id,
  kind: z.string().describe('What is done, such as `codes.generate`'),
  status: JobStatus,
  done: z.int().describe('Steps done so far, in the unit of its kind: codes, bytes'),
  total: z.int().nullable(),
  cancelRequested: z.boolean().describe('It stops at its next step and takes back what it made'),
  result: z.record(z.string(), z.unknown()).nullable(),
  error: z.string().nullable(),
  createdBy: Actor,
  createdAt: Instant,
  startedAt: Instant.nullable(),
  finishedAt: Instant.nullable(),
});
export type Job = z.infer<typeof Job>;

const jobParams = z.strictObject({ jobId: Id });

export const listJobs = defineRoute({
  id: 'listJobs',
  method: 'GET',
  path: '/v1/jobs',
  tag: 'Jobs',
  summary: 'List background jobs, newest first',
  access: { permission: 'jobs:read' },
  query: z.strictObject({
    ...pageQuery,
    status: JobStatus.optional(),
    kind: z.string().max(64).optional(),
  }),
  success: { 200: pageOf(Job) },
});

export const getJob = defineRoute({
  id: 'getJob',
  method: 'GET',
  path: '/v1/jobs/:jobId',
  tag: 'Jobs',
  summary: 'A background job and its progress',
  access: { permission: 'jobs:read' },
  params: jobParams,
  success: { 200: Job },
  problems: [404],
});

export const cancelJob = defineRoute({
  id: 'cancelJob',
  method: 'POST',
  path: '/v1/jobs/:jobId/cancel',
  tag: 'Jobs',
  summary: 'Ask a job to stop',
  description:
    'It stops at its next step and takes back what it made; until then it shows `cancelRequested`. A job that has finished is not changed and answered with 409.',
  access: { permission: 'jobs:cancel' },
  params: jobParams,
  success: { 202: Job },
  problems: [404, 409],
});
