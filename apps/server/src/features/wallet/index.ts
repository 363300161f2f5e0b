import type { Platform } from '../../platform/platform.ts';
import type { Brands } from '../brands/index.ts';
import type { Events } from '../events/index.ts';
import { mountWallet } from './routes.ts';

/** The reference wallet: players' real and bonus money for game servers and cashiers of brands without one of their own. */
export function createWallet(
  { db, http }: Platform,
  { brands, events }: { brands: Brands; events: Events },
): void {
  mountWallet(http, db, brands, events);
}
