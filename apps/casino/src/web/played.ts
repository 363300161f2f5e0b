import type { Played } from '../games/counted.ts';
import type { RoundAnswer } from '../games/rounds.ts';
import { euros } from '../money.ts';
import { type Html, html } from './html.ts';

/** Which money paid the stake, where the win went, and what the round counted. */
export function playedPanel(played: Played | undefined): Html {
  if (!played)
    return html`<p class="hint">The wallet has not answered yet: the round is settled shortly.</p>`;
  const { staked, won, bonus } = played;
  return html`<dl class="facts">
<dt>Stake paid by</dt><dd>${money(staked)}</dd>
<dt>Win went to</dt><dd>${money(won)}</dd>
${bonus && html`<dt>Counted</dt><dd>${bonus.counted > 0 ? `${euros(bonus.counted)} of turnover` : 'nothing'}</dd>`}
</dl>${bonus && progress(bonus)}`;
}

const money = ({ real, bonus }: { real: number; bonus: number }): string =>
  [real > 0 && `${euros(real)} real`, bonus > 0 && `${euros(bonus)} bonus`].filter(Boolean).join(' + ') ||
  'nothing';

function progress({ status, wagered, required, converted }: NonNullable<Played['bonus']>): Html {
  if (status === 'completed')
    return html`<p class="notice good">Bonus complete: ${euros(converted)} became real money.</p>`;
  if (status !== 'active')
    return html`<p class="notice plain">This bonus is over: ${status.replace('_', ' ')}.</p>`;
  return html`<div class="progress"><label for="wagered">Wagered</label>
    <progress id="wagered" max="${required}" value="${wagered}"></progress>
    <span data-wagered="${wagered}">${euros(wagered)} of ${euros(required)}</span></div>`;
}

/** What a script gets of a round. Panels are drawn here, so that a page without scripts shows the same. */
export interface RoundJson {
  ok: boolean;
  /** Why it was not played. */
  message?: string;
  outcome?: unknown;
  win?: number;
  headline?: string;
  panel?: string;
  balance?: { real: string; bonus: string };
  /** For the next round. */
  roundId: string;
}

/** As the bar at the top shows it. */
export const balanceText = ({ real, bonus }: { real: number; bonus: number }) => ({
  real: euros(real),
  bonus: euros(bonus),
});

export function roundJson(answer: RoundAnswer<unknown>, headline: string, nextRoundId: string): RoundJson {
  if (!answer.ok) return { ok: false, message: answer.message, roundId: nextRoundId };
  const { outcome, win, played } = answer.round;
  const balance = played && balanceText(played.balance);
  return {
    ...{ ok: true, outcome, win, headline, roundId: nextRoundId },
    panel: playedPanel(played).html,
    ...(balance && { balance }),
  };
}

export const headlineOf = (win: number, stake: number): string =>
  win === 0 ? 'No win this time.' : `You win ${euros(win)}${win >= stake * 20 ? '. What a round!' : '.'}`;

export const wantsJson = (accept: string | undefined): boolean => accept === 'application/json';
