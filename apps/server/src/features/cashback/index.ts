import type { Platform } from '../../platform/platform.ts';
import type { Bonuses } from '../bonuses/index.ts';
import type { Brands } from '../brands/index.ts';
import { lapseUnclaimed } from './lapse.ts';
import { openNew } from './open.ts';
import { mountCashback } from './routes.ts';
import { settleDue } from './settle.ts';

export { sumClaimable } from './store.ts';

const OPEN_EVERY_MS = 500;
const SETTLE_EVERY_MS = 1_000;
const LAPSE_EVERY_MS = 5_000;

/** Cashback: the periods of its bonuses, their settlement, claims, and what an open one would pay. */
export function createCashback(
  { db, http, log, setAside, ticker }: Platform,
  { bonuses: { budgets }, brands }: { bonuses: Bonuses; brands: Brands },
): void {
  const timeZoneOf = async (brandId: string) => (await brands.get(brandId)).timeZone;
  mountCashback(http, { db, budgets, timeZoneOf });
  const opening = setAside(OPEN);
  const settling = setAside(SETTLE);
  const lapsing = setAside(LAPSE);
  ticker.every(OPEN, OPEN_EVERY_MS, () => openNew(db, opening, timeZoneOf));
  ticker.every(SETTLE, SETTLE_EVERY_MS, () => settleDue({ db, log, budgets }, settling));
  ticker.every(LAPSE, LAPSE_EVERY_MS, () => lapseUnclaimed(db, lapsing));
}

const OPEN = 'open cashback periods';
const SETTLE = 'settle cashback';
const LAPSE = 'lapse cashback';
