import { DEFAULT_EXPIRES_AFTER_MS } from '../document/documents.ts';
import { labelOf, labelParameter, type ReadyMade, urlOf, urlParameter } from './ready-made.ts';
import { coloursOf } from './themes.ts';

const inbox: ReadyMade = {
  id: 'inbox-promo-code',
  name: 'Promo code in the inbox',
  description: 'A message with a code, to be found again later.',
  parameters: [labelParameter],
  document: (values) => ({
    channel: 'inbox',
    locale: 'en',
    title: 'A bonus code for you',
    preview: 'Use it with your next deposit.',
    expiresAfterMs: DEFAULT_EXPIRES_AFTER_MS,
    blocks: [
      { id: 'offer', type: 'text', text: 'Enter this code in the cashier with your next deposit.' },
      { id: 'code', type: 'code', value: labelOf(values), copyLabel: 'Copy code', copiedLabel: 'Copied' },
    ],
    translations: {
      de: {
        title: 'Ein Bonuscode für dich',
        preview: 'Für deine nächste Einzahlung.',
        'offer.text': 'Gib den Code bei deiner nächsten Einzahlung an der Kasse ein.',
        'code.copyLabel': 'Code kopieren',
        'code.copiedLabel': 'Kopiert',
      },
    },
  }),
};

const email: ReadyMade = {
  id: 'email-promo-code',
  name: 'Promo code by email',
  description: 'A code, a button and the way to unsubscribe.',
  parameters: [labelParameter, urlParameter('Where the button goes', 'https://casino.example/cashier')],
  document: (values) => ({
    channel: 'email',
    locale: 'en',
    subject: 'Your bonus code from {{ brand.name }}',
    preheader: 'A code just for you, good with your next deposit.',
    colours: coloursOf('violet'),
    blocks: [
      { id: 'title', type: 'heading', text: 'A code just for you' },
      { id: 'offer', type: 'text', text: 'Enter it in the cashier with your next deposit:' },
      { id: 'code', type: 'code', value: labelOf(values), copyLabel: 'Copy code', copiedLabel: 'Copied' },
      {
        ...{ id: 'deposit', type: 'button', label: 'Go to the cashier', style: 'primary' },
        action: { kind: 'open_url', url: urlOf(values) },
      },
    ],
    footer:
      'You get this email because you asked {{ brand.name }} for offers.\n18+. Please play responsibly.',
    unsubscribeLabel: 'Unsubscribe',
    translations: {
      de: {
        subject: 'Dein Bonuscode von {{ brand.name }}',
        preheader: 'Ein Code nur für dich, für deine nächste Einzahlung.',
        'title.text': 'Ein Code nur für dich',
        'offer.text': 'Gib ihn bei deiner nächsten Einzahlung an der Kasse ein:',
        'code.copyLabel': 'Code kopieren',
        'code.copiedLabel': 'Kopiert',
        'deposit.label': 'Zur Kasse',
        footer:
          'Du bekommst diese E-Mail, weil du Angebote von {{ brand.name }} bestellt hast.\nAb 18. Bitte spiele verantwortungsvoll.',
        unsubscribeLabel: 'Abbestellen',
      },
    },
  }),
};

const push: ReadyMade = {
  id: 'push-promo-code',
  name: 'Promo code by push',
  description: 'A short notification that opens your site.',
  parameters: [labelParameter, urlParameter('What it opens', '/cashier')],
  document: (values) => ({
    channel: 'push',
    locale: 'en',
    title: 'A bonus code for you',
    body: `Use ${labelOf(values)} with your next deposit.`,
    url: urlOf(values),
    translations: {
      de: { title: 'Ein Bonuscode für dich', body: `${labelOf(values)} gilt für deine nächste Einzahlung.` },
    },
  }),
};

const telegram: ReadyMade = {
  id: 'telegram-promo-code',
  name: 'Promo code by Telegram',
  description: 'A message with a button under it.',
  parameters: [labelParameter, urlParameter('Where the button goes', 'https://casino.example/cashier')],
  document: (values) => ({
    channel: 'telegram',
    locale: 'en',
    text: `A bonus code just for you: ${labelOf(values)}\n\nEnter it with your next deposit.`,
    button: { label: 'Go to the cashier', url: urlOf(values) },
    translations: {
      de: {
        text: `Ein Bonuscode nur für dich: ${labelOf(values)}\n\nGib ihn bei deiner nächsten Einzahlung ein.`,
        'button.label': 'Zur Kasse',
      },
    },
  }),
};

const sms: ReadyMade = {
  id: 'sms-promo-code',
  name: 'Promo code by SMS',
  description: 'One segment long, in characters every phone has.',
  parameters: [labelParameter],
  document: (values) => ({
    channel: 'sms',
    locale: 'en',
    text: `{{ brand.name }}: your bonus code is ${labelOf(values)}. Use it with your next deposit. 18+`,
    translations: {
      de: {
        text: `{{ brand.name }}: dein Bonuscode ist ${labelOf(values)}. Er gilt für deine nächste Einzahlung. Ab 18`,
      },
    },
  }),
};

export const MESSAGES: readonly ReadyMade[] = [inbox, email, push, telegram, sms];
