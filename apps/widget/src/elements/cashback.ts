import type { CashbackSettlement } from '@promosmith/contract';
import { drawButton, h, whileBusy } from '../draw/dom.ts';
import type { Language } from '../texts/language.ts';

export type Settlement = CashbackSettlement;

/** A closed period of cashback that waits for the player to ask for it. */
export function drawCashback(
  { id, amount, currency, claimUntil }: Settlement,
  { say, money, date }: Language,
  claim: () => Promise<void>,
): HTMLElement {
  const label = say('claim', { amount: money(amount, currency) });
  const button = drawButton('primary', label, () => whileBusy(button, claim));
  return h(
    'article',
    { class: 'card', 'aria-labelledby': `name-${id}` },
    h('header', {}, h('h3', { id: `name-${id}` }, say('cashback'))),
    claimUntil !== null && h('p', { class: 'facts' }, say('expires', { until: date(claimUntil) })),
    button,
  );
}
