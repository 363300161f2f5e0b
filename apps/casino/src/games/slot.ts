/** Fruit Parade: three reels of which three rows show, five lines. Pure: what falls is drawn by the caller. */

export const SYMBOLS = ['seven', 'lantern', 'bell', 'clover', 'cherry', 'plum', 'lemon'] as const;
export type SlotSymbol = (typeof SYMBOLS)[number];

const strip = (text: string) => text.split(' ') as SlotSymbol[];

export const REELS: readonly (readonly SlotSymbol[])[] = [
  strip(
    'seven cherry lemon plum bell lemon cherry clover plum lemon lantern cherry plum lemon bell clover cherry lemon plum clover',
  ),
  strip(
    'seven lemon plum cherry bell lemon clover cherry plum lemon lantern plum cherry lemon bell clover lemon plum cherry clover',
  ),
  strip(
    'seven plum lemon cherry bell clover lemon plum cherry lemon lantern plum lemon cherry bell plum lemon clover cherry lemon',
  ),
];

/** Row of each reel that a line goes through. */
export const LINES: readonly (readonly number[])[] = [
  [1, 1, 1],
  [0, 0, 0],
  [2, 2, 2],
  [0, 1, 2],
  [2, 1, 0],
];

/** What three of a kind pay, in stakes of a line. */
export const PAYS: Readonly<Record<SlotSymbol, number>> = {
  seven: 500,
  lantern: 200,
  bell: 100,
  clover: 50,
  cherry: 20,
  plum: 18,
  lemon: 12,
};

/** What two cherries on the first two reels pay. */
export const TWO_CHERRIES = 4;

/** Stakes a player may choose, in cents: each is five equal stakes of a line. */
export const STAKES = [20, 50, 100, 200, 500, 1_000] as const;

export interface SlotOutcome {
  /** Where each reel stopped: the strip's index in the top row. */
  stops: readonly number[];
  /** Three columns of three symbols, from the top. */
  columns: readonly (readonly SlotSymbol[])[];
  /** Lines that won: the row they go through on each reel, and what they paid in cents. */
  wins: readonly { rows: readonly number[]; amount: number }[];
}

/**
 * What a stop of the reels pays.
 * @param stake of all lines together, in cents.
 */
export function spin(stops: readonly number[], stake: number): SlotOutcome {
  const columns = REELS.map((reel, i) =>
    [0, 1, 2].map((row) => reel[((stops[i] ?? 0) + row) % reel.length] as SlotSymbol),
  );
  const wins = LINES.flatMap((rows) => {
    const multiple = multipleOf(rows.map((row, reel) => columns[reel]?.[row] as SlotSymbol));
    return multiple > 0 ? [{ rows, amount: Math.floor((multiple * stake) / LINES.length) }] : [];
  });
  return { stops, columns, wins };
}

function multipleOf([first, second, third]: readonly SlotSymbol[]): number {
  if (first !== undefined && first === second && second === third) return PAYS[first];
  return first === 'cherry' && second === 'cherry' ? TWO_CHERRIES : 0;
}

export const wonBy = ({ wins }: SlotOutcome): number => wins.reduce((sum, { amount }) => sum + amount, 0);
