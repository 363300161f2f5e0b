export { canonicalEmail } from './email.ts';
export { GUESS_WINDOW_MINUTES, GUESSES_PER_ADDRESS, GUESSES_PER_PLAYER } from './guessing.ts';
