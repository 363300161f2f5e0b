/** European roulette: one zero. Pure: the pocket is drawn by the caller. */

export const POCKETS = 37;
export const CHIPS = [50, 100, 500, 2_500] as const;
/** Cents, of all bets of a round together. */
export const LARGEST_STAKE = 50_000;
export const MOST_BETS = 60;

const RED = new Set([1, 3, 5, 7, 9, 12, 14, 16, 18, 19, 21, 23, 25, 27, 30, 32, 34, 36]);

export const colourOf = (pocket: number): 'green' | 'red' | 'black' =>
  pocket === 0 ? 'green' : RED.has(pocket) ? 'red' : 'black';

/** A place on the table: a number as text, or one of the fields. */
export interface Field {
  label: string;
  /** What it pays, stake included. */
  pays: number;
  covers(pocket: number): boolean;
}

const range = (name: string, pays: number, covers: (pocket: number) => boolean): Field => ({
  label: name,
  pays,
  covers: (pocket) => pocket !== 0 && covers(pocket),
});

export const FIELDS: Readonly<Record<string, Field>> = {
  ...Object.fromEntries(
    Array.from({ length: POCKETS }, (_, number) => [
      String(number),
      { label: String(number), pays: 36, covers: (pocket: number) => pocket === number },
    ]),
  ),
  'dozen-1': range('1st 12', 3, (pocket) => pocket <= 12),
  'dozen-2': range('2nd 12', 3, (pocket) => pocket > 12 && pocket <= 24),
  'dozen-3': range('3rd 12', 3, (pocket) => pocket > 24),
  'column-1': range('Column 1', 3, (pocket) => pocket % 3 === 1),
  'column-2': range('Column 2', 3, (pocket) => pocket % 3 === 2),
  'column-3': range('Column 3', 3, (pocket) => pocket % 3 === 0),
  low: range('1 to 18', 2, (pocket) => pocket <= 18),
  high: range('19 to 36', 2, (pocket) => pocket > 18),
  even: range('Even', 2, (pocket) => pocket % 2 === 0),
  odd: range('Odd', 2, (pocket) => pocket % 2 === 1),
  red: range('Red', 2, (pocket) => RED.has(pocket)),
  black: range('Black', 2, (pocket) => !RED.has(pocket)),
};

/** Chips on one place of the table, in cents. */
export interface RouletteBet {
  on: string;
  amount: number;
}

export interface RouletteOutcome {
  pocket: number;
  bets: readonly (RouletteBet & { win: number })[];
}

/** What the bets come to when the ball is in a pocket. */
export const settle = (bets: readonly RouletteBet[], pocket: number): RouletteOutcome => ({
  pocket,
  bets: bets.map(({ on, amount }) => {
    const field = FIELDS[on];
    return { on, amount, win: field?.covers(pocket) ? amount * field.pays : 0 };
  }),
});

export const stakeOf = (bets: readonly RouletteBet[]): number =>
  bets.reduce((sum, { amount }) => sum + amount, 0);

export const wonBy = ({ bets }: RouletteOutcome): number => bets.reduce((sum, { win }) => sum + win, 0);

/** @returns why the bets cannot be played, in words for the player. */
export function problemOf(bets: readonly RouletteBet[]): string | undefined {
  if (bets.length === 0) return 'Place a chip first.';
  if (bets.length > MOST_BETS) return `No more than ${MOST_BETS} places at a time.`;
  if (bets.some(({ on }) => !Object.hasOwn(FIELDS, on))) return 'There is no such place on the table.';
  if (bets.some(({ amount }) => !Number.isSafeInteger(amount) || amount < CHIPS[0]))
    return 'The smallest chip is €0.50.';
  return stakeOf(bets) > LARGEST_STAKE ? 'The table takes €500 a round at most.' : undefined;
}
