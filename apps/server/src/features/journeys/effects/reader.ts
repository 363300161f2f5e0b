import { type Format, type Json, type Reader, readLocale } from '@promosmith/core/content';
import type { Effect } from '@promosmith/core/journey';
import type { Brand } from '../../brands/index.ts';
import { type MessageValues, readerOf } from '../../content/index.ts';
import type { KnownPlayer } from '../../players/index.ts';

/** Data of events came as JSON. */
type Values = Readonly<Record<string, Json>>;

/** The player of an effect as the reader of its templates, with the events that led to it. */
export const readerFor = (
  brand: Brand,
  player: { readonly externalId: string; readonly player: KnownPlayer },
  at: Date,
  { event, events }: Pick<Effect, 'event' | 'events'>,
  values: Omit<MessageValues, 'event' | 'events'> = {},
): Reader =>
  readerOf(brand, player, at, { ...values, event: (event?.data ?? {}) as Values, events: events as Values });

/** How amounts and dates are written to a machine, or to a player whose language is not known. */
const FALLBACK = 'en';

export const formatFor = (reader: Reader): Format => ({
  ...reader,
  locale: readLocale(reader.locale) ?? FALLBACK,
});
