/** DOMAIN §6: how many unknown codes within a window lead to a lock-out. The window begins with the first of them. */
export const GUESS_WINDOW_MINUTES = 10;
export const GUESSES_PER_PLAYER = 5;
/** A device is lent, and bought second-hand. */
export const GUESSES_PER_DEVICE = 10;
/** Households and mobile networks share an address. */
export const GUESSES_PER_ADDRESS = 20;

/** Guesses of each kind of guesser until a lock-out. */
export interface GuessLimits {
  readonly player: number;
  readonly device: number;
  readonly address: number;
}

export const USUAL_GUESSES: GuessLimits = {
  player: GUESSES_PER_PLAYER,
  device: GUESSES_PER_DEVICE,
  address: GUESSES_PER_ADDRESS,
};

/** While codes are tried at random by many at once: who mistypes a code still has a second try. */
export const GUESSES_IN_A_WAVE: GuessLimits = { player: 2, device: 3, address: 5 };

/** So few wrong codes are what people mistype, whatever their share. */
export const LEAST_WRONG_OF_A_WAVE = 100;

/**
 * Whether codes are being tried at random: of what a brand's players tried in a window, more than half were codes there
 * are not.
 */
export const isGuessWave = ({ wrong, known }: { wrong: number; known: number }): boolean =>
  wrong >= LEAST_WRONG_OF_A_WAVE && wrong > known;
