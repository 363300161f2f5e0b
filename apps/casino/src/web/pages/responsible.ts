import { z } from 'zod';
import type { Casino } from '../../casino.ts';
import { check, type Problems, summary, tickBox } from '../forms.ts';
import { html } from '../html.ts';
import { type Frame, type Page, token } from '../layout.ts';
import type { Site } from '../server.ts';

const DAY_MS = 24 * 3_600_000;
const PERIODS = {
  '1': 'A day',
  '7': 'A week',
  '30': 'A month',
  '180': 'Half a year',
  forever: 'For good',
} as const;

const Exclusion = z.object({
  period: z.enum(Object.keys(PERIODS) as [keyof typeof PERIODS], 'Please choose for how long.'),
  sure: z.literal('on', 'Please say that you are sure.'),
});

/** Excluding oneself: here at once, and at Promosmith, which refuses codes, bonuses and messages from then on. */
export function mountResponsible({ open, forPlayers }: Site, { players, telling, store }: Casino): void {
  open('get', '/responsible', ({ show }) => show(responsiblePage({})));

  forPlayers('post', '/responsible/exclusion', async ({ player, filled, show, goTo }) => {
    const read = check(Exclusion, filled);
    if (!read.ok) return show(responsiblePage(read.problems), 422);
    const { period } = read.value;
    const asked = period === 'forever' ? null : new Date(Date.now() + Number(period) * DAY_MS).toISOString();
    const until = longer(player.excludedUntil, asked ?? 'forever');
    store.together(() => {
      players.setExclusion(player.playerId, until);
      telling.note({
        id: `excluded-${crypto.randomUUID()}`,
        type: 'player.self_excluded',
        player: player.playerId,
        data: { until: until === 'forever' ? null : until, reason: 'asked for by the player' },
      });
    });
    await telling.trySending();
    return goTo('/responsible');
  });
}

/** An exclusion is never shortened. */
const longer = (one: string | null, other: string): string =>
  one === 'forever' || (one !== null && other !== 'forever' && one > other) ? one : other;

const responsiblePage =
  (problems: Problems) =>
  (frame: Frame): Page => ({
    title: 'Responsible gaming',
    body: html`<h1>Responsible gaming</h1>
<div class="split">
<section class="card"><h2>Before it stops being fun</h2>
<ul><li>Decide what you may lose before you begin, and stop there.</li><li>Never play to win back what you lost.</li>
  <li>Take breaks, and play when you feel well.</li><li>Money for rent, food or others is no money to play with.</li>
  </ul>
<p>If it is on your mind more than you like, talk to somebody: <a href="https://www.begambleaware.org" rel="noreferrer">BeGambleAware</a> and <a href="https://www.gamblingtherapy.org" rel="noreferrer">Gambling Therapy</a> are free and confidential.</p>
  </section>
<section class="card" aria-labelledby="exclude"><h2 id="exclude">Exclude yourself</h2>
${
  frame.visitor.player
    ? html`<p class="hint">You cannot play, deposit or use codes then, and get no offers. Your money stays yours: you can withdraw it. An exclusion cannot be shortened.</p>
${summary(problems)}
<form method="post" action="/responsible/exclusion" class="stack" novalidate>${token(frame)}
<fieldset class="choices"><legend>For how long?</legend>${Object.entries(PERIODS).map(
        ([value, label], i) =>
          html`<label><input type="radio" name="period" value="${value}" ${i === 0 && html`checked`}> ${label}</label>`,
      )}</fieldset>
${tickBox({ name: 'sure', label: 'I am sure.' }, {}, problems)}
<button class="danger large">Exclude me</button></form>`
    : html`<p>You can exclude yourself from playing for a day, or for good. <a href="/login?next=/responsible">Log in</a> to do so.</p>`
}</section></div>`,
  });
