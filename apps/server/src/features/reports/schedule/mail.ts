import { type ReportFormat, roleMay } from '@promosmith/contract';
import type { Database } from '../../../platform/db.ts';
import { BACKOFF_MS, pauseAfter } from '../../../platform/outbound/backoff.ts';
import type { Brands } from '../../brands/index.ts';
import type { SendResult, SendStaffMail, StaffMail } from '../../channels/index.ts';
import { activeMembers } from '../../staff/index.ts';
import { FILES } from '../files/index.ts';
import type { Sources } from '../kinds/kind.ts';
import { type Reading, readRows, type Selection } from '../read.ts';
import { selectionOf } from '../selection.ts';
import type { ReportRow } from '../store.ts';
import { type ClaimedMail, claimMail, type Ended, endMail, findForMail } from './store.ts';

/** What mail servers take, a third of it for how attachments are written in mail. */
const LARGEST_FILE_BYTES = 7_000_000;

export interface Mailing {
  readonly db: Database;
  readonly brands: Brands;
  readonly sources: Sources;
  readonly mailStaff: SendStaffMail;
  readonly publicUrl: string;
}

/** Sends the mail that has waited longest. @returns whether there was one. */
export async function sendNext(mailing: Mailing): Promise<boolean> {
  const { db } = mailing;
  const mail = await claimMail(db);
  if (!mail) return false;
  const composed = await compose(mailing, mail);
  await endMail(
    db,
    mail,
    composed ? endedBy(await mailing.mailStaff(composed), mail) : { status: 'dropped' },
  );
  return true;
}

function endedBy(result: SendResult, { attempts }: ClaimedMail): Ended {
  if (result.kind === 'sent') return { status: 'sent' };
  const { reason: error } = result;
  const asked = result.kind === 'later' ? result.afterMs : null;
  const retryInMs = pauseAfter(attempts, BACKOFF_MS, asked, Math.random());
  const isOver = retryInMs === null || (result.kind === 'failed' && result.final);
  return isOver ? { status: 'failed', error, retryInMs: null } : { status: 'waiting', error, retryInMs };
}

/** @returns undefined when there is nothing to write of any more, or nobody who may read it. */
async function compose(
  { db, brands, publicUrl, sources }: Mailing,
  mail: ClaimedMail,
): Promise<StaffMail | undefined> {
  const report = await findForMail(db, mail.reportId);
  const [recipient] = await activeMembers(db, mail.brandId, [mail.staffId]);
  if (!report?.schedule || !recipient) return undefined;
  const { name: brand, timeZone } = await brands.get(mail.brandId);
  const selection = selectionOf(report, timeZone, mail.dueAt);
  if (!roleMay(recipient.role, selection.kind.permission)) return undefined;
  const { format } = report.schedule;
  const content = await fileOf({ db, sources }, selection, format);
  const { fromDay, toDay } = selection.scope;
  const text = [
    `${report.name}, ${brand}: ${fromDay} to ${toDay}, by the clock of ${timeZone}.`,
    content ? 'The report is attached.' : `The report is too large for an e-mail. Export it at ${publicUrl}.`,
    ...definitionsOf(selection),
  ].join('\n');
  return {
    ...{ brandId: mail.brandId, mailId: mail.mailId, to: recipient.email },
    ...{ subject: `${report.name}: ${fromDay} to ${toDay}`, text },
    attachments: content
      ? [{ filename: fileName(report, toDay, format), contentType: FILES[format].contentType, content }]
      : [],
  };
}

const definitionsOf = ({ columns }: Selection): string[] =>
  columns.map(({ name, definition }) => `${name}: ${definition}`);

/** Undefined when it is too large; it is not written to its end then. */
async function fileOf(
  from: Reading,
  selection: Selection,
  format: ReportFormat,
): Promise<Buffer | undefined> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of FILES[format].write(selection.columns, readRows(from, selection))) {
    parts.push(Buffer.from(part));
    size += part.length;
    if (size > LARGEST_FILE_BYTES) return undefined;
  }
  return Buffer.concat(parts);
}

const fileName = ({ name }: ReportRow, day: string, format: ReportFormat): string =>
  `${name.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '') || 'report'}-${day}.${format}`;
