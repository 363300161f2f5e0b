import type { Platform } from '../../platform/platform.ts';
import type { Brands } from '../brands/index.ts';
import type { Channels } from '../channels/index.ts';
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

/** Reports: tables that are saved, paged through, exported, and sent by e-mail on time. */
export function createReports(
  { config, db, http, ticker }: Platform,
  { brands, channels }: { brands: Brands; channels: Pick<Channels, 'mailStaff'> },
): Reports {
  const mailing = { db, brands, mailStaff: channels.mailStaff, publicUrl: config.publicUrl };
  mountReportRoutes(http, db, createReportService(db, brands));
  ticker.every('find due reports', LOOK_EVERY_MS, () => writeDue(db, brands));
  ticker.every('mail reports', LOOK_EVERY_MS, () => sendNext(mailing));
  return { readers: createBiReaders(db) };
}
