// What both games do with a round: send it, and show what came of it.

/** @returns what the server made of it; a message when it could not be reached. */
export async function sendRound(form, fields = {}) {
  const body = new URLSearchParams(new FormData(form));
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  try {
    const answer = await fetch(form.action, {
      method: 'POST',
      headers: { accept: 'application/json', 'x-form-token': body.get('_token') },
      body,
    });
    if (answer.redirected) location.assign(answer.url);
    if (answer.headers.get('content-type')?.startsWith('application/json')) return await answer.json();
    return { ok: false, message: 'The round could not be played. Load the page again.' };
  } catch {
    return { ok: false, message: 'The casino cannot be reached. The round was not played twice: try again.' };
  }
}

/** Shows the headline, what the wallet said, and the balance. */
export function showRound(round, form) {
  document.querySelector('[data-headline]').textContent = round.ok ? round.headline : round.message;
  // Kept when nobody knows what became of it: sent again, it is the same round.
  if (round.roundId && form.elements.roundId) form.elements.roundId.value = round.roundId;
  if (round.panel) document.querySelector('[data-panel]').innerHTML = round.panel;
  showBalance(round.balance);
}

/** Shows the balance in the bar at the top, where there is one. */
export function showBalance(balance) {
  if (!balance) return;
  for (const kind of ['real', 'bonus']) {
    const place = document.querySelector(`[data-${kind}]`);
    if (place) place.textContent = balance[kind];
  }
}

/** Plays something that no popup should come between. */
export async function undisturbed(play) {
  window.promosmith('popups', 'hold');
  try {
    await play();
  } finally {
    window.promosmith('popups', 'show');
  }
}

export const prefersStill = () => matchMedia('(prefers-reduced-motion: reduce)').matches;
export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
