import type { ForfeitCost, GrantWithTerms } from '@promosmith/contract';
import type { Refusal } from '../api/api.ts';
import { drawButton, h, whileBusy } from '../draw/dom.ts';
import type { Widget } from '../widget.ts';

interface Outcome {
  readonly signal: AbortSignal;
  refuse(refusal: Refusal): void;
  onGone(grant: GrantWithTerms): Promise<void>;
}

/** A button that gives a bonus up, once the player has seen what that costs. */
export function drawGiveUp(
  { api, language: { say, money } }: Pick<Widget, 'api' | 'language'>,
  id: string,
  { signal, refuse, onGone }: Outcome,
): HTMLElement {
  const box = h('div', { class: 'give-up' });
  const ask = drawButton('quiet', say('giveUp'), preview);
  box.append(ask);

  async function preview(): Promise<void> {
    const answer = await api.call('GET /v1/grants/:grantId/forfeit', { params: { grantId: id } });
    if (signal.aborted) return;
    if (!answer.ok) {
      refuse(answer.refusal);
      return;
    }
    const keep = drawButton('secondary', say('cancel'), back);
    const yes = drawButton('danger', say('giveUp'), () => whileBusy(yes, giveUp));
    box.replaceChildren(
      h(
        'div',
        { role: 'group', 'aria-labelledby': `ask-${id}`, class: 'ask' },
        h('p', { id: `ask-${id}` }, costOf(answer.value)),
        h('div', { class: 'row' }, keep, yes),
      ),
    );
    keep.focus();
  }
  function back(): void {
    box.replaceChildren(ask);
    ask.focus();
  }
  async function giveUp(): Promise<void> {
    const answer = await api.call('POST /v1/grants/:grantId/forfeit', { params: { grantId: id } });
    if (signal.aborted) return;
    if (answer.ok) await onGone(answer.value);
    else refuse(answer.refusal);
  }
  /** A bonus is money, spins, tickets or cashback: never two of them. */
  function costOf(cost: ForfeitCost): string {
    const { currency, balanceLost, turnoverLost, spinsLost, ticketsLost, cashbackLost, realKept } = cost;
    const held = { balance: money(balanceLost, currency), turnover: money(turnoverLost, currency) };
    const lost =
      (spinsLost && `${spinsLost} × ${say('free_spins')}`) ||
      (ticketsLost && `${ticketsLost} × ${say('tournament_entry')}`) ||
      (cashbackLost && `${money(cashbackLost, currency)} ${say('cashback')}`) ||
      say('bonusMoney', held);
    const kept = realKept ? ` ${say('giveUpKept', { real: money(realKept, currency) })}` : '';
    return say('giveUpAsk', { lost }) + kept;
  }
  return box;
}
