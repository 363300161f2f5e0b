import type { CurrencyTable } from '../../money/index.ts';

/** How the player who reads it expects to see things. */
export interface Format {
  /** BCP 47. */
  readonly locale: string;
  /** IANA name. */
  readonly timeZone: string;
  readonly currencies: CurrencyTable;
  /** The currency of amounts that name none. */
  readonly currency: string;
}
