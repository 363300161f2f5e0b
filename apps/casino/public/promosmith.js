// Runs before the widget: calls wait in line until it is there. The page says who is signed in, its back end gives the
// token. A file of its own, because the page allows no inline script.
window.promosmith ??= (...call) => {
  window.promosmith.q ??= [];
  window.promosmith.q.push(call);
};

if (document.currentScript.dataset.player !== '') {
  window.promosmith('token', async () => {
    const answer = await fetch('/player-token', { headers: { accept: 'application/json' } });
    return (await answer.json()).token;
  });
}
