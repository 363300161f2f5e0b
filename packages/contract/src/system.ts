import { z } from 'zod';
import { Id, Instant } from './common.ts';
import { defineRoute } from './route.ts';

export const SYSTEM_QUEUES = [
  'events_to_seal',
  'audit_to_seal',
  'webhook_deliveries',
  'bonus_deliveries',
  'messages',
  'journey_actions',
  'jobs',
] as const;
export type SystemQueue = (typeof SYSTEM_QUEUES)[number];

/** How the installation is doing, of all its brands; `process` is the one that answered. */
export const System = z.object({
  version: z.string(),
  now: Instant.describe('By the clock of the database'),
  process: z.object({
    startedAt: Instant,
    uptimeSeconds: z.int(),
    memoryBytes: z.int(),
    nodeVersion: z.string(),
    backgroundWork: z.boolean().describe('Whether it is the one that looks for what is due'),
  }),
  processes: z.int().describe('How many serve on this machine'),
  database: z.object({
    version: z.string().describe('Of PostgreSQL'),
    startedAt: Instant,
    sizeBytes: z.int(),
    connections: z.object({
      open: z.int().describe('Of all processes and programs'),
      most: z.int().describe('That PostgreSQL allows'),
    }),
    pool: z.object({
      open: z.int(),
      idle: z.int(),
      waiting: z.int().describe('Work that waits for a connection: above 0 for long, the pool is too small'),
      most: z.int(),
    }),
    oldestStatement: z
      .object({ startedAt: Instant, seconds: z.number() })
      .nullable()
      .describe('The one that has been running for the longest; null when none but this one is'),
  }),
  migrations: z.object({
    applied: z.int(),
    latest: z.string(),
    pending: z.array(z.string()).describe('Run `promosmith migrate`'),
  }),
  queues: z.array(
    z.object({
      name: z.enum(SYSTEM_QUEUES),
      waiting: z.int().describe('Counted up to 1,000'),
      more: z.boolean(),
      oldest: Instant.nullable().describe('When the oldest that was counted came to be; null when not known'),
    }),
  ),
  reconciliation: z
    .object({
      jobId: Id,
      startedAt: Instant,
      finishedAt: Instant.nullable(),
      status: z.enum(['queued', 'running', 'succeeded', 'failed', 'cancelled']),
      balanced: z.boolean().nullable().describe('null until it has succeeded'),
    })
    .nullable()
    .describe('The latest of the brand'),
});
export type System = z.infer<typeof System>;

export const getSystem = defineRoute({
  id: 'getSystem',
  method: 'GET',
  path: '/v1/system',
  tag: 'Brand',
  summary: 'How the installation is doing',
  description: 'For a person to look at; monitoring asks `/healthz`, `/readyz` and `/metrics`.',
  access: { permission: 'brands:write' },
  success: { 200: System },
});
