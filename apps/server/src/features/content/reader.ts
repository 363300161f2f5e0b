import { localClock } from '@promosmith/core/activation';
import { type Json, playerState, type Reader, type ScopeInput } from '@promosmith/core/content';
import type { Brand } from '../brands/index.ts';
import { factsOf, type KnownPlayer, zoneOf } from '../players/index.ts';

/** What a message holds beside the player and the brand. */
export type MessageValues = Pick<ScopeInput, 'label' | 'event' | 'events' | 'message'>;

/**
 * A player as the reader of a message: their values under `state`, their language, amounts in their currency. Times are
 * those of their zone, or of the brand's when they told none.
 * @param at when the message is made.
 */
export function readerOf(
  brand: Brand,
  { externalId, player }: { externalId: string; player: KnownPlayer },
  at: Date,
  values: MessageValues,
): Reader {
  const facts = factsOf(player, at, localClock(at.getTime(), brand.timeZone).day);
  return {
    ...frameOf(brand, values, playerState(externalId, facts)),
    timeZone: zoneOf(player, brand),
    locale: player.language,
    currency: player.currency ?? brand.currency,
  };
}

/** A reader of the brand with values given, as editors show what no player in particular gets. */
export const sampleReader = (
  brand: Brand,
  state: Readonly<Record<string, Json>>,
  values: MessageValues,
): Reader => ({ ...frameOf(brand, values, state), locale: null, currency: brand.currency });

const frameOf = (brand: Brand, values: MessageValues, state: Readonly<Record<string, Json>>) => ({
  scope: {
    ...values,
    state,
    brand: { name: brand.name, currency: brand.currency, time_zone: brand.timeZone },
  },
  timeZone: brand.timeZone,
  currencies: brand.currencies,
});
