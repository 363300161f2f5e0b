// The platform page: a client action by the widget, and examples filled in as they are chosen.

document.querySelector('[data-action]').addEventListener('click', ({ currentTarget }) => {
  window.promosmith('action', currentTarget.dataset.action, { from: 'platform page' });
  document.querySelector('[data-action-said]').textContent =
    `The widget was told of ${currentTarget.dataset.action} and sends it with the next batch.`;
});

const example = document.querySelector('[data-submit]');
example.addEventListener('change', () => example.form.requestSubmit());
