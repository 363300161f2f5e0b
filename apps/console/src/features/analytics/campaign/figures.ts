import type { Answer } from '../../../api/index.ts';

export type Report = Answer<'getCampaignPerformance'>;
export type Numbers = Report['totals'];
export type MoneyNumbers = Numbers['money'][number];

/** Counts of a report, in the order in which they happen. */
export const COUNTS = [
  ...(['tries', 'accepted', 'refused', 'lapsed', 'reversed', 'grants', 'wagered', 'conversions'] as const),
] satisfies (keyof Numbers)[];
export type CountFigure = (typeof COUNTS)[number];

/** Money of a report, cost first and then what came of it. */
export const MONEY = [
  ...(['granted', 'converted', 'cashPaid', 'cost', 'breakage', 'deposited', 'staked', 'won'] as const),
  ...(['ggr', 'fees', 'ngr'] as const),
] satisfies (keyof MoneyNumbers)[];
export type MoneyFigure = (typeof MONEY)[number];

export const MONEY_RATES = ['costOfGgr', 'bonusToDeposit'] as const satisfies (keyof MoneyNumbers)[];

/** What can be drawn day by day. */
export const LINES = [
  ...(['accepted', 'tries', 'refused', 'grants', 'conversions'] as const),
  ...(['cost', 'deposited', 'ggr', 'ngr'] as const),
] as const satisfies readonly (CountFigure | MoneyFigure)[];
export type LineFigure = (typeof LINES)[number];

/** Figures without rows of their own: those of what they are made of are. */
const WITHOUT_ROWS: readonly string[] = ['fees', 'ngr'];
export const hasRows = (figure: CountFigure | MoneyFigure): boolean => !WITHOUT_ROWS.includes(figure);

export const isMoney = (figure: string): figure is MoneyFigure =>
  (MONEY as readonly string[]).includes(figure);

/** A number of a day or a period; null where there is none in that currency, or it is not known. */
export function numberOf(numbers: Numbers, figure: LineFigure, currency: string): number | null {
  if (!isMoney(figure)) return numbers[figure];
  const money = numbers.money.find((sums) => sums.currency === currency);
  return money === undefined ? 0 : money[figure];
}
