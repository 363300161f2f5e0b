import type { Database } from '../../platform/db.ts';
import { type NewEvent, publish } from '../../platform/outbox.ts';
import { expirePending } from '../bonuses/index.ts';
import { giveBack, moveCounters, type StoredTake } from './give-back.ts';

const AT_ONCE = 500;

interface Lapsed {
  activation_id: string;
  brand_id: string;
  player_external_id: string;
  code_shown: string;
  code_key: string | null;
  campaign_id: string | null;
  takes: StoredTake[];
  changed_at: Date;
}

/**
 * Ends activations whose deposit did not come in time and gives back what they reserved. Several processes may run it:
 * rows another one holds are skipped.
 * @returns whether there may be more.
 */
export function lapseOverdue(db: Database): Promise<boolean> {
  return db.transaction(async (tx) => {
    const { rows } = await tx.query<Lapsed>(
      `update activations a set outcome = 'lapsed', takes = '[]', changed_at = now(), awaiting_until = null
       from (select activation_id, player_id, takes from activations
             where outcome = 'awaiting_deposit' and awaiting_until <= now()
             order by awaiting_until limit ${AT_ONCE} for update skip locked) due
       where a.activation_id = due.activation_id and a.player_id = due.player_id
       returning a.activation_id, a.brand_id, a.player_external_id, a.code_shown, a.code_key, a.campaign_id, due.takes,
         a.changed_at`,
    );
    if (rows.length === 0) return false;
    await expirePending(
      tx,
      rows.map(({ activation_id }) => activation_id),
    );
    for (const [brandId, ofBrand] of Map.groupBy(rows, ({ brand_id }) => brand_id)) {
      const time = ofBrand[0]?.changed_at.toISOString() ?? '';
      const origin = {
        brandId,
        actor: { kind: 'system' as const, id: 'lapse' },
        correlationId: 'lapse',
        time,
      };
      await publish(tx, origin, ofBrand.map(lapsedEvent));
    }
    await moveCounters(
      tx,
      rows.flatMap(({ takes }) => giveBack(takes, 'reserved')),
    );
    return rows.length === AT_ONCE;
  });
}

const lapsedEvent = (row: Lapsed): NewEvent => ({
  type: 'activation.lapsed',
  subject: `activation/${row.activation_id}`,
  data: {
    activationId: row.activation_id,
    player: row.player_external_id,
    code: row.code_shown,
    codeId: row.code_key,
    campaignId: row.campaign_id,
  },
});
