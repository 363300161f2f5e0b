const HOME = '/console/';

/**
 * The brand of this page, from its address: two tabs can show two brands, and a link says which one it is of. Undefined
 * before one is chosen. Another brand is another page load.
 */
export const BRAND: string | undefined = location.pathname.startsWith(HOME)
  ? location.pathname
      .slice(HOME.length)
      .split('/')[0]
      ?.match(/^[a-z0-9][a-z0-9-]*$/)?.[0]
  : undefined;

/** Pages of no brand have an address that no brand's slug can be. */
export const INVITATION = `${HOME}-invitation`;

/** Where the console of a brand begins. */
export const homeOf = (brand: string): string => `${HOME}${brand}`;
