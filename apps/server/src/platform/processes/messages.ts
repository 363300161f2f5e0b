import type { MetricObjectWithValues, MetricValue } from 'prom-client';

/** The metrics of one process as they stand. */
export type Report = MetricObjectWithValues<MetricValue<string>>[];

/** What a server process tells the primary. */
export type ToPrimary =
  | { kind: 'listens'; url: string }
  /** @property reason one message for the operator. */
  | { kind: 'failed'; reason: string }
  | { kind: 'scrape'; id: number }
  | { kind: 'report'; id: number; report: Report };

/** What the primary tells a server process. */
export type ToServer = { kind: 'measure'; id: number } | { kind: 'scraped'; id: number; text: string };
