import type { Answer, Call } from '../../../../api/index.ts';

export type Consents = Answer<'getPlayer'>['consents'];
type Change = Call<'setConsents'>['body']['consents'][number];
export type Product = Change['product'];
export type Channel = Change['channel'];

export const CHANNELS: readonly Channel[] = ['email', 'sms', 'push', 'telegram', 'phone', 'popup', 'inbox'];
export const PRODUCTS: readonly Product[] = ['casino', 'betting', 'bingo', 'lottery'];

/** A pair that was never asked is not agreed to. */
export const isGranted = (consents: Consents, product: Product, channel: Channel): boolean =>
  consents[product]?.[channel]?.granted === true;

const keyOf = (product: Product, channel: Channel): string => `${product} ${channel}`;

/** What was ticked otherwise than it is recorded, by `product channel`. */
export type Edits = Readonly<Record<string, boolean>>;

export const tickedIn = (consents: Consents, edits: Edits, product: Product, channel: Channel): boolean =>
  edits[keyOf(product, channel)] ?? isGranted(consents, product, channel);

/** Ticks one the other way; what is as it was recorded is no edit. */
export function toggled(consents: Consents, edits: Edits, product: Product, channel: Channel): Edits {
  const key = keyOf(product, channel);
  const { [key]: edited, ...others } = edits;
  return edited === undefined ? { ...others, [key]: !isGranted(consents, product, channel) } : others;
}

/** What is to be recorded: the pairs that changed, and no other. */
export const changesOf = (edits: Edits): Change[] =>
  PRODUCTS.flatMap((product) =>
    CHANNELS.flatMap((channel) => {
      const granted = edits[keyOf(product, channel)];
      return granted === undefined ? [] : [{ product, channel, granted }];
    }),
  );
