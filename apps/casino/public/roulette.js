// Collects chips on the table, and spins with all of them.
import { pause, prefersStill, sendRound, showRound, undisturbed } from './round.js';

const form = document.querySelector('[data-turn]');
const total = form.querySelector('[data-total]');
const go = form.querySelector('[data-go]');
const ball = document.querySelector('[data-ball]');
const places = form.querySelectorAll('[data-place]');
const euros = new Intl.NumberFormat('en', { style: 'currency', currency: 'EUR' });
const TURNS = 14;
const TURN_MS = 70;

/** Cents by place. */
const chips = new Map();

function show() {
  for (const place of places) {
    const amount = chips.get(place.dataset.place);
    place.toggleAttribute('data-chips', amount !== undefined);
    if (amount === undefined) delete place.dataset.amount;
    else place.dataset.amount = euros.format(amount / 100).replace('.00', '');
    const label = place.title.split(' pays ')[0];
    place.setAttribute(
      'aria-label',
      amount === undefined ? label : `${label}, ${euros.format(amount / 100)} on it`,
    );
  }
  const sum = [...chips.values()].reduce((one, other) => one + other, 0);
  total.textContent = sum === 0 ? 'No chips yet' : `${euros.format(sum / 100)} on the table`;
  go.disabled = sum === 0;
}

async function turnTo(pocket) {
  for (let turn = 0; !prefersStill() && turn < TURNS; turn++) {
    ball.textContent = Math.floor(Math.random() * 37);
    await pause(TURN_MS);
  }
  ball.textContent = pocket;
  const colour = [...places].find(({ dataset }) => dataset.place === String(pocket)).classList;
  ball.className = `ball ${['green', 'red', 'black'].find((name) => colour.contains(name))}`;
}

for (const place of places) {
  place.type = 'button';
  place.addEventListener('click', () => {
    const chip = Number(new FormData(form).get('chip'));
    chips.set(place.dataset.place, (chips.get(place.dataset.place) ?? 0) + chip);
    show();
  });
}
form.querySelector('[data-clear]').addEventListener('click', () => {
  chips.clear();
  show();
});
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  if (form.dataset.turning || chips.size === 0) return;
  form.dataset.turning = 'yes';
  const list = [...chips].map(([on, amount]) => ({ on, amount }));
  await undisturbed(async () => {
    const round = await sendRound(form, { chips: JSON.stringify(list) });
    if (round.ok) await turnTo(round.outcome.pocket);
    showRound(round, form);
  });
  delete form.dataset.turning;
});

show();
