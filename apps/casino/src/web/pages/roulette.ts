import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Casino } from '../../casino.ts';
import {
  CHIPS,
  colourOf,
  FIELDS,
  POCKETS,
  problemOf,
  type RouletteBet,
  type RouletteOutcome,
  settle,
  stakeOf,
  wonBy,
} from '../../games/roulette.ts';
import { ROULETTE, type Round, type RoundAnswer } from '../../games/rounds.ts';
import { check, type Filled, FormId } from '../forms.ts';
import { type Html, html } from '../html.ts';
import { type Frame, type Page, token } from '../layout.ts';
import { headlineOf, playedPanel, type RoundJson, roundJson, wantsJson } from '../played.ts';
import type { Site } from '../server.ts';

const Chips = z.array(z.strictObject({ on: z.string().max(20), amount: z.number() }));

/** A script sends all chips; without scripts each place of the table is a button for one chip. */
const Turn = z.object({
  roundId: FormId,
  chip: z.coerce.number().default(CHIPS[1]),
  place: z.string().max(20).optional(),
  chips: z
    .string()
    .max(10_000)
    .optional()
    .transform((text, context) => {
      const read = Chips.safeParse(text ? parse(text) : []);
      if (!read.success) context.addIssue('These chips cannot be read.');
      return read.data ?? z.NEVER;
    }),
});

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function mountRoulette({ forPlayers }: Site, { rounds }: Casino): void {
  forPlayers('get', '/roulette', ({ player, request, show }) => {
    const { round = '' } = request.query as Filled;
    return show(roulettePage(rounds.find<RouletteOutcome>(player.playerId, ROULETTE, round)));
  });

  forPlayers('post', '/roulette/turns', async ({ player, request, reply, filled, show, goTo }) => {
    const isScript = wantsJson(request.headers.accept);
    const refuse = (message: string) =>
      isScript
        ? reply.status(422).send({ ok: false, message, roundId: randomUUID() } satisfies RoundJson)
        : show(roulettePage({ ok: false, message }), 422);

    const read = check(Turn, filled);
    if (!read.ok) return refuse(Object.values(read.problems)[0] ?? '');
    const { roundId, chip, place, chips } = read.value;
    const bets: RouletteBet[] = place === undefined ? chips : [{ on: place, amount: chip }];
    const problem = problemOf(bets);
    if (problem) return refuse(problem);

    const answer = await rounds.play<RouletteOutcome>({
      ...{ roundId, player: player.playerId, game: ROULETTE, stake: stakeOf(bets) },
      draw: (below) => settle(bets, below(POCKETS)),
      winOf: wonBy,
    });
    if (!isScript) return goTo(`/roulette?round=${roundId}`);
    return reply.send(roundJson(answer, answer.ok ? rouletteHeadline(answer.round) : '', randomUUID()));
  });
}

const rouletteHeadline = ({ outcome: { pocket }, win, stake }: Round<RouletteOutcome>): string =>
  `${pocket}, ${colourOf(pocket)}. ${headlineOf(win, stake)}`;

const roulettePage =
  (last: RoundAnswer<RouletteOutcome> | undefined) =>
  (frame: Frame): Page => {
    const round = last?.ok ? last.round : undefined;
    return {
      title: 'Harbour Roulette',
      menu: '/',
      scripts: ['roulette.js'],
      body: html`<h1>Harbour Roulette</h1>
<div class="game">
<section class="table roulette" aria-label="The table">
  ${ball(round?.outcome.pocket)}
  <p class="headline" role="status" data-headline>${last && !last.ok ? last.message : round ? rouletteHeadline(round) : 'Place your chips.'}</p>
  <form method="post" action="/roulette/turns" data-turn>
    ${token(frame)}<input type="hidden" name="roundId" value="${randomUUID()}"><input type="hidden" name="chips" value="">
    <fieldset class="chips"><legend>Chip</legend>${CHIPS.map(
      (cents) =>
        html`<label class="chip"><input type="radio" name="chip" value="${cents}" ${cents === CHIPS[1] && html`checked`}><span>${cents < 100 ? `${cents}c` : `€${cents / 100}`}</span></label>`,
    )}</fieldset>
    ${board()}
    <div class="controls with-script">
      <span data-total>No chips yet</span>
      <button type="button" class="quiet" data-clear>Clear</button>
      <button type="submit" class="large" data-go>Spin</button>
    </div>
    <p class="hint without-script">Choose a chip, then a place on the table: the wheel turns at once.</p>
  </form>
</section>
<section class="card beside" aria-label="What the round came to">
  <h2>This round</h2>
  <div data-panel>${round ? playedPanel(round.played) : html`<p class="hint">Roulette often counts a tenth towards a bonus, slots all of it. What a round counts shows here.</p>`}</div>
  <details><summary>What it pays</summary>
    <p>A number 35 to 1, dozens and columns 2 to 1, the rest 1 to 1. Zero loses all but itself. Over time 97.3 % of what is staked is paid out.</p></details>
</section>
</div>`,
    };
  };

const ball = (pocket: number | undefined): Html =>
  html`<p class="ball ${pocket === undefined ? '' : colourOf(pocket)}" data-ball aria-hidden="true">${pocket ?? '–'}</p>`;

/** Twelve rows of three, as the table stands before a player on a phone; wide screens lay it down. */
const board = (): Html => html`<div class="board">
${place('0', 'zero green')}
<div class="numbers">${Array.from({ length: POCKETS - 1 }, (_, i) => place(String(i + 1), colourOf(i + 1)))}</div>
<div class="columns">${['column-1', 'column-2', 'column-3'].map((name) => place(name, 'field'))}</div>
<div class="dozens">${['dozen-1', 'dozen-2', 'dozen-3'].map((name) => place(name, 'field'))}</div>
<div class="evens">${['low', 'even', 'red', 'black', 'odd', 'high'].map((name) => place(name, `field ${name}`))}</div>
</div>`;

function place(name: string, kind: string): Html {
  const field = FIELDS[name];
  return html`<button class="place ${kind}" name="place" value="${name}" data-place="${name}" title="${field?.label} pays ${(field?.pays ?? 1) - 1} to 1">${field?.label}</button>`;
}
