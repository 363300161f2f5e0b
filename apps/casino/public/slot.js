// Turns the reels. Where they stop was drawn by the server before anything moved.
import { pause, prefersStill, sendRound, showRound, undisturbed } from './round.js';

const machine = document.querySelector('[data-reels]');
const symbols = new Map(
  [...document.querySelector('#symbols').content.children].map((item) => [
    item.dataset.symbol,
    item.firstElementChild,
  ]),
);
const names = [...symbols.keys()];
const TURNS = 8;
const TURNS_MORE_PER_REEL = 4;
const TURN_MS = 60;

const cells = [...machine.children].map((reel) => [...reel.children]);
const put = (cell, name) => cell.replaceChildren(symbols.get(name).cloneNode(true));

async function turnTo(columns) {
  await Promise.all(
    cells.map(async (reel, at) => {
      const turns = prefersStill() ? 0 : TURNS + at * TURNS_MORE_PER_REEL;
      for (let turn = 0; turn < turns; turn++) {
        for (const cell of reel) put(cell, names[Math.floor(Math.random() * names.length)]);
        await pause(TURN_MS);
      }
      for (const [row, cell] of reel.entries()) put(cell, columns[at][row]);
    }),
  );
}

for (const form of document.querySelectorAll('[data-spin], [data-free]'))
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (machine.dataset.turning) return;
    machine.dataset.turning = 'yes';
    for (const cell of cells.flat()) cell.classList.remove('win');
    await undisturbed(async () => {
      const round = await sendRound(form);
      if (round.ok) {
        await turnTo(round.outcome.columns);
        for (const { rows } of round.outcome.wins)
          for (const [reel, row] of rows.entries()) cells[reel][row].classList.add('win');
      }
      showRound(round, form);
    });
    delete machine.dataset.turning;
  });
