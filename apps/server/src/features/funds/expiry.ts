import type { Database, Queryable } from '../../platform/db.ts';
import { doDue } from '../../platform/do-due.ts';
import { publish } from '../../platform/outbox.ts';
import type { SetAside } from '../../platform/set-aside.ts';
import { IS_MONEY } from '../bonuses/index.ts';
import { eventsOf, NO_CAUSES } from './announce.ts';
import { applyAll } from './apply.ts';
import { nameOf } from './folding/wallet.ts';
import { openWallets } from './open.ts';
import { saveAll } from './save.ts';
import { databaseNow } from './store/wallets.ts';

const AT_ONCE = 500;

/**
 * What was played just before the end may be told just after it, and a bonus that has ended is not folded again: so
 * much longer it waits for the platform's last word, whatever instant it ends at.
 */
const GRACE_MS = 5_000;

interface Due {
  playerId: string;
  currency: string;
  brandId: string;
  player: string;
}

/**
 * Ends bonuses of money whose time is over, each at its own instant, and makes those real money that ask for no
 * turnover. Several processes may run it: wallets another one holds are skipped.
 * @returns whether there may be more.
 */
export const expireDue = (db: Database, aside: SetAside): Promise<boolean> =>
  doDue<Due>(aside, {
    find: (names) => findDue(db, names),
    nameOf,
    work: (due) => db.transaction((tx) => expire(tx, due)),
  });

async function expire(tx: Queryable, due: readonly Due[]): Promise<number> {
  const wallets = await openWallets(tx, due, [], 'skip locked');
  const now = await databaseNow(tx);
  const works = [...wallets.values()].map((wallet) => ({
    wallet,
    events: [],
    removed: [],
    until: Math.max(now - GRACE_MS, wallet.last?.at ?? 0),
  }));
  await applyAll(tx, works, now);
  await saveAll(
    tx,
    [...wallets.values()],
    { bets: [], entries: [], adjustments: [], voided: [], causes: NO_CAUSES },
    now,
  );
  for (const [brandId, ofBrand] of Map.groupBy(due, (one) => one.brandId)) {
    const time = new Date(now).toISOString();
    const origin = { brandId, actor: EXPIRY, correlationId: EXPIRY.id, time };
    const events = ofBrand.flatMap((one) => {
      const wallet = wallets.get(nameOf(one));
      return wallet ? eventsOf(wallet, one.player) : [];
    });
    await publish(tx, origin, events);
  }
  return [...wallets.values()].filter(({ told }) => told.length > 0).length;
}

const EXPIRY = { kind: 'system', id: 'expiry' } as const;

/** Wallets with bonuses whose time is over, or that ask for no turnover: each half reads an index of its own. */
const DUE = `
  (select player_id, currency, brand_id from grants
   where status = 'active' and expires_at <= now() - $1 * interval '1 millisecond' and ${IS_MONEY}
     and player_id::text || ' ' || currency <> all($2::text[])
   order by expires_at limit ${AT_ONCE})
  union all
  (select player_id, currency, brand_id from grants
   where status = 'active' and wagering_required = 0 and amount > 0 and ${IS_MONEY}
     and player_id::text || ' ' || currency <> all($2::text[])
   order by granted_at limit ${AT_ONCE})`;

/** Looked for every second, so by indexes that hold nothing else. */
export async function findDue(db: Queryable, aside: readonly string[]): Promise<Due[]> {
  const { rows } = await db.query<Due>(
    `select distinct due.player_id as "playerId", due.currency, due.brand_id as "brandId", p.external_id as player
     from (${DUE}) due join players p on p.player_id = due.player_id`,
    [GRACE_MS, aside],
  );
  return rows;
}
