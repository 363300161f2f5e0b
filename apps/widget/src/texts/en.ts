/** Everything the widget says, in English. `{name}` is filled in. */
export const en = {
  codeLabel: 'Promo code',
  codeApply: 'Apply',
  codeAccepted: 'Your code has been accepted.',
  codeValid: 'This code is good. It counts once you have signed up.',
  signIn: 'Sign in to see this.',
  failed: 'That did not work. Please try again.',
  close: 'Close',
  cancel: 'Keep it',
  bonuses: 'My bonuses',
  noBonuses: 'You have no bonuses yet.',
  earlier: 'Earlier bonuses',
  terms: 'Full terms',
  deposit: 'Deposit bonus',
  free_spins: 'Free spins',
  bonus_balance: 'Bonus',
  cashback: 'Cashback',
  tournament_entry: 'Tournament ticket',
  special: 'Special offer',
  pending: 'Waiting',
  active: 'Active',
  completed: 'Completed',
  ended: 'Ended',
  expired: 'Expired',
  pendingDeposit: 'Waits for your deposit.',
  wagered: '{done} of {required} wagered',
  remaining: '{remaining} to go',
  balance: 'Balance {balance}',
  expires: 'Until {until}',
  giveUp: 'Give up',
  giveUpAsk: 'Give this bonus up? You lose {lost}.',
  bonusMoney: '{balance} of bonus money and {turnover} of wagering',
  giveUpKept: 'Your own {real} stays yours.',
  claim: 'Claim {amount}',
  inbox: 'Inbox',
  noMessages: 'No messages.',
  unread: 'New',
  delete: 'Delete',
};

type RefusalKey =
  | 'code_not_found'
  | 'code_over'
  | 'conflicting_bonus'
  | 'kyc_required'
  | 'not_eligible'
  | 'not_running'
  | 'rate_limited'
  | 'self_excluded'
  | 'used_by_you'
  | 'used_up';

/** A language: what the widget says, and why a code is refused. English refusals are the server's own words. */
export type Texts = { [Key in keyof typeof en]: string } & { [Key in RefusalKey]?: string };
export type TextKey = keyof Texts;
