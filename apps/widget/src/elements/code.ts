import { randomId } from '../actions.ts';
import { activate, describe } from '../activate.ts';
import type { Refusal } from '../api/api.ts';
import { createStatus, h, whileBusy } from '../draw/dom.ts';
import { emit } from '../host-events.ts';
import css from '../styles/code.css';
import { explain } from '../texts/refusals.ts';
import type { Widget } from '../widget.ts';
import { define, type Surroundings } from './define.ts';

/** Refusals that say no more than that nobody knows yet who it is. */
const OF_WHOM = /^(currency|country|audience|kyc)_/;

const CHANNELS = ['registration', 'account', 'cashier'] as const;

/**
 * `<promosmith-code channel="cashier">`: enters a code. Signed in, it is used at once. Before that, with the publishable
 * key, it is tried only; the code is the element's value in the form around it, under its `name`.
 */
export function defineCode(widget: Widget): void {
  define('promosmith-code', [css], widget, (surroundings) => draw(widget, surroundings));
}

function draw(widget: Widget, { host, root, internals, signal }: Surroundings) {
  const { api, language, session } = widget;
  const channel = CHANNELS.find((one) => one === host.getAttribute('channel')) ?? 'account';
  /** The same code sent again, because no answer came, is the same attempt. */
  let intention = { code: '', id: '' };

  const input = h('input', {
    id: 'code',
    class: 'input',
    type: 'text',
    autocomplete: 'off',
    autocapitalize: 'characters',
    spellcheck: 'false',
    enterkeyhint: 'send',
    maxlength: 200,
    required: true,
    dir: 'ltr',
    'aria-describedby': 'result',
    // What was typed stays when somebody signs in meanwhile.
    value: host.shadowRoot?.querySelector('input')?.value ?? host.getAttribute('value') ?? '',
    oninput: () => {
      internals.setFormValue(input.value.trim());
      input.ariaInvalid = null;
    },
  });
  internals.setFormValue(input.value.trim());
  const button = h('button', { class: 'button primary' }, language.say('codeApply'));
  const status = createStatus();

  function show(text: string, good: boolean): void {
    status.show(text, good);
    input.ariaInvalid = good ? null : 'true';
    if (!good) input.focus();
  }
  function refuse(refusal: Omit<Refusal, 'status'>): void {
    emit(host, 'refused', refusal);
    show(explain(refusal, language), false);
  }

  async function use(code: string): Promise<void> {
    if (intention.code !== code) intention = { code, id: `widget-${randomId()}` };
    const answer = await activate(api, code, channel, intention.id);
    if (signal.aborted) return;
    if (!answer.ok) {
      if (answer.refusal.status > 0 && answer.refusal.status < 500) intention = { code: '', id: '' };
      refuse(answer.refusal);
      return;
    }
    intention = { code: '', id: '' };
    emit(host, 'activated', answer.value);
    input.value = '';
    internals.setFormValue('');
    show(describe(answer.value, language), true);
  }

  async function check(code: string): Promise<void> {
    const answer = await api.call('POST /v1/validations', { body: { code, channel } });
    if (signal.aborted) return;
    if (!answer.ok) refuse(answer.refusal);
    else {
      const { valid, key, message, reasons } = answer.value;
      if (valid || reasons.every((reason) => OF_WHOM.test(reason.key))) {
        emit(host, 'validated', { code, ...answer.value });
        show(language.say('codeValid'), true);
      } else refuse({ key: key ?? '', message: message ?? '', reasons, retryAfterMs: 0 });
    }
  }

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    const code = input.value.trim();
    await whileBusy(button, async () => {
      // A provider that fails is told of by the request itself.
      const token = await session.token().catch(() => 'none');
      await (token ? use(code) : check(code));
    });
  }

  root.append(
    h(
      'form',
      { class: 'card', onsubmit: submit },
      h('label', { for: 'code', class: 'label' }, host.getAttribute('label') || language.say('codeLabel')),
      h('div', { class: 'row' }, input, button),
      status.element,
    ),
  );
  return {};
}
