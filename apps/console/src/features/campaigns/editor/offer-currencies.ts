import { createContext, use } from 'react';

export interface OfferCurrencies {
  /** The currencies that amounts of the offer are asked for in. */
  readonly codes: readonly string[];
  /** @param codes at least one; amounts in any other are dropped. */
  choose(codes: readonly string[]): void;
}

export const OfferCurrenciesContext = createContext<OfferCurrencies>({ codes: [], choose: () => undefined });

export const useOfferCurrencies = (): OfferCurrencies => use(OfferCurrenciesContext);
