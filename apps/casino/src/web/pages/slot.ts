import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Casino } from '../../casino.ts';
import type { FreeSpins } from '../../games/free-spins.ts';
import { type Round, type RoundAnswer, SLOT } from '../../games/rounds.ts';
import {
  PAYS,
  REELS,
  type SlotOutcome,
  STAKES,
  SYMBOLS,
  spin,
  TWO_CHERRIES,
  wonBy,
} from '../../games/slot.ts';
import { euros } from '../../money.ts';
import { check, type Filled, FormId } from '../forms.ts';
import { type Html, html } from '../html.ts';
import { symbolIcon } from '../icons.ts';
import { type Frame, type Page, token } from '../layout.ts';
import { headlineOf, playedPanel, type RoundJson, roundJson, wantsJson } from '../played.ts';
import type { Site } from '../server.ts';

const Spin = z.object({
  roundId: FormId,
  stake: z.coerce
    .number()
    .refine((cents) => STAKES.some((one) => one === cents), 'Please choose one of the stakes.'),
});

/** What the reels show before the first spin. */
const RESTING = spin([3, 0, 7], 0);
const DEFAULT_STAKE = 100;

export function mountSlot({ forPlayers }: Site, { rounds, studio }: Casino): void {
  forPlayers('get', '/slot', ({ player, request, show }) => {
    const { round: roundId = '', stake } = request.query as Filled;
    const last = rounds.find<SlotOutcome>(player.playerId, SLOT, roundId);
    return show(slotPage({ last, stake: Number(stake ?? DEFAULT_STAKE), free: studio.of(player.playerId) }));
  });

  forPlayers('post', '/slot/spins', async ({ player, request, reply, filled, show, goTo }) => {
    const isScript = wantsJson(request.headers.accept);
    const read = check(Spin, filled);
    if (!read.ok) {
      const message = Object.values(read.problems)[0] ?? '';
      if (isScript)
        return reply.status(422).send({ ok: false, message, roundId: randomUUID() } satisfies RoundJson);
      const free = studio.of(player.playerId);
      return show(slotPage({ last: { ok: false, message }, stake: DEFAULT_STAKE, free }), 422);
    }
    const { roundId, stake } = read.value;
    const answer = await rounds.play<SlotOutcome>({
      ...{ roundId, player: player.playerId, game: SLOT, stake },
      draw: (below) =>
        spin(
          REELS.map((reel) => below(reel.length)),
          stake,
        ),
      winOf: wonBy,
    });
    if (!isScript) return goTo(`/slot?round=${roundId}&stake=${stake}`);
    return reply.send(roundJson(answer, answer.ok ? headlineOf(answer.round.win, stake) : '', randomUUID()));
  });

  forPlayers('post', '/slot/free-spins', async ({ player, reply, request, goTo }) => {
    const played = studio.play(player.playerId);
    if (played?.left === 0) await studio.tellEnds();
    if (!wantsJson(request.headers.accept)) return goTo('/slot');
    if (!played)
      return reply.send({
        ok: false,
        message: 'There are no free spins left.',
        roundId: randomUUID(),
      } satisfies RoundJson);
    const { outcome, win, left } = played;
    const panel = html`<p>${left > 0 ? `${left} free spins left.` : 'That was the last one: the winnings are on their way to your bonuses.'}</p>`;
    return reply.send({
      ...{ ok: true, outcome, win, headline: headlineOf(win, 0), panel: panel.html, roundId: randomUUID() },
    } satisfies RoundJson);
  });
}

interface SlotView {
  last: RoundAnswer<SlotOutcome> | undefined;
  stake: number;
  free: FreeSpins | undefined;
}

const slotPage =
  ({ last, stake, free }: SlotView) =>
  (frame: Frame): Page => {
    const round: Round<SlotOutcome> | undefined = last?.ok ? last.round : undefined;
    const outcome = round?.outcome ?? RESTING;
    return {
      title: 'Fruit Parade',
      menu: '/',
      scripts: ['slot.js'],
      body: html`<h1>Fruit Parade</h1>
<div class="game">
<section class="table slot" aria-label="The machine">
  ${reels(outcome)}
  <p class="headline" role="status" data-headline>${last && !last.ok ? last.message : round ? headlineOf(round.win, round.stake) : 'Five lines, three reels. Good luck.'}</p>
  <form method="post" action="/slot/spins" data-spin class="controls">
    ${token(frame)}<input type="hidden" name="roundId" value="${randomUUID()}">
    <label for="stake">Stake</label>
    <select id="stake" name="stake">${STAKES.map((cents) => html`<option value="${cents}" ${cents === stake && html`selected`}>${euros(cents)}</option>`)}</select>
    <button class="large">Spin</button>
  </form>
  ${free && freeSpinsForm(frame, free)}
</section>
<section class="card beside" aria-label="What the round came to">
  <h2>This round</h2>
  <div data-panel>${round ? playedPanel(round.played) : html`<p class="hint">Real money plays first, then your bonus, unless a bonus says otherwise. What a round counts shows here.</p>`}</div>
  <details><summary>What it pays</summary>${payTable()}</details>
</section>
</div>
<template id="symbols">${SYMBOLS.map((name) => html`<span data-symbol="${name}">${symbolIcon(name)}</span>`)}</template>`,
    };
  };

const reels = ({ columns, wins }: SlotOutcome): Html => {
  const shining = new Set(wins.flatMap(({ rows }) => rows.map((row, reel) => `${reel}-${row}`)));
  return html`<div class="reels" data-reels>${columns.map(
    (column, reel) =>
      html`<div class="reel">${column.map((name, row) => html`<div class="${shining.has(`${reel}-${row}`) ? 'cell win' : 'cell'}">${symbolIcon(name)}</div>`)}</div>`,
  )}</div>`;
};

const freeSpinsForm = (frame: Frame, { count, played, spinValue, won }: FreeSpins): Html =>
  html`<form method="post" action="/slot/free-spins" data-free class="controls free">${token(frame)}
    <span>${count - played} free spins of ${euros(spinValue)}${won > 0 && html`, ${euros(won)} won so far`}</span>
    <button class="quiet">Play a free spin</button></form>`;

const payTable = (): Html => html`<table class="pays">
<thead><tr><th scope="col">Three of</th><th scope="col" class="number">× stake of the line</th></tr></thead>
<tbody>${SYMBOLS.map((name) => html`<tr><th scope="row">${symbolIcon(name)}</th><td class="number">${PAYS[name]}</td></tr>`)}
<tr><th scope="row">Two cherries from the left</th><td class="number">${TWO_CHERRIES}</td></tr></tbody></table>
<p class="hint">A line has a fifth of the stake. Over time 95.7 % of what is staked is paid out.</p>`;
