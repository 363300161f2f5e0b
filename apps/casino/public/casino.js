// What every page does with a script. All of it works without, but for copying.
import { showBalance } from './round.js';

// What the widget tells the page.
addEventListener('promosmith:unread', ({ detail: { count } }) => {
  const badge = document.querySelector('[data-unread]');
  if (!badge) return;
  badge.hidden = count === 0;
  badge.textContent = count;
  badge.setAttribute('aria-label', `${count} unread`);
});
for (const name of ['activated', 'claimed', 'forfeited'])
  addEventListener(`promosmith:${name}`, async () => {
    const answer = await fetch('/balance');
    showBalance((await answer.json()).balance);
  });

for (const button of document.querySelectorAll('[data-copy]')) {
  const label = button.firstChild;
  const text = label.textContent;
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    label.textContent = 'Copied';
    setTimeout(() => {
      label.textContent = text;
    }, 2000);
  });
}

// A second click sends nothing: the server would take it for the same, but the page would wait for nothing.
for (const form of document.querySelectorAll(
  'form[method="post"]:not([data-spin], [data-free], [data-turn])',
))
  form.addEventListener('submit', (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = 'yes';
  });
// Come back to by the browser's own history, a form may be sent again.
addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-sent]')) delete form.dataset.sent;
});

// The plain field for a code gives way to the widget's once that is there, with what was typed by then.
const codeField = document.querySelector('promosmith-code input');
if (codeField) {
  const entry = codeField.closest('promosmith-code');
  codeField.addEventListener('input', () => entry.setAttribute('value', codeField.value));
  customElements.whenDefined('promosmith-code').then(() => entry.replaceChildren());
}

// To what is wrong, for whoever reads with the keyboard or by ear.
document.querySelector('[aria-invalid="true"]')?.focus();
