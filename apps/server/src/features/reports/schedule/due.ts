import { ok } from '@promosmith/core';
import type { Database } from '../../../platform/db.ts';
import { newId } from '../../../platform/ids.ts';
import type { Brands } from '../../brands/index.ts';
import { nextDue } from './next.ts';
import { insertMails, lockDue, moveOn } from './store.ts';

const AT_ONCE = 50;

/**
 * Writes down the mails of reports whose time has come, in the transaction that moves that time on: whichever process is
 * first, each is written once. Times that passed while no server ran count as one.
 * @returns whether there may be more.
 */
export async function writeDue(db: Database, brands: Pick<Brands, 'read'>): Promise<boolean> {
  const written = await db.transaction(async (tx) => {
    const due = await lockDue(tx, AT_ONCE);
    for (const { reportId, brandId, schedule, nextDueAt: dueAt, now } of due) {
      if (!dueAt) continue;
      const { timeZone } = await brands.read(tx, brandId);
      await moveOn(tx, reportId, schedule && nextDue(schedule.every, timeZone, now));
      const mails = (schedule?.recipients ?? []).map((staffId) => ({ staffId, mailId: newId() }));
      await insertMails(tx, { reportId, brandId, dueAt }, mails);
    }
    return ok(due.length);
  });
  return written.value > 0;
}
