import { DEFAULT_EXPIRES_AFTER_MS, DEFAULT_WHEN_SHOWN, type PopupDocument } from '../document/documents.ts';
import { labelOf, labelParameter, type ReadyMade, urlOf, urlParameter } from './ready-made.ts';
import { themeOf } from './themes.ts';

const popup = (
  document: Pick<PopupDocument, 'blocks' | 'theme' | 'translations'> &
    Partial<Pick<PopupDocument, 'whenShown' | 'expiresAfterMs'>>,
): PopupDocument => ({
  channel: 'popup',
  locale: 'en',
  dismissible: true,
  whenShown: null,
  expiresAfterMs: DEFAULT_EXPIRES_AFTER_MS,
  ...document,
});

const DAY_MS = 86_400_000;

const promoCode: ReadyMade = {
  id: 'promo-code-with-label-tag',
  name: 'Promo Code with Label Tag',
  description: 'A code made for this player by a label tag, with a button that copies it.',
  parameters: [
    labelParameter,
    { name: 'whenShown', kind: 'client_action', title: 'When shown', default: DEFAULT_WHEN_SHOWN },
  ],
  document: (values) =>
    popup({
      theme: themeOf('violet', 'centre'),
      whenShown: values.whenShown ?? DEFAULT_WHEN_SHOWN,
      blocks: [
        { id: 'title', type: 'heading', text: 'A code just for you' },
        { id: 'offer', type: 'text', text: 'Enter it with your next deposit and your bonus is on its way.' },
        { id: 'code', type: 'code', value: labelOf(values), copyLabel: 'Copy code', copiedLabel: 'Copied' },
        { id: 'close', type: 'button', label: 'Got it', style: 'primary', action: { kind: 'close' } },
      ],
      translations: {
        de: {
          'title.text': 'Ein Code nur für dich',
          'offer.text': 'Gib ihn bei deiner nächsten Einzahlung ein, und dein Bonus ist unterwegs.',
          'code.copyLabel': 'Code kopieren',
          'code.copiedLabel': 'Kopiert',
          'close.label': 'Alles klar',
        },
        ar: {
          'title.text': 'رمز خاص بك وحدك',
          'offer.text': 'أدخل الرمز مع إيداعك القادم لتحصل على مكافأتك.',
          'code.copyLabel': 'نسخ الرمز',
          'code.copiedLabel': 'تم النسخ',
          'close.label': 'حسنًا',
        },
      },
    }),
};

const freeSpins: ReadyMade = {
  id: 'free-spins',
  name: 'Free spins',
  description: 'Spins that a press of the button claims, with a code drawn for the player.',
  parameters: [labelParameter],
  document: (values) =>
    popup({
      theme: themeOf('amber', 'centre'),
      blocks: [
        { id: 'title', type: 'heading', text: '50 free spins are waiting' },
        { id: 'offer', type: 'text', text: 'One press, and they are yours. No deposit needed.' },
        {
          ...{ id: 'terms', type: 'list' },
          items: ['Played at the stake of the game', 'Good for three days once claimed'],
        },
        {
          ...{ id: 'claim', type: 'button', label: 'Claim my spins', style: 'primary' },
          action: { kind: 'apply_code', code: labelOf(values) },
        },
        { id: 'later', type: 'button', label: 'Maybe later', style: 'secondary', action: { kind: 'close' } },
      ],
      translations: {
        de: {
          'title.text': '50 Freispiele warten auf dich',
          'offer.text': 'Ein Klick, und sie gehören dir. Ganz ohne Einzahlung.',
          'terms.items.0': 'Gespielt mit dem Einsatz des Spiels',
          'terms.items.1': 'Nach der Annahme drei Tage gültig',
          'claim.label': 'Freispiele sichern',
          'later.label': 'Später',
        },
      },
    }),
};

const countdown: ReadyMade = {
  id: 'countdown-offer',
  name: 'Countdown offer',
  description: 'An offer that ends with the popup itself: a day after it was sent, unless you say otherwise.',
  parameters: [labelParameter, urlParameter('Where the button goes', '/cashier')],
  document: (values) =>
    popup({
      theme: themeOf('red', 'centre'),
      expiresAfterMs: DAY_MS,
      blocks: [
        { id: 'title', type: 'heading', text: 'Your extra bonus ends soon' },
        {
          ...{ id: 'clock', type: 'countdown', until: '{{ message.expires_at }}' },
          ...{ label: 'Time left', endedLabel: 'This offer has ended' },
        },
        { id: 'offer', type: 'text', text: 'Use this code with your deposit before the time is up.' },
        { id: 'code', type: 'code', value: labelOf(values), copyLabel: 'Copy code', copiedLabel: 'Copied' },
        {
          ...{ id: 'deposit', type: 'button', label: 'Deposit now', style: 'primary' },
          action: { kind: 'open_url', url: urlOf(values) },
        },
      ],
      translations: {
        de: {
          'title.text': 'Dein Extra-Bonus endet bald',
          'clock.label': 'Verbleibende Zeit',
          'clock.endedLabel': 'Dieses Angebot ist beendet',
          'offer.text': 'Gib den Code bei deiner Einzahlung ein, bevor die Zeit abläuft.',
          'code.copyLabel': 'Code kopieren',
          'code.copiedLabel': 'Kopiert',
          'deposit.label': 'Jetzt einzahlen',
        },
      },
    }),
};

const depositNudge: ReadyMade = {
  id: 'deposit-nudge',
  name: 'Deposit nudge',
  description: 'A small reminder in the corner, with the way to the cashier.',
  parameters: [urlParameter('Address of the cashier', '/cashier')],
  document: (values) =>
    popup({
      theme: themeOf('green', 'corner'),
      blocks: [
        { id: 'title', type: 'heading', text: 'Your deposit bonus is still here' },
        {
          ...{ id: 'offer', type: 'text' },
          text: '{% if state.user_deposit_count > 0 %}Make your next deposit{% else %}Make your first deposit{% endif %} and we add to it.',
        },
        {
          ...{ id: 'deposit', type: 'button', label: 'Go to the cashier', style: 'primary' },
          action: { kind: 'open_url', url: urlOf(values) },
        },
      ],
      translations: {
        de: {
          'title.text': 'Dein Einzahlungsbonus wartet noch',
          'offer.text':
            '{% if state.user_deposit_count > 0 %}Zahle wieder ein{% else %}Mach deine erste Einzahlung{% endif %}, und wir legen etwas drauf.',
          'deposit.label': 'Zur Kasse',
        },
      },
    }),
};

const cashback: ReadyMade = {
  id: 'cashback',
  name: 'Cashback',
  description: 'Tells of cashback that was credited, after the event `cashback.settled`.',
  parameters: [urlParameter('Where the button goes', '/bonuses')],
  document: (values) =>
    popup({
      theme: themeOf('blue', 'bottom'),
      blocks: [
        {
          ...{ id: 'title', type: 'heading' },
          text: '{% if event.amount > 0 %}{{ event.amount | money: event.currency }} is back with you{% else %}Your cashback is here{% endif %}',
        },
        {
          id: 'offer',
          type: 'text',
          text: 'Your cashback has been credited. Thank you for playing with us.',
        },
        {
          ...{ id: 'see', type: 'button', label: 'See my bonuses', style: 'primary' },
          action: { kind: 'open_url', url: urlOf(values) },
        },
      ],
      translations: {
        de: {
          'title.text':
            '{% if event.amount > 0 %}{{ event.amount | money: event.currency }} für dich zurück{% else %}Dein Cashback ist da{% endif %}',
          'offer.text': 'Dein Cashback wurde gutgeschrieben. Danke, dass du bei uns spielst.',
          'see.label': 'Meine Boni ansehen',
        },
      },
    }),
};

const announcement: ReadyMade = {
  id: 'announcement',
  name: 'Announcement',
  description: 'A heading, a text and a button: the plain one.',
  parameters: [],
  document: () =>
    popup({
      theme: themeOf('blue', 'bottom'),
      blocks: [
        { id: 'title', type: 'heading', text: 'News from {{ brand.name }}' },
        { id: 'body', type: 'text', text: 'Say what is new, in a sentence or two.' },
        { id: 'close', type: 'button', label: 'OK', style: 'primary', action: { kind: 'close' } },
      ],
      translations: {
        de: {
          'title.text': 'Neues von {{ brand.name }}',
          'body.text': 'Sag in ein, zwei Sätzen, was es Neues gibt.',
          'close.label': 'OK',
        },
      },
    }),
};

export const POPUPS: readonly ReadyMade[] = [
  promoCode,
  freeSpins,
  countdown,
  depositNudge,
  cashback,
  announcement,
];
