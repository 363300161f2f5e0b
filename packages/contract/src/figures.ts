import { z } from 'zod';
import { defineRoute } from './route.ts';

/** What a number is a number of. */
const FigureUnit = z.enum(['count', 'minor_units', 'basis_points']);

const count = (definition: string, source: string) => ({ definition, source, unit: 'count' as const });
const money = (definition: string, source: string) => ({ definition, source, unit: 'minor_units' as const });
const rate = (definition: string, source: string) => ({ definition, source, unit: 'basis_points' as const });

/** Every number of the reports on performance: what it is, and the events or tables it is counted from. */
export const FIGURES = {
  tries: count('Codes entered: `accepted` and `refused`', 'code.activated, activation.refused'),
  accepted: count(
    'Codes taken, also those that wait for a deposit; one that was held for review from its release on',
    'code.activated',
  ),
  awaitingDeposit: count('Those of `accepted` that were taken to wait for a deposit', 'code.activated'),
  refused: count('Codes refused; one that was held for review when that ended', 'activation.refused'),
  acceptanceRate: rate('`accepted` of `tries`; null without tries', 'accepted, tries'),
  activationRate: rate(
    '`accepted` of `distributed`; null when no code was given to a player one by one',
    'accepted, distributed',
  ),
  lapsed: count('Activations whose deposit did not come', 'activation.lapsed'),
  reversed: count('Activations taken back', 'activation.reversed'),
  distributed: count('Codes given to players one by one; not those that were exported', 'code.distributed'),
  shown: count(
    'Messages shown that carried a code of the campaign, drawn by a label tag or sent by the journey before',
    'message.shown',
  ),
  grants: count('Bonuses granted, but for those that another bonus is paid as', 'bonus.granted'),
  wagered: count('Bonuses whose turnover was reached', 'wagering.completed'),
  conversions: count('Bonuses of which something became real money', 'bonus.converted'),
  granted: money('Face value of the bonuses granted', 'bonus.granted'),
  converted: money('Bonus money that became real', 'bonus.converted'),
  cashPaid: money(
    'Cashback and winnings of free spins paid as cash',
    'cashback.settled, freespins.finished, freespins.cancelled',
  ),
  cost: money('What bonuses cost: `converted` and `cashPaid`, not their face value', 'converted, cashPaid'),
  breakage: money(
    'What bonuses still held when they ended, or beyond the most that may become real; less what was given back to them',
    'bonus.converted, bonus.lost, bonus.expired, bonus.forfeited, bonus.cancelled, bonus.reinstated',
  ),
  deposits: count(
    'Deposits that count for an activation: those that paid for its bonus, and those within 7 days after the code was taken, for the last one',
    'deposit.succeeded, deposit.reversed',
  ),
  deposited: money('The sum of `deposits`', 'deposit.succeeded, deposit.reversed'),
  bonusToDeposit: rate('`granted` of `deposited`; null without deposits', 'granted, deposited'),
  bets: count(
    'Bets within 7 days after a code was taken, for the last one; not those that were rolled back',
    'bet.settled, round.rolled_back, the wallet',
  ),
  staked: money('The stakes of `bets`, whatever paid for them', 'bet.settled, round.rolled_back, the wallet'),
  won: money('What those bets won', 'bet.settled, round.rolled_back, the wallet'),
  ggr: money('Gross gaming revenue: `staked` less `won`', 'staked, won'),
  fees: money('The brand’s share of fees and duties in `ggr`; none while `ggr` is below 0', 'ggr'),
  ngr: money('Net gaming revenue: `ggr` less `cost` and `fees`', 'ggr, cost, fees'),
  costOfGgr: rate('`cost` of `ggr`; null unless `ggr` is above 0', 'cost, ggr'),
  messagesSent: count('Messages that left for their players', 'message.sent'),
  messagesShown: count('Messages shown: first impressions, claimed on the server', 'message.shown'),
  messagesClicked: count('Messages clicked', 'message.clicked'),
  messagesDismissed: count('Messages closed by their players', 'message.dismissed'),
  messagesFailed: count('Messages that could not be delivered', 'message.failed'),
  messagesSuppressed: count(
    'Messages that might not be sent: consent, exclusion, caps',
    'message.suppressed',
  ),
  messagesExpired: count('Messages whose time was over', 'message.expired'),
  shownRate: rate(
    'Messages shown of those sent in the period; null without any',
    'messagesShown, messagesSent',
  ),
  clickRate: rate(
    'Messages clicked of those shown, or of those sent where showing is not known; null without any',
    'messagesClicked, messagesShown, messagesSent',
  ),
  journeysEntered: count('Enrolments, without the control group', 'journey.enrolled'),
  journeysControl: count('Players put into the control group', 'journey.enrolled'),
  journeysCompleted: count('Runs that came to their end', 'journey.completed'),
  journeysExited: count('Runs that were left before', 'journey.exited'),
  labelsSent: count('Messages sent with the label tag in them', 'message.sent'),
} as const;
export type FigureName = keyof typeof FIGURES;

export const FigureDefinition = z.object({
  name: z.string(),
  definition: z.string(),
  unit: FigureUnit,
  source: z.string().describe('The events, or the other figures, it is made of'),
});
export type FigureDefinition = z.infer<typeof FigureDefinition>;

export const listFigures = defineRoute({
  id: 'listFigures',
  method: 'GET',
  path: '/v1/figures',
  tag: 'Analytics',
  summary: 'What every number means',
  description: 'Definition, unit and source of each figure, for whoever shows it.',
  access: { permission: 'analytics:read' },
  success: { 200: z.object({ items: z.array(FigureDefinition) }) },
});
