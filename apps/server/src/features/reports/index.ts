import type { Platform } from '../../platform/platform.ts';
import type { Brands } from '../brands/index.ts';
import type { Channels } from '../channels/index.ts';
import type { Cohorts } from '../cohorts/index.ts';
import type { Experiments } from '../experiments/index.ts';
import { type BiReaders, createBiReaders } from './bi-readers.ts';
import { mountReportRoutes } from './routes.ts';
import { writeDue } from './schedule/due.ts';
import { sendNext } from './schedule/mail.ts';
import { createReportService } from './service.ts';

const LOOK_EVERY_MS = 1_000;

export interface Reports {
  /** Who reads through the SQL views. */
  readonly readers: BiReaders;
}

export interface ReportParts {
  readonly brands: Brands;
  readonly channels: Pick<Channels, 'mailStaff'>;
  readonly cohorts: Pick<Cohorts, 'rows'>;
  readonly experiments: Experiments;
}

/** Reports: tables that are saved, paged through, exported, and sent by e-mail on time. */
export function createReports(
  { config, db, http, ticker }: Platform,
  { brands, channels, cohorts, experiments }: ReportParts,
): Reports {
  const sources = { cohorts: cohorts.rows, experiments: experiments.told };
  const mailing = { db, brands, sources, mailStaff: channels.mailStaff, publicUrl: config.publicUrl };
  mountReportRoutes(http, db, createReportService(db, brands, sources));
  ticker.every('find due reports', LOOK_EVERY_MS, () => writeDue(db, brands));
  ticker.every('mail reports', LOOK_EVERY_MS, () => sendNext(mailing));
  return { readers: createBiReaders(db) };
}
