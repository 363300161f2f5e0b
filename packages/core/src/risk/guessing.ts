/** DOMAIN §6: how many unknown codes within a window lead to a lock-out. The window begins with the first of them. */
export const GUESS_WINDOW_MINUTES = 10;
export const GUESSES_PER_PLAYER = 5;
/** Households and mobile networks share an address. */
export const GUESSES_PER_ADDRESS = 20;
