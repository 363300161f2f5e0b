import type { Actor } from '@promosmith/contract';
import type { Database, Queryable } from '../../platform/db.ts';
import { newId } from '../../platform/ids.ts';
import { publish } from '../../platform/outbox.ts';
import { archivedWithCodes, codesHaveExpired } from '../campaigns/index.ts';
import { eventData } from './code.ts';
import { type Expired, expireCodesAfter, expireDueCodes, type Place } from './store/expiry.ts';

const AT_ONCE = 1_000;
const SCHEDULE: Actor = { kind: 'system', id: 'schedule' };

/**
 * Expires codes whose end has come, by the database's clock and without anybody using them, and those of archived
 * campaigns. A campaign that merely ended keeps its codes: it may be extended. Several processes may do this at once; a
 * code expires in one of them, together with its event.
 * @returns some work at a time, and whether there may be more.
 */
export function createExpiry(db: Database): () => Promise<boolean> {
  /** How far this process is with an archived campaign. Forgotten when it stops: then another begins again. */
  let archived: { campaignId: string; after: Place | undefined } | undefined;

  async function expireDue(): Promise<boolean> {
    const expired = await db.transaction(async (tx) => {
      const codes = await expireDueCodes(tx, AT_ONCE);
      await announce(tx, codes);
      return codes;
    });
    return expired.length === AT_ONCE;
  }

  async function expireArchived(): Promise<boolean> {
    const [campaign] = await archivedWithCodes(db, 1);
    if (!campaign) return false;
    const { campaignId } = campaign;
    const after = archived?.campaignId === campaignId ? archived.after : undefined;
    const expired = await db.transaction(async (tx) => {
      const codes = await expireCodesAfter(tx, campaign, after, AT_ONCE);
      await announce(tx, codes);
      if (codes.length < AT_ONCE) await codesHaveExpired(tx, campaignId);
      return codes;
    });
    archived = { campaignId, after: expired.at(-1) };
    return true;
  }

  return async () => {
    const moreDue = await expireDue();
    return (await expireArchived()) || moreDue;
  };
}

async function announce(tx: Queryable, expired: readonly Expired[]): Promise<void> {
  const time = new Date().toISOString();
  const correlationId = newId();
  for (const [brandId, codes = []] of Object.entries(Object.groupBy(expired, ({ brandId }) => brandId)))
    await publish(
      tx,
      { brandId, actor: SCHEDULE, correlationId, time },
      codes.map((code) => ({
        type: 'code.expired',
        subject: `code/${code.codeId}`,
        data: eventData(code),
      })),
    );
}
