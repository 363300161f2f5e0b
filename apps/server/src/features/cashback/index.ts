import type { Platform } from '../../platform/platform.ts';
import type { Brands } from '../brands/index.ts';
import { lapseUnclaimed } from './lapse.ts';
import { openNew } from './open.ts';
import { mountCashback } from './routes.ts';
import { settleDue } from './settle.ts';

const OPEN_EVERY_MS = 500;
const SETTLE_EVERY_MS = 1_000;
const LAPSE_EVERY_MS = 5_000;

/** Cashback: the periods of its bonuses, their settlement, claims, and what an open one would pay. */
export function createCashback({ db, http, ticker }: Platform, brands: Brands): void {
  const timeZoneOf = async (brandId: string) => (await brands.get(brandId)).timeZone;
  mountCashback(http, db, timeZoneOf);
  ticker.every('open cashback periods', OPEN_EVERY_MS, () => openNew(db, timeZoneOf));
  ticker.every('settle cashback', SETTLE_EVERY_MS, () => settleDue(db));
  ticker.every('lapse cashback', LAPSE_EVERY_MS, () => lapseUnclaimed(db));
}
