import { TimeZone } from '@promosmith/contract';
import type { PlayerRecord } from './player.ts';

/**
 * The time zone that a player's day goes by: their own, or the brand's. IANA name. One that this installation does not
 * know (any more) counts as not told.
 */
export const zoneOf = (
  { timeZone }: Pick<PlayerRecord, 'timeZone'>,
  brand: { readonly timeZone: string },
): string => (timeZone !== null && TimeZone.safeParse(timeZone).success ? timeZone : brand.timeZone);
